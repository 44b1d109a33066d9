"""Read a file in whatever format it really is. Pure: bytes in, a Reading out. Never raises for bad input.

Never trusts a filename or declared type over the first bytes. Readers are imported when they are needed:
a plain text costs no PDF library.
"""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from pipeline.model.blocks import Block, BlockKind, Reading, ReadStatus

LARGEST_FILE = 50_000_000  # bytes; the source contract, section 4
MOST_TEXT = 4_000_000  # characters kept of one file
MOST_ROWS = 5_000  # of a CSV file
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


def read_file(body: bytes, *, filename: str = "", content_type: str = "") -> Reading:
    """Return what a file says. ``filename`` and ``content_type`` only help where the bytes leave a doubt.

    PDF, DOCX, ODT, HTML, GOV.UK content JSON, CSV and plain text are READ; spreadsheets, slides, old Word
    files, pictures and archives are UNSUPPORTED. ``note`` says in plain words what is wrong or missing.
    """
    if not body.strip(b"\0 \t\r\n"):
        return Reading("unknown", ReadStatus.BROKEN, note="This file is empty.")
    if len(body) > LARGEST_FILE:
        return too_large(len(body))
    return _cut(_read(body, filename.lower().strip(), content_type.lower().partition(";")[0].strip()))


def too_large(size: int) -> Reading:
    """Return the Reading of a file that is too large to open. ``size`` is in bytes."""
    limit = f"{size / 1_000_000:.0f} MB; the limit is {LARGEST_FILE // 1_000_000} MB"
    words = f"This file is too large to read: {limit}."
    return Reading("unknown", ReadStatus.TOO_LARGE, note=words)


def _read(body: bytes, filename: str, content_type: str) -> Reading:
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in body[:1024]:
        from crawler.reading.pdf import read_pdf

        return read_pdf(body)
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(body)
    if body.startswith(_OLE):
        return _old_office(body)
    if body.startswith(_PICTURES):
        return _unsupported("This file is a picture: a person has to read it.")
    if body.startswith(_PACKED):
        return _unsupported("This file is a packed archive, which is not opened.")
    if head.startswith(b"{\\rtf"):
        return _unsupported("This file is in Rich Text Format, which is not read.")
    if head.startswith(b"{") and (found := _govuk(body)):
        return found
    if _looks_like_html(head, filename, content_type):
        from crawler.reading.html import read_html

        return read_html(body)
    if filename.endswith(".pdf") or content_type == "application/pdf":
        return Reading("pdf", ReadStatus.BROKEN, note="This file is broken: it is not a PDF inside.")
    return _text(body, filename, content_type)


def _unsupported(note: str) -> Reading:
    return Reading("unknown", ReadStatus.UNSUPPORTED, note=note)


def _zipped(body: bytes) -> Reading:
    from crawler.reading.office import DAMAGED, read_docx, read_odt, unpackable

    refused = unpackable(body, "unknown")
    if refused is not None:
        return refused
    try:
        with ZipFile(BytesIO(body)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except DAMAGED:
        return Reading(
            "unknown", ReadStatus.BROKEN, note="This file is broken: its archive cannot be opened."
        )
    if "word/document.xml" in names or any(n.startswith("word/document") for n in names):
        return read_docx(body)
    if kind.startswith(b"application/vnd.oasis.opendocument.text") or (not kind and "content.xml" in names):
        return read_odt(body)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or b"spreadsheet" in kind:
        return _unsupported("This file is a spreadsheet, which is not read: look at it by hand.")
    if any(name.startswith("ppt/") for name in names) or b"presentation" in kind:
        return _unsupported("This file is a set of slides, which is not read: look at it by hand.")
    return _unsupported("This file is a packed archive, which is not opened.")


def _old_office(body: bytes) -> Reading:
    if "EncryptedPackage".encode("utf-16-le") in body:
        return Reading(
            "unknown",
            ReadStatus.ENCRYPTED,
            note="This file is encrypted: ask the publisher for an open copy.",
        )
    return _unsupported("This file is in an old Office format, which is not read: look at it by hand.")


def _looks_like_html(head: bytes, filename: str, content_type: str) -> bool:
    start = head[:300].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")) or b"<html" in start:
        return True
    named = filename.endswith((".html", ".htm", ".xhtml")) or content_type in {
        "text/html",
        "application/xhtml+xml",
    }
    return named and b"<" in head


def _govuk(body: bytes) -> Reading | None:
    from crawler.reading.govuk_content import read_content
    from pipeline.model.errors import UnexpectedShape

    try:
        page = read_content(body, url="https://www.gov.uk/")
    except UnexpectedShape:
        return None
    if not page.blocks:
        words = page.record.state_note or page.record.description or "There is no text on this page."
        return Reading("govuk", ReadStatus.NO_TEXT, page.record.title, note=words)
    return Reading("govuk", ReadStatus.READ, page.record.title, page.blocks)


def _text(body: bytes, filename: str, content_type: str) -> Reading:
    from crawler.reading.plain import plain_blocks
    from crawler.reading.tidy import decode

    marked = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and b"\0" in body[:4096]:
        return _unsupported("This file is in a format that is not known.")
    text = decode(body)
    odd = sum(
        1 for letter in text[:4096] if letter == "\ufffd" or (ord(letter) < 32 and letter not in "\t\r\n\f")
    )
    if odd > 0.05 * min(len(text), 4096):
        return _unsupported("This file is in a format that is not known.")
    if filename.endswith(".csv") or content_type == "text/csv":
        return _csv(text)
    blocks = plain_blocks(text)
    if not blocks:
        return Reading("text", ReadStatus.NO_TEXT, note="There is no text in this file.")
    return Reading("text", ReadStatus.READ, blocks=blocks)


def _csv(text: str) -> Reading:
    from crawler.reading.tidy import tidy

    blocks: list[Block] = []
    note = ""
    try:
        for row in csv.reader(StringIO(text.replace("\0", ""), newline="")):
            cells = [tidy(cell) for cell in row]
            if len(blocks) >= MOST_ROWS:
                note = f"Only the first {MOST_ROWS} rows were read."
                break
            if any(cells):
                blocks.append(Block(BlockKind.TABLE_ROW, " | ".join(cells)))
    except csv.Error:
        note = f"The table is broken after row {len(blocks)}."
    status = ReadStatus.READ if blocks else ReadStatus.BROKEN
    return Reading("text", status, blocks=tuple(blocks), note=note)


def _cut(reading: Reading) -> Reading:
    """Return the reading with at most MOST_TEXT characters, and say so where it was longer."""
    left = MOST_TEXT
    for number, block in enumerate(reading.blocks):
        left -= len(block.text)
        if left < 0:
            note = f"{reading.note} Only the beginning was read: the text is longer than a document.".strip()
            kept = reading.blocks[:number]
            return Reading(reading.format, reading.status, reading.title, kept, reading.pages, note)
    return reading
