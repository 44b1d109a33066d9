"""A Draft as a Word document: the item to edit, then where each sentence comes from. Same bytes each time."""

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from alerts.render_draft import model_note, place_of, sources_of
from pipeline.model.drafts import Draft, PieceKind

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can hold
_LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def draft_docx(draft: Draft) -> bytes:
    """The .docx bytes of a Draft. The same Draft gives the same bytes."""
    import docx

    paper = docx.Document()
    paper.core_properties.author = "sendwatch"
    paper.core_properties.title = _xml(draft.headline.text)
    paper.core_properties.created = paper.core_properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001
    paper.add_heading(_xml(draft.headline.text), 1)
    if draft.empty_because:
        paper.add_paragraph(f"There is no draft: {_xml(draft.empty_because)}")
    for piece in draft.pieces:
        words = _xml(" ".join(s.text for s in piece.sentences))
        if piece.kind is PieceKind.LINK and piece.link:
            _add_link(paper.add_paragraph(), words, piece.link)
        elif words:
            paper.add_paragraph(words)
        for item in piece.items:
            paper.add_paragraph(_xml(item.text), style="List Bullet")
    for block in draft.standing:
        paper.add_heading(_xml(block.title), 2)
        if block.text:
            paper.add_paragraph(_xml(block.text))
        for title, url in block.links:
            _add_link(paper.add_paragraph(style="List Bullet"), _xml(title), url)
    _add_sources(paper, draft)
    written = BytesIO()
    paper.save(written)
    return _dateless(written.getvalue())


def _add_sources(paper: Any, draft: Draft) -> None:
    paper.add_page_break()
    paper.add_heading("Where each sentence comes from", 2)
    paper.add_paragraph("For checking. Delete this page before you publish.")
    table = paper.add_table(rows=1, cols=3, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("Sentence", "Rests on", "Where"), strict=True):
        cell.text = words
    for sentence, citations in sources_of(draft):
        for citation in citations:
            cells = table.add_row().cells
            cells[0].text = _xml(sentence.text) + model_note(sentence)
            cells[1].text = _xml(citation.passage)
            cells[2].text = _xml(place_of(citation))


def _add_link(paragraph: Any, words: str, url: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not url.startswith(("http://", "https://")):
        paragraph.add_run(words)
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, _LINKED, is_external=True))
    run = paragraph.add_run(words)
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 - python-docx has no public call for hyperlinks
    paragraph._p.append(link)  # noqa: SLF001


def _dateless(body: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _xml(text: str) -> str:
    """XML holds no control characters; neither does a news item."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" else " " for c in text)
