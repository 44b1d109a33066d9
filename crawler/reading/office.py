"""Read Word (DOCX) and OpenDocument (ODT) files. Pure; opens no link, no image, no macro. Never raises.

Never unpacks more than a letter can hold: sizes are checked in the archive's list before a byte is read.
Deleted text of tracked changes and comments stay out.
"""

from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812  (zlib's own name hides what it is)

from crawler.reading.odt import odt_blocks
from pipeline.model.blocks import Block, BlockKind, Reading, ReadStatus

LARGEST_UNPACKED = 300_000_000  # bytes of all entries
LARGEST_XML = 60_000_000  # bytes of one XML entry
HIGHEST_RATIO = 300  # unpacked to packed, of an entry larger than a megabyte
MOST_ENTRIES = 5_000
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
_ENCRYPTED = "This file is encrypted: ask the publisher for an open copy."
DAMAGED = (  # what Python's own zip reader raises for damaged archives
    BadZipFile,
    ZlibError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
)


def read_docx(body: bytes) -> Reading:
    """Return the text of a Word file: headings by style, lists with depth, table rows, footnotes last."""
    refused = unpackable(body, "docx")
    return refused or _guarded(_docx, body, "docx")


def read_odt(body: bytes) -> Reading:
    """Return the text of an OpenDocument text: headings, lists with depth, table rows, footnotes."""
    refused = unpackable(body, "odt")
    return refused or _guarded(_odt, body, "odt")


def unpackable(body: bytes, kind: str) -> Reading | None:
    """Return why an archive must not be opened, or None where it is safe to read."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            entries = archive.infolist()
    except DAMAGED:
        return Reading(kind, ReadStatus.BROKEN, note="This file is broken: its archive cannot be opened.")
    if any(entry.flag_bits & 1 for entry in entries):
        return Reading(kind, ReadStatus.ENCRYPTED, note=_ENCRYPTED)
    too_large = (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED
        or any(_is_bomb(entry) for entry in entries)
    )
    if too_large:
        return Reading(kind, ReadStatus.TOO_LARGE, note="This file would unpack to far more than a document.")
    return None


def _is_bomb(entry: ZipInfo) -> bool:
    if entry.filename.endswith(".xml") and entry.file_size > LARGEST_XML:
        return True
    return entry.file_size > 1_000_000 and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)


def _guarded(read: Any, body: bytes, kind: str) -> Reading:
    try:
        blocks: tuple[Block, ...] = read(body)
    except PermissionError as refusal:
        return Reading(kind, ReadStatus.ENCRYPTED, note=str(refusal))
    except (*DAMAGED, ExpatError, RecursionError, TypeError, AttributeError, IndexError, SyntaxError):
        return Reading(kind, ReadStatus.BROKEN, note="This file is broken: its text cannot be read.")
    if not blocks:
        return Reading(kind, ReadStatus.NO_TEXT, note="There is no text in this file.")
    title = next((block.text for block in blocks[:20] if block.kind is BlockKind.HEADING), "")
    return Reading(kind, ReadStatus.READ, title, blocks)


def _docx(body: bytes) -> tuple[Block, ...]:
    import mammoth

    from crawler.reading.html import html_blocks

    with ZipFile(BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                _refuse_doctype(archive.read(name)[:4096])
    found = mammoth.convert_to_html(
        BytesIO(body),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
        external_file_access=False,
    )
    return html_blocks(found.value)


def _odt(body: bytes) -> tuple[Block, ...]:
    with ZipFile(BytesIO(body)) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            manifest = archive.read("META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise PermissionError(_ENCRYPTED)
        content = archive.read("content.xml")
    _refuse_doctype(content[:4096])
    return odt_blocks(content)


def _refuse_doctype(head: bytes) -> None:
    """Refuse a document type declaration: no office program writes one, and it can hide an entity bomb."""
    if b"<!doctype" in head.replace(b"\0", b"").lower():
        raise BadZipFile("the XML declares a document type")
