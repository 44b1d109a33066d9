"""Find the words that carry weight: dates, sums, periods, ages, the law, duties, negations, limits. Pure.

Never judges; says what kind of word stands where.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.text.weighing import typed_patterns as patterns
from pipeline.text.weighing.duty_words import binds
from pipeline.text.weighing.typed_values import (
    age_value,
    count_value,
    date_value,
    link_value,
    money_value,
    per_cent_value,
    phone_value,
)


class Typed(StrEnum):
    """Kinds of weighty words, the more telling first: where two could be meant, the first is."""

    STAMP = "stamp"
    EMAIL = "email"
    LINK = "link"
    PHONE = "phone"
    DATE = "date"
    MONEY = "money"
    PERCENT = "percent"
    AGE = "age"
    PERIOD = "period"
    LAW = "law"
    PAGE = "page"
    PLACE = "place"  # another place in a document: annex B, paragraph 3.2
    NUMBER = "number"
    DUTY = "duty"
    NOT = "not"
    LIMIT = "limit"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class TypedWord:
    """Words of one kind with their place in the text. ``value`` is equal for words that mean the same."""

    kind: Typed
    start: int
    end: int
    text: str
    value: str


SHORT_NAMES = {
    "DfE": "department for education",
    "DHSC": "department of health and social care",
    "DWP": "department for work and pensions",
    "ESFA": "education and skills funding agency",
    "EFA": "education funding agency",
    "CQC": "care quality commission",
    "HMCTS": "hm courts and tribunals service",
    "MoJ": "ministry of justice",
    "EHRC": "equality and human rights commission",
    "LGSCO": "local government and social care ombudsman",
    "TRA": "teaching regulation agency",
    "STA": "standards and testing agency",
}
_NO_WORD = r"(?<!\w)"
_BEFORE = {
    Typed.MONEY: r"(?<![\w£])",
    Typed.PHONE: r"(?<![\w+])",
    Typed.NUMBER: r"(?<![\w^])(?<![a-z]-)",  # COVID-19 is a name, 10^6 has its exponent
    Typed.LINK: r"(?<![\w/.])",
}
_ALL = re.compile(
    "|".join(
        f"(?P<{kind.value}>{_BEFORE.get(kind, _NO_WORD)}(?:{getattr(patterns, kind.name)})(?!\\w))"
        for kind in Typed
    ),
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:than|most|least|maximum|maximum of|limit of|limited to|up to|exceed) $", re.IGNORECASE
)
_BE = r"(?:is|are|be|was|were)"
_STRENGTHS = (
    (0, rf"{_BE} not (?:strongly )?(?:required|obliged|expected|encouraged|asked|urged|advised|invited)"),
    (0, r"need not|needn't|(?:do|does|did)(?: not|n't) (?:have|need) to"),
    (6, rf"must|shall|{_BE} (?:required|obliged)|ha(?:s|ve) (?:to|a .{{0,12}}duty)|needs? to"),
    (6, rf"cannot|can't|can not|may not|{_BE} not (?:able|allowed|permitted|entitled)"),
    (5, r"will|won't"),
    (4, rf"{_BE} entitled|ha(?:s|ve) a .{{0,12}}right"),
    (3, rf"should|ought|{_BE} expected"),
    (2, rf"{_BE} (?:strongly )?(?:encouraged|asked|urged|advised|invited|recommended)"),
)
_LEVELS = tuple((level, re.compile(pattern)) for level, pattern in _STRENGTHS)


@lru_cache(maxsize=2048)
def typed_words(text: str) -> Sequence[TypedWord]:
    """Return the weighty words of a normalised text, in order, none overlapping. Linear in its length."""
    found = []
    for match in _ALL.finditer(text):
        kind, words = Typed(match.lastgroup or ""), match.group()
        if kind is Typed.DATE and not _is_date(words):
            continue
        if kind is Typed.PAGE and _LIMITED.search(text[max(0, match.start() - 20) : match.start()]):
            kind = Typed.NUMBER  # "no longer than pages 4" says how much, and not where
        if kind is Typed.DUTY and not binds(text, match.start(), match.end()):
            continue
        found.append(TypedWord(kind, match.start(), match.end(), words, _value(kind, words)))
    return tuple(found)


def strength(duty: str) -> int:
    """Return how binding a duty word is.

    6 must (not), 5 will, 4 is entitled to, 3 should, 2 is encouraged to, 1 may or can, 0 not required.
    """
    return next((level for level, pattern in _LEVELS if pattern.match(duty.lower())), 1)


def forbids(duty: str) -> bool:
    """Tell whether a duty word is in the negative."""
    words = duty.lower()
    return " not" in words or words.endswith("n't") or words == "cannot"


def _is_date(words: str) -> bool:
    """A lone month or weekday has a capital: "august" is a word, and "may" is a duty."""
    return any(c.isdigit() for c in words) or words[:1].isupper() or words in ("midday", "midnight")


_VALUES = {
    Typed.DATE: date_value,
    Typed.MONEY: money_value,
    Typed.AGE: age_value,
    Typed.PERIOD: count_value,
    Typed.NUMBER: count_value,
    Typed.PERCENT: per_cent_value,
    Typed.PHONE: phone_value,
    Typed.LINK: link_value,
}


def _value(kind: Typed, words: str) -> str:
    if kind in _VALUES:
        return _VALUES[kind](words)
    value = words.lower().replace(",", "")
    if kind is Typed.NOT:
        return "not" if value.endswith("n't") else value
    if kind is Typed.DUTY:
        value = value.replace("can not", "cannot").replace("can't", "cannot").replace("won't", "will not")
        return re.sub(r"n't$", " not", value)
    if kind is Typed.LIMIT:
        return value.removesuffix(" for")
    if kind is Typed.BODY:
        return SHORT_NAMES.get(words, value.removeprefix("the "))
    return value
