"""``sendwatch compare`` over papers that an editor holds, in the same form and in different ones."""

import json
import os
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from tests.support.program import run_program
from tests.support.watch import ROOT

TITLE = "Working with families"
HEADINGS = ("Meetings", "Money")
OLD = (
    "Local authorities must offer parent carers a meeting before a draft plan is written.",
    "A written record of the meeting should reach the family within 15 working days.",
    "Each place is paid for at £6,200 a year until 31 March 2027.",
)
NEW = (
    OLD[0].replace("must", "should"),
    OLD[1].replace("15", "10"),
    OLD[2].replace("6,200", "6,000"),
)
ROWS = (("Element", "Rate"), ("Place funding", "£6,200 a place"), ("Top-up", "Set locally"))
_NAMES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
_NAMES += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def test_a_pdf_and_the_page_that_replaced_it_are_told_apart_by_their_words_alone(tmp_path: Path) -> None:
    _pdf(tmp_path / "old.pdf", OLD)
    (tmp_path / "new.html").write_text(_html(NEW), "utf-8")
    (tmp_path / "same.html").write_text(_html(OLD), "utf-8")

    same = _compare(tmp_path, "old.pdf", "same.html", "--exit-code")
    assert same.stdout == "The text is the same.\n", "headings, paragraphs and a table, in other clothes"

    told = _compare(tmp_path, "old.pdf", "new.html", "--exit-code", code=1).stdout
    assert told.startswith("Kinds: updated\nSignificance: substantive\n")
    assert "- Duty, weaker: “must” → “should” (page 1 before)" in told
    assert "- Period, shorter: “15 working days” → “10 working days” (page 2 before)" in told
    assert "- Sum of money, lower: “£6,200” → “£6,000” (page 2 before)" in told
    assert "Before: Local authorities [-must-] offer parent carers" in told
    assert "Now:    Local authorities {+should+} offer parent carers" in told
    assert "note" not in told, "a file has no publisher who could have said something"

    page = _compare(tmp_path, "old.pdf", "new.html", "--html").stdout
    assert page.startswith("<!doctype html>")
    assert "[must]</del>" in page
    assert "+should+</ins>" in page


def test_pages_of_a_pdf_are_named_on_both_sides(tmp_path: Path) -> None:
    _pdf(tmp_path / "old.pdf", OLD)
    _pdf(tmp_path / "new.pdf", NEW, first_page="An introduction that was not there before, about the plan.")
    data = json.loads(_compare(tmp_path, "old.pdf", "new.pdf", "--json").stdout)
    shape = {"old", "new", "kinds", "significance", "why", "public_note", "facts", "verdict", "changes"}
    assert shape <= set(data)
    assert data["kinds"] == ["updated"]
    assert data["significance"] == "substantive"
    assert data["verdict"] is None
    weaker = next(fact for fact in data["facts"] if fact["kind"] == "obligation")
    assert (weaker["turn"], weaker["old"], weaker["new"]) == ("weakened", "must", "should")
    assert (weaker["old_page"], weaker["new_page"]) == (1, 2)
    assert (weaker["old_sentence"], weaker["new_sentence"]) == (OLD[0], NEW[0]), "both sentences in full"
    edit = next(change for change in data["changes"] if change["old"] and change["old"]["text"] == OLD[1])
    assert (edit["kind"], edit["old"]["anchor"], edit["new"]["anchor"]) == ("changed", "page=2", "page=3")
    assert "".join(run["text"] for run in edit["runs"] if run["kind"] != "added") == OLD[1]
    assert "".join(run["text"] for run in edit["runs"] if run["kind"] != "removed") == NEW[1]
    assert any(change["kind"] == "added" for change in data["changes"])


def test_word_opendocument_and_plain_text_are_compared_with_one_another(tmp_path: Path) -> None:
    _docx(tmp_path / "old.docx", OLD)
    _odt(tmp_path / "same.odt", OLD)
    _odt(tmp_path / "new.odt", NEW)
    (tmp_path / "same.txt").write_text("\n\n".join(_lines(OLD)), "utf-8")
    assert _compare(tmp_path, "old.docx", "same.odt").stdout == "The text is the same.\n"
    assert _compare(tmp_path, "same.txt", "old.docx").stdout == "The text is the same.\n"
    told = _compare(tmp_path, "old.docx", "new.odt").stdout
    assert "- Duty, weaker: “must” → “should”\n" in told
    assert "Under “Money”:" in told


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("half.pdf", b"%PDF-1.4\n1 0 obj <<", "broken"),
        ("data.bin", bytes(range(256)) * 4, "a format that is not known"),
        ("missing.pdf", None, "No such file"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(
    tmp_path: Path, name: str, body: bytes | None, words: str
) -> None:
    (tmp_path / "new.html").write_text(_html(NEW), "utf-8")
    if body is not None:
        (tmp_path / name).write_bytes(body)
    refused = _compare(tmp_path, name, "new.html", code=66)
    assert refused.stdout == ""
    assert name in refused.stderr
    assert words in refused.stderr


def _compare(folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SENDWATCH_")}
    done = run_program(["compare", *words], env={**kept, "PYTHONPATH": str(ROOT)}, cwd=folder)
    assert done.returncode == code, done.stderr
    return done


def _lines(words: Sequence[str]) -> list[str]:
    return [TITLE, HEADINGS[0], *words[:2], HEADINGS[1], *words[2:]]


def _pdf(file: Path, words: Sequence[str], *, first_page: str = "") -> None:
    """Two pages, the second from the second paragraph on; ``first_page`` is put before them."""
    style = getSampleStyleSheet()
    text, heading = style["BodyText"], style["Heading2"]
    flow = [Paragraph(first_page, text), PageBreak()] if first_page else []
    flow += [Paragraph(TITLE, style["Title"]), Paragraph(HEADINGS[0], heading), Paragraph(words[0], text)]
    flow += [PageBreak(), Paragraph(words[1], text), Paragraph(HEADINGS[1], heading)]
    flow += [Paragraph(words[2], text), Table([list(row) for row in ROWS])]
    SimpleDocTemplate(str(file), invariant=1).build(flow)


def _html(words: Sequence[str]) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return (
        f"<!doctype html><html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
        f"<h2>{HEADINGS[0]}</h2><p>{words[0]}</p><p>{words[1]}</p><h2>{HEADINGS[1]}</h2><p>{words[2]}</p>"
        f"<table>{rows}</table></main></body></html>"
    )


def _docx(file: Path, words: Sequence[str]) -> None:
    paper = Document()
    for line in _lines(words):
        if line in (TITLE, *HEADINGS):
            paper.add_heading(line, 1 if line == TITLE else 2)
        else:
            paper.add_paragraph(line)
    paper.save(str(file))


def _odt(file: Path, words: Sequence[str]) -> None:
    body = ""
    for line in _lines(words):
        level = 1 if line == TITLE else 2
        heading = f'<text:h text:outline-level="{level}">{line}</text:h>'
        body += heading if line in (TITLE, *HEADINGS) else f"<text:p>{line}</text:p>"
    content = f"<office:document-content {_NAMES}><office:body><office:text>{body}</office:text>"
    content += "</office:body></office:document-content>"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        packed.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
