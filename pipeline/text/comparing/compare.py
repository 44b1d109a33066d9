"""Compare two texts: first block by block, then word by word inside what was rewritten. Pure.

Blocks are the same when their words are the same, whatever they are set as. Never says what a difference
means; see significance.py. Time grows with the length of the texts: every search has a cap.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.model.blocks import Block
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline
from pipeline.text.comparing.pairing import best_pairs, similar_pairs
from pipeline.text.comparing.parts_in_order import side_by_side
from pipeline.text.comparing.reflow import reflowed
from pipeline.text.words.align import Pair, matched, numbered
from pipeline.text.words.normalise import for_comparison
from pipeline.text.words.word_runs import word_runs

__all__ = ["compare_blocks", "word_runs"]

SHORT = 4  # words; a shorter block moves only with its neighbour: "Yes" is everywhere
NEARLY = 0.8  # likeness from which a block that is elsewhere now is the same one, reworded


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> Redline:
    """Return how ``old`` became ``new``, in the order of ``new`` with removed blocks in their old places.

    A block that only changed its place is MOVED; one that was reworded is CHANGED, with its runs of words;
    one that was SPLIT or JOINED without a change of words is shown in the pieces that both sides share. Each
    part is compared with itself; parts that only one side has are compared with each other.
    """
    changes: list[BlockChange] = []
    for before, after in side_by_side(old, new):
        changes.extend(_Comparison(before, after).changes())
    return Redline(tuple(_moved_elsewhere(changes)))


@dataclass(slots=True)
class _Comparison:
    """The blocks of one part in two states, and which belong together."""

    old: Sequence[Block]
    new: Sequence[Block]
    placed: dict[int, int] = field(default_factory=dict)  # new to old, in order
    moved: dict[int, int] = field(default_factory=dict)  # new to old, anywhere
    goes_on: tuple[frozenset[int], ...] = ()  # on each side, pieces that go on from the block before

    def changes(self) -> Iterator[BlockChange]:
        pieces = reflowed(self.old, self.new)
        self.old, self.new = ([piece.block for piece in side] for side in pieces)
        self.goes_on = tuple(frozenset(n for n, piece in enumerate(side) if piece.goes_on) for side in pieces)
        before, after = _keys(self.old, self.new)
        self.placed = {j: i for i, j in matched(before, after)}
        self.moved = {j: i for i, j in _moves(self.old, before, after, self.placed)}
        for olds, news in self._gaps():
            texts = [[self.old[i].text for i in olds], [self.new[j].text for j in news]]
            self.placed |= {news[j]: olds[i] for i, j in similar_pairs(*texts)}
        self._pair_elsewhere()
        return self._in_order()

    def _gaps(self) -> list[tuple[list[int], list[int]]]:
        """The old and the new places between blocks that stayed, without those that moved."""
        gone, come = set(self.moved.values()), set(self.moved)
        gaps = []
        at_old = at_new = 0
        stayed = [(i, j) for j, i in sorted(self.placed.items())]
        for i, j in [*stayed, (len(self.old), len(self.new))]:
            olds = [k for k in range(at_old, i) if k not in gone]
            news = [k for k in range(at_new, j) if k not in come]
            if olds or news:
                gaps.append((olds, news))
            at_old, at_new = i + 1, j + 1
        return gaps

    def _pair_elsewhere(self) -> None:
        """A block that was moved and reworded at once is still the same block."""
        used = {*self.placed.values(), *self.moved.values()}
        olds = [i for i in range(len(self.old)) if i not in used and _long(self.old[i])]
        news = [
            j
            for j in range(len(self.new))
            if j not in self.placed and j not in self.moved and _long(self.new[j])
        ]
        texts = [[self.old[i].text for i in olds], [self.new[j].text for j in news]]
        self.moved |= {news[j]: olds[i] for i, j in best_pairs(*texts, least=NEARLY)}

    def _in_order(self) -> Iterator[BlockChange]:
        used = {*self.placed.values(), *self.moved.values()}
        at = 0
        stayed = [(i, j) for j, i in sorted(self.placed.items())]
        begin = 0
        for i, j in [*stayed, (len(self.old), len(self.new))]:
            for k in range(at, i):
                if k not in used:
                    yield BlockChange(BlockChangeKind.REMOVED, self.old[k], None)
            for k in range(begin, j):
                yield self._elsewhere(k)
            if j < len(self.new):
                yield _reworded(self.old[i], self.new[j], self._set_as(i, j))
            at, begin = i + 1, j + 1

    def _set_as(self, i: int, j: int) -> BlockChangeKind:
        if i in self.goes_on[0]:
            return BlockChangeKind.SPLIT
        return BlockChangeKind.JOINED if j in self.goes_on[1] else BlockChangeKind.SAME

    def _elsewhere(self, j: int) -> BlockChange:
        if j not in self.moved:
            return BlockChange(BlockChangeKind.ADDED, None, self.new[j])
        return _reworded(self.old[self.moved[j]], self.new[j], BlockChangeKind.MOVED)


def _keys(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[int], list[int]]:
    before, after = numbered(*([for_comparison(block.text) for block in side] for side in (old, new)))
    return before, after


def _reworded(old: Block, new: Block, otherwise: BlockChangeKind) -> BlockChange:
    if for_comparison(old.text) == for_comparison(new.text):
        return BlockChange(otherwise, old, new)
    return BlockChange(BlockChangeKind.CHANGED, old, new, word_runs(old.text, new.text))


def _long(block: Block) -> bool:
    return block.text.count(" ") + 1 >= SHORT


def _moves(old: Sequence[Block], before: list[int], after: list[int], placed: dict[int, int]) -> list[Pair]:
    """Blocks whose very text went in one place and came in another; short ones only beside a longer."""
    stayed = set(placed.values())
    gone: dict[int, list[int]] = defaultdict(list)
    for i in range(len(before) - 1, -1, -1):
        if i not in stayed:
            gone[before[i]].append(i)
    pairs = [(gone[key].pop(), j) for j, key in enumerate(after) if j not in placed and gone.get(key)]
    carried = {pair for pair in pairs if _long(old[pair[0]])}
    for row in (pairs, pairs[::-1]):
        for i, j in row:
            if (i - 1, j - 1) in carried or (i + 1, j + 1) in carried:
                carried.add((i, j))
    return sorted(carried)


def _moved_elsewhere(changes: Sequence[BlockChange]) -> list[BlockChange]:
    """The same across parts: what left the page and stands in a file now has moved."""
    came: dict[str, list[int]] = defaultdict(list)
    for index in range(len(changes) - 1, -1, -1):
        new = changes[index].new
        if changes[index].kind is BlockChangeKind.ADDED and new and _long(new):
            came[for_comparison(new.text)].append(index)
    result: list[BlockChange | None] = list(changes)
    for index, change in enumerate(changes):
        if change.kind is not BlockChangeKind.REMOVED or change.old is None:
            continue
        if places := came.get(for_comparison(change.old.text)):
            to = places.pop()
            result[to] = BlockChange(BlockChangeKind.MOVED, change.old, changes[to].new)
            result[index] = None
    return [change for change in result if change is not None]
