"""A redline in plain text, for the text part of a mail: what it said before, what it says now. Pure.

Never relies on colour or layout: what went stands in [-brackets with minus signs-], what came in {+braces
with plus signs+}, and each line begins with a word that says which it is.
"""

from collections.abc import Iterator, Sequence

from pipeline.model.blocks import BlockKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, Run, RunKind
from pipeline.text.redline_places import block_of, page_words, part_name

NEAR = 18  # words kept beside an edit in a long paragraph
MOST_CONTEXT = 40  # words of an unchanged paragraph
GAP = "[…]"


def redline_text(redline: Redline, *, context: int = 1) -> str:
    """Return each edit as Before and Now, with ``context`` unchanged blocks around it; empty without edits.

    Edits stand under their heading, with the page of a paged file, and with the part where there are several.
    Long unchanged stretches are folded to "[…]"; nothing that changed is left out.
    """
    changes = redline.changes
    near = {
        index + step
        for index, change in enumerate(changes)
        if change.kind is not BlockChangeKind.SAME
        for step in range(-context, context + 1)
    }
    several = len({block_of(change).part for change in changes}) > 1
    lines: list[str] = []
    heading, told, last = "", "", -1
    for index, change in enumerate(changes):
        block = block_of(change)
        if index and block.part != block_of(changes[index - 1]).part:
            heading = ""
        if index in near:
            place = _place(change, heading, several=several)
            if place and place != told and index > last + 1:
                lines.extend(["", place, ""] if lines else [place, ""])
                told = place
            elif index > last + 1 and lines:
                lines.append(GAP)
            lines.extend(_lines(change))
            last = index
        if block.kind is BlockKind.HEADING and change.kind is not BlockChangeKind.REMOVED:
            heading = block.text
    return "\n".join(lines)


def _place(change: BlockChange, heading: str, *, several: bool) -> str:
    block, words = block_of(change), []
    if several:
        words.append(f"in “{part_name(block.part)}”" if block.part else "on the page itself")
    if pages := page_words(change):
        words.append(pages)
    if heading:
        words.append(f"under “{heading}”")
    said = ", ".join(words)
    return f"{said[0].upper()}{said[1:]}:" if said else ""


def _lines(change: BlockChange) -> Iterator[str]:
    old, new = change.old, change.new
    if change.kind is BlockChangeKind.CHANGED:
        yield f"Before: {_marked(change.runs, RunKind.REMOVED, '[-', '-]')}"
        yield f"Now:    {_marked(change.runs, RunKind.ADDED, '{+', '+}')}"
    elif change.kind is BlockChangeKind.ADDED and new:
        yield f"New:    {{+{new.text}+}}"
    elif change.kind is BlockChangeKind.REMOVED and old:
        yield f"Gone:   [-{old.text}-]"
    elif change.kind is BlockChangeKind.MOVED and new:
        yield f"Moved here: {folded(new.text, MOST_CONTEXT, 0)}"
    elif new:
        yield f"        {folded(new.text, MOST_CONTEXT, 0)}"


def _marked(runs: Sequence[Run], kind: RunKind, left: str, right: str) -> str:
    pieces = []
    for n, run in enumerate(runs):
        if run.kind is kind:
            pieces.append(f"{left}{run.text}{right}" if run.text.strip() else run.text)
        elif run.kind is RunKind.SAME:
            pieces.append(folded(run.text, NEAR if n else 0, NEAR if n + 1 < len(runs) else 0))
    return "".join(pieces).strip()


def folded(text: str, first: int, last: int) -> str:
    """Return the text with so many words kept at its beginning and end, and the spaces at both edges."""
    words = text.split(" ")
    if len(words) <= first + last + 4:
        return text
    head = [*words[:first], GAP] if first else [GAP]
    return " ".join([*head, *(words[-last:] if last else [])])
