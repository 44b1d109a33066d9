"""Show a Draft: as text to copy, as HTML, Markdown, JSON or .docx. Changes no word of it.

Text from publishers is escaped in every form that has markup.
"""

import html
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.model.drafts import Citation, Draft, Piece, PieceKind, Sentence

Form = Literal["md", "html", "docx", "json"]
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_WEB = re.compile(r"https?://[^\s\"'<>]+|tel:\+?[0-9]+")


def render_draft(draft: Draft, form: Form) -> str | bytes:
    """The Draft with the passages that its sentences rest on. ``docx`` gives bytes, the others text."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(draft), indent=2).decode()
    if form == "docx":
        from alerts.draft_docx import draft_docx

        return draft_docx(draft)
    return _markdown(draft) if form == "md" else _page(draft)


def draft_text(draft: Draft) -> str:
    """The news item as plain text, ready to copy: no marks, no notes."""
    blocks = [draft.headline.text]
    for piece in draft.pieces:
        words = " ".join(s.text for s in piece.sentences)
        if piece.kind is PieceKind.LINK and piece.link:
            words = f"{words}: {piece.link}"
        lines = [words, *(f"- {item.text}" for item in piece.items)]
        blocks.append("\n".join(line for line in lines if line))
    for block in draft.standing:
        lines = [
            block.title,
            block.text,
            *(f"- {title}: {url.removeprefix('tel:')}" for title, url in block.links),
        ]
        blocks.append("\n".join(line for line in lines if line))
    return "\n\n".join(blocks)


def draft_html(draft: Draft) -> str:
    """The news item as an HTML fragment, ready to paste into a website's editor."""
    parts = [f"<h2>{html.escape(draft.headline.text)}</h2>"]
    for piece in draft.pieces:
        parts.append(_paragraph(piece))
        if piece.items:
            items = "".join(f"<li>{html.escape(item.text)}</li>" for item in piece.items)
            parts.append(f"<ul>{items}</ul>")
    for block in draft.standing:
        parts.append(f"<h3>{html.escape(block.title)}</h3>")
        if block.text:
            parts.append(f"<p>{html.escape(block.text)}</p>")
        if block.links:
            parts.append("<ul>" + "".join(f"<li>{_link(t, u)}</li>" for t, u in block.links) + "</ul>")
    return "\n".join(parts)


def draft_markdown(draft: Draft) -> str:
    """The news item as Markdown, ready to copy: no list of passages."""
    return _item_markdown(draft).rstrip() + "\n"


def sources_of(draft: Draft) -> Sequence[tuple[Sentence, Sequence[Citation]]]:
    """Each sentence with the passages that it rests on, in reading order."""
    return [(sentence, sentence.citations) for sentence in draft.sentences]


def place_of(citation: Citation) -> str:
    """Where a passage stands, in words: “Letter to directors”, page 2."""
    where = f"“{citation.part}”" if citation.part else "the page itself"
    if citation.anchor.startswith("page="):
        return f"{where}, page {citation.anchor[5:]}"
    return f"{where}, at {citation.anchor}" if citation.anchor else where


def _paragraph(piece: Piece) -> str:
    words = " ".join(s.text for s in piece.sentences)
    if piece.kind is PieceKind.LINK and piece.link:
        return f"<p>{_link(words, piece.link)}</p>"
    return f"<p>{html.escape(words)}</p>" if words else ""


def _link(words: str, url: str) -> str:
    if not _WEB.fullmatch(url):
        return html.escape(words)
    return f'<a href="{html.escape(url)}">{html.escape(words)}</a>'


def _markdown(draft: Draft) -> str:
    lines = [_item_markdown(draft), "---", "", "Where each sentence comes from", ""]
    for number, (sentence, citations) in enumerate(sources_of(draft), 1):
        lines.append(f"{number}. {_md(sentence.text)}{model_note(sentence)}")
        lines += [f"   - {_md(place_of(c))}: “{_md(c.passage)}”" for c in citations]
    return "\n".join(lines).rstrip() + "\n"


def _item_markdown(draft: Draft) -> str:
    lines = [f"# {_md(draft.headline.text)}", ""]
    if draft.empty_because:
        lines += [f"**There is no draft: {_md(draft.empty_because)}**", ""]
    for piece in draft.pieces:
        words = _md(" ".join(s.text for s in piece.sentences))
        linked = piece.kind is PieceKind.LINK and _WEB.fullmatch(piece.link)
        lines += [f"[{words}]({piece.link})" if linked else words, ""]
        if piece.items:
            lines += [*(f"- {_md(item.text)}" for item in piece.items), ""]
    for block in draft.standing:
        lines += [f"## {_md(block.title)}", "", *([_md(block.text), ""] if block.text else [])]
        if block.links:
            lines += [*(f"- [{_md(t)}]({u})" for t, u in block.links), ""]
    return "\n".join(lines)


def _page(draft: Draft) -> str:
    rows = "".join(
        f"<li><p>{html.escape(s.text)}{model_note(s)}</p><ul>"
        + "".join(f"<li>{_link(place_of(c), c.url)}: “{html.escape(c.passage)}”</li>" for c in citations)
        + "</ul></li>"
        for s, citations in sources_of(draft)
    )
    empty = f"<p><strong>There is no draft: {html.escape(draft.empty_because)}</strong></p>"
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(draft.headline.text)}</title>"
        "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em}"
        "aside{border-top:2px solid #999;margin-top:2em;font-size:85%}</style></head>\n"
        f"<body><article>{draft_html(draft)}</article>{empty if draft.empty_because else ''}"
        f"<aside><h2>Where each sentence comes from</h2><ol>{rows}</ol></aside></body></html>\n"
    )


def model_note(sentence: Sentence) -> str:
    """What the list of sentences says of one that a language model worded."""
    return " (worded by a language model)" if sentence.by_model else ""


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
