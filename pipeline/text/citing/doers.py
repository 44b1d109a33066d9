"""Who does what to whom. Pure; part of the gate in gate.py.

A sentence may hold every word of its passage and still turn it round: the council for the school, the north
for the south. So the words on either side of a verb, a preposition or a "than" are held
against those on either side of the same word in the passage. Nearness of words only: an exchange in which the
voice changes as well ("is told by") is not seen.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.citing.alike import roots_of, says_the_same
from pipeline.text.citing.context import DENIED, MODALS
from pipeline.text.citing.frames import unframed
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import word_set

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[.,;:“”()–—]")
_WINDOW = 4  # words of meaning on either side
_DOERS = 6
_CLAUSE = 12  # words between a verb and who does it
_PIVOTS = word_set("than for to from against with into over")
_SAID = word_set("said says wrote writes found ruled warned told asked announced argued claimed")
HAS = word_set("has have had having was were been be is are being")
_EMPTY = word_set(
    "the and that this these those its their his her our your who whom whose which what when where while not"
    " such any all each every own more most less least also only than for from with into onto over under upon"
    " about after before until within because through there here then them they she him you are was were been"
    " being has have had does did will would can could may might must shall should but some many few one"
) | MODALS  # fmt: skip
_ANYBODY = word_set("it they you we i she he who which that this these those there what nobody everyone one")
_MONTHS = word_set(
    "january february march april may june july august september october november december today year"
)
_PARTICIPLES = word_set(
    "paid made built bought sent spent cut put set met held kept told said found won lost left led brought"
    " sold begun become run understood taught sought read let hit cost"
)

NO_WORDS: frozenset[str] = frozenset()
_ASIDE = re.compile(r" – [^–]{4,200} – | \([^()]{4,200}\)")  # an explanation that a draft puts in


class Line(NamedTuple):
    """A sentence as words in small letters, with the roots of each that means something."""

    words: tuple[str, ...]
    roots: tuple[frozenset[str], ...]  # empty for a word that means nothing by itself
    all_roots: frozenset[str]
    text: str

    def left(self, at: int, reach: int = _WINDOW) -> list[int]:
        """The places of the nearest words of meaning before ``at``, nearest first, within its clause."""
        found = []
        for i in range(at - 1, max(-1, at - 1 - 3 * reach), -1):
            if self.words[i] in ".;:“”()" or (i == at - 1 and self.words[i] == ","):
                break
            if self.roots[i]:
                found.append(i)
        return found[:reach]

    def right(self, at: int) -> list[int]:
        found = []
        for i in range(at + 1, min(len(self.words), at + 1 + 3 * _WINDOW)):
            if self.words[i] in ".;:“”()":
                break
            if self.roots[i]:
                found.append(i)
        return found[:_WINDOW]

    def passive(self, at: int) -> bool:
        """Whether the word stands in the passive."""
        return any(w in HAS for w in self.words[max(0, at - 2) : at]) or "by" in self.words[at + 1 : at + 3]


def exchanged(text: str, passages: Sequence[str]) -> list[str]:
    """Return the words that stand before a verb or a "than" here, and behind it in the passage."""
    said = line(own_words(text, tuple(passages)))
    found = []
    for source in lines(tuple(passages)):
        for at, word in enumerate(said.words):
            if (word not in _PIVOTS and not said.roots[at]) or source.words.count(word) != 1:
                continue
            there = source.words.index(word)
            if said.passive(at) != source.passive(there):
                continue
            swapped = _swapped(said, at, source, there)
            if swapped and not _said_so(said, at, swapped, passages):
                found.append(swapped)
    return list(dict.fromkeys(found))


def _swapped(said: Line, at: int, source: Line, there: int) -> str:
    before, behind = said.left(at), said.right(at)
    if not before or not behind:
        return ""
    theirs_before = _roots(source, source.left(there))
    theirs_behind = _roots(source, source.right(there))
    mine_before, mine_behind = _roots(said, before), _roots(said, behind)
    one = [
        i
        for i in before
        if said.roots[i] & theirs_behind and not said.roots[i] & (theirs_before | mine_behind)
    ]
    other = [
        i
        for i in behind
        if said.roots[i] & theirs_before and not said.roots[i] & (theirs_behind | mine_before)
    ]
    one = [i for i in one if said.words.count(said.words[i]) == 1 and said.words[i] not in _MONTHS]
    other = [i for i in other if said.words[i] not in _MONTHS]
    return said.words[one[0]] if one and other else ""


def _said_so(said: Line, at: int, word: str, passages: Sequence[str]) -> bool:
    """Whether another sentence of the passages has the word before the same pivot."""
    roots = roots_of(word)
    return any(
        w == said.words[at] and _roots(line, line.left(i)) & roots
        for line in lines(tuple(passages))
        for i, w in enumerate(line.words)
    )


def other_doers(text: str, passages: Sequence[str]) -> list[str]:
    """Return who must, may, will has, or says it, where the passage says the same of another."""
    said = line(own_words(text, tuple(passages)))
    held = _deeds_of(tuple(passages))
    found = []
    for at in range(len(said.words)):
        key = deed(said, at)
        theirs = held.get(key) if key[1] else None
        mine = said.left(at, _DOERS) if theirs else []
        if not theirs or not mine or not _near(said, mine[0], at):
            continue
        lefts = [(source, i, source.left(i, _DOERS)) for source, i in theirs]
        if not all(left and _near(source, left[0], i) for source, i, left in lefts):
            continue
        others = frozenset(root for source, _, left in lefts for root in _roots(source, left))
        if not any(says_the_same(said.words[i], others, NO_WORDS) for i in mine):
            found.append(said.words[mine[0]])
    return list(dict.fromkeys(found))


@lru_cache(maxsize=128)
def _deeds_of(passages: tuple[str, ...]) -> dict[tuple[str, str], list[tuple[Line, int]]]:
    """Where each deed of the passages stands."""
    found: dict[tuple[str, str], list[tuple[Line, int]]] = {}
    for source in lines(passages):
        for i in range(len(source.words)):
            key = deed(source, i)
            if key[1]:
                found.setdefault(key, []).append((source, i))
    return found


def deed(line: Line, at: int) -> tuple[str, str]:
    """The verb at the place, with its modal or "has"; of a verb of saying the verb alone."""
    word = line.words[at]
    if word in _SAID:
        return "", word
    if (word in MODALS or word in {"has", "have"}) and at + 1 < len(line.words):
        following = [w for w in line.words[at + 1 : at + 3] if not DENIED.fullmatch(w)]
        if following and word not in MODALS and not is_participle(following[0]):
            return "", ""
        if following and following[0] not in HAS and following[0].isalpha() and following[0] not in _EMPTY:
            return word, following[0]
    return "", ""


def _near(line: Line, one: int, at: int) -> bool:
    """Whether no pronoun stands between the two, and not too many words."""
    return at - one <= _CLAUSE and not any(w in _ANYBODY for w in line.words[one + 1 : at])


def _roots(line: Line, places: Sequence[int]) -> frozenset[str]:
    return frozenset(root for i in places for root in line.roots[i])


@lru_cache(maxsize=256)
def own_words(text: str, passages: tuple[str, ...]) -> str:
    """The text without asides and without the words with which it reports."""
    return unframed(_ASIDE.sub(" ", text), passages)


@lru_cache(maxsize=256)
def lines(passages: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(line(one) for passage in dict.fromkeys(passages) for one in split_sentences(passage))


@lru_cache(maxsize=1024)
def line(text: str) -> Line:
    words = tuple(w.casefold().replace("’", "'") for w in _TOKEN.findall(text))
    roots = tuple(roots_of(w) if _means(w) else NO_WORDS for w in words)
    return Line(words, roots, frozenset(root for each in roots for root in each), text)


def _means(word: str) -> bool:
    return len(word) > 2 and word[0].isalpha() and word not in _EMPTY and not DENIED.fullmatch(word)


def is_participle(word: str) -> bool:
    return word.endswith(("ed", "en", "wn")) or word in _PARTICIPLES
