"""Weave the opening and closing of elements and the text between them into Blocks. Pure.

Never sees a parser: HTML pages, Word files (by way of HTML) and OpenDocument files all speak to it.
"""

from crawler.reading.tidy import join_tidy, tidy
from pipeline.model.blocks import Block, BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "pre",
        "hr",
        "address",
        "details",
        "summary",
        "fieldset",
        "legend",
        "select",
        "option",
        "form",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "center",
        "body",
        "html",
    ]
)


class HtmlWeaver:
    """Collects text until a block ends. Feed it ``open``, ``text`` and ``close``; take ``done``."""

    def __init__(self, part: str = "") -> None:
        self._part = part
        self._blocks: list[Block] = []
        self._words: list[str] = []
        self._anchor = ""
        self._heading = 0
        self._heading_id = ""
        self._lists = 0
        self._items: list[int] = []  # the list depth of each open item
        self._cells: list[list[str]] = []  # one list of finished cells for each open row
        self._line_breaks = 0

    def open(self, name: str, element_id: str = "") -> None:
        """An element begins."""
        if name == "br":
            self._line_breaks += 1
            if self._line_breaks == 2 and not self._cells and not self._heading:
                self._flush()
            self._words.append(" ")
            return
        if name in _HEADINGS:
            self._flush()
            self._heading, self._heading_id = _HEADINGS[name], element_id
        elif name in _BREAKS:
            self._flush()
        if name in {"ul", "ol"}:
            self._lists += 1
        elif name == "li":
            self._items.append(max(1, self._lists))
        elif name == "tr":
            self._cells.append([])

    def text(self, text: str) -> None:
        """Characters as they stand in the source."""
        self._words.append(text)
        if self._line_breaks and not text.isspace():
            self._line_breaks = 0

    def close(self, name: str) -> None:
        """An element ends."""
        if name in _HEADINGS:
            self._flush()
            self._heading, self._heading_id = 0, ""
            return
        if name not in _BREAKS:
            return
        if name in {"td", "th"} and self._cells:
            self._cells[-1].append(join_tidy(self._words))
            self._words.clear()
            return
        if name == "tr" and self._cells:
            self._row()
            return
        self._flush()
        if name in {"ul", "ol"}:
            self._lists = max(0, self._lists - 1)
        elif name == "li" and self._items:
            self._items.pop()

    def done(self) -> tuple[Block, ...]:
        """Everything that was woven, in reading order."""
        while self._cells:
            self._row()
        self._flush()
        return tuple(self._blocks)

    def plain(self, text: str) -> tuple[Block, ...]:
        """Text without markup: a blank line ends a paragraph."""
        for paragraph in text.replace("\r\n", "\n").split("\n\n"):
            self.text(paragraph)
            self._flush()
        return tuple(self._blocks)

    def _flush(self) -> None:
        self._line_breaks = 0
        if not self._words:
            return
        if self._cells:
            self._words.append(" ")  # blocks inside a cell are one cell
            return
        text = join_tidy(self._words)
        self._words.clear()
        if not text:
            return
        if self._heading:
            if self._heading_id:
                self._anchor = f"#{tidy(self._heading_id)}"
            self._add(BlockKind.HEADING, text, self._heading)
        elif self._items:
            self._add(BlockKind.LIST_ITEM, text, self._items[-1])
        else:
            self._add(BlockKind.PARAGRAPH, text)

    def _row(self) -> None:
        cells = self._cells.pop()
        last = join_tidy(self._words)  # a row whose last cell was never closed
        self._words.clear()
        cells = [*cells, last] if last else cells
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            self._add(BlockKind.TABLE_ROW, " | ".join(cells))

    def _add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        self._blocks.append(Block(kind, text, level, self._anchor, self._part))
