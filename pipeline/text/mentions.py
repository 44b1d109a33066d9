"""Find the mentions of SEND in a text, each with the weight that its sentence leaves it.

"send" the verb is told from SEND here, and mentions that only pass by (an award, an allowance, a word
between brackets) lose weight here. This module never gives a verdict.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.model.blocks import Block, BlockKind
from pipeline.text.lexicon import Guard, Lexicon, Term
from pipeline.text.terms import Searchable, searchable

_VERB = re.compile(r"\b[Ss]en(?:ds?|t|ding)\b")
_STOP = re.compile(r"\n|[.?!;] | [*\u2022\u00b7] ")  # list marks part what a flattened list has run together
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_LONELY = 0.3  # what is left of an acronym in a text without schools, children or families
_MOST = 60_000  # mentions; 5 MB about nothing but SEND hold fewer, so more of them are no text
_NOTE = 800  # letters; a title and a summary, or a short message
_LABEL = 20  # letters; so short a line ("Reminder:") labels the line below it
_ASIDE = 60  # letters; a longer bracket is a sentence of its own, such as the title of a duty
_BESIDE = 60  # letters on either side of SEND that tell the verb from the acronym
_REACH = 240  # letters of the same sentence that are looked at on either side


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. ``weight`` is what it counts, ``passing`` what it counts against being in passing.

    ``start`` and ``end`` are places in the text, ``word`` the number of words before it.
    """

    term: Term
    start: int
    end: int
    weight: float
    passing: float
    word: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its mentions in reading order. ``words`` does not count the verb "send".

    ``company``: the document speaks of schools, children or families somewhere.
    """

    text: Searchable
    words: int
    mentions: tuple[Mention, ...]
    company: bool


def read_passage(blocks: Sequence[Block], lexicon: Lexicon, *, company: bool) -> Passage:
    """Find the mentions in the blocks. A block that is repeated word for word counts once.

    ``company``: the document speaks of schools, children or families somewhere, see ``keeps_company``.
    """
    distinct: dict[str, bool] = {}
    for block in blocks:
        if block.text and not block.text.isspace():
            distinct.setdefault(block.text, block.kind is BlockKind.HEADING)
    text = searchable(*distinct)
    starts = _block_starts(text.plain)
    loud_headings = tuple(distinct.values())
    verbs = [found.start() for found in _VERB.finditer(text.plain)]
    places = [_places(guard, text) for guard in (*lexicon.guards, lexicon.weighty)]
    mentions: list[Mention] = []
    seen, spaces = 0, 0
    for start, end, term in islice(_without_overlaps(text, lexicon), _MOST):
        heading = loud_headings[bisect_left(starts, start + 1) - 1] if loud_headings else False
        if term.phrase.cased and "@" in (text.plain[end : end + 1], text.plain[max(0, start - 1) : start]):
            continue  # a mailbox
        if term.verb and _is_verb(text.plain, start, end, lexicon, heading=heading):
            continue
        weight, passing = _weigh(text, start, end, term, lexicon, places)
        if term.needs_company and not company:
            weight, passing = weight * _LONELY, passing * _LONELY
        if heading:
            weight *= lexicon.fields.heading
        spaces += text.plain.count(" ", seen, start) + text.plain.count("\n", seen, start)
        seen = start
        word = spaces - bisect_left(verbs, start)
        mentions.append(Mention(term, start, end, weight, passing, word, heading))
    return Passage(text, max(0, len(text.plain.split()) - len(verbs)), tuple(mentions), company)


def keeps_company(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether two of the lexicon's words of company stand in the texts; in a short note one will do."""
    lowered = [text.lower() for text in texts]
    needed = 1 if sum(map(len, lowered)) <= _NOTE else 2
    return sum(any(word in text for text in lowered) for word in lexicon.company) >= needed


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
    first = max((found.end() for found in _STOP.finditer(text.plain, low, start)), default=max(line, low))
    label = text.plain.rfind("\n", max(0, line - 1 - _REACH), max(0, line - 1)) + 1
    if first == line and line - label <= _LABEL:
        first = label
    stop = _STOP.search(text.plain, end, high)
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


def _is_verb(plain: str, start: int, end: int, lexicon: Lexicon, *, heading: bool) -> bool:
    """Whether SEND in capitals is somebody being told to send something."""
    words = lexicon.verb
    before = plain[max(0, start - _BESIDE) : start].rpartition("\n")[2]
    after = plain[end : end + _BESIDE].partition("\n")[0]
    left, right = before.rstrip().lower(), after.lower()
    nothing_else = not _WORD.search(before) and not _WORD.search(after)
    if nothing_else:
        return not heading  # the label of a button; as a heading it names a section
    if not right[:1].isalnum() and not right.startswith((" ", "s ")):
        told = False  # "SEND, ...", "SEND." and "SEND)" end a thought: nobody is told to send anything
    else:
        right = right.lstrip()
        told = _begins(right, words.objects) or _begins(right, words.things) or _ends(left, words.presses)
        told = told or (_ends(left, words.askers) and _begins(right, words.weak_objects))
    if told or not _is_loud(before + after):
        return told
    title_colon = not left and right.startswith(":")
    named = _ends(left, words.loud_before) or _begins(right.lstrip(), words.loud_after) or title_colon
    return not named or _ends(left, tuple(word for word in words.askers if word != "and"))


def _is_loud(around: str) -> bool:
    """Whether the words around are all capitals, short acronyms aside."""
    words = [word for word in _WORD.findall(around) if len(word) > 1]
    return bool(words) and all(word.isupper() for word in words)


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return any(text.startswith(word) and not text[len(word) : len(word) + 1].isalnum() for word in words)


def _ends(text: str, words: tuple[str, ...]) -> bool:
    text = text.rstrip(" \"'\u201c\u201d")
    return any(text.endswith(word) and not text[-len(word) - 1 : -len(word)].isalnum() for word in words)
