"""A redline in plain text, for the text part of a mail: what it said before, what it says now. Pure."""

from collections.abc import Iterator

from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, RunKind


def redline_text(redline: Redline, *, context: int = 1) -> str:
    """Each edit as Before and Now, with ``context`` unchanged blocks around it; gaps are marked.

    Words that went are in [-brackets with a minus-], words that came in {+braces with a plus+}.
    """
    changes = redline.changes
    near = {
        index + step
        for index, change in enumerate(changes)
        if change.kind is not BlockChangeKind.SAME
        for step in range(-context, context + 1)
    }
    lines: list[str] = []
    last = -1
    for index, change in enumerate(changes):
        if index not in near:
            continue
        if last >= 0 and index > last + 1:
            lines.append("[…]")
        lines.extend(_lines(change))
        last = index
    return "\n".join(lines)


def _lines(change: BlockChange) -> Iterator[str]:
    if change.kind is BlockChangeKind.SAME:
        assert change.new is not None
        yield f"  {change.new.text}"
    elif change.kind is BlockChangeKind.ADDED:
        assert change.new is not None
        yield f"New:    {{+{change.new.text}+}}"
    elif change.kind is BlockChangeKind.REMOVED:
        assert change.old is not None
        yield f"Gone:   [-{change.old.text}-]"
    elif change.kind is BlockChangeKind.MOVED:
        assert change.new is not None
        yield f"Moved:  {change.new.text}"
    else:
        yield "Before: " + _marked(change, RunKind.REMOVED, "[-", "-]")
        yield "Now:    " + _marked(change, RunKind.ADDED, "{+", "+}")


def _marked(change: BlockChange, kind: RunKind, left: str, right: str) -> str:
    shown = [run for run in change.runs if run.kind in (RunKind.SAME, kind)]
    return "".join(f"{left}{run.text}{right}" if run.kind is kind else run.text for run in shown)
