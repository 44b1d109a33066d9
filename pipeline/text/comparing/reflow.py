"""See through paragraphs that were only cut or joined otherwise, as a page break does. Pure.

Never loses or adds a word: a block is cut exactly where the other side begins a new one, and only if each of
its pieces then has its place on the other side.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model.blocks import Block
from pipeline.text.words.align import matched, numbered
from pipeline.text.words.normalise import for_comparison
from pipeline.text.words.word_runs import TOKEN

MOST_PIECES = 50
LOOK = 12  # characters by which the beginning of a block is known
MOST_TRIES = 20
ROUNDS = 4  # of taking cuts back; after these, all are

_Cuts = list[list[Block]]  # each block as its pieces; nearly always one


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a piece of one; ``goes_on`` says that the piece before belongs to the same block."""

    block: Block
    goes_on: bool = False


def reflowed(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Piece], list[Piece]]:
    """Return both with each block cut that stands on the other side as several blocks in a row."""
    before, after = _cut_like(old, new), _cut_like(new, old)
    for _ in range(ROUNDS):
        if len(before) == sum(map(len, before)) and len(after) == sum(map(len, after)):
            break
        bad_old, bad_new = _astray(before, after)
        if not (bad_old or bad_new):
            break
        before = [[old[n]] if n in bad_old else pieces for n, pieces in enumerate(before)]
        after = [[new[n]] if n in bad_new else pieces for n, pieces in enumerate(after)]
    else:
        before, after = [[block] for block in old], [[block] for block in new]
    return list(_pieces(before)), list(_pieces(after))


def _pieces(cuts: _Cuts) -> Iterator[Piece]:
    for pieces in cuts:
        for n, block in enumerate(pieces):
            yield Piece(block, n > 0)


def _astray(before: _Cuts, after: _Cuts) -> tuple[set[int], set[int]]:
    """Blocks that were cut in vain: a piece has no place, or goes on from another block on both sides."""
    owners = [[n for n, pieces in enumerate(cuts) for _ in pieces] for cuts in (before, after)]
    firsts = [[n == 0 for pieces in cuts for n, _ in enumerate(pieces)] for cuts in (before, after)]
    texts = [[for_comparison(block.text) for pieces in cuts for block in pieces] for cuts in (before, after)]
    old, new = numbered(*texts)
    pairs = matched(old, new)
    placed_old, placed_new = {i for i, _ in pairs}, {j for _, j in pairs}
    bad_old = {owner for at, owner in enumerate(owners[0]) if at not in placed_old}
    bad_new = {owner for at, owner in enumerate(owners[1]) if at not in placed_new}
    for i, j in pairs:
        if not (firsts[0][i] or firsts[1][j]):
            bad_old.add(owners[0][i])
            bad_new.add(owners[1][j])
    return {n for n in bad_old if len(before[n]) > 1}, {n for n in bad_new if len(after[n]) > 1}


def _cut_like(blocks: Sequence[Block], others: Sequence[Block]) -> _Cuts:
    """Cut the blocks of which there are more than on the other side, where that side has their pieces."""
    said = [for_comparison(other.text) for other in others]
    known = Counter(said)
    mine = Counter(for_comparison(block.text) for block in blocks)
    starts: dict[str, list[int]] = {}
    for at, text in enumerate(said):
        if text:
            starts.setdefault(text[:LOOK], []).append(at)
    result: _Cuts = []
    for block in blocks:
        text = for_comparison(block.text)
        begun = _beginnings(text) if mine[text] > known[text] else ()
        tries = [at for start in begun for at in starts.get(start, ())[:MOST_TRIES]]
        pieces = next((found for at in tries if (found := _run(text, said, at))), [])
        result.append(_cut(block, pieces) if len(pieces) > 1 else [block])
    return result


def _beginnings(text: str) -> list[str]:
    """What the first piece of a block may begin with: its first characters, or a word or two in full."""
    return [text[:LOOK], *(text[:end] for end in range(1, min(LOOK, len(text))) if text[end] == " ")]


def _run(text: str, said: Sequence[str], at: int) -> list[str]:
    """The texts from ``at`` that, with spaces between them, are exactly ``text``; nothing if none are."""
    pieces: list[str] = []
    place = 0
    for piece in said[at : at + MOST_PIECES]:
        if not piece or not text.startswith(piece, place):
            return []
        pieces.append(piece)
        place += len(piece)
        if place == len(text):
            return pieces
        if text[place] != " ":
            return []
        place += 1
    return []


def _cut(block: Block, pieces: Sequence[str]) -> list[Block]:
    """Cut the block's own text where its normalised text is cut; the block itself if that cannot be found."""
    tokens = list(TOKEN.finditer(block.text))
    counts = [len(TOKEN.findall(piece)) for piece in pieces]
    if sum(counts) != len(tokens) or not all(counts):
        return [block]
    cuts = [0]
    for count in counts[:-1]:
        cuts.append(cuts[-1] + count)
    places = [0, *(tokens[cut].start() for cut in cuts[1:]), len(block.text)]
    texts = [block.text[left:right].strip() for left, right in pairwise(places)]
    if [for_comparison(text) for text in texts] != list(pieces):
        return [block]
    return [replace(block, text=text) for text in texts]
