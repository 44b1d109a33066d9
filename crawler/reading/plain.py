"""Read plain text as people paste it: blank lines, bullets, "#" headings, addresses line by line. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.reading.tidy import tidy
from pipeline.model.blocks import Block, BlockKind

_HEADING = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_ITEM = re.compile(r"^(\s*)[*•‣▪◦·–-]\s+(\S.*)$")


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text without markup.

    A blank line ends a paragraph. A line that begins with a bullet is a point; lines that were broken on
    purpose (an address, a signature) stay lines.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    found: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        found += _paragraph([line.rstrip() for line in paragraph.split("\n") if line.strip()])
    return tuple(block for block in found if block.text)


def _paragraph(lines: Sequence[str]) -> Iterator[Block]:
    running: list[str] = []
    item: Block | None = None
    for line in lines:
        heading, point = _HEADING.match(line), _ITEM.match(line)
        if heading or point:
            yield from _run(running, item)
            running, item = [], None
        if heading:
            yield Block(BlockKind.HEADING, tidy(heading[2]), len(heading[1]))
        elif point:
            depth = 1 + min(len(point[1].expandtabs(4)) // 2, 8)
            item = Block(BlockKind.LIST_ITEM, "", depth)
            running = [point[2]]
        else:
            running.append(line)
    yield from _run(running, item)


def _run(lines: Sequence[str], item: Block | None) -> Iterator[Block]:
    if not lines:
        return
    if item is not None:
        yield Block(item.kind, tidy(" ".join(lines)), item.level)
    elif _broken_on_purpose(lines):
        yield from (Block(BlockKind.PARAGRAPH, tidy(line)) for line in lines)
    else:
        yield Block(BlockKind.PARAGRAPH, tidy(" ".join(lines)))


def _broken_on_purpose(lines: Sequence[str]) -> bool:
    """Whether most lines end although the next word would have fitted: nobody wraps a text like that."""
    if len(lines) < 2:
        return False
    widest = max(len(line) for line in lines)
    early = sum(
        len(line) + 1 + len(after.split()[0]) <= widest or line.rstrip().endswith(",")
        for line, after in pairwise(lines)
    )
    prose = sum(line.rstrip().endswith((".", "!", "?", ";")) for line in lines)
    return early > (len(lines) - 1) / 2 and widest <= 80 and prose <= 1
