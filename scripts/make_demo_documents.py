"""Lay out the invented ministerial letter of the demonstration as a PDF. The same text gives the same bytes.

Run from the project's root: python scripts/make_demo_documents.py [--check]. Needs reportlab, which
sendwatch itself does not.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

DOCUMENTS = Path(__file__).resolve().parents[1] / "sendwatch" / "demo" / "documents"
LETTER = DOCUMENTS / "ministerial-letter.pdf"
MARK = "Invented for the sendwatch demonstration"

_INK = HexColor("#0b0c0c")
_BLUE = HexColor("#003764")
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11.5, leading=17, spaceAfter=10, textColor=_INK)
_STYLES = {
    "body": _BODY,
    "close": ParagraphStyle("close", parent=_BODY, spaceAfter=0),
    "title": ParagraphStyle(
        "title",
        parent=_BODY,
        fontName="Helvetica-Bold",
        fontSize=14.5,
        leading=19,
        spaceBefore=6,
        spaceAfter=12,
    ),
    "heading": ParagraphStyle(
        "heading",
        parent=_BODY,
        fontName="Helvetica-Bold",
        fontSize=12.5,
        leading=16,
        spaceBefore=8,
        spaceAfter=6,
    ),
    "bullet": ParagraphStyle("bullet", parent=_BODY, leftIndent=18, bulletIndent=4, spaceAfter=5),
    "head": ParagraphStyle("head", parent=_BODY, alignment=TA_RIGHT, fontSize=10, leading=13.5, spaceAfter=0),
}


def letter_pdf() -> bytes:
    """Return the letter as a PDF: letterhead, headings, bullets, signature, footer with page numbers."""
    written = io.BytesIO()
    document = BaseDocTemplate(
        written,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=24 * mm,
        bottomMargin=28 * mm,
        title="Education, health and care plans: letter from the Minister for School Standards",
        author="Helen Marsh MP (an invented person)",
        subject=MARK,
        keywords=[MARK],
        creator="scripts/make_demo_documents.py",
        invariant=1,
        lang="en-GB",
    )
    frame = Frame(document.leftMargin, document.bottomMargin, document.width, document.height, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("letter", [frame], onPage=_footer)])
    text = (DOCUMENTS / "ministerial-letter.txt").read_text(encoding="utf-8")
    document.build([*_letterhead(), *_letter(text)])
    return written.getvalue()


def _letterhead() -> Iterator[Any]:
    yield Paragraph('<font size="17" color="#003764"><b>Department for Education</b></font>', _BODY)
    yield Spacer(1, 4 * mm)
    yield Paragraph("<b>Helen Marsh MP</b>", _STYLES["head"])
    yield Paragraph("Minister for School Standards", _STYLES["head"])
    yield Paragraph("Department for Education, London", _STYLES["head"])
    yield Spacer(1, 5 * mm)


def _letter(text: str) -> Iterator[Any]:
    """Paragraphs are parted by empty lines; #, ## and * begin a title, a heading and a bullet."""
    parts = [part.split("\n") for part in text.strip().split("\n\n")]
    waiting: list[Any] = []  # a heading stays with what follows it
    for place, lines in enumerate(parts):
        made = list(_part(lines, closes=place >= len(parts) - 2))
        if lines[0].startswith("#"):
            waiting = made
            continue
        yield KeepTogether([*waiting, *made]) if waiting else made[0]
        yield from [] if waiting else made[1:]
        waiting = []


def _part(lines: list[str], *, closes: bool) -> Iterator[Any]:
    first = lines[0]
    if first.startswith("## "):
        yield Paragraph(escape(first[3:]), _STYLES["heading"])
    elif first.startswith("# "):
        yield Paragraph(escape(first[2:]), _STYLES["title"])
    elif first.startswith("* "):
        for line in lines:
            yield Paragraph(escape(line[2:]), _STYLES["bullet"], bulletText="•")
        yield Spacer(1, 4)
    elif closes and len(lines) == 1:
        yield Paragraph(escape(first), _STYLES["body"])
        yield Spacer(1, 12 * mm)
    elif len(lines) > 1:
        for line in lines:
            yield Paragraph(escape(line), _STYLES["close"])
        yield Spacer(1, 9)
    else:
        yield Paragraph(escape(first), _STYLES["body"])


def _footer(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 8.5)
    canvas.setFillColor(_BLUE)
    canvas.drawString(25 * mm, 15 * mm, f"{MARK}. Not a government document.")
    canvas.drawRightString(A4[0] - 25 * mm, 15 * mm, f"Page {document.page}")
    canvas.restoreState()


def main() -> int:
    """Write the letter, or with --check say whether the committed one is what would be written."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--check", action="store_true", help="write nothing; fail if the file differs")
    made = letter_pdf()
    if arguments.parse_args().check:
        same = LETTER.exists() and LETTER.read_bytes() == made
        print("the letter is as its text says" if same else f"{LETTER.name} is not what its text gives")
        return 0 if same else 1
    LETTER.write_bytes(made)
    print(f"{LETTER.name}: {len(made)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
