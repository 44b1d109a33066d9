"""Read the publishers' markdown (govspeak) where no HTML comes with it. Pure.

Knows headings, bullets, steps and paragraphs; never more, and never drops a line that it does not know.
"""

import re
from collections.abc import Iterator

from crawler.reading.tidy import tidy
from pipeline.model.blocks import Block, BlockKind

_HEADING = re.compile(r"^(#{1,6})\s*(.+?)\s*#*(?:\s*\{[:#][^}]*\})?$")
_ITEM = re.compile(r"^(\s*)(?:[*+-]|\d{1,3}\.|s\d{1,2}\.)\s+(.+)$")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_MARKS = re.compile(r"\$[A-Z!]+|\^(?=\S)|(?<=\S)\^|%(?=\S.*%$)|(?<=\S)%$|\{::?[^}]*\}|\*\*|__")
_SHORTCODE = re.compile(r"\[(?:Attachment|InlineAttachment|Image|Contact|embed)\s*:[^\]]*\]", re.IGNORECASE)


def govspeak_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a markdown text; a link keeps its words and loses its address."""
    return tuple(block for block in _lines(text) if block.text)


def _lines(text: str) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in (*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""):
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if line.strip() and not heading and not item:
            paragraph.append(line)
            continue
        if paragraph:
            yield Block(BlockKind.PARAGRAPH, _words(" ".join(paragraph)))
            paragraph = []
        if heading:
            yield Block(BlockKind.HEADING, _words(heading.group(2)), len(heading.group(1)))
        elif item:
            depth = 1 + min(len(item.group(1).expandtabs(4)) // 2, 8)
            yield Block(BlockKind.LIST_ITEM, _words(item.group(2)), depth)


def _words(line: str) -> str:
    return tidy(_MARKS.sub("", _LINK.sub(r"\1", _SHORTCODE.sub("", line))))
