"""Which weighty words two wordings share, which took each other's place, and which only moved. Pure.

A word that went here and came there is never simply the same: "from £5 to £10" is not "from £10 to £5". Only
what stands in a part that both wordings share, or in the very place that was reworded, cancels out.
"""

from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.text.weighing.typed_words import TypedWord
from pipeline.text.words.align import matched, numbered

Span = tuple[int, int]
Pair = tuple[TypedWord, TypedWord]


@dataclass(frozen=True, slots=True)
class Place:
    """One place where two wordings differ; a span is empty where nothing went, or nothing came.

    ``gone`` and ``come`` are the plain words in it, without those that are part of weighty ones; ``before``
    counts the words of content that stayed before it.
    """

    old: Span
    new: Span
    gone: Sequence[str] = ()
    come: Sequence[str] = ()
    before: int = 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of the weighty words: gone and come, one for another, or moved (as they stand now).

    The words of a pair are among ``gone`` and ``come`` as well.
    """

    gone: Sequence[TypedWord]
    come: Sequence[TypedWord]
    pairs: Sequence[Pair]
    moved: Sequence[TypedWord]


def sort_words(
    old: Sequence[TypedWord], new: Sequence[TypedWord], places: Sequence[Place], *, clauses: bool
) -> Sorted:
    """Return what became of the weighty words of two wordings that differ in ``places``, in order.

    ``clauses`` says that plain words moved as well: then another order is one of clauses, and no swap.
    """
    sorting = _Sorting(old, new, places)
    sorting.in_each_others_place()
    if not clauses:
        sorting.swapped()
    sorting.stayed()
    sorting.within_a_place()
    moved = sorting.moved()
    return Sorted(*sorting.left(), sorting.pairs, moved)


def paired(gone: Sequence[TypedWord], come: Sequence[TypedWord], found: Sequence[Pair]) -> list[Pair]:
    """Return which words became which: all of a kind where as many came as went, else the pairs found."""
    by_kind: dict[str, tuple[list[TypedWord], list[TypedWord]]] = defaultdict(lambda: ([], []))
    for side, words in enumerate((gone, come)):
        for word in words:
            by_kind[word.kind][side].append(word)
    went, came = set(gone), set(come)
    pairs: list[Pair] = []
    for kind, (before, after) in by_kind.items():
        if len(before) == len(after):
            pairs += zip(before, after, strict=True)
        else:
            pairs += [(a, b) for a, b in found if a.kind == kind and a in went and b in came]
    return pairs


@dataclass(slots=True)
class _Sorting:
    """Words are known by their number; what has found its fate is in ``done``."""

    old: Sequence[TypedWord]
    new: Sequence[TypedWord]
    places: Sequence[Place]
    pairs: list[Pair] = field(default_factory=list)
    done: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    paired: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    homes: tuple[list[int], list[int]] = field(init=False)
    beside: tuple[list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        spans = [place.old for place in self.places], [place.new for place in self.places]
        self.homes = _homes(self.old, spans[0]), _homes(self.new, spans[1])
        self.beside = _homes(self.old, spans[0], slack=2), _homes(self.new, spans[1], slack=2)

    def in_each_others_place(self) -> None:
        """One took the other's very place: they differ wherever else they stand."""
        starts = [word.start for word in self.old], [word.start for word in self.new]
        for place in self.places:
            i, j = _around(place.old, self.old, starts[0]), _around(place.new, self.new, starts[1])
            if i >= 0 and j >= 0:
                self._pair(i, j)

    def swapped(self) -> None:
        """The very words of one kind in another order, with all else in its place."""
        for before, after in self._by_kind(range(len(self.old)), range(len(self.new))):
            values = [self.old[i].value for i in before], [self.new[j].value for j in after]
            if values[0] != values[1] and Counter(values[0]) == Counter(values[1]):
                for i, j in zip(before, after, strict=True):
                    self._pair(i, j)

    def stayed(self) -> None:
        """What stands in the parts that both share."""
        kept = [[n for n, home in enumerate(homes) if home < 0] for homes in self.homes]
        for before, after in self._by_kind(*kept):
            self._cancel(before, after)

    def within_a_place(self) -> None:
        """What stands on both sides of one place."""
        rows: list[tuple[list[int], list[int]]] = [([], []) for _ in self.places]
        for side, homes in enumerate(self.homes):
            for n, home in enumerate(homes):
                if home >= 0:
                    rows[home][side].append(n)
        for row in rows:
            if all(row):
                for before, after in self._by_kind(*row):
                    self._cancel(before, after)

    def moved(self) -> list[TypedWord]:
        """What went in one place and came in another; told only where words of content lie between."""
        went: dict[tuple[str, str], deque[int]] = defaultdict(deque)
        for i, word in enumerate(self.old):
            if i not in self.done[0]:
                went[word.kind, word.value].append(i)
        found = []
        for j, word in enumerate(self.new):
            if j not in self.done[1] and went.get((word.kind, word.value)):
                i = went[word.kind, word.value].popleft()
                self.done[0].add(i)
                self.done[1].add(j)
                if self._before(0, i) != self._before(1, j):
                    found.append(word)
        return found

    def left(self) -> tuple[list[TypedWord], list[TypedWord]]:
        """What went and what came for good, with the words of the pairs."""
        gone, come = (
            [word for n, word in enumerate(side) if n not in self.done[at] or n in self.paired[at]]
            for at, side in enumerate((self.old, self.new))
        )
        return gone, come

    def _before(self, side: int, word: int) -> int:
        """How much stayed before the place that a word reaches into, or else stands beside."""
        home = self.homes[side][word] if self.homes[side][word] >= 0 else self.beside[side][word]
        return self.places[home].before if home >= 0 else -1

    def _pair(self, i: int, j: int) -> None:
        was, now = self.old[i], self.new[j]
        if was.kind is now.kind and i not in self.done[0] and j not in self.done[1]:
            self.done[0].add(i)
            self.done[1].add(j)
            if was.value != now.value:
                self.pairs.append((was, now))
                self.paired[0].add(i)
                self.paired[1].add(j)

    def _by_kind(self, before: Sequence[int], after: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
        """Split what has no fate yet by its kind; kinds that only one side has are left out."""
        kinds: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (numbers, words) in enumerate(((before, self.old), (after, self.new))):
            for n in numbers:
                if n not in self.done[side]:
                    kinds[words[n].kind][side].append(n)
        return (row for row in kinds.values() if all(row))

    def _cancel(self, before: Sequence[int], after: Sequence[int]) -> None:
        values = numbered((self.old[i].value for i in before), (self.new[j].value for j in after))
        for i, j in matched(*values):
            self.done[0].add(before[i])
            self.done[1].add(after[j])


def _homes(words: Sequence[TypedWord], spans: Sequence[Span], slack: int = 0) -> list[int]:
    """The place that each word reaches into, -1 for none; ``slack`` is how far off it may stand."""
    homes = []
    at = 0
    for word in words:
        while at < len(spans) and spans[at][1] + slack <= word.start:
            at += 1
        reaches = at < len(spans) and spans[at][0] - slack < word.end and word.start < spans[at][1] + slack
        homes.append(at if reaches else -1)
    return homes


def _around(span: Span, words: Sequence[TypedWord], starts: Sequence[int]) -> int:
    """The word that a whole span lies in; -1 for none, or where there is no span."""
    at = bisect_right(starts, span[0]) - 1
    return at if span[0] < span[1] and at >= 0 and span[1] <= words[at].end else -1
