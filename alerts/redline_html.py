"""A redline as HTML, the same for mail, page and desk. Everything is escaped.

Words that went are struck through in square brackets, words that came are underlined between plus signs, and
whole blocks carry a label: colour is never the only sign, and a screen reader hears the marks. They are plain
characters, since hiding text for screen readers alone (position, clip, mso-hide) shows in one mail program or
another. Blocks are table rows with inline styles and bgcolor: Outlook's Word engine knows little else.
"""

import html
from collections.abc import Iterator, Sequence

from pipeline.model.blocks import BlockKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, Run, RunKind
from pipeline.text.redline_places import Place, places
from pipeline.text.redline_words import MOST_CONTEXT, NEAR, folded

DEL_COLOURS = ("#8a1c1c", "#fdeaea")
INS_COLOURS = ("#14532d", "#e6f4e9")
QUIET = "#555555"
_DEL = f"color:{DEL_COLOURS[0]};background-color:{DEL_COLOURS[1]};text-decoration:line-through"
_INS = f"color:{INS_COLOURS[0]};background-color:{INS_COLOURS[1]};text-decoration:underline"
_ROW = "padding:6px 10px;border-left:4px solid {edge};font-size:16px;line-height:1.5;color:#1d1d1b"
_LABELS = {
    BlockChangeKind.ADDED: "Added",
    BlockChangeKind.REMOVED: "Removed",
    BlockChangeKind.CHANGED: "Changed",
    BlockChangeKind.MOVED: "Moved here",
}
_EDGES = {
    BlockChangeKind.ADDED: INS_COLOURS[0],
    BlockChangeKind.REMOVED: DEL_COLOURS[0],
    BlockChangeKind.CHANGED: "#12395b",
    BlockChangeKind.MOVED: "#12395b",
    BlockChangeKind.SAME: "#d5d3cd",
}


def redline_fragment(redline: Redline, *, most: int | None = None, context: int = 1) -> str:
    """The edits with ``context`` unchanged blocks around each; ``most`` caps the edits shown.

    Edits stand under their heading, with both page numbers of a paged file and the part where there are
    several. Empty without edits.
    """
    shown = places(redline, most=most, context=context)
    rows: list[str] = []
    for place in shown:
        rows += _place(place)
    left = len(redline.edits) - sum(len(place.edits) for place in shown)
    if left:
        words = f"And {left} more changes, which the page itself shows."
        rows.append(_row(f"<strong>{words}</strong>", QUIET))
    if not rows:
        return ""
    body = "\n".join(rows)
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="border-collapse:collapse;width:100%;background-color:#ffffff">\n{body}\n</table>'
    )


def redline_page(redline: Redline, *, title: str, summary: Sequence[str] = ()) -> str:
    """A whole page with every edit, to open in a browser. ``summary`` are plain sentences to stand above."""
    body = redline_fragment(redline, context=2) or "<p>The text is the same.</p>"
    told = "".join(f"<li>{html.escape(line)}</li>\n" for line in summary)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>"
        "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:45em;margin:2em auto;padding:0 1em;"
        "color:#1d1d1b;background:#ffffff;overflow-wrap:anywhere}</style></head>\n"
        f"<body><h1>What changed</h1><p>{html.escape(title)}</p>\n"
        f"{f'<ul>{told}</ul>' if told else ''}"
        "<p>[Words that went] are struck through, in brackets; +words that came+ are underlined, between "
        f"plus signs.</p>\n{body}\n</body></html>\n"
    )


def _place(place: Place) -> Iterator[str]:
    if place.name:
        yield _row(f'<strong style="color:{QUIET}">{html.escape(place.name)}</strong>', "#ffffff")
    for gap, change in place.changes:
        if gap:
            yield _row(f'<span style="color:{QUIET}">[…]</span>', _EDGES[BlockChangeKind.SAME])
        label = _LABELS.get(change.kind, "")
        said = f'<strong style="color:{_EDGES[change.kind]}">{label}:</strong> ' if label else ""
        yield _row(said + "".join(_inside(change)), _EDGES[change.kind])


def _row(inside: str, edge: str) -> str:
    return f'<tr><td style="{_ROW.format(edge=edge)}">{inside}</td></tr>'


def _inside(change: BlockChange) -> Iterator[str]:
    block = change.new or change.old
    if block is None:
        return
    heading = block.kind is BlockKind.HEADING
    if change.kind is BlockChangeKind.CHANGED:
        words = "".join(_runs(change.runs))
    elif change.kind is BlockChangeKind.ADDED:
        words = _marked(RunKind.ADDED, block.text)
    elif change.kind is BlockChangeKind.REMOVED:
        words = _marked(RunKind.REMOVED, block.text)
    else:
        words = f'<span style="color:{QUIET}">{html.escape(folded(block.text, MOST_CONTEXT, 0))}</span>'
    yield f"<strong>{words}</strong>" if heading else words


def _runs(runs: Sequence[Run]) -> Iterator[str]:
    for number, run in enumerate(runs):
        if run.kind is RunKind.SAME:
            near = (NEAR if number else 0, NEAR if number + 1 < len(runs) else 0)
            yield html.escape(folded(run.text, *near))
        else:
            yield _marked(run.kind, run.text)
            if number + 1 < len(runs) and runs[number + 1].kind not in (RunKind.SAME, run.kind):
                yield " "


def _marked(kind: RunKind, text: str) -> str:
    words = html.escape(text.strip())
    if not words:
        return html.escape(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if kind is RunKind.REMOVED:
        return f'{before}<del style="{_DEL}">[{words}]</del>{after}'
    return f'{before}<ins style="{_INS}">+{words}+</ins>{after}'
