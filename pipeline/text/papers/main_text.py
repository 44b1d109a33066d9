"""Find the text that a draft is about: which part, its running blocks with their headings, its letter.

Pure. The page's own words come along; a file that repeats an HTML child is left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.papers.letters import Letter, read_letter
from pipeline.text.words.wording import tidy, word_count

_ANNEX = re.compile(
    r"\b(?:annex|appendix|easy[- ]?read|large print|summary of|equalit(?:y|ies)|impact assessment"
    r"|privacy|template|form|welsh|cymraeg)\b",
    re.I,
)
_LABELLED = re.compile(r"\bletter|\bcorrespondence", re.I)
_MOST_BLOCKS = 6000


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the part it stands in, the heading above it and its place in reading order."""

    block: Block
    part: Part
    heading: str
    place: int
    main: bool
    own: tuple[str, ...] = ()  # the sentences that may be used, where not all of the block's may


@dataclass(frozen=True, slots=True)
class MainText:
    """``letter`` and ``main`` are None where there is no such thing; ``unread`` are parts without text."""

    placed: tuple[Placed, ...]
    main: Part | None
    letter: Letter | None
    unread: tuple[Part, ...]

    @property
    def headings(self) -> tuple[Placed, ...]:
        return tuple(p for p in self.placed if p.main and p.block.kind is BlockKind.HEADING)

    @property
    def words(self) -> int:
        return sum(word_count(p.block.text) for p in self.placed if p.block.kind is not BlockKind.HEADING)

    def part_of(self, block: Block) -> Part | None:
        """The part that a block was read from (blocks that a letter was cut into too)."""
        for one in self.placed:
            if one.block is block:
                return one.part
        return self.main


def main_text(record: Record, parts: Sequence[Part]) -> MainText:
    """Return the text to draft from; at most 6,000 blocks of it."""
    readable = [p for p in parts if p.blocks]
    unread = tuple(
        p for p in parts if not p.blocks and (p.kind is not PartKind.PAGE or p.status is not ReadStatus.READ)
    )
    known = tuple(person.name for person in record.people)
    main, letter = _with_letter(record, readable, known)
    main = main or _fullest(readable)
    placed: list[Placed] = []
    seen: set[str] = set()
    ordered = ([main] if main else []) + [p for p in readable if p is not main]
    for part in ordered:
        blocks = letter.body if letter and part is main else part.blocks
        if part is not main and part.kind is not PartKind.PAGE and _repeats(part, seen):
            continue
        heading = ""
        for block in blocks[: _MOST_BLOCKS - len(placed)]:
            plain = tidy(block.text)
            if block.kind is BlockKind.HEADING:
                heading = plain
            elif plain.casefold() in seen:
                continue
            seen.add(plain.casefold())
            placed.append(Placed(block, part, heading, len(placed), part is main))
    return MainText(tuple(placed), main, letter, unread)


def _with_letter(
    record: Record, readable: Sequence[Part], known: Sequence[str]
) -> tuple[Part | None, Letter | None]:
    said = bool(_LABELLED.search(f"{record.document_type} {record.title}"))
    for part in sorted(readable, key=lambda p: (bool(_ANNEX.search(p.title)), p.kind is PartKind.PAGE)):
        if letter := read_letter(part.blocks, expected=said, known=known):
            return part, letter
    return None, None


def _fullest(readable: Sequence[Part]) -> Part | None:
    """The first attached text of some length, HTML before files; else the page; else the longest."""

    def words(part: Part) -> int:
        return sum(word_count(b.text) for b in part.blocks)

    if not readable:
        return None
    ranked = sorted(
        readable,
        key=lambda p: (
            words(p) < 120,
            bool(_ANNEX.search(p.title)),
            p.kind is PartKind.PAGE,
            p.kind is PartKind.FILE,
        ),
    )
    best = ranked[0]
    page = next((p for p in readable if p.kind is PartKind.PAGE), None)
    if words(best) < 120:
        return max(readable, key=words)
    if page and words(page) > 400 and _ANNEX.search(best.title):
        return page
    return best


def _repeats(part: Part, seen: set[str]) -> bool:
    texts = [tidy(b.text).casefold() for b in part.blocks if word_count(b.text) > 7]
    return bool(texts) and sum(t in seen for t in texts) > len(texts) / 2
