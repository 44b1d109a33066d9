"""Tell a slip of the pen from a change of words. Pure.

Careful on purpose: a slip is never mailed, so only what can hardly be anything else counts as one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Protocol

from rapidfuzz.distance import OSA

from pipeline.model.redlines import Redline
from pipeline.text.words.normalise import for_comparison

LEAST_LETTERS = 5
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset({"a", "an", "the"})
_VOWELS = frozenset("aeiou")
_SHORT_FORMS = (
    (re.compile(r"\bcan't\b|\bcan not\b", re.IGNORECASE), "cannot"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"'re\b", re.IGNORECASE), " are"),
    (re.compile(r"'ll\b", re.IGNORECASE), " will"),
    (re.compile(r"'ve\b", re.IGNORECASE), " have"),
)
_BESIDE_OPPOSITE = _ARTICLES | {"in", "from", "to", "of", "on", "by"}  # included in, excluded from
_BEFORE_OPPOSITE = ("un", "in", "im", "il", "ir", "dis", "non", "de", "mis")
_PAIRS = (
    ("include", "exclude"),
    ("included", "excluded"),
    ("including", "excluding"),
    ("increase", "decrease"),
    ("increased", "decreased"),
    ("increase", "reduce"),
    ("increased", "reduced"),
    ("minimum", "maximum"),
    ("accept", "reject"),
    ("accepted", "rejected"),
    ("open", "closed"),
    ("above", "below"),
    ("more", "less"),
    ("more", "fewer"),
    ("internal", "external"),
    ("former", "latter"),
)
_OPPOSITES = frozenset(frozenset(pair) for pair in _PAIRS)


class Words(Protocol):
    """The words of an old and a new text, in small letters."""

    @property
    def old(self) -> frozenset[str]: ...

    @property
    def new(self) -> frozenset[str]: ...


class Vocabulary:
    """The words of a Redline's old and new text, counted only when someone asks."""

    def __init__(self, redline: Redline) -> None:
        self._redline = redline

    @cached_property
    def old(self) -> frozenset[str]:
        """Words of the old text, in small letters."""
        return self._words(c.old.text for c in self._redline.changes if c.old)

    @cached_property
    def new(self) -> frozenset[str]:
        """Words of the new text, in small letters."""
        return self._words(c.new.text for c in self._redline.changes if c.new)

    @staticmethod
    def _words(texts: Iterable[str]) -> frozenset[str]:
        return frozenset(word for text in texts for word in _WORD.findall(for_comparison(text).lower()))


def spelt_out(text: str) -> str:
    """Return a normalised text with its contractions written out: "you don't" as "you do not"."""
    if "'" in text or "can not" in text:
        for pattern, words in _SHORT_FORMS:
            text = pattern.sub(words, text)
    return text


def letters(words: Sequence[str]) -> str:
    """Return the words without spaces, hyphens and apostrophes, -ize as -ise: one spelling or another.

    Signs that stand for a word, a tick for instance, are kept.
    """
    joined = "".join(c for word in words for c in word if c.isalnum() or not word.isascii())
    return joined.replace("ization", "isation").replace("ize", "ise").replace("judgement", "judgment")


def is_slip(gone: Sequence[str], come: Sequence[str], vocabulary: Words) -> bool:
    """Tell whether each word that went is a misspelling of the word that came in its place."""
    if len(gone) != len(come) or not gone:
        return False
    return all(_is_misspelt(was, now, vocabulary) for was, now in zip(gone, come, strict=True) if was != now)


def is_opposite(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether a word was turned into its opposite: lawful and unlawful, include and exclude."""
    before, after = (set(one) - set(other) - _BESIDE_OPPOSITE for one, other in ((gone, come), (come, gone)))
    if len(before) != 1 or len(after) != 1:
        return False
    one, other = sorted((before.pop(), after.pop()), key=len)
    if frozenset((one, other)) in _OPPOSITES:
        return True
    return len(one) >= 4 and any(other == prefix + one for prefix in _BEFORE_OPPOSITE)


def _is_misspelt(was: str, now: str, vocabulary: Words) -> bool:
    if min(len(was), len(now)) < LEAST_LETTERS or was[0] != now[0]:
        return False
    if not (was.isalpha() and now.isalpha()) or OSA.distance(was, now, score_cutoff=1) > 1:
        return False
    if was in vocabulary.new or was in _real_words() or _is_inflected(was, now):
        return False
    if sorted(was) == sorted(now) or _undoubled(was) == _undoubled(now):
        return True
    return now in vocabulary.old and (len(was) != len(now) or _is_vowel_for_vowel(was, now))


@cache
def _real_words() -> frozenset[str]:
    """Words that look like a slip and are none: "mediation" is not how one misspells "medication"."""
    lines = (
        files("pipeline.text.weighing").joinpath("real_words.txt").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _is_vowel_for_vowel(was: str, now: str) -> bool:
    """ "seperate" is how one misspells "separate"; "employer" is never how one misspells "employee"."""
    return all(_VOWELS.issuperset(pair) for pair in zip(was, now, strict=True) if pair[0] != pair[1])


def _is_inflected(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in ("s", "d", "r", "y", "e", "n")


def _undoubled(word: str) -> str:
    return "".join(c for n, c in enumerate(word) if n == 0 or word[n - 1] != c)
