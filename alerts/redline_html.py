"""A redline as HTML, the same for mail, page and desk. Everything is escaped.

Each edit is a line for what it said before and one for what it says now, and the line begins with that word:
a screen reader, which often skips brackets, reads two whole sentences. Words that went are struck through in
square brackets, words that came are underlined between plus signs, so colour is never the only sign. Nothing
is hidden from the eye: text for screen readers alone (position, clip, mso-hide) shows in one mail program or
another. Lines are table rows with inline styles: Outlook's Word engine knows little else.
"""

import html
from collections.abc import Iterator, Sequence

from pipeline.model.redlines import LAYOUT, BlockChangeKind, Redline, Run, RunKind
from pipeline.text.comparing.redline_lines import Line, lines_of, sentence_lines
from pipeline.text.comparing.redline_places import left_at_the_end, left_out, places

DEL_COLOURS = ("#8a1c1c", "#fdeaea")
INS_COLOURS = ("#14532d", "#e6f4e9")
QUIET = "#555555"
FONT = "Arial,Helvetica,sans-serif"
_DEL = f"color:{DEL_COLOURS[0]};background-color:{DEL_COLOURS[1]};text-decoration:line-through"
_INS = f"color:{INS_COLOURS[0]};background-color:{INS_COLOURS[1]};text-decoration:underline"
_ROW = f"padding:{{pad}};border-left:4px solid {{edge}};font:16px/1.5 {FONT};color:#1d1d1b"
_EDGES = {
    BlockChangeKind.ADDED: INS_COLOURS[0],
    BlockChangeKind.REMOVED: DEL_COLOURS[0],
    BlockChangeKind.CHANGED: "#12395b",
    BlockChangeKind.MOVED: "#12395b",
    BlockChangeKind.SPLIT: QUIET,
    BlockChangeKind.JOINED: QUIET,
    BlockChangeKind.SAME: "#d5d3cd",
}
_TABLE = (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
    'style="border-collapse:collapse;width:100%;background-color:#ffffff">\n{rows}\n</table>'
)
LEGEND = (
    "[Words that went] are struck through, in brackets. +Words that came+ are underlined, between plus signs."
)


def redline_fragment(
    redline: Redline,
    *,
    most: int | None = None,
    context: int = 1,
    weighty: Sequence[str] = (),
    longest: int | None = None,
    heading: str = "h4",
) -> str:
    """The edits with ``context`` unchanged blocks around each; empty without edits.

    Edits stand under their place as a ``heading`` element: the heading above them, both page numbers of a
    paged file, and the part where there are several. ``most`` and ``longest`` cut as in ``redline_text``.
    """
    rows: list[str] = []
    shown = places(redline, most=most, context=context, weighty=weighty)
    for place in shown:
        for number, row in enumerate(place.rows):
            if rows and (hidden := left_out(row)):
                rows.append(_fold(hidden))
            if number == 0 and place.name:
                rows.append(_named(place.name, heading))
            rows += _lines(lines_of(row, longest=longest))
    if rest := left_at_the_end(redline, shown):
        rows.append(_fold(rest))
    return _TABLE.format(rows="\n".join(rows)) if rows else ""


def sentence_pair(runs: Sequence[Run]) -> str:
    """One sentence before and now, marked as in the redline."""
    return _TABLE.format(rows="\n".join(_lines(sentence_lines(runs))))


def redline_page(redline: Redline, *, title: str, summary: Sequence[str] = ()) -> str:
    """A whole page with every edit, to open in a browser. ``summary`` are plain sentences to stand above."""
    body = redline_fragment(redline, context=2, heading="h2")
    told = "".join(f"<li>{html.escape(line)}</li>\n" for line in summary)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>"
        f"<style>body{{font:18px/1.5 {FONT};max-width:45em;margin:2em auto;padding:0 1em;"
        "color:#1d1d1b;background:#ffffff;overflow-wrap:anywhere}</style></head>\n"
        f"<body><h1>What changed</h1><p>{html.escape(title)}</p>\n"
        f"{f'<ul>{told}</ul>' if told else ''}"
        f"{f'<p>{LEGEND}</p>' if body else '<p>The text is the same.</p>'}\n{body}\n</body></html>\n"
    )


def _named(name: str, heading: str) -> str:
    style = f"margin:0;font:bold 16px/1.5 {FONT};color:{QUIET}"
    inside = f'<{heading} style="{style}">{html.escape(name)}</{heading}>'
    return f'<tr><td style="padding:14px 0 4px 0">{inside}</td></tr>'


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    """Before and Now stand close together, as the two halves of one edit."""
    for number, line in enumerate(lines):
        top, bottom = 6 if number == 0 else 0, 6 if number + 1 == len(lines) else 2
        words = "".join(_marked(run) for run in line.runs).strip()
        if line.kind in LAYOUT:
            words = f'<span style="color:{QUIET}">{words}</span>'
        if line.heading:
            words = f"<strong>{words}</strong>"
        label = f'<strong style="color:{_EDGES[line.kind]}">{line.label}:</strong> ' if line.label else ""
        yield _row(label + words, line.kind, f"{top}px 10px {bottom}px 10px")


def _fold(hidden: str) -> str:
    return _row(f'<span style="color:{QUIET}">[… {hidden} …]</span>', BlockChangeKind.SAME)


def _row(inside: str, kind: BlockChangeKind, pad: str = "6px 10px") -> str:
    return f'<tr><td style="{_ROW.format(pad=pad, edge=_EDGES[kind])}">{inside}</td></tr>'


def _marked(run: Run) -> str:
    words = html.escape(run.text)
    if run.kind is RunKind.REMOVED:
        return f'<del style="{_DEL}">[{words}]</del>'
    if run.kind is RunKind.ADDED:
        return f'<ins style="{_INS}">+{words}+</ins>'
    return words
