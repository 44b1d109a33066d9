"""Read PDF files with PDFium: headings, paragraphs, lists and tables with their page. Never raises.

Never runs what a PDF carries, never fetches, and never treats a scan as an empty text: a file without a
text layer says so. A broken file can take a process along: run this in ``crawler.reading.apart``.
"""

import re
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.reading.pdf_blocks import blocks_of_lines, body_size
from crawler.reading.pdf_furniture import without_furniture
from crawler.reading.pdf_glyphs import Run, runs_of
from crawler.reading.pdf_lines import gutter_of, lines_of
from crawler.reading.tidy import tidy
from pipeline.model.blocks import Block, BlockKind, Reading, ReadStatus

MOST_PAGES = 600
_FEWEST_LETTERS = 3  # on a page that has a text layer
_JUNK_TITLE = re.compile(
    r"^(?:microsoft\s+\w+\s*-|untitled|document\d*$|title$|slide\s*1|presentation|.*\.(?:docx?|pdf|indd|pptx?|odt|xlsx?)$)",
    re.IGNORECASE,
)


def read_pdf(body: bytes, *, most_pages: int = MOST_PAGES) -> Reading:
    """Return the text of a PDF, each block anchored ``page=N``.

    ENCRYPTED where a password is needed, BROKEN where PDFium cannot open it, NO_TEXT for a scan. ``note``
    says which pages had no text and whether pages were left out after ``most_pages``.
    """
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            return Reading(
                "pdf",
                ReadStatus.ENCRYPTED,
                note="This file is encrypted: ask the publisher for an open copy.",
            )
        return Reading("pdf", ReadStatus.BROKEN, note="This file is broken: it is not a complete PDF.")
    try:
        return _read(document, most_pages)
    except pypdfium2.PdfiumError:
        return Reading("pdf", ReadStatus.BROKEN, pages=len(document), note="This file is broken inside.")
    finally:
        document.close()


def _read(document: Any, most_pages: int) -> Reading:
    count = len(document)
    pages: list[list[Run]] = []
    numbers: list[int] = []
    boxes: list[tuple[float, float]] = []
    bare: list[int] = []
    broken: list[int] = []
    for number in range(1, min(count, most_pages) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        try:
            runs = runs_of(page)
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        finally:
            page.close()
        if sum(letter.isalnum() for run in runs for letter in run.text) < _FEWEST_LETTERS:
            bare.append(number)
        pages.append(runs)
        numbers.append(number)
        boxes.append(_box(runs, document.get_page_size(number - 1)))
    gutters = {gutter for runs in pages if (gutter := gutter_of(runs)) is not None}
    lines = [lines_of(runs, number, gutters) for runs, number in zip(pages, numbers, strict=True)]
    blocks = blocks_of_lines(without_furniture(lines, boxes, body_size(lines)))
    notes = _notes(count, most_pages, bare, broken)
    title = _title(document, blocks)
    if not blocks:
        if broken and not bare:
            return Reading("pdf", ReadStatus.BROKEN, title, pages=count, note=" ".join(notes))
        words = "There is no text in this file: its pages are pictures, or damaged. A person has to look."
        return Reading("pdf", ReadStatus.NO_TEXT, title, pages=count, note=words)
    return Reading("pdf", ReadStatus.READ, title, blocks, count, " ".join(notes))


def _box(runs: list[Run], size: tuple[float, float]) -> tuple[float, float]:
    """Return bottom and top of the page in the runs' own units, whichever way the page was turned."""
    width, height = size
    ys = [run.y for run in runs]
    if not ys:
        return 0.0, height
    low, high = min(ys), max(ys)
    if low >= -1 and high <= height + 1:
        return 0.0, height
    if low >= -width - 1 and high <= 1:
        return -width, 0.0
    return (-height, 0.0) if high <= 1 else (low, high)


def _notes(count: int, most_pages: int, bare: list[int], broken: list[int]) -> list[str]:
    notes = []
    if bare:
        notes.append(f"No text on {_pages(bare)}: a picture, or empty.")
    if broken:
        notes.append(f"{_pages(broken).capitalize()} could not be read.")
    if count > most_pages:
        notes.append(f"Only the first {most_pages} of {count} pages were read.")
    return notes


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10]) + (" and others" if len(numbers) > 10 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


def _title(document: Any, blocks: tuple[Block, ...]) -> str:
    try:
        title = tidy(document.get_metadata_value("Title"))
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        title = ""
    if title and " " in title and not _JUNK_TITLE.match(title):
        return title[:300]
    headings = [block for block in blocks[:30] if block.kind is BlockKind.HEADING][:3]
    return min(headings, key=lambda block: block.level).text if headings else ""
