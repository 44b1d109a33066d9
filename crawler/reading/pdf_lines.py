"""Put the runs of one PDF page in reading order: columns, lines, table rows. Pure.

Never splits a page into columns unless both sides look like running text and the file itself writes one
side before the other; a table is read row by row.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from crawler.reading.pdf_glyphs import Run

_MARK = re.compile(r"^(?:[•◦▪‣●○■□➢–—*·-]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]?)$")
_ALIGNED = 6.0  # points
_FEWEST_LINES = 5  # of running text on each side of a gutter


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or one row of a table (then ``cells`` has two or more texts).

    ``region`` numbers the columns of the page in reading order; ``right`` is the region's right edge.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int = 0
    region: int = 0
    right: float = 0.0
    cells: tuple[str, ...] = field(default=())


def lines_of(runs: list[Run], page: int, gutters: Collection[float] = ()) -> list[Line]:
    """Return the lines of a page from first to last as a person reads them.

    ``gutters`` are those of other pages: they let a short last column be seen for what it is.
    """
    lines: list[Line] = []
    for number, region in enumerate(_regions(runs, gutters)):
        right = _right_edge(region)
        lines.extend(replace(line, page=page, region=number, right=right) for line in _tables(_rows(region)))
    return lines


def _right_edge(runs: list[Run]) -> float:
    """Return where full lines end; one line that sticks out does not make all others look short."""
    ends = sorted(run.x1 for run in runs)
    widest = max(run.x1 - run.x0 for run in runs)
    full = sorted(run.x1 for run in runs if run.x1 - run.x0 >= 0.6 * widest)
    return full[int(0.85 * len(full))] if len(full) >= 4 else ends[-1]


def _regions(runs: list[Run], gutters: Collection[float], depth: int = 0) -> list[list[Run]]:
    """Return the columns of a page; lines that run across them separate those above from those below."""
    gutter = gutter_of(runs) or _known(runs, gutters) if depth < 2 else None
    if gutter is None:
        return [runs] if runs else []
    across = sorted((run for run in runs if run.x0 < gutter < run.x1), key=lambda run: -run.y)
    columns = [run for run in runs if not run.x0 < gutter < run.x1]
    regions: list[list[Run]] = []
    for wide in across:
        above = [run for run in columns if run.y > wide.y]
        columns = [run for run in columns if run.y <= wide.y]
        if above:
            regions.extend(_sides(above, gutter, depth))
        if above or not regions or not all(run in across for run in regions[-1]):
            regions.append([])
        regions[-1].append(wide)
    return regions + (_sides(columns, gutter, depth) if columns else [])


def _sides(runs: list[Run], gutter: float, depth: int) -> list[list[Run]]:
    left = [run for run in runs if run.x1 <= gutter]
    right = [run for run in runs if run.x1 > gutter]
    return [region for side in (left, right) for region in _regions(side, (), depth + 1)]


def gutter_of(runs: list[Run]) -> float | None:
    """Return the x of the gap between two columns of running text, None where there are none."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    start, end = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = end - start
    best: tuple[int, float] | None = None
    step = max(2.0, width / 200)
    for number in range(int(0.4 * width / step) + 1):
        x = start + 0.3 * width + number * step
        crossing = sum(1 for run in runs if run.x0 < x < run.x1)
        key = (crossing, abs(x - start - width / 2))
        if best is None or key < (best[0], abs(best[1] - start - width / 2)):
            best = (crossing, x)
    if best is None or best[0] > 0.35 * len(runs):
        return None
    x = best[1]
    left = [run for run in runs if run.x1 <= x]
    right = [run for run in runs if run.x0 >= x]
    return x if _is_prose(left) and _is_prose(right) and _beside(left, right) else None


def _known(runs: list[Run], gutters: Collection[float]) -> float | None:
    """Return the gutter of another page that this page keeps to as well."""
    for x in sorted(gutters):
        left = [run for run in runs if run.x1 <= x]
        right = [run for run in runs if run.x0 >= x]
        crossing = len(runs) - len(left) - len(right)
        if _is_prose(left) and right and crossing <= 0.2 * len(runs) and _switches(left, right) <= 2:
            return x
    return None


def _switches(left: list[Run], right: list[Run]) -> int:
    """Count how often the file goes from one side to the other."""
    sides = [side for _, side in sorted([(run.order, 0) for run in left] + [(run.order, 1) for run in right])]
    return sum(1 for one, other in pairwise(sides) if one != other)


