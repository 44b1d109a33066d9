"""What the readers make of files in any format, and of files that are made to do harm."""

import gzip
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from reading_samples import BODY, ODT_TEXT, SENTENCE, content_item, docx, odt, pdf, zipped
from reportlab.platypus import Paragraph

from crawler.reading.apart import read_apart, read_apart_now, reading_from_json, reading_to_json
from crawler.reading.files import MOST_TEXT, read_file
from crawler.reading.office import read_docx, read_odt
from pipeline.model.blocks import Block, BlockKind, Reading, ReadStatus

ROOT = Path(__file__).resolve().parents[3]


def shown(reading: Reading) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in reading.blocks]


def test_a_word_letter_keeps_title_headings_lists_and_tables() -> None:
    reading = read_file(docx(), filename="wrong-name.pdf")
    assert (reading.format, reading.status, reading.title) == (
        "docx",
        ReadStatus.READ,
        "Letter to Northshire",
    )
    assert shown(reading) == [
        ("heading", 1, "Letter to Northshire"),
        ("heading", 1, "What changes"),
        ("paragraph", 0, "Plans are due by 5 March 2027."),
        ("list_item", 1, "Read the guidance"),
        ("list_item", 1, "Then reply"),
        ("table_row", 0, "Area | Places"),
        ("table_row", 0, "North | 1,200"),
    ]


def test_an_open_document_letter_keeps_its_shape_and_forgets_deleted_text() -> None:
    reading = read_file(odt())
    assert (reading.format, reading.status, reading.title) == ("odt", ReadStatus.READ, "Letter to Northshire")
    assert shown(reading) == [
        ("heading", 1, "Letter to Northshire"),
        ("paragraph", 0, "Plans are due by 5 March 2027. Reply by email."),
        ("list_item", 1, "Read the guidance"),
        ("list_item", 2, "All of it"),
        ("table_row", 0, "North | 1,200"),
        ("paragraph", 0, "See annex A."),
    ]


def test_an_encrypted_open_document_says_what_to_ask_for() -> None:
    reading = read_file(odt(manifest="<manifest:encryption-data/>"))
    assert reading.status is ReadStatus.ENCRYPTED
    assert "ask the publisher for an open copy" in reading.note


def test_an_encrypted_word_file_is_known_by_its_wrapping() -> None:
    wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le")
    assert read_file(wrapped, filename="a.docx").status is ReadStatus.ENCRYPTED
    assert read_file(wrapped[:100], filename="a.doc").status is ReadStatus.UNSUPPORTED


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (zipped({"xl/workbook.xml": "<x/>"}), "a.xlsx", "spreadsheet"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}),
            "a.ods",
            "spread",
        ),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a.pptx", "slides"),
        (zipped({"a.txt": "x"}), "a.zip", "archive"),
        (b"\x89PNG\r\n\x1a\n....", "a.pdf", "picture"),
        (gzip.compress(b"x" * 10, mtime=0), "a.pdf", "archive"),
        (b"{\\rtf1 hello}", "a.rtf", "Rich Text"),
        (b"\x00\x01\x02\x03\xfa" * 50, "a.bin", "not known"),
    ],
)
def test_a_format_that_is_not_read_says_so(body: bytes, name: str, words: str) -> None:
    reading = read_file(body, filename=name)
    assert reading.status is ReadStatus.UNSUPPORTED
    assert words in reading.note


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n\0", "a.pdf", "empty"),
        (b"not a pdf at all", "a.pdf", "not a PDF inside"),
        (docx()[:500], "a.docx", "archive cannot be opened"),
        (zipped({"word/document.xml": "<w:document"}), "a.docx", "broken"),
        (odt("<office:document"), "a.odt", "broken"),
    ],
)
def test_a_broken_file_says_so(body: bytes, name: str, words: str) -> None:
    reading = read_file(body, filename=name)
    assert reading.status is ReadStatus.BROKEN
    assert words in reading.note


def test_plain_text_is_paragraphs_and_a_csv_is_rows() -> None:
    assert shown(read_file(b"One\r\nline\r\n\r\nTwo", filename="a.txt")) == [
        ("paragraph", 0, "One line"),
        ("paragraph", 0, "Two"),
    ]
    assert shown(read_file(b'Area,Places\nNorth,"1,200"\n', filename="a.csv")) == [
        ("table_row", 0, "Area | Places"),
        ("table_row", 0, "North | 1,200"),
    ]


def test_a_web_page_and_a_content_item_are_known_by_their_first_bytes() -> None:
    assert read_file(b"\n<!DOCTYPE html><html><body><p>Hi</p></body></html>").format == "html"
    assert read_file(b"<p>Hi</p>", content_type="text/html; charset=utf-8").text == "Hi"
    page = read_file(content_item())
    assert (page.format, page.title, page.text) == ("govuk", "Letter to Northshire", "The letter is below.")
    assert read_file(b'{"other": "json"}').format == "text"


