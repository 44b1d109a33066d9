"""Take the glyphs of one PDF page as runs of text with place, size and weight. Pure but for PDFium.

Never orders or interprets them: runs come in the order of the file. Upright means: along the direction
that most of the page's text has, so a page turned on its side reads like any other.
"""

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

MOST_GLYPHS = 200_000  # of one page
_BOLD = re.compile(rb"bold|black|heavy|demi|semibold", re.IGNORECASE)
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_SOFT = "\u00ad"
_ACROSS = 9
_COLUMN_GAP = 1.5  # in ems: a wider gap inside a line separates columns or cells


@dataclass(slots=True)
class Run:
    """Text on one baseline without a wide gap. ``y`` is the baseline, up the page; units are points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    order: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    turn: int  # quarter turns of the text's direction, 0 for left to right


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str  # "" ends a line
    x0: float
    x1: float
    y: float
    style: _Style


def runs_of(page: Any) -> list[Run]:
    """Return the runs of a page (a pypdfium2 page), without text that stands across the page."""
    textpage = page.get_textpage()
    try:
        glyphs = _glyphs(textpage.raw)
    finally:
        textpage.close()
    turns = Counter(
        glyph.style.turn for glyph in glyphs if glyph.text.strip() and glyph.style.turn != _ACROSS
    )
    if not turns:
        return []
    turn = turns.most_common(1)[0][0]
    return _runs(
        [_turned(glyph, turn) for glyph in glyphs if not glyph.text.strip() or glyph.style.turn == turn]
    )


def _glyphs(text: Any) -> list[_Glyph]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    style = _Style(0.0, False, 0)
    found: list[_Glyph] = []
    for index in range(min(pdfium.FPDFText_CountChars(text), MOST_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            found.append(_Glyph("", 0, 0, 0, style))
            continue
        if code in {0, 0xFFFE, 0xFFFF} or 0xD800 <= code <= 0xDFFF:
            continue
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            found.append(_Glyph(" ", 0, 0, 0, style))
            continue
        thing = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(thing, ctypes.c_void_p).value or 0
        if address not in styles:
            styles[address] = _style(text, index)
        style = styles[address]
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if style.turn % 2:
            glyph = _Glyph(_letter(code), box.bottom, box.top, x.value, style)
        else:
            glyph = _Glyph(_letter(code), box.left, box.right, y.value, style)
        found.append(glyph)
    return found


def _style(text: Any, index: int) -> _Style:
    matrix = pdfium.FS_MATRIX()
    scale, turn = 1.0, 0
    if pdfium.FPDFText_GetMatrix(text, index, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        across = abs(quarters - round(quarters)) > 0.1  # a watermark from corner to corner
        turn = _ACROSS if across else round(quarters) % 4
    name, flags = ctypes.create_string_buffer(120), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 120, flags)
    bold = pdfium.FPDFText_GetFontWeight(text, index) >= 600 or bool(_BOLD.search(name.value))
    return _Style(round(pdfium.FPDFText_GetFontSize(text, index) * scale, 1), bold, turn)


def _letter(code: int) -> str:
    if code in {2, 0xAD}:
        return _SOFT
    if 0xF000 <= code <= 0xF0FF or code == 0xFFFD:  # symbol fonts: in running text these are bullets
        return "•"
    return _LIGATURES.get(code) or chr(code)


def _turned(glyph: _Glyph, turn: int) -> _Glyph:
    """Return the glyph as if the page lay so that its text runs from left to right."""
    if turn == 0 or not glyph.text:
        return glyph
    x0, x1, y = glyph.x0, glyph.x1, glyph.y
    if turn == 1:
        y = -y
    elif turn == 2:
        x0, x1, y = -x1, -x0, -y
    else:
        x0, x1 = -x1, -x0
    return _Glyph(glyph.text, x0, x1, y, glyph.style)


def _runs(glyphs: list[_Glyph]) -> list[Run]:
    runs: list[Run] = []
    row: list[_Glyph] = []
    space = False
    for glyph in (*glyphs, _Glyph("", 0, 0, 0, _Style(0.0, False, 0))):
        if not glyph.text:
            _close(row, runs)
            space = False
        elif not glyph.text.strip():
            space = bool(row)
        elif row and _is_note_mark(row[-1], glyph):
            continue
        else:
            if row and _apart(row[-1], glyph):
                _close(row, runs)
                space = False
            if space:
                row.append(_Glyph(" ", row[-1].x1, glyph.x0, row[-1].y, glyph.style))
                space = False
            row.append(glyph)
    return runs


def _apart(last: _Glyph, glyph: _Glyph) -> bool:
    em = max(last.style.size, glyph.style.size, 1.0)
    gap = glyph.x0 - last.x1
    return abs(glyph.y - last.y) > 0.5 * em or gap > _COLUMN_GAP * em or gap < -2 * em


def _is_note_mark(last: _Glyph, glyph: _Glyph) -> bool:
    """Tell a raised small figure in a sentence: the mark of a footnote, not a number of the text."""
    small = glyph.style.size <= 0.75 * last.style.size
    return small and glyph.text.isdigit() and glyph.y > last.y + 0.15 * last.style.size


def _close(row: list[_Glyph], runs: list[Run]) -> None:
    seen = [glyph for glyph in row if glyph.text.strip()]
    if seen:
        sizes = Counter(glyph.style.size for glyph in seen)
        bold = sum(glyph.style.bold for glyph in seen)
        baselines = Counter(round(glyph.y, 1) for glyph in seen)
        runs.append(
            Run(
                "".join(glyph.text for glyph in row),
                min(glyph.x0 for glyph in seen),
                max(glyph.x1 for glyph in seen),
                baselines.most_common(1)[0][0],
                sizes.most_common(1)[0][0],
                bold >= 0.8 * len(seen),
                len(runs),
            )
        )
    row.clear()
