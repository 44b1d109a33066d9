"""A redline in plain text, for the text part of a mail: what it said before, what it says now. Pure.

Never relies on colour or layout: what went stands in [-brackets with minus signs-], what came in {+braces
with plus signs+}, and each line begins with a word that says which it is.
"""

from collections.abc import Iterator, Sequence

from pipeline.model.redlines import Redline, Run, RunKind
from pipeline.text.comparing.redline_lines import Line, lines_of, sentence_lines
from pipeline.text.comparing.redline_places import left_at_the_end, left_out, places

_MARKS = {RunKind.SAME: ("", ""), RunKind.REMOVED: ("[-", "-]"), RunKind.ADDED: ("{+", "+}")}


def redline_text(
    redline: Redline,
    *,
    context: int = 1,
    most: int | None = None,
    weighty: Sequence[str] = (),
    longest: int | None = None,
) -> str:
    """Return each edit as Before and Now, with ``context`` unchanged blocks around it; empty without edits.

    Edits stand under their heading, with the page of a paged file, and with the part where there are several.
    Unchanged stretches are folded and counted. Without ``most`` (edits) and ``longest`` (words of a block
    that came or went) nothing that changed is left out; see ``places`` for ``weighty``.
    """
    lines: list[str] = []
    shown = places(redline, most=most, context=context, weighty=weighty)
    for place in shown:
        for number, row in enumerate(place.rows):
            if lines and (hidden := left_out(row)):
                lines.append(f"[… {hidden} …]")
            if number == 0 and place.name:
                lines.extend(["", f"{place.name}:", ""] if lines else [f"{place.name}:", ""])
            lines.extend(_printed(lines_of(row, longest=longest)))
    if rest := left_at_the_end(redline, shown):
        lines.append(f"[… {rest} …]")
    return "\n".join(lines)


def sentence_text(runs: Sequence[Run]) -> str:
    """One sentence before and now, marked as in the redline."""
    return "\n".join(_printed(sentence_lines(runs)))


def _printed(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        words = "".join(f"{_MARKS[run.kind][0]}{run.text}{_MARKS[run.kind][1]}" for run in line.runs).strip()
        yield f"{f'{line.label}:' if line.label else '':<7} {words}"
