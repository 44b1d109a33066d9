"""Break a Redline into steps that a person would name: a sentence came, went, was reworded, or moved. Pure.

A sentence that went in one place and came in another has moved: it is never told as lost and new. Never
judges what a step means.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.blocks import Block
from pipeline.model.redlines import LAYOUT, BlockChange, BlockChangeKind, Redline
from pipeline.text.align import matched, numbered
from pipeline.text.normalise import for_comparison
from pipeline.text.pairing import best_pairs, similar_pairs

_END = re.compile(r"(?<=[.!?])[\"')\]]{0,2}\s+(?=[\"'(\[]{0,2}[A-Z0-9£])")
NEARLY = 0.75
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Step:
    """``old`` is empty for what came, ``new`` for what went; both are given for a rewording.

    Texts are normalised. ``block`` is where it stands (or stood); ``whole`` says that all of that block came
    or went. ``at`` is the place of the block in the Redline.
    """

    old: str
    new: str
    block: Block
    at: int
    whole: bool = False
    was: Block | None = None  # where the old wording stood, when that is another block


def sentence_steps(redline: Redline) -> tuple[list[Step], int]:
    """Return the steps in reading order, and how many sentences only changed their place.

    Moved blocks are left out of both: see ``moves``. A sentence that went to the paragraph before or after
    has not moved: only the break between them has.
    """
    steps: list[Step] = []
    for at, change in enumerate(redline.changes):
        if change.kind not in LAYOUT and change.kind is not BlockChangeKind.MOVED:
            steps.extend(_steps(change, at))
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
        at_old, at_new = i + 1, j + 1


def _without_moves(steps: Sequence[Step]) -> tuple[list[Step], int]:
    went: dict[str, list[int]] = defaultdict(list)
    for n in range(len(steps) - 1, -1, -1):
        if not steps[n].new:
            went[steps[n].old].append(n)
    dropped: set[int] = set()
    moved = 0
    for n, step in enumerate(steps):
        if not step.old and went.get(step.new):
            other = went[step.new].pop()
            dropped |= {n, other}
            moved += abs(step.at - steps[other].at) > 1 and any(c.isalnum() for c in step.new)
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
