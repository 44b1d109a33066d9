"""Write a small PDF of plain text without any library: for stories that need a file, not a fine one. Pure.

The same words always give the same bytes. Source: ISO 32000-1, sections 7.5 and 9.4.
"""

import textwrap
from collections.abc import Sequence

_LINES = 46  # to a page
_WIDTH = 84  # characters to a line of 11-point Helvetica, about
_FONTS = b"<< /F1 3 0 R /F2 4 0 R >>"


def plain_pdf(title: str, paragraphs: Sequence[str], *, subject: str = "") -> bytes:
    """Return a PDF with a bold title and paragraphs, as many A4 pages as they need.

    A paragraph that begins with "# " is a bold heading. Letters outside Windows-1252 become "?".
    """
    pages = _pages(title, paragraphs)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font(b"Helvetica"),
        _font(b"Helvetica-Bold"),
    ]
    for number, lines in enumerate(pages):
        drawn = _drawn(lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font %b >> /Contents %d 0 R >>" % (_FONTS, 6 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
    objects.append(b"<< /Title (%b) /Subject (%b) >>" % (_escaped(title), _escaped(subject)))
    return _file(objects)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ``plain_pdf`` has."""
    return pdf.count(b"/Type /Page /Parent")


def _pages(title: str, paragraphs: Sequence[str]) -> list[list[tuple[str, bool]]]:
    lines: list[tuple[str, bool]] = []
    for text in (f"# {title}", *paragraphs):
        bold = text.startswith("# ")
        lines += [(line, bold) for line in textwrap.wrap(text.removeprefix("# "), _WIDTH)]
        lines.append(("", False))
    return [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]


def _drawn(lines: Sequence[tuple[str, bool]]) -> bytes:
    steps = [b"BT 72 770 Td 15 TL"]
    for text, bold in lines:
        if text:
            steps.append(b"/F2 13 Tf" if bold else b"/F1 11 Tf")
            steps.append(b"(%b) Tj" % _escaped(text))
        steps.append(b"T*")
    return b"\n".join((*steps, b"ET"))


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>" % name


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        written += b"%010d 00000 n \n" % place
    trailer = b"<< /Size %d /Root 1 0 R /Info %d 0 R >>" % (len(objects) + 1, len(objects))
    written += b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)
    return bytes(written)