def _is_prose(runs: list[Run]) -> bool:
    """Tell running text from cells: five lines, most of them as wide as the column and of a few words."""
    if len(runs) < _FEWEST_LINES:
        return False
    width = max(run.x1 for run in runs) - min(run.x0 for run in runs)
    full = sum(1 for run in runs if run.x1 - run.x0 >= 0.6 * width)
    return full >= 0.5 * len(runs) and median(run.text.count(" ") for run in runs) >= 2


def _beside(left: list[Run], right: list[Run]) -> bool:
    """Tell columns, which the file writes one after the other, from rows, which it writes across."""
    top = min(max(run.y for run in left), max(run.y for run in right))
    bottom = max(min(run.y for run in left), min(run.y for run in right))
    size = median(run.size for run in left)
    return top - bottom >= 4 * size and _switches(left, right) <= 0.25 * (len(left) + len(right))


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Return the runs of each baseline from left to right, the top baseline first."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.x0)):
        if rows and abs(rows[-1][0].y - run.y) <= 0.4 * min(rows[-1][0].size, run.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_joined(sorted(row, key=lambda run: run.x0)) for row in rows]


def _joined(row: list[Run]) -> list[Run]:
    """Join runs that only touch, and a bullet or number with the text that it stands before."""
    joined: list[Run] = []
    for run in row:
        last = joined[-1] if joined else None
        near = last is not None and run.x0 - last.x1 <= 0.9 * max(run.size, last.size)
        marked = last is not None and len(row) == 2 and bool(_MARK.match(last.text.strip()))
        if last is not None and (near or marked):
            touching = run.x0 - last.x1 < 0.1 * run.size and run.text[0] in ".,;:)!?’”"
            bold = run.bold if marked else last.bold and run.bold
            size = run.size if marked or len(run.text) > len(last.text) else last.size
            text = last.text + ("" if touching else " ") + run.text
            joined[-1] = Run(text, last.x0, max(last.x1, run.x1), run.y, size, bold, last.order)
        else:
            joined.append(run)
    return joined


def _tables(rows: list[list[Run]]) -> list[Line]:
    lines: list[Line] = []
    index = 0
    while index < len(rows):
        table = _table_at(rows, index)
        if table:
            lines.extend(line for line, _ in table)
            index += sum(used for _, used in table)
            continue
        lines.extend(Line(run.text, run.x0, run.x1, run.y, run.size, run.bold) for run in rows[index])
        index += 1
    return lines


def _table_at(rows: list[list[Run]], start: int) -> list[tuple[Line, int]]:
    """Return the table rows that begin at ``start``, each with the number of lines that it took.

    Two rows or more, of two cells or more, whose cells begin or end below one another; or one row of three
    cells or more, which is what a page break can leave of a table.
    """
    found: list[tuple[Line, int]] = []
    head = rows[start]
    index = start
    while index < len(rows) and len(rows[index]) >= 2 and _below(head, rows[index]):
        cells = [run.text for run in rows[index]]
        last, used = rows[index], 1
        while index + used < len(rows) and (wrapped := _wrapped(rows[index], last, rows[index + used])):
            for place, run in wrapped:
                cells[place] = f"{cells[place]} {run.text}"
            last = rows[index + used]
            used += 1
        first = rows[index][0]
        ends = max(run.x1 for run in rows[index])
        bold = all(run.bold for run in rows[index])
        found.append((Line("", first.x0, ends, last[0].y, first.size, bold, cells=tuple(cells)), used))
        index += used
    return found if len(found) >= 2 or (found and len(found[0][0].cells) >= 3) else []


def _below(head: list[Run], row: list[Run]) -> bool:
    edges = [(run.x0, run.x1) for run in head]
    lined_up = sum(
        any(abs(run.x0 - x0) <= _ALIGNED or abs(run.x1 - x1) <= _ALIGNED for x0, x1 in edges) for run in row
    )
    return lined_up >= 2 or (lined_up == len(row) and len(row) >= 2)


def _wrapped(row: list[Run], last: list[Run], below: list[Run]) -> list[tuple[int, Run]]:
    """Return (cell, run) when the line below goes on with cells of this row, else an empty list."""
    if len(below) >= len(row) or last[0].y - below[0].y > 1.3 * row[0].size:
        return []
    placed: list[tuple[int, Run]] = []
    for run in below:
        place = next((i for i, cell in enumerate(row) if abs(cell.x0 - run.x0) <= _ALIGNED), None)
        if place is None or (place + 1 < len(row) and run.x1 > row[place + 1].x0):
            return []
        placed.append((place, run))
    return placed
