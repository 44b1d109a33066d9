"""Weigh the mentions of SEND against the length of a text: throughout, a strand of it, or in passing.

A text is about SEND when mentions are dense and spread; SEND is a strand when they stand close
together, under a heading, or are more than a remark for the text's length. This module never looks at
titles, topics or publishers.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, fsum

from pipeline.text.relevance.lexicon import Lexicon
from pipeline.text.relevance.mentions import STOP, Mention, Passage

_STRETCH = 60  # words; about one paragraph
_TWELFTHS = 12
_SECTION = 5  # stretches, so about 300 words
_SHORTEST = 120  # words; a note of two lines is weighed as if it had a paragraph around it
_FEW_SECTIONS, _FEW_PARAGRAPHS = 3, 3
_CELL, _AGAIN = 5, 200  # words of a repeated block that is more than a cell of a table; times that count
_ONE, _SEVERAL = 0.5, 0.25  # the share of a short text's words that stand in paragraphs about SEND
FULL = 0.8  # weight from which a mention is a plain word for SEND, not a weak one or one in passing


@dataclass(frozen=True, slots=True)
class Strand:
    """The points that a text earns by itself. ``throughout`` tells that it is about SEND as a whole."""

    points: float
    throughout: bool


def judge_strand(passages: Sequence[Passage], lexicon: Lexicon) -> Strand:
    """Judge the passages as one text, whatever their order."""
    limits = lexicon.thresholds
    words = max(_SHORTEST, sum(passage.words for passage in passages))
    mentions = [mention for passage in passages for mention in passage.mentions if mention.weight > 0]
    density = 1000 * _mass(mentions) / words
    full = sum(mention.term.strong and mention.weight >= FULL for mention in mentions)
    if full >= limits.focus_mentions and density >= limits.thin:
        needed = limits.dense_spread if density >= limits.dense else limits.thin_spread
        short = words <= _STRETCH * _SECTION
        if _runs_through(passages, lexicon) if short else _spread(passages, words) >= needed:
            return Strand(limits.relevant + min(10.0, density - limits.thin), throughout=True)
    if _is_strand(passages, mentions, words, lexicon):
        return Strand(limits.partial + 2 * min(1.0, density / limits.dense), throughout=False)
    return Strand(0.0, throughout=False)


def _runs_through(passages: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether a short text speaks of SEND in most of its sections or, without any, in enough paragraphs.

    One paragraph must be half of the text; what comes back in another is what the text is about. A text of
    two paragraphs has nothing to be spread over.
    """
    limits = lexicon.thresholds
    sections = [held for passage in passages for held in _sections(passage)]
    if len(sections) >= _FEW_SECTIONS:
        return sum(sections) >= limits.thin_spread * len(sections)
    paragraphs = [one for passage in passages for one in _paragraphs(passage)]
    if len(paragraphs) < _FEW_PARAGRAPHS:
        sentences = [one for passage in passages for one in _sentences(passage)]
        told = sum(words for words, speaks in sentences if speaks)
        return len(sentences) < _FEW_PARAGRAPHS or told >= _SEVERAL * sum(words for words, _ in sentences)
    spoken = [words for words, speaks in paragraphs if speaks]
    share = _ONE if len(spoken) < limits.focus_mentions else _SEVERAL
    return sum(spoken) >= share * sum(words for words, _ in paragraphs)


def _paragraphs(passage: Passage) -> list[tuple[int, bool]]:
    """Words of each paragraph and whether it speaks of SEND; one that does not counts each time it stands."""
    found: list[tuple[int, bool]] = []
    for number, line in enumerate(passage.lines):
        if line.words and not line.heading:
            speaks = _speaks(passage, number)
            again = 1 if speaks or line.words < _CELL else line.times
            found += [(line.words, speaks)] * min(again, _AGAIN)
    return found


def _sentences(passage: Passage) -> list[tuple[int, bool]]:
    """The same for the sentences of a text that has hardly a paragraph."""
    plain = passage.text.plain
    told = [m.start for m in passage.mentions if m.term.strong and m.weight >= FULL]
    ends = [*(found.end() for found in STOP.finditer(plain)), len(plain)]
    return [
        (words, bisect_left(told, start) < bisect_left(told, end))
        for start, end in pairwise((0, *ends))
        if (words := len(plain[start:end].split())) and not passage.lines[plain.count("\n", 0, start)].heading
    ]


def _sections(passage: Passage) -> list[bool]:
    """For each heading with text below it, whether it or that text speaks of SEND."""
    found: list[bool] = []
    above: bool | None = None
    for number, line in enumerate(passage.lines):
        speaks = _speaks(passage, number)
        if line.heading:
            above = speaks
        elif above is not None:
            found.append(above or speaks)
            above = None
        elif found:
            found[-1] = found[-1] or speaks
    return found


def _speaks(passage: Passage, number: int) -> bool:
    """Whether a line holds a plain word for SEND."""
    return any(
        mention.line == number and mention.term.strong and mention.weight >= FULL
        for mention in passage.mentions
    )


def _mass(mentions: Sequence[Mention]) -> float:
    """Weights in all; supporting words count no more than the strong ones that they support."""
    strong = fsum(mention.weight for mention in mentions if mention.term.strong)
    return strong + min(strong, fsum(mention.weight for mention in mentions if not mention.term.strong))


def _spread(passages: Sequence[Passage], words: int) -> float:
    """The share of stretches that hold a strong mention; a long text has about twelve stretches."""
    size = max(_STRETCH, ceil(words / _TWELFTHS))
    stretches = sum(ceil(passage.words / size) for passage in passages)
    held = sum(
        len(
            {
                mention.word // size
                for mention in passage.mentions
                if mention.term.strong and mention.weight > 0
            }
        )
        for passage in passages
    )
    return min(1.0, held / max(1, stretches))


def _is_strand(
    passages: Sequence[Passage], mentions: Sequence[Mention], words: int, lexicon: Lexicon
) -> bool:
    limits = lexicon.thresholds
    strong = [mention for mention in mentions if mention.term.strong]
    if any(mention.heading and mention.weight >= FULL for mention in strong):
        return True
    passing = fsum(mention.passing for mention in strong)
    lent = min(passing, fsum(mention.passing for mention in mentions if not mention.term.strong))
    thick = 1000 * (passing + lent) / words
    if passing >= limits.passing_mass and thick >= limits.passing_density:
        return True
    if strong and passing + lent >= limits.passing_mass and thick >= limits.thin:
        return True  # "the child is autistic; the council names the special school": little, but in few words
    if any(_thickest_section(passage) >= limits.section_mass for passage in passages):
        return True
    support = [mention.weight for mention in mentions if not mention.term.strong]
    strewn = fsum(mention.weight for mention in mentions)
    if strong and strewn >= limits.section_mass and 1000 * strewn / words >= limits.passing_density:
        return True
    at_home = any(passage.company for passage in passages)  # deaf children, not the hearing of drivers
    return at_home and len(support) >= 3 and 1000 * fsum(support) / words >= limits.support_density


def _thickest_section(passage: Passage) -> float:
    """The greatest mass that stands within one section's length."""
    stretches: dict[int, list[Mention]] = defaultdict(list)
    for mention in passage.mentions:
        stretches[mention.word // _STRETCH].append(mention)
    return max(
        (
            _mass([m for number in range(first, first + _SECTION) for m in stretches.get(number, ())])
            for first in list(stretches)
        ),
        default=0.0,
    )
