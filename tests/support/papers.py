"""Real PDFs for tests, made on the spot from invented words."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate


def a_pdf(*paragraphs: str, title: str = "", headings: Sequence[str] = ()) -> bytes:
    """A PDF whose text is ``paragraphs``; those named in ``headings`` are set as headings."""
    styles = getSampleStyleSheet()
    out = BytesIO()
    flow = [Paragraph(title, styles["Title"])] if title else []
    flow += [Paragraph(p, styles["Heading2" if p in headings else "BodyText"]) for p in paragraphs]
    SimpleDocTemplate(out, invariant=1).build(flow)
    return out.getvalue()
