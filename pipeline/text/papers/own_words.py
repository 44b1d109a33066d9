"""Which sentences of a text may stand in a draft as what its publisher says now. Pure.

Uses force.py, and leaves out what carries a footnote. Never lets a list item stand without the
words that open its list, nor a proposal without the words that call it one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.blocks import Block, BlockKind
from pipeline.text.papers.force import Force, Said, said_in
from pipeline.text.papers.force_openings import cut_short
from pipeline.text.papers.main_text import Placed
from pipeline.text.words.patterns import pattern
from pipeline.text.words.wording import tidy

_PROPOSES = pattern(r"\bpropos|\bconsult|\bconsidering\b|\bwould\b|^under (?:the|these|our) plans?\b", re.I)
_WOULD = pattern(r"\bwould\b")
_NOT_AHEAD = re.compile(
    r"^(?:I|We|The government) will not (?:go ahead|proceed) with (?!this|that|these|it|any|them)"
)
_QUESTION = re.compile(r"^(?:question \d|do you\b|imagine\b|suppose\b)", re.I)
_NOTE = re.compile(
    r"[a-z]{3}\d{1,2}(?=[\s.,;)]|$)|\*|[†‡§]|^\[?\d{1,2}\]? (?!(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)[A-Z]"
)
_COUNTED = re.compile(
    r"^(?:We|The (?:department|government)) received [\d,]+\b"
    r"|^(?:(?:Almost|About|Around|Over|More than|Some|Nearly) )?(?:\d+(?:\.\d+)?%|[\w-]+ in (?:ten|\d+)"
    r"|[\w-]+ (?:quarters|thirds)|half) (?:of )?[^.,;]{2,50}\b(?:said|agreed|disagreed|thought|told us)\b"
)
_STEPS = pattern(r"\b(?:these|the following) steps\b")
_BINDS = pattern(
    r"\b(?:must|will|should|shall|cannot|no longer|may not|have to|has to|can)\b"
    r"|\b(?:have|has) (?:\d+|no|only|one|two|three) \w+ to\b"
)
_ASKS = pattern(r"\bpropos|\bconsult|\bviews\b|\bwould\b|\bwhether\b|\bseek|\brespon[ds]|\bcurrently\b", re.I)


@dataclass(frozen=True, slots=True)
class Unfit:
    """``sentences``: by place, what must not be printed; ``lists``: places that no list may have."""

    sentences: Mapping[int, frozenset[str]]
    lists: frozenset[int]


def unfit_in(placed: Sequence[Placed], *, consulting: bool = False) -> Unfit:
    """Return what must not be printed. ``consulting``: the text asks, and lays down nothing."""
    found: dict[int, frozenset[str]] = {}
    lists: set[int] = set()
    for run in _by_part(placed):
        blocks = [one.block for one in run]
        for index, (one, said) in enumerate(zip(run, said_in(blocks), strict=True)):
            unfit = frozenset(s.sentence for s in said if not _fit(s, consulting=consulting))
            if said and (said[-1].sentence in unfit or said[-1].force is not Force.OWN):
                lists.add(one.place)
            whole = _in_list(blocks, index)
            found[one.place] = frozenset(s.sentence for s in said) if whole else unfit
    return Unfit(found, frozenset(lists))


def _fit(said: Said, *, consulting: bool) -> bool:
    words = said.sentence
    if _NOTE.search(words) or _QUESTION.match(words) or cut_short(words):
        return False
    if consulting and _BINDS.search(words) and not _ASKS.search(words):
        return False
    if said.force is Force.OWN:
        return True
    if said.force is Force.PROPOSED:
        return bool(_WOULD.search(words) or (said.plain and _PROPOSES.search(words)))
    if said.force is Force.DENIED and said.plain:
        return bool(_NOT_AHEAD.search(words))
    return said.force is Force.REPORTED and (
        (said.plain and "“" in words) or bool(_COUNTED.match(words))  # says itself whose view it is
    )


def _in_list(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block is an item of a list that a sentence with a colon opens, or one of steps."""
    if blocks[index].kind is not BlockKind.LIST_ITEM:
        return False
    while index and blocks[index].kind is BlockKind.LIST_ITEM:
        index -= 1
    opening = tidy(blocks[index].text)
    return opening.endswith(":") or bool(_STEPS.search(opening))


def _by_part(placed: Sequence[Placed]) -> list[list[Placed]]:
    runs: list[list[Placed]] = []
    for one in placed:
        if runs and runs[-1][-1].part is one.part:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs
