"""Align two sequences: which items of one are the items of the other, in order. Pure.

A longest common subsequence where that is cheap; between rare common items where it is not; in windows where
there are none. Time grows with the length times a constant, memory is bounded: no input makes it quadratic.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from rapidfuzz.distance import LCSseq

MOST_CELLS = 100_000_000  # one bit each: 12 MB, a hundredth of a second
MOST_DEPTH = 12

Pair = tuple[int, int]
_Gap = tuple[int, int, int, int]


def matched(a: Sequence[int], b: Sequence[int], *, most_cells: int = MOST_CELLS) -> list[Pair]:
    """Return pairs (i, j) with ``a[i] == b[j]``, both rising: what stayed in its place.

    Items are numbers (see ``numbered``), so that the result never hangs on Python's hash seed.
    """
    found: list[Pair] = []
    stack: list[tuple[_Gap, int]] = [((0, len(a), 0, len(b)), 0)]
    while stack:
        gap, depth = stack.pop()
        i1, i2, j1, j2 = _without_ends(a, b, gap, found)
        if i1 == i2 or j1 == j2:
            continue
        if (i2 - i1) * (j2 - j1) <= most_cells:
            found.extend((i1 + i, j1 + j) for i, j in _common(a[i1:i2], b[j1:j2]))
            continue
        inner = (i1, i2, j1, j2)
        anchors = _anchors(a, b, inner) if depth < MOST_DEPTH else []
        found.extend(anchors)
        gaps = _between(anchors, inner) if anchors else _windows(inner, most_cells)
        stack.extend((gap, depth + 1) for gap in gaps)
    return sorted(found)


def numbered(*sequences: Iterable[Hashable]) -> list[list[int]]:
    """Return each sequence with its items as small numbers, equal items with equal numbers."""
    known: dict[Hashable, int] = {}
    return [[known.setdefault(item, len(known)) for item in sequence] for sequence in sequences]


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return a longest choice of pairs in which both numbers rise. ``pairs`` have their first rising."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [index]
    chosen: list[Pair] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _without_ends(a: Sequence[int], b: Sequence[int], gap: _Gap, found: list[Pair]) -> _Gap:
    i1, i2, j1, j2 = gap
    while i1 < i2 and j1 < j2 and a[i1] == b[j1]:
        found.append((i1, j1))
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and a[i2 - 1] == b[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        found.append((i2, j2))
    return i1, i2, j1, j2


def _common(a: Sequence[int], b: Sequence[int]) -> Iterator[Pair]:
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            yield from zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)


def _anchors(a: Sequence[int], b: Sequence[int], gap: _Gap) -> list[Pair]:
    """Items that stand once in each: the surest sign of the same place."""
    i1, i2, j1, j2 = gap
    in_a, in_b = Counter(a[i1:i2]), Counter(b[j1:j2])
    places = {b[j]: j for j in range(j1, j2) if in_b[b[j]] == 1}
    return rising([(i, places[a[i]]) for i in range(i1, i2) if in_a[a[i]] == 1 and a[i] in places])


def _between(anchors: Sequence[Pair], gap: _Gap) -> Iterator[_Gap]:
    i, j = gap[0], gap[2]
    for at, to in [*anchors, (gap[1], gap[3])]:
        if at > i and to > j:
            yield i, at, j, to
        i, j = at + 1, to + 1


def _windows(gap: _Gap, most_cells: int) -> Iterator[_Gap]:
    """Cut both into as many slices as make each pair of slices cheap enough."""
    i1, i2, j1, j2 = gap
    n, m = i2 - i1, j2 - j1
    count = math.isqrt(n * m // most_cells) + 2
    for k in range(count):
        yield i1 + n * k // count, i1 + n * (k + 1) // count, j1 + m * k // count, j1 + m * (k + 1) // count