def test_a_text_longer_than_a_document_is_cut_and_says_so() -> None:
    reading = read_file((b"a" * 1_000_000 + b"\n\n") * 6)
    assert len(reading.blocks) == MOST_TEXT // 1_000_000
    assert "Only the beginning was read" in reading.note


# Files that are made to do harm.


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * 80_000_000)
    for reading in (read_docx(out.getvalue()), read_odt(out.getvalue()), read_file(out.getvalue())):
        assert reading.status is ReadStatus.TOO_LARGE


def test_an_archive_of_ten_thousand_entries_is_refused() -> None:
    crowd = zipped({f"word/{n}.xml": "" for n in range(6_000)})
    assert read_file(crowd).status is ReadStatus.TOO_LARGE


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = ODT_TEXT.replace("<office:document-content", f"{ENTITIES}<office:document-content", 1)
    bomb = bomb.replace("Reply by email", "&b;&f;")
    assert read_odt(odt(bomb)).status is ReadStatus.BROKEN
    word = '<w:document xmlns:w="x"><w:body>&f;</w:body></w:document>'
    assert read_docx(zipped({"word/document.xml": ENTITIES + word})).status is ReadStatus.BROKEN


@pytest.mark.parametrize(("depth", "status"), [(40, ReadStatus.READ), (5_000, ReadStatus.BROKEN)])
def test_deep_nesting_in_an_open_document_is_a_reading(depth: int, status: ReadStatus) -> None:
    deep = "<text:list><text:list-item>" * depth + "</text:list-item></text:list>" * depth
    assert read_odt(odt(ODT_TEXT.replace("<table:table>", f"{deep}<table:table>", 1))).status is status


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_to_a_file_makes_a_reader_raise(seed: int) -> None:
    chance = random.Random(seed)
    for whole in (docx(), odt(), content_item(), pdf([Paragraph(SENTENCE * 3, BODY)])):
        for _ in range(12):
            body = bytearray(whole)
            for _ in range(chance.randrange(1, 30)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            cut = chance.choice([len(body), chance.randrange(len(body))])
            assert isinstance(read_file(bytes(body[:cut])), Reading)


# In a process of its own.


def test_a_file_reads_the_same_in_a_child_process() -> None:
    for body, name in ((docx(), "a.docx"), (odt(), "a.odt"), (b"Caf\xc3\xa9", "caf\ud800\u00e9.txt")):
        assert read_apart_now(body, filename=name) == read_file(body, filename=name)


async def _read(body: bytes) -> Reading:
    return await read_apart(body)


def test_a_file_can_be_read_apart_from_an_event_loop() -> None:
    import asyncio

    assert asyncio.run(_read(b"Hello")).text == "Hello"


def test_a_file_that_takes_too_long_is_stopped() -> None:
    page = b"<html>" + b"<p>plan</p>" * 2_000_000
    began = time.monotonic()
    reading = read_apart_now(page, filename="a.html", seconds=1)
    assert reading.status is ReadStatus.TOO_SLOW
    assert time.monotonic() - began < 8
    assert "1 seconds" in reading.note


def test_a_file_that_needs_too_much_memory_is_stopped() -> None:
    page = b"<html>" + b"<p>plan</p>" * 400_000
    reading = read_apart_now(page, filename="a.html", megabytes=120)
    assert reading.status is ReadStatus.TOO_LARGE
    assert "memory" in reading.note


def test_a_file_over_the_limit_starts_no_child() -> None:
    began = time.monotonic()
    reading = read_apart_now(b"a" * 50_000_001)
    assert reading.status is ReadStatus.TOO_LARGE
    assert reading.note == "This file is too large to read: 50 MB; the limit is 50 MB."
    assert time.monotonic() - began < 0.5


def test_a_child_sees_nothing_of_this_process_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert read_apart_now(b"Hello").text == "Hello"


def test_a_reading_survives_the_way_between_processes() -> None:
    block = Block(BlockKind.LIST_ITEM, "£1 – “two” \u2028 \U0001f600", 2, "page=3", "part")
    reading = Reading("pdf", ReadStatus.READ, "T", (block,), 3, "n")
    assert reading_from_json(reading_to_json(reading)) == reading


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b'{"format": 1}'])
def test_an_answer_of_another_shape_is_no_reading(body: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        reading_from_json(body)


def test_a_plain_text_costs_no_heavy_library() -> None:
    code = (
        "import sys; from crawler.reading.files import read_file; read_file(b'Hello');"
        "print([n for n in ('bs4', 'lxml', 'feedparser', 'mammoth', 'pypdfium2') if n in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
    )
    assert found.stdout.strip() == "[]"
