"""Find the running headers, footers and page numbers of a PDF, so that they stay out of its text. Pure.

Never drops a line that stands on one page only, page numbers apart. On a document of two pages the first
page keeps what both share: a letterhead is text.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from crawler.reading.pdf_lines import Line

_EDGE = 0.13  # of the page's height, at the top and at the bottom
_SAME_PLACE = 8.0  # points
_LONGEST = 160
_NUMBER = re.compile(
    r"^[\s|–—-]*(?:page|p\.?)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|out of)\s*\d{1,4})?[\s|–—-]*$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def without_furniture(
    pages: Sequence[list[Line]], boxes: Sequence[tuple[float, float]], body_size: float
) -> list[list[Line]]:
    """Return the pages' lines without headers, footers and page numbers.

    ``boxes`` holds the bottom and top of each page in points; ``body_size`` the size of running text.
    """
    shared = _shared(pages, boxes, body_size)
    kept: list[list[Line]] = []
    for number, (lines, box) in enumerate(zip(pages, boxes, strict=True)):
        spare = len(pages) == 2 and number == 0
        numbers = {id(line) for line in lines if _is_number(line, lines, box)}
        found = {id(line) for line in lines if not spare and (number, id(line)) in shared}
        outer = numbers | _outermost(lines, box, found | numbers, body_size)
        kept.append([line for line in lines if id(line) not in outer])
    return kept


def _outermost(lines: list[Line], box: tuple[float, float], found: set[int], body_size: float) -> set[int]:
    """Return those found lines that nothing but other found lines parts from the page's edge.

    A body of text that begins with the same words on every page is close to what follows: it stays.
    """
    outer: set[int] = set()
    for zone, outwards in (("top", -1), ("bottom", 1)):
        inwards = sorted(lines, key=lambda line: outwards * line.y)
        held: set[int] = set()
        for place, line in enumerate(inwards):
            if id(line) not in found or _zone(line, box) != zone:
                break
            held.add(id(line))
            inner = next((other for other in inwards[place:] if abs(other.y - line.y) > 1), None)
            if inner is None or abs(inner.y - line.y) >= 1.6 * max(line.size, body_size):
                outer |= held
                held = set()
    return outer


def _zone(line: Line, box: tuple[float, float]) -> str:
    bottom, top = box
    height = max(top - bottom, 1.0)
    if line.y > top - _EDGE * height:
        return "top"
    return "bottom" if line.y < bottom + _EDGE * height else ""


def _shared(
    pages: Sequence[list[Line]], boxes: Sequence[tuple[float, float]], body_size: float
) -> set[tuple[int, int]]:
    """Return (page, line) of edge lines that say the same, numbers apart, at the same height elsewhere."""
    if len(pages) < 2:
        return set()
    groups: dict[tuple[str, str], list[tuple[int, Line]]] = defaultdict(list)
    for number, (lines, box) in enumerate(zip(pages, boxes, strict=True)):
        for line in lines:
            zone = _zone(line, box)
            text = " | ".join(line.cells) or line.text
            if zone and text.strip() and len(text) <= _LONGEST:
                groups[zone, _DIGITS.sub("#", text).strip().lower()].append((number, line))
    found: set[tuple[int, int]] = set()
    for members in groups.values():
        alike = len({line.text + "|".join(line.cells) for _, line in members}) == 1
        needed = 2 if len(pages) <= 3 else 3 if alike else max(3, round(0.4 * len(pages)))
        on_pages = {number for number, _ in members}
        alone = all(len(pages[number]) <= 1 for number in on_pages)
        if len(on_pages) < needed or alone or not (alike or _runs_on(members, body_size)):
            continue
        for number, line in members:
            beside = {
                other for other, twin in members if other != number and abs(twin.y - line.y) <= _SAME_PLACE
            }
            if len(beside) + 1 >= min(needed, 3):
                found.add((number, id(line)))
    return found


def _runs_on(members: list[tuple[int, Line]], body_size: float) -> bool:
    """Tell furniture from a heading such as "Question 3" that happens to begin each page."""
    return not any(line.size > 1.05 * body_size or line.bold for _, line in members)


def _is_number(line: Line, lines: list[Line], box: tuple[float, float]) -> bool:
    """Tell a page number: nothing but a number at the outer edge, with no text beyond it."""
    zone = _zone(line, box)
    if not zone or line.cells or not _NUMBER.match(line.text) or not any(c.isalnum() for c in line.text):
        return False
    if zone == "top":
        return not any(other.y > line.y + 1 and other is not line for other in lines)
    return not any(other.y < line.y - 14 and other is not line for other in lines)
