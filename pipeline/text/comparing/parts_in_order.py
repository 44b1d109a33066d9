"""Lay the parts of two states side by side: page beside page, file beside the file it was. Pure."""

from collections import Counter
from collections.abc import Sequence

from pipeline.model.blocks import Block
from pipeline.text.words.normalise import for_comparison

LEAST_SHARED = 0.3
MOST_ALIKE = 100  # pairs of parts whose words are compared

Blocks = list[Block]


def side_by_side(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[Blocks, Blocks]]:
    """Return (old blocks, new blocks) for each part, in the order of ``new``; either can be empty.

    A part that only one side has is laid beside the like-worded part that only the other side has, as when a
    PDF is replaced by a web page; a part without its like follows the part it used to follow.
    """
    before, after = _by_part(old), _by_part(new)
    if len(before) <= 1 and len(after) <= 1:
        return [(list(old), list(new))] if old or new else []
    partner = {key: key for key in after if key in before}
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    for key in come if len(come) * len(gone) <= MOST_ALIKE else ():
        if (found := _likest(after[key], {g: before[g] for g in gone})) is not None:
            partner[key] = found
            gone.remove(found)
    result = [(before[partner[key]] if key in partner else [], blocks) for key, blocks in after.items()]
    order = list(before)
    keys = [partner.get(key) for key in after]
    for key in gone:
        earlier = order[: order.index(key)]
        at = max((n + 1 for n, other in enumerate(keys) if other in earlier), default=0)
        result.insert(at, (before[key], []))
        keys.insert(at, key)
    return result


def shared_words(one: Sequence[Block], other: Sequence[Block]) -> float:
    """Return the share of words, in whatever order, that two texts have in common: 0 to 1."""
    mine, theirs = _words(one), _words(other)
    most = max(mine.total(), theirs.total())
    return (mine & theirs).total() / most if most else 0.0


def _by_part(blocks: Sequence[Block]) -> dict[str, Blocks]:
    parts: dict[str, Blocks] = {}
    for block in blocks:
        parts.setdefault(block.part, []).append(block)
    return parts


def _likest(blocks: Blocks, others: dict[str, Blocks]) -> str | None:
    shares = {key: shared_words(blocks, other) for key, other in others.items()}
    best = max(shares, key=lambda key: shares[key], default=None)
    return best if best is not None and shares[best] > LEAST_SHARED else None


def _words(blocks: Sequence[Block]) -> Counter[str]:
    return Counter(word for block in blocks for word in for_comparison(block.text).lower().split())
