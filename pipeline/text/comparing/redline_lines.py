"""A block that changed as labelled lines: what it said before, what it says now. Pure.

Mail as text, mail as HTML and ``compare`` all print these lines, so that they never tell different things.
Each line opens with a word for what it is: nobody needs to see colours, or hear punctuation, to follow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.blocks import BlockKind
from pipeline.model.redlines import BlockChangeKind, Run, RunKind
from pipeline.text.comparing.redline_places import Row, block_of

NEAR = 18  # words kept beside an edit in a long paragraph
MOST_CONTEXT = 40  # words of an unchanged paragraph
GAP = "[…]"
_WHOLE = {
    BlockChangeKind.ADDED: ("Added", RunKind.ADDED),
    BlockChangeKind.REMOVED: ("Removed", RunKind.REMOVED),
    BlockChangeKind.MOVED: ("Moved here", RunKind.SAME),
    BlockChangeKind.SPLIT: ("Split off", RunKind.SAME),
    BlockChangeKind.JOINED: ("Joined on", RunKind.SAME),
    BlockChangeKind.SAME: ("", RunKind.SAME),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line to print. ``label`` is empty for what only stands around an edit; no run is blank."""

    label: str
    runs: tuple[Run, ...]
    kind: BlockChangeKind
    heading: bool = False


def lines_of(row: Row, *, longest: int | None = None) -> tuple[Line, ...]:
    """Return the lines of one row; whole blocks that came or went are cut at ``longest`` words."""
    change, block = row.change, block_of(row.change)
    heading = block.kind is BlockKind.HEADING
    if change.kind is BlockChangeKind.CHANGED:
        return sentence_lines(change.runs, longest=longest, heading=heading)
    label, kind = _WHOLE[change.kind]
    keep = MOST_CONTEXT if kind is RunKind.SAME else longest
    text = block.text if keep is None else folded(block.text, keep, 0)
    if label and heading:
        label = f"{label}, a heading"
    runs = [Run(kind, text)]
    if row.with_it:
        runs.append(Run(RunKind.SAME, f" (and {row.with_it} more paragraphs with it)"))
    return (Line(label, tuple(runs), change.kind, heading),)


def sentence_lines(
    runs: Sequence[Run], *, longest: int | None = None, heading: bool = False
) -> tuple[Line, Line]:
    """Return the line for what it said before and the line for what it says now."""
    kind = BlockChangeKind.CHANGED
    before = Line("Before", tuple(_side(runs, RunKind.REMOVED, longest)), kind, heading)
    return before, Line("Now", tuple(_side(runs, RunKind.ADDED, longest)), kind, heading)


def folded(text: str, first: int, last: int) -> str:
    """Return the text with so many words kept at its beginning and end, and the spaces at both edges."""
    words = text.split(" ")
    if len(words) <= first + last + 4:
        return text
    head = [*words[:first], GAP] if first else [GAP]
    return " ".join([*head, *(words[-last:] if last else [])])


def _side(runs: Sequence[Run], kind: RunKind, longest: int | None) -> Iterator[Run]:
    for n, run in enumerate(runs):
        if run.kind is kind:
            text = run.text if longest is None else folded(run.text, longest, 0)
            yield from _trimmed(kind, text)
        elif run.kind is RunKind.SAME and run.text:
            near = (NEAR if n else 0, NEAR if n + 1 < len(runs) else 0)
            yield Run(RunKind.SAME, folded(run.text, *near))


def _trimmed(kind: RunKind, text: str) -> Iterator[Run]:
    """Spaces at the edges of an edit stand outside its marks."""
    words = text.strip()
    if not words:
        if text:
            yield Run(RunKind.SAME, text)
        return
    start = text.index(words)
    for part, of_kind in (
        (text[:start], RunKind.SAME),
        (words, kind),
        (text[start + len(words) :], RunKind.SAME),
    ):
        if part:
            yield Run(of_kind, part)
