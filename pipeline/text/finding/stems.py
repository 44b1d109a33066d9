"""Porter's stemmer: one form for plan, plans and planned. Pure; ASCII words in lower case.

Source: M. F. Porter, An algorithm for suffix stripping, Program 14 (1980), with the two departures that its
author made later (tartarus.org/martin/PorterStemmer). SQLite's ``porter`` gives the same words. It is written
out here so that both databases hold the very same words, and the marks in a snippet follow them.
"""

from itertools import pairwise

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ("logi", "log"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
    ("ful", ""), ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive",
    "ize", "al", "er", "ic", "ou",
)  # fmt: skip


def stem(word: str) -> str:
    """The stem of an ASCII word in lower case; words of one or two letters stay as they are."""
    if len(word) < 3:
        return word
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _exchanged(word, _STEP_2)
    word = _exchanged(word, _STEP_3)
    word = _without_ending(word)
    return _tidied(word)


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return _mended(rest) if _has_vowel(rest) else word
    return word


def _mended(rest: str) -> str:
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _is_doubled(rest) and rest[-1] not in "lsz":
        return rest[:-1]
    if _measure(rest) == 1 and _is_cvc(rest):
        return rest + "e"
    return rest


def _exchanged(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for ending, other in pairs:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + other if _measure(rest) > 0 else word
    return word


def _without_ending(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if _measure(rest) > 1 and (ending != "ion" or rest.endswith(("s", "t"))):
                return rest
            return word
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _is_cvc(rest)):
            word = rest
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word


def _shape(word: str) -> list[bool]:
    """For each letter whether it is a consonant; y is one at the start and after a vowel."""
    shape: list[bool] = []
    for place, letter in enumerate(word):
        if letter == "y":
            shape.append(place == 0 or not shape[-1])
        else:
            shape.append(letter not in "aeiou")
    return shape


def _measure(word: str) -> int:
    """How many times a vowel is followed by a consonant: Porter's m."""
    shape = _shape(word)
    return sum(1 for before, after in pairwise(shape) if not before and after)


def _has_vowel(word: str) -> bool:
    return not all(_shape(word))


def _is_doubled(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _shape(word)[-1]


def _is_cvc(word: str) -> bool:
    if len(word) < 3:
        return False
    return _shape(word)[-3:] == [True, False, True] and word[-1] not in "wxy"
