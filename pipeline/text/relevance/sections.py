"""Name the sections of a wider document that concern SEND, so that a draft can be about those.

A section whose heading names SEND is taken whole; elsewhere the paragraphs that speak of SEND are taken, with
the heading above them. This module gives no verdict: see pipeline/text/relevance/judge.py.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import Part, Record
from pipeline.text.relevance.company import read_company, whole_company
from pipeline.text.relevance.lexicon import Lexicon
from pipeline.text.relevance.mentions import Passage, quote, read_passage
from pipeline.text.relevance.section_edges import frame_of
from pipeline.text.words.family_interest import about_send

_PLAIN, _WEAK = 0.8, 0.5  # weight from which a mention speaks of SEND; the lower where there is no better
_GAP = 1  # blocks that may lie between two paragraphs of one section
_SHARE = 0.2  # of the heaviest section's weight; a lighter section is a remark
LONGEST_TITLE = 25  # words
MANY_TOPICS = 2  # commas: "census, buildings, SEND and exams" names SEND among others


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks ``first`` to ``last`` (both included) of the Part with the key ``part``, about SEND.

    ``heading`` is the text of the heading above, empty where there is none; ``anchor`` as in Block, of the
    heading or else of the first block. ``shown`` are words around the plainest mention. ``weight`` is that
    of all its mentions.
    """

    part: str
    heading: str
    anchor: str
    first: int
    last: int
    weight: float
    shown: str = ""

    @property
    def name(self) -> str:
        """What an editor is shown: the heading, or words of the paragraph without one, and the page."""
        page = f" (page {self.anchor[5:]})" if self.anchor.startswith("page=") else ""
        return (self.heading or f"“{self.shown}”") + page


def sections_about_send(parts: Sequence[Part], lexicon: Lexicon) -> tuple[Section, ...]:
    """The sections of the parts that concern SEND, heaviest first; none where only titles or topics do."""
    company = read_company([block.text for part in parts for block in part.blocks], lexicon)
    read = ((part.key, part.blocks, read_passage(part.blocks, lexicon, company=company)) for part in parts)
    return sections_in([one for one in read if one[1]])


def sections_in(texts: Sequence[tuple[str, Sequence[Block], Passage]]) -> tuple[Section, ...]:
    """The same for texts whose mentions were found already: key, blocks and passage of each."""
    found = [section for key, blocks, passage in texts for section in _of_text(key, blocks, passage)]
    found.sort(key=lambda one: -one.weight)
    return tuple(one for one in found if one.weight >= _SHARE * found[0].weight)


def parts_about_send(record: Record, parts: Sequence[Part], lexicon: Lexicon) -> tuple[Part, ...]:
    """The parts with nothing but their sections about SEND, for a draft.

    As they are where none was found, and where the title names SEND: then all of it is told under that title.
    A heading stays over its paragraphs, and a letter keeps its address and its signature. A part without
    such a section keeps no block; a part that could not be read is left as it is.
    """
    sections = sections_about_send(parts, lexicon)
    title = _titles(record, parts)
    named = about_send(title) and title.count(",") < MANY_TOPICS
    if not sections or record.state_note or named:
        return tuple(parts)
    kept: list[Part] = []
    for part in parts:
        numbers = {n for s in sections if s.part == part.key for n in range(s.first, s.last + 1)}
        if numbers:
            numbers |= _headings_above(part.blocks, numbers)
            numbers |= frame_of(part.blocks)
        blocks = tuple(block for number, block in enumerate(part.blocks) if number in numbers)
        kept.append(replace(part, blocks=blocks) if part.blocks else part)
    return tuple(kept)


def _titles(record: Record, parts: Sequence[Part]) -> str:
    """The title; for a bare file, which has only a name, its first line."""
    if len(record.title.split()) > 1 or len(parts) != 1 or not parts[0].blocks:
        return record.title
    opening = parts[0].blocks[0].text
    return opening if len(opening.split()) <= LONGEST_TITLE else ""


def blocks_about_send(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The blocks that concern SEND, in reading order, each with the heading that stands over it."""
    passage = read_passage(blocks, lexicon, company=whole_company(lexicon))
    numbers = {n for s in _of_text("", blocks, passage) for n in range(s.first, s.last + 1)}
    numbers |= _headings_above(blocks, numbers)
    return tuple(block for number, block in enumerate(blocks) if number in numbers)


def _of_text(key: str, blocks: Sequence[Block], passage: Passage) -> list[Section]:
    weights, plain = _by_block(passage)
    standing = [passage.lines[mention.line].block for mention in passage.mentions]  # in reading order
    above = _above(blocks)
    found: list[Section] = []
    number = 0
    while number < len(blocks):
        if number not in plain:
            number += 1
            continue
        last = _end(blocks, number, plain)
        weight = fsum(weights.get(one, 0.0) for one in range(number, last + 1))
        inside = passage.mentions[bisect_left(standing, number) : bisect_right(standing, last)]
        best = max(inside, key=lambda one: one.weight)
        shown = quote(passage.text, best.start, best.end)
        found.append(_section(key, blocks, (number, last), above[number], weight, shown))
        number = last + 1
    return found


def _by_block(passage: Passage) -> tuple[dict[int, float], set[int]]:
    """The weight of the mentions in each block, and the blocks that speak of SEND in plain words."""
    weights: dict[int, float] = {}
    plainest: dict[int, float] = {}
    for mention in passage.mentions:
        block = passage.lines[mention.line].block
        weights[block] = weights.get(block, 0.0) + mention.weight
        if mention.term.strong:
            plainest[block] = max(mention.weight, plainest.get(block, 0.0))
    bar = min(_PLAIN, max(_WEAK, max(plainest.values(), default=0.0)))
    return weights, {block for block, weight in plainest.items() if weight >= bar}


def _end(blocks: Sequence[Block], first: int, plain: set[int]) -> int:
    """The last block of the section that begins with the block ``first``."""
    if blocks[first].kind is BlockKind.HEADING:  # the whole section, with the deeper ones in it
        level = max(1, blocks[first].level)
        rest = range(first + 1, len(blocks))
        return next((n - 1 for n in rest if _is_heading(blocks[n], level)), len(blocks) - 1)
    last = first
    for number in range(first + 1, len(blocks)):
        if blocks[number].kind is BlockKind.HEADING or number - last > _GAP + 1:
            break
        if number in plain:
            last = number
    return last


def _is_heading(block: Block, level: int) -> bool:
    return block.kind is BlockKind.HEADING and max(1, block.level) <= level


def _above(blocks: Sequence[Block]) -> list[int | None]:
    """For each block the number of the heading that stands over it, itself if it is one."""
    above: list[int | None] = []
    for number, block in enumerate(blocks):
        higher = above[-1] if above else None
        above.append(number if block.kind is BlockKind.HEADING else higher)
    return above


def _headings_above(blocks: Sequence[Block], numbers: set[int]) -> set[int]:
    above = _above(blocks)
    return {heading for number in numbers if (heading := above[number]) is not None}


def _section(
    key: str, blocks: Sequence[Block], span: tuple[int, int], above: int | None, weight: float, shown: str
) -> Section:
    first, last = span
    block = blocks[first]
    heading = blocks[above].text if above is not None else ""
    anchor = block.anchor if block.page or above is None else blocks[above].anchor or block.anchor
    return Section(key, heading, anchor, first, last, round(weight, 3), shown)
