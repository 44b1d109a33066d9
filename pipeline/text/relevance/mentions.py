"""Find the mentions of SEND in a text, each with the weight that its sentence leaves it.

"send" the verb is told from SEND here, and mentions that only pass by (an award, an allowance, a word
between brackets) lose weight here. This module never gives a verdict.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from pipeline.model.blocks import Block, BlockKind
from pipeline.text.relevance.company import Company
from pipeline.text.relevance.lexicon import Guard, Lexicon, Term
from pipeline.text.relevance.verb import is_verb
from pipeline.text.words.terms import Searchable, searchable

_VERB = re.compile(r"[Ss]en(?:ds?|t|ding)\b")
STOP = re.compile(r"\n|[.?!;] | [*\u2022\u00b7] ")  # list marks part what a flattened list has run together
_LONELY = 0.1  # what is left of an acronym in a text without schools, children or families
_STRAY = 0.1  # what is left of a word outside the circle that makes it a word of the field
_MOST = 60_000  # mentions; 5 MB about nothing but SEND hold fewer, so more of them are no text
_LABEL = 20  # letters; so short a line ("Reminder:") labels the line below it
_ASIDE = 60  # letters; a longer bracket is a sentence of its own, such as the title of a duty
_REACH = 240  # letters of the same sentence that are looked at on either side


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. ``weight`` is what it counts, ``passing`` what it counts against being in passing.

    ``start`` and ``end`` are places in the text, ``word`` the number of words before it, ``line`` the number
    of the line (of ``Passage.lines``) that it stands in.
    """

    term: Term
    start: int
    end: int
    weight: float
    passing: float
    word: int
    heading: bool
    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """One block: ``block`` is its number among those that were given. ``words`` as in Passage.

    ``times``: how often the same words stand in the text as a block.
    """

    block: int
    words: int
    heading: bool
    times: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its mentions in reading order. ``words`` does not count the verb "send".

    ``company``: the document speaks of schools, children or families somewhere. ``lines`` are the blocks,
    each once and none that is empty.
    """

    text: Searchable
    words: int
    mentions: tuple[Mention, ...]
    company: bool
    lines: tuple[Line, ...]


def read_passage(blocks: Sequence[Block], lexicon: Lexicon, *, company: Company) -> Passage:
    """Find the mentions in the blocks. A block that is repeated word for word counts once.

    ``company``: what the whole document speaks of, see ``pipeline.text.relevance.company``.
    """
    distinct: dict[str, int] = {}
    times: dict[str, int] = {}
    for number, block in enumerate(blocks):
        if block.text and not block.text.isspace():
            distinct.setdefault(block.text, number)
            times[block.text] = times.get(block.text, 0) + 1
    text = searchable(*distinct)
    starts = _block_starts(text.plain)
    verbs = [at for found in _VERB.finditer(text.plain) if _begins_word(text.plain, at := found.start())]
    lines = [
        Line(
            number, text.plain.count(" ", start, end) + 1 - held, blocks[number].kind is BlockKind.HEADING, n
        )
        for number, n, (start, end) in zip(
            distinct.values(), times.values(), pairwise((*starts, len(text.plain))), strict=False
        )
        for held in (bisect_left(verbs, end) - bisect_left(verbs, start),)
    ]
    mentions: list[Mention] = []
    seen, spaces = 0, 0
    found = list(islice(_without_overlaps(text, lexicon), _MOST)) if text.plain else []
    places = [_places(guard, text) for guard in (*lexicon.guards, lexicon.weighty)] if found else []
    for start, end, term in found:
        line = bisect_left(starts, start + 1) - 1
        heading = bool(lines) and lines[line].heading
        if term.phrase.cased and "@" in (text.plain[end : end + 1], text.plain[max(0, start - 1) : start]):
            continue  # a mailbox
        if term.verb and is_verb(text.plain, start, end, lexicon, heading=heading):
            continue
        if company.is_foreign(text.plain[start:end].upper() if term.needs_company else text.plain[start:end]):
            continue
        weight, passing = _weigh(text, start, end, term, lexicon, places)
        left = _left(term, company)
        weight, passing = weight * left, passing * left
        if heading:
            weight *= lexicon.fields.heading
        spaces += text.plain.count(" ", seen, start) + text.plain.count("\n", seen, start)
        seen = start
        word = spaces - bisect_left(verbs, start)
        mentions.append(Mention(term, start, end, weight, passing, word, heading, line))
    words = max(0, len(text.plain.split()) - len(verbs))
    return Passage(text, words, tuple(mentions), company.at_home, tuple(lines))


def _begins_word(plain: str, start: int) -> bool:
    return start == 0 or not (plain[start - 1].isalnum() or plain[start - 1] == "_")


def _left(term: Term, company: Company) -> float:
    """What the company of the document leaves of a term's weight."""
    left = _LONELY if term.needs_company and not company.at_home else 1.0
    return left * (_STRAY if term.among and term.among not in company.circles else 1.0)


