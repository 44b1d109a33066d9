"""What a sentence is to a family: a right, what stays as it is, a next step, money, or something else. Pure.

The order is that in which a charity tells things. Rules about what sentences say, never about documents.
"""

import re
from enum import IntEnum

from pipeline.text.words.family_interest import about_what_stays
from pipeline.text.words.patterns import pattern

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_FULL_DATE = pattern(rf"\b\d{{1,2}} {_MONTH} \d{{4}}\b")
_DATE = pattern(
    rf"\b(?:by|before|until|from|on|after|between) (?:the end of )?(?:\d{{1,2}} )?{_MONTH}\b|\bdeadline"
    r"|\bno later than\b|\bcloses? (?:on|at)\b|\bopens? on\b|\b(?:this|next) (?:spring|summer"
    r"|autumn|winter|term)\b",
)
_RIGHT = pattern(
    r"\b(?:un)?lawful(?:ly)?\b|\billegal|\bentitle|\b(?:legal |statutory )?(?:rights?|dut(?:y"
    r"|ies)) (?:to|of|for|on)\b"
    r"|\bexclu(?:sion|ded)|\bsuspen(?:sion|ded)|\boff[- ]?roll|\blast resort\b|\bunacceptable\b"
    r"|\bmust(?: not| never)?\b|\bcannot be (?:refused|asked|made)|\bmay not be\b|\bappeal"
    r"|\breasonable adjustments?\b"
    r"|\bshould (?:not|never|only)\b|\bno (?:child|pupil|family|parent|young person)\b|\bright to\b"
    r"|\brequire[sd]?\b",
    re.I,
)
_STRONG_RIGHT = pattern(
    r"\b(?:un)?lawful(?:ly)?\b|\billegal|\bentitle|\bright to\b|\bexclusions?\b|\boff[- ]?roll"
    r"|\blast resort\b"
    r"|\bmust (?:not|never)\b",
    re.I,
)
_STAYS = pattern(
    r"\b(?:has|have|does|do|will|is|are) not (?:be )?(?:chang(?:e|ed|ing))\b"
    r"|\bremains? (?:in (?:force|place)|the same"
    r"|unchanged|available|responsible)|\bno change\b|\bstill in (?:place|force)\b|\bunchanged\b|\b(?:still"
    r"|continues? to) appl|\bkeeps? (?:every|the|their) right"
    r"|\bappl(?:y|ies) in full\b|\bstays? (?:the same|as (?:it|they))\b|\bno plan ends\b|\bwill not lose\b",
    re.I,
)
_MONEY = re.compile(r"£ ?\d")
_MILLIONS = pattern(r"£ ?[\d.,]+ ?(?:million|billion|m\b|bn\b)")
_PROGRAMME = pattern(r"\b(?:[A-Z]\w+ )+(?:Grant|Fund|Programme|Allocation|Budget|Scheme)\b|\b[Ff]unding\b")
_WITHIN = pattern(
    r"\bwithin (?:\d+|one|two|three|four|five|six|ten|twelve) (?:working |school |calendar )?(?:days"
    r"|weeks|months)\b"
)
_FOR_FAMILIES = pattern(r"\b(?:your?|parents?|carers?|famil(?:y|ies)|young people)\b", re.I)
_ASKED = pattern(r"\b(?:asks?|expects?|urges?|must|should|can|will)\b")


class Matter(IntEnum):
    """In the order in which they are told."""

    RIGHT = 1
    STAYS = 2
    NEXT = 3
    MONEY = 4
    OTHER = 5


def matter_of(text: str, heading: str) -> Matter:
    """What the sentence is to a family; ``heading`` is that of its section."""
    if _STAYS.search(text) or about_what_stays(heading):
        return Matter.STAYS
    if _MILLIONS.search(text) or (_MONEY.search(text) and not _RIGHT.search(text)):
        return Matter.MONEY
    if _STRONG_RIGHT.search(text):
        return Matter.RIGHT
    if _FULL_DATE.search(text) or (_DATE.search(text) and _ASKED.search(text)):
        return Matter.NEXT
    if _WITHIN.search(text) and _ASKED.search(text) and _FOR_FAMILIES.search(text):
        return Matter.NEXT
    return Matter.RIGHT if _RIGHT.search(text) else Matter.OTHER


def exactness(text: str, matter: Matter) -> float:
    """What a sum with its programme or a date in full adds to the weight of a sentence."""
    if matter is Matter.MONEY:
        return (1.0 if _MILLIONS.search(text) else 0.0) + (1.0 if _PROGRAMME.search(text) else 0.0)
    if matter is Matter.NEXT:
        return 1.0 if _FULL_DATE.search(text) else 0.0
    return 0.0
