"""Make Blocks of the lines of a PDF: headings, paragraphs, list items, table rows. Pure.

Never invents a word: lines are joined with a space, or with nothing where a word was cut in two. A heading
is told by its size or weight alone, never by what it says.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.reading.pdf_lines import Line
from crawler.reading.pdf_words import join_lines
from crawler.reading.tidy import tidy
from pipeline.model.blocks import Block, BlockKind

_BULLET = re.compile(r"^\s*(?:(?:[•◦▪‣●○■□➢·]\s*)+|[–—*-](?=\s)|o(?=\s{1,}[A-Za-z]))\s*(?=\S)")
_NUMBERED = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+(?=\S)")
_ENDS = (".", "!", "?", ":", ";", "”", '"', "’", ")")
_LONGEST_HEADING = 150
_LEADERS = re.compile(r"(?:\s*[.…_]){5,}\s*")  # the dots of a table of contents


@dataclass(slots=True)
class _Open:
    kind: BlockKind
    level: int
    lines: list[Line]
    indent: float = 0.0


def body_size(pages: Sequence[list[Line]]) -> float:
    """Return the size of most of the text, in points; 0 where there is none."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text) + sum(map(len, line.cells))
    return sizes.most_common(1)[0][0] if sizes else 0.0


def blocks_of_lines(pages: Sequence[list[Line]]) -> tuple[Block, ...]:
    """Return the blocks of a document, each anchored to the page on which it begins."""
    return tuple(_Builder(pages).build())


