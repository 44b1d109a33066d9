"""See a row of a table as its cells, each beside the cell that it was. Pure.

Never guesses at columns: where a column came or went, the row is taken as a sentence like any other.
"""

from collections.abc import Sequence

SEPARATOR = "|"


def cells_beside(old: str, new: str) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the spans of each cell in two wordings of a row; nothing when they are no rows of one table.

    An empty cell at the end of a row is not written; a value that moved over empty cells is in another
    column, and not in a new one.
    """
    if SEPARATOR not in old and SEPARATOR not in new:
        return ()
    before, after = _cells(old), _cells(new)
    if len(before) != len(after):
        said = [[row[a:b] for a, b in cells if row[a:b]] for row, cells in ((old, before), (new, after))]
        if len(said[0]) != len(said[1]):
            return ()
        before += [(len(old), len(old))] * (len(after) - len(before))
        after += [(len(new), len(new))] * (len(before) - len(after))
    return tuple(zip(before, after, strict=True))


def _cells(row: str) -> list[tuple[int, int]]:
    cells, start = [], 0
    for cell in row.split(SEPARATOR):
        left, inner = start + len(cell) - len(cell.lstrip()), cell.strip()
        cells.append((left, left + len(inner)) if inner else (start, start))
        start += len(cell) + 1
    return cells
