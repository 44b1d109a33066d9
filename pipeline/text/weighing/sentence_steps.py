"""Break a Redline into steps that a person would name: a sentence came, went, was reworded, or moved. Pure.

A sentence that went in one place and came in another has moved: it is never told as lost and new. Never
judges what a step means.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.blocks import Block
from pipeline.model.redlines import LAYOUT, BlockChange, BlockChangeKind, Redline
from pipeline.text.comparing.pairing import best_pairs, similar_pairs
from pipeline.text.words.align import matched, numbered, rising
from pipeline.text.words.normalise import for_comparison

_END = re.compile(r"(?<=[.!?])[\"')\]]{0,2}\s+(?=[\"'(\[]{0,2}[A-Z0-9£])")
NEARLY = 0.75
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Step:
    """``old`` is empty for what came, ``new`` for what went; both are given for a rewording.

    Texts are normalised. ``block`` is where it stands (or stood); ``whole`` says that all of that block came
    or went. ``at`` is the place of the block in the Redline, ``order`` how many sentences and blocks that
    stayed stand before it.
    """

    old: str
    new: str
    block: Block
    at: int
    whole: bool = False
    was: Block | None = None  # where the old wording stood, when that is another block
    order: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A sentence that stands in another place among those that stayed."""

    text: str
    was: Block
    now: Block


def sentence_steps(redline: Redline) -> tuple[list[Step], list[Moved]]:
    """Return the steps in reading order, and the sentences that only changed their place.

    Moved blocks are left out of both: see ``moves``. A sentence that went to the paragraph before or after,
    past no other, has not moved: only the break between them has.
    """
    steps: list[Step] = []
    stayed = 0
    for at, change in enumerate(redline.changes):
        if change.kind in LAYOUT:
            stayed += 1
        elif change.kind is not BlockChangeKind.MOVED:
            for step in _steps(change, at):
                if step.old != step.new:
                    steps.append(replace(step, order=stayed))
                stayed += bool(step.old and step.new)
    left, moved = _without_moves(steps)
    return _near(left), moved


def moves(redline: Redline) -> int:
    """Return how many blocks only changed their place."""
    return sum(change.kind is BlockChangeKind.MOVED for change in redline.changes)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in their normalised form."""
    return [sentence for sentence in _END.split(for_comparison(text)) if sentence]


def _steps(change: BlockChange, at: int) -> Iterator[Step]:
    block = change.new or change.old
    if block is None:
        return
    old = sentences(change.old.text) if change.old else []
    new = sentences(change.new.text) if change.new else []
    whole = not (old and new)
    for gone, come in _pairs(old, new):
        yield Step(gone, come, block, at, whole, change.old)


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(old) == 1 and len(new) == 1:
        yield old[0], new[0]
        return
    at_old = at_new = 0
    for i, j in [*matched(*numbered(old, new)), (len(old), len(new))]:
        gone, come = old[at_old:i], new[at_new:j]
        done_old = done_new = 0
        for k, n in [*similar_pairs(gone, come, least=ALIKE), (len(gone), len(come))]:
            yield from ((sentence, "") for sentence in gone[done_old:k])
            yield from (("", sentence) for sentence in come[done_new:n])
            if k < len(gone):
                yield gone[k], come[n]
            done_old, done_new = k + 1, n + 1
        if i < len(old):
            yield old[i], new[j]
        at_old, at_new = i + 1, j + 1


def _without_moves(steps: Sequence[Step]) -> tuple[list[Step], list[Moved]]:
    went: dict[str, list[int]] = defaultdict(list)
    for n in range(len(steps) - 1, -1, -1):
        if not steps[n].new:
            went[steps[n].old].append(n)
    pairs = [(n, went[step.new].pop()) for n, step in enumerate(steps) if not step.old and went.get(step.new)]
    in_order = set(rising([(n, m) for n, m in pairs if steps[n].order == steps[m].order]))
    moved = [
        Moved(steps[n].new, steps[m].block, steps[n].block)
        for n, m in pairs
        if (n, m) not in in_order and any(c.isalnum() for c in steps[n].new)
    ]
    dropped = {n for pair in pairs for n in pair}
    return [step for n, step in enumerate(steps) if n not in dropped], moved


def _near(steps: Sequence[Step]) -> list[Step]:
    """Join what went and what came elsewhere nearly word for word."""
    went = [n for n, step in enumerate(steps) if not step.new and step.old.count(" ") > 3]
    came = [n for n, step in enumerate(steps) if not step.old and step.new.count(" ") > 3]
    pairs = best_pairs([steps[n].old for n in went], [steps[n].new for n in came], least=NEARLY)
    joined = {came[j]: steps[went[i]] for i, j in pairs}
    dropped = {went[i] for i, _ in pairs}
    return [
        Step(joined[n].old, step.new, step.block, step.at, was=joined[n].block) if n in joined else step
        for n, step in enumerate(steps)
        if n not in dropped
    ]
