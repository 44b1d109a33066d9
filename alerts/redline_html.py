"""A redline as HTML: what went is struck through, what came is underlined; a screen reader hears both.

Never relies on colour alone. Everything is escaped.
"""

import html
from collections.abc import Iterator

from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, RunKind

_DEL = "background:#fde8e8;color:#8a1c1c;text-decoration:line-through"
_INS = "background:#e3f4e6;color:#14532d;text-decoration:underline"
_HIDDEN = "position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden"


def redline_fragment(redline: Redline, *, most: int | None = None, context: int = 1) -> str:
    """The edits with ``context`` unchanged blocks around each; ``most`` caps the edits shown."""
    edits = [i for i, c in enumerate(redline.changes) if c.kind is not BlockChangeKind.SAME]
    shown = edits if most is None else edits[:most]
    near = {i + step for i in shown for step in range(-context, context + 1)} & set(
        range(len(redline.changes))
    )
    hidden = set(edits) - set(shown)
    lines: list[str] = []
    last = -1
    for index in sorted(near - hidden):
        if index > last + 1:
            lines.append('<p style="color:#555">[…]</p>')
        lines.append(_block(redline.changes[index]))
        last = index
    if len(shown) < len(edits):
        lines.append(f"<p><strong>and {len(edits) - len(shown)} more changes</strong></p>")
    return "\n".join(lines)


def redline_page(redline: Redline, *, title: str) -> str:
    """A whole page with every edit, to open in a browser."""
    body = redline_fragment(redline, context=2) or "<p>The text is the same.</p>"
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>"
        "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:45em;margin:2em auto;padding:0 1em}"
        "</style></head>\n"
        f"<body><h1>What changed</h1><p>{html.escape(title)}</p><p>Words that went are struck through; words "
        f"that came are underlined.</p>\n{body}\n</body></html>\n"
    )


def _block(change: BlockChange) -> str:
    return f'<p style="margin:0 0 10px">{"".join(_inside(change))}</p>'


def _inside(change: BlockChange) -> Iterator[str]:
    if change.kind is BlockChangeKind.CHANGED:
        for run in change.runs:
            yield _marked(run.kind, run.text)
    elif change.kind is BlockChangeKind.ADDED and change.new is not None:
        yield _marked(RunKind.ADDED, change.new.text)
    elif change.kind is BlockChangeKind.REMOVED and change.old is not None:
        yield _marked(RunKind.REMOVED, change.old.text)
    elif change.new is not None:
        moved = "<em>Moved here:</em> " if change.kind is BlockChangeKind.MOVED else ""
        yield f'{moved}<span style="color:#555">{html.escape(change.new.text)}</span>'


def _marked(kind: RunKind, text: str) -> str:
    words = html.escape(text)
    if kind is RunKind.SAME or not text.strip():
        return words
    tag, style, name = ("del", _DEL, "removed") if kind is RunKind.REMOVED else ("ins", _INS, "added")
    said, over = (f'<span style="{_HIDDEN}">{aside}</span>' for aside in (f"[{name}: ", "]"))
    return f'<{tag} style="{style}">{said}{words}{over}</{tag}>'
