"""One invented letter as a PDF with its address block in a column, as Word, OpenDocument, HTML and text."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer, Table


@dataclass(frozen=True)
class Script:
    """A letter's lines. ``left`` and ``right`` stand side by side above it; a line with "* " is a point."""

    left: Sequence[str]
    right: Sequence[str]
    body: Sequence[str]
    foot: Sequence[str]


def as_pdf(script: Script) -> bytes:
    """A real PDF with both columns of the address block beside each other."""
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    out = io.BytesIO()
    rows = max(len(script.left), len(script.right))
    cells = [
        [Paragraph(side[i], body) if i < len(side) else "" for side in (script.left, script.right)]
        for i in range(rows)
    ]
    flow: list[object] = [Table(cells, colWidths=[260, 220]), Spacer(1, 18)] if rows else []
    for line in script.body:
        if line.startswith("# "):
            flow.append(Paragraph(escape(line[2:]), styles["Heading2"]))
        elif line.startswith("* "):
            flow.append(ListFlowable([ListItem(Paragraph(escape(line[2:]), body))], bulletType="bullet"))
        else:
            flow.append(Paragraph(escape(line), body))
    flow += [Paragraph(escape(line), body) for line in script.foot]
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(flow)
    return out.getvalue()


def as_docx(script: Script) -> bytes:
    """A Word document with the address block as a table without lines."""
    import docx

    paper = docx.Document()
    if script.left or script.right:
        table = paper.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (script.left, script.right), strict=True):
            cell.text = lines[0] if lines else ""
            for line in lines[1:]:
                cell.add_paragraph(line)
    for line in (*script.body, *script.foot):
        if line.startswith("# "):
            paper.add_heading(line[2:], 2)
        elif line.startswith("* "):
            paper.add_paragraph(line[2:], style="List Bullet")
        else:
            paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def as_odt(script: Script) -> bytes:
    """The least that is an OpenDocument text."""
    lines = (*script.left, *script.right, *script.body, *script.foot)
    marked = []
    for line in lines:
        if line.startswith("# "):
            marked.append(f'<text:h text:outline-level="2">{escape(line[2:])}</text:h>')
        elif line.startswith("* "):
            point = f"<text:p>{escape(line[2:])}</text:p>"
            marked.append(f"<text:list><text:list-item>{point}</text:list-item></text:list>")
        else:
            marked.append(f"<text:p>{escape(line)}</text:p>")
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"{''.join(marked)}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", content)
    return out.getvalue()


def as_html(script: Script) -> bytes:
    """A page whose main part is the letter."""
    tags = {"# ": "h2", "* ": "li"}
    lines = "".join(
        f"<{tags[line[:2]]}>{escape(line[2:])}</{tags[line[:2]]}>"
        if line[:2] in tags
        else f"<p>{escape(line)}</p>"
        for line in (*script.left, *script.right, *script.body, *script.foot)
    )
    return f"<!doctype html><html lang=en><title>Letter</title><main>{lines}</main></html>".encode()


def as_text(script: Script) -> bytes:
    """What an editor pastes."""
    lines = (*script.left, *script.right, *script.body, *script.foot)
    return "\n\n".join(line.removeprefix("# ") for line in lines).encode()


FORMATS = {"pdf": as_pdf, "docx": as_docx, "odt": as_odt, "html": as_html, "txt": as_text}
