"""Invented files and pages for the tests of the readers: letters, scans, bombs. No real person."""

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=10)
JUSTIFIED = ParagraphStyle("justified", parent=BODY, alignment=TA_JUSTIFY)
HEADING = ParagraphStyle("heading", parent=BODY, fontName="Helvetica-Bold", fontSize=16, leading=20)
SENTENCE = (
    "Every local authority in Northshire must publish a plan for children with special educational needs "
    "and disabilities before the spring term begins. "
)
ROOT = "https://www.gov.uk"


def shared_folder() -> Path:
    """Return the shared folder beside the project, or skip the test with the reason."""
    named = os.environ.get("SENDWATCH_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / ".." / "shared"
    if not (folder / "sources" / "examples").is_dir():
        pytest.skip("needs the shared corpus: no folder 'shared' beside the project")
    return folder.resolve()


def pdf(story: list[Any], *, furniture: Any = None, **settings: Any) -> bytes:
    """Return a PDF of flowing paragraphs; ``furniture(canvas, document)`` draws on every page."""
    out = io.BytesIO()
    draw = furniture or (lambda _canvas, _document: None)
    SimpleDocTemplate(out, pagesize=A4, **settings).build(story, onFirstPage=draw, onLaterPages=draw)
    return out.getvalue()


def drawn_pdf(
    *pages: list[tuple[float, float, str, float, str]], encrypt: str = "", rotate: int = 0
) -> bytes:
    """Return a PDF with each (x, y, text, size, font) drawn where it says."""
    out = io.BytesIO()
    lock = StandardEncryption(encrypt, ownerPassword="owner") if encrypt else None
    paper = canvas.Canvas(out, pagesize=A4, encrypt=lock)
    for page in pages:
        if rotate:
            paper.setPageRotation(rotate)
        for x, y, text, size, font in page:
            paper.setFont(font, size)
            paper.drawString(x, y, text)
        paper.showPage()
    paper.save()
    return out.getvalue()


def scan_pdf() -> bytes:
    """Return a PDF of two pages that hold nothing but a drawn picture."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=A4)
    for _ in range(2):
        paper.setFillGray(0.5)
        paper.rect(60, 60, 400, 600, fill=1)
        paper.showPage()
    paper.save()
    return out.getvalue()


def two_column_pdf(paragraphs: int) -> bytes:
    """Return a PDF in two columns with a title across both."""
    out = io.BytesIO()
    frames = [Frame(50, 50, 235, 640, id="left"), Frame(310, 50, 235, 640, id="right")]

    def title(paper: Any, _document: Any) -> None:
        paper.setFont("Helvetica-Bold", 18)
        paper.drawString(56, 760, "A newsletter for every school and college in Northshire")

    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=title))
    document.build([Paragraph(f"Paragraph {n}. {SENTENCE * 2}", BODY) for n in range(1, paragraphs + 1)])
    return out.getvalue()


def docx() -> bytes:
    """Return a Word letter with a title, headings, nested lists and a table."""
    letter = Document()
    letter.add_heading("Letter to Northshire", 0)
    letter.add_heading("What changes", 1)
    letter.add_paragraph("Plans are due by 5 March 2027.")
    letter.add_paragraph("Read the guidance", style="List Bullet")
    letter.add_paragraph("Then reply", style="List Bullet")
    table = letter.add_table(rows=2, cols=2)
    for place, text in enumerate(("Area", "Places", "North", "1,200")):
        table.rows[place // 2].cells[place % 2].text = text
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue()


ODT_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>Taken out.</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Letter<text:line-break/>to Northshire</text:h>
<text:p>Plans are due<text:s text:c="2"/>by 5 March 2027.<text:note text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>See annex A.</text:p></text:note-body>
</text:note> Reply by email.</text:p>
<text:list><text:list-item><text:p>Read the guidance</text:p><text:list>
<text:list-item><text:p>All of it</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>North</text:p></table:table-cell>
<table:table-cell><text:p>1,200</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""


def odt(content: str = ODT_TEXT, *, manifest: str = "") -> bytes:
    """Return an OpenDocument text around a content.xml."""
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(parts | ({"META-INF/manifest.xml": manifest} if manifest else {}))


def zipped(parts: dict[str, str]) -> bytes:
    """Return a ZIP archive of named texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def content_item(**changes: Any) -> bytes:
    """Return a GOV.UK content item of an invented letter; ``details`` and ``links`` add to what is there."""
    item: dict[str, Any] = {
        "base_path": "/government/publications/northshire-letter",
        "content_id": "b0000000-0000-4000-8000-000000000001",
        "document_type": "correspondence",
        "schema_name": "publication",
        "locale": "en",
        "title": "Letter to Northshire",
        "description": "About plans.",
        "first_published_at": "2026-11-20T09:30:00+00:00",
        "public_updated_at": "2026-11-20T09:30:00Z",
        "updated_at": "2026-11-20T09:31:07.412+00:00",
        "withdrawn_notice": {},
        "details": {"body": '<div class="govspeak"><p>The letter is below.</p></div>'},
        "links": {},
    }
    for key in ("details", "links"):
        item[key] |= changes.pop(key, {})
    return json.dumps(item | changes).encode()


def attachment(title: str, name: str, **more: Any) -> dict[str, Any]:
    """Return one file attachment as the Content API gives it."""
    return {
        "attachment_type": "file",
        "id": "1",
        "title": title,
        "filename": name,
        "content_type": "application/pdf",
        "url": f"https://assets.publishing.service.gov.uk/media/{'a' * 24}/{name}",
        "file_size": 1000,
        "number_of_pages": 2,
    } | more
