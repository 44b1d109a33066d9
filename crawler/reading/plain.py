"""Read plain text as people paste it: blank lines, bullets, "#" headings, addresses line by line. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.reading.tidy import tidy
from pipeline.model.blocks import Block, BlockKind

_HEADING = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_ITEM = re.compile(r"^(\s*)[*•‣▪◦·–-]\s+(\S.*)$")
_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)]\s+(?=\S)")
_LEVEL = 2  # of a heading that only its place shows
_NO_HEADING = re.compile(r"^(?:Dear|To|From|Date|Re|Cc|Tel|Yours|Our ref|Your ref)\b|[.,:;!]$|@")


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text without markup.

    A blank line ends a paragraph. A line that begins with a bullet is a point; lines that were broken on
    purpose (an address, a signature) stay lines. A short line right above its sentences is their heading.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    found: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        found += _paragraph([line.rstrip() for line in paragraph.split("\n") if line.strip()])
    return tuple(block for block in found if block.text)


def _paragraph(lines: Sequence[str]) -> Iterator[Block]:
    running: list[str] = []
    item: Block | None = None
    if _heads(lines):
        yield Block(BlockKind.HEADING, tidy(lines[0]), _LEVEL)
        lines = lines[1:]
    for line in lines:
        heading, point = _HEADING.match(line), _ITEM.match(line)
        if heading or point or _NUMBER.match(line):
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


def _heads(lines: Sequence[str]) -> bool:
    """Whether the first line is a heading that was pasted without a blank line below it.

    It is short, ends where the next word would have fitted, and what stands below it are sentences.
    """
    if len(lines) < 2 or _NO_HEADING.search(lines[0]) or _ITEM.match(lines[0]):
        return False
    below = _NUMBER.sub("", lines[1]).strip()
    if not lines[0][:1].isupper() or not below[:1].isupper() or not 2 <= len(lines[0].split()) <= 9:
        return False
    widest = max(len(line) for line in lines)
    early = len(lines[0]) + 1 + len(lines[1].split()[0]) <= widest
    sentence = below.endswith((".", "?", "!")) or re.search(r"\w[.?!] [A-Z]", below)
    wrapped = len(below.split()) > 9 and any(line.endswith((".", "?", "!")) for line in lines[2:])
    return early and len(below.split()) >= 4 and bool(sentence or wrapped)


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
