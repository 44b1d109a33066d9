"""See through paragraphs that were only cut or joined otherwise, as a page break does. Pure.

Never loses or adds a word: a block is split exactly where the other side begins a new one.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model.blocks import Block
from pipeline.text.normalise import for_comparison
from pipeline.text.word_runs import TOKEN

MOST_PIECES = 50
LOOK = 12  # characters by which the beginning of a block is known


def reflowed(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return both with each block split that stands on the other side as several blocks in a row."""
    if len(old) == len(new) == 1:
        return list(old), list(new)
    return _split(old, new), _split(new, old)


def _split(blocks: Sequence[Block], others: Sequence[Block]) -> list[Block]:
    said = [for_comparison(other.text) for other in others]
    starts: dict[str, list[int]] = {}
    for at, text in enumerate(said):
        if text:
            starts.setdefault(text[:LOOK], []).append(at)
    result: list[Block] = []
    for block in blocks:
        text = for_comparison(block.text)
        places = [at for begun in _beginnings(text) for at in starts.get(begun, ())[:20]]
        pieces = next((found for at in places if (found := _run(text, said, at))), [])
        result.extend(_cut(block, pieces) if len(pieces) > 1 else [block])
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