def quote(text: Searchable, start: int, end: int, around: int = 90) -> str:
    """The words around a place, out of the same block, cut at whole words with an ellipsis."""
    first = text.plain.rfind("\n", 0, start) + 1
    last = text.plain.find("\n", end)
    last = len(text.plain) if last < 0 else last
    left, right = max(first, start - around), min(last, end + around)
    if left > first:
        left = text.plain.find(" ", left, start) + 1 or start
    if right < last:
        cut = text.plain.rfind(" ", end, right)
        right = cut if cut > 0 else end
    return ("…" if left > first else "") + text.plain[left:right].strip() + ("…" if right < last else "")


def _block_starts(plain: str) -> list[int]:
    starts = [0]
    starts.extend(found.end() for found in re.finditer("\n", plain))
    return starts


def _without_overlaps(text: Searchable, lexicon: Lexicon) -> Iterator[tuple[int, int, Term]]:
    """Every term's places in reading order; of two that overlap the earlier, longer, weightier one."""
    found = [
        (start, -end, -term.weight, number)
        for number, term in enumerate(lexicon.terms)
        for start, end in term.phrase.spans(text)
    ]
    found.sort()
    free = 0
    for start, negative_end, _, number in found:
        if start >= free:
            free = -negative_end
            yield start, free, lexicon.terms[number]


def _sentence(text: Searchable, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, within reach; with the label above it, if any."""
    low, high = max(0, start - _REACH), min(len(text.plain), end + _REACH)
    line = text.plain.rfind("\n", low, start) + 1
    first = max((found.end() for found in STOP.finditer(text.plain, low, start)), default=max(line, low))
    label = text.plain.rfind("\n", max(0, line - 1 - _REACH), max(0, line - 1)) + 1
    if first == line and line - label <= _LABEL:
        first = label
    stop = STOP.search(text.plain, end, high)
    return first, stop.start() if stop else high


def _places(guard: Guard, text: Searchable) -> list[int]:
    """Where any of the guard's words begin, in order: found once, looked up for each mention."""
    return sorted(start for word in guard.words for start, _ in word.spans(text))


def _weigh(
    text: Searchable, start: int, end: int, term: Term, lexicon: Lexicon, places: list[list[int]]
) -> tuple[float, float]:
    first, last = _sentence(text, start, end)
    near = [at < len(found) and found[at] < last for found in places for at in (bisect_left(found, first),)]
    weight = term.weight
    for guard, stands in zip(lexicon.guards, near, strict=False):
        if stands and not (guard.support_only and term.strong):
            weight *= guard.factor
    opens = text.plain.rfind("(", max(first, start - _ASIDE), start)
    closes = text.plain.find(")", end, min(last, max(end, opens + _ASIDE)))
    if opens >= 0 and closes >= 0 and ")" not in text.plain[opens:start]:
        weight *= lexicon.aside
    return weight, weight * lexicon.weighty.factor if near[-1] else weight