class _Builder:
    """One walk over the lines; remembers the open block, the notes it owes and the list it is in."""

    def __init__(self, pages: Sequence[list[Line]]) -> None:
        self._pages = pages
        self._body = body_size(pages)
        letters: Counter[bool] = Counter()
        for lines in pages:
            for line in lines:
                letters[line.bold] += len(line.text)
        self._bold_counts = letters[True] < 0.4 * (letters[True] + letters[False])
        self._levels = self._heading_levels()
        self._text = "\n".join(line.text for lines in pages for line in lines)
        self._indents: list[float] = []

    def build(self) -> Iterator[Block]:
        open_block: _Open | None = None
        notes: list[Block] = []
        for lines in self._pages:
            split = self._first_note(lines)
            leading = _leading(lines)
            for line in lines[:split]:
                if open_block is not None and self._goes_on(open_block, line, leading):
                    open_block.lines.append(line)
                    continue
                if open_block is not None:
                    yield from self._closed(open_block)
                    yield from notes
                    notes = []
                open_block = self._begin(line)
            notes.extend(self._notes(lines[split:], leading))
        if open_block is not None:
            yield from self._closed(open_block)
        yield from notes

    def _heading_levels(self) -> dict[float, int]:
        sizes = {
            round(line.size * 2) / 2
            for lines in self._pages
            for line in lines
            if not line.cells and line.size > 1.08 * self._body and len(line.text) < _LONGEST_HEADING
        }
        return {size: min(6, rank) for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}

    def _level(self, line: Line) -> int:
        """Return 1-6 for a line set as a heading, 0 for one of running text."""
        text = line.text.strip()
        if line.cells or len(text) >= _LONGEST_HEADING or not any(c.isalpha() for c in text):
            return 0
        if _LEADERS.search(text):
            return 0
        if line.size > 1.08 * self._body:
            return self._levels.get(round(line.size * 2) / 2, 6)
        plain_size = line.size >= 0.95 * self._body
        if line.bold and self._bold_counts and plain_size and not text.endswith((".", ",", ";")):
            return min(6, max(2, len(self._levels) + 1))
        return 0

    def _begin(self, line: Line) -> _Open:
        if line.cells:
            self._indents.clear()
            return _Open(BlockKind.TABLE_ROW, 0, [line])
        level = self._level(line)
        if level and not _BULLET.match(line.text):
            self._indents.clear()
            return _Open(BlockKind.HEADING, level, [line])
        if _BULLET.match(line.text) or _NUMBERED.match(line.text):
            return _Open(BlockKind.LIST_ITEM, self._depth(line.x0), [line], line.x0)
        if not self._indents or line.x0 <= self._indents[0] + 2:
            self._indents.clear()
        return _Open(BlockKind.PARAGRAPH, 0, [line], line.x0)

    def _depth(self, x0: float) -> int:
        while self._indents and self._indents[-1] > x0 + 4:
            self._indents.pop()
        if not self._indents or x0 > self._indents[-1] + 4:
            self._indents.append(x0)
        return len(self._indents)

    def _goes_on(self, block: _Open, line: Line, leading: float) -> bool:
        last = block.lines[-1]
        if line.cells or last.cells or _BULLET.match(line.text) or abs(line.size - last.size) > 0.6:
            return False
        heading = block.kind is BlockKind.HEADING
        if heading and line.bold != last.bold:
            return False
        if not heading and self._level(line) and not (line.bold and last.bold):
            return False
        if line.page != last.page or line.region != last.region:
            return not heading and self._crosses(block, line)
        gap = last.y - line.y
        if gap > 1.25 * max(leading, 1.0 * line.size) + 0.5 or gap < -line.size:
            return False
        if _NUMBERED.match(line.text) and (last.text.rstrip().endswith(_ENDS) or line.x0 <= block.indent + 1):
            return False
        if block.kind is BlockKind.PARAGRAPH and line.x0 > last.x0 + 8 and len(block.lines) > 1:
            return False
        return not _broken_on_purpose(last, line)

    def _crosses(self, block: _Open, line: Line) -> bool:
        """Tell whether a sentence goes on after the end of a page or column."""
        text = block.lines[-1].text.rstrip()
        if _NUMBERED.match(line.text) or self._level(line):
            return False
        first = line.text.lstrip()[:1]
        if text.endswith(("\u00ad", "-", ",")):
            return True
        return not text.endswith(_ENDS) and (first.islower() or not _broken_on_purpose(block.lines[-1], line))

    def _first_note(self, lines: list[Line]) -> int:
        """Return where the footnotes of a page begin: small lines after its last line of running text."""
        split = len(lines)
        while split and not lines[split - 1].cells and lines[split - 1].size < 0.93 * self._body:
            split -= 1
        return split if split else len(lines)

    def _notes(self, lines: list[Line], leading: float) -> Iterator[Block]:
        note: list[Line] = []
        for line in lines:
            starts = bool(re.match(r"^\s*\d{1,3}\s*\S", line.text))
            if note and (starts or note[-1].y - line.y > 1.6 * max(line.size, 0.8 * leading)):
                yield from self._closed(_Open(BlockKind.PARAGRAPH, 0, note))
                note = []
            note.append(line)
        if note:
            yield from self._closed(_Open(BlockKind.PARAGRAPH, 0, note))

    def _closed(self, block: _Open) -> Iterator[Block]:
        first = block.lines[0]
        if first.cells:
            text = " | ".join(tidy(cell) for cell in first.cells)
        else:
            text = join_lines([line.text for line in block.lines], self._text)
        if block.kind is BlockKind.LIST_ITEM:
            text = _BULLET.sub("", text)
        kind, level = block.kind, block.level
        if kind is BlockKind.HEADING and self._is_bold_prose(block, text):
            kind, level = BlockKind.PARAGRAPH, 0
        if text := tidy(_LEADERS.sub(" ", text)):
            yield Block(kind, text, level, f"page={first.page}")

    def _is_bold_prose(self, block: _Open, text: str) -> bool:
        """Tell a paragraph that is set in bold from a heading of several lines."""
        small = block.lines[0].size <= 1.08 * self._body
        return len(text) >= _LONGEST_HEADING or (
            small and len(block.lines) > 1 and text.endswith((".", ",", ";"))
        )


def _leading(lines: list[Line]) -> float:
    """Return the usual step from one line to the next on this page, in points; 0 where unknown."""
    steps: Counter[float] = Counter()
    for one, other in pairwise(lines):
        step = one.y - other.y
        if one.region == other.region and 0.8 * one.size <= step <= 2.2 * one.size:
            steps[round(step * 2) / 2] += 1
    if not steps:
        return 0.0
    common = [step for step, count in steps.items() if count >= max(2, 0.15 * sum(steps.values()))]
    return min(common) if common else min(steps)


def _broken_on_purpose(last: Line, line: Line) -> bool:
    """Tell whether the next line's first word would have fitted on the line before it."""
    words = line.text.split(None, 1)
    full = last.x1 - last.x0 >= 0.5 * (last.right - last.x0)
    if full and line.text.lstrip()[:1].islower() and not last.text.rstrip().endswith(_ENDS):
        return False
    letters = max(len(last.text.strip()), 1)
    width = (last.x1 - last.x0) / letters
    return last.x1 + (len(words[0]) + 1.5 if words else 0) * width < last.right - 0.5 * last.size
