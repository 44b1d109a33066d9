"""The words around each word of a sentence, so that the gate can tell what is said of what. Pure.

Part of the gate in gate.py. Nearness of words only: no grammar. A run of words with capitals is one word, a
date or a number is one mark.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.text.citing.figures import Fact, figures_marked
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import word_set

REACH = 4  # words of meaning on either side that make a place
DENIALS = r"not|no|never|none|nor|neither|cannot|without|nobody|nothing|\w+n[’']t"
DUTIES = word_set("must shall should may might could ought")
MODALS = DUTIES | word_set("can cannot will would")
DENIED = re.compile(rf"(?:{DENIALS})", re.I)
_TOKEN = re.compile(r"¤\d+¤|[^\W_][\w’'-]*|[.,;:“”()–—]")
_SMALL = word_set(
    "the and for that this these those with from into onto upon than then has have had was were are been "
    "being its their they them his her she him our your you who whom whose which what when where while if "
    "also such any all each every of in on at by to as is be an or it he we so do does did a i will "
    "would can today most many some no not from under after before during"
)


class Place(NamedTuple):
    """A word or figure and the words of meaning around it, nearest first."""

    word: str
    named: bool  # has a capital
    fact: Fact | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    sides: frozenset[str]  # the words next to it, of meaning or not
    near: tuple[str, str]  # the nearest words of meaning with no mark between

    def likeness(self, other: "Place") -> int:
        """How much the surroundings of the two have in common, side by side."""
        shared = len(set(self.left) & set(other.left)) + len(set(self.right) & set(other.right))
        return 2 * shared + len(self.sides & other.sides)

    def neighbours(self, other: "Place") -> int:
        """On how many sides the nearest word of meaning is the same."""
        left = bool(self.left) and self.left[:1] == other.left[:1]
        return left + (bool(self.right) and self.right[:1] == other.right[:1])

    def beside(self, other: "Place") -> int:
        """On how many sides the nearest word of meaning within the clause is the same."""
        left = bool(self.near[0]) and self.near[0] == other.near[0]
        return left + (bool(self.near[1]) and self.near[1] == other.near[1])

    @property
    def bare(self) -> bool:
        return not self.left and not self.right


class Read(NamedTuple):
    """A sentence as words in small letters; a figure is ``¤n¤``; ``named`` are the places of capitals."""

    words: tuple[str, ...]
    named: frozenset[int]
    facts: tuple[Fact, ...]

    @property
    def meaning(self) -> list[str]:
        """The stems of the words that mean something."""
        return [stem(word) for word in self.words if _means(word)]


def fits(place: Place, others: Iterable[Place]) -> int:
    """The likeness of the place to the likest of the others; -1 when there is none."""
    return max((place.likeness(other) for other in others), default=-1)


def all_places(passages: Sequence[str]) -> tuple[Place, ...]:
    """Every word and figure of the passages with its surroundings."""
    return _all_places(tuple(passages))


@lru_cache(maxsize=64)
def _all_places(passages: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple(place for sentence in sentences_of(passages) for place in places_of(sentence))


@lru_cache(maxsize=256)
def sentences_of(passages: tuple[str, ...]) -> tuple[Read, ...]:
    """The sentences of the passages, each once."""
    return tuple(read(one) for passage in dict.fromkeys(passages) for one in split_sentences(passage))


@lru_cache(maxsize=512)
def read(text: str) -> Read:
    """The words of a sentence."""
    marked, facts = figures_marked(text)
    words: list[str] = []
    named: set[int] = set()
    running = False  # inside a run of capitals
    for token in _TOKEN.findall(marked):
        word = token.casefold().replace("’", "'").removesuffix("'s").removesuffix("'") or token
        capital = token[0].isupper() and word not in _SMALL
        if capital and running:
            words[-1] += f" {word}"
        else:
            words.append(word)
        if capital:
            named.add(len(words) - 1)
        running = capital
    return Read(tuple(words), frozenset(named), tuple(facts))


@lru_cache(maxsize=512)
def places_of(sentence: Read) -> tuple[Place, ...]:
    """Every word and figure of the sentence with its surroundings."""
    words = sentence.words
    stems = [stem(word) if _means(word) else "" for word in words]
    found = []
    for at, word in enumerate(words):
        if not word[0].isalnum() and word[0] != "¤":
            continue
        fact = sentence.facts[int(word[1:-1])] if word[0] == "¤" else None
        left = tuple([s for s in reversed(stems[:at]) if s][:REACH])
        right = tuple([s for s in stems[at + 1 :] if s][:REACH])
        sides = {f"<{words[at - 1]}"} if at else set()
        sides |= {f">{words[at + 1]}"} if at + 1 < len(words) else set()
        near = (_first(stems, words, range(at - 1, -1, -1)), _first(stems, words, range(at + 1, len(words))))
        found.append(Place(word, at in sentence.named, fact, left, right, frozenset(sides), near))
    return tuple(found)


def _first(stems: Sequence[str], words: Sequence[str], places: range) -> str:
    """The first word of meaning on the way, before any mark."""
    for i in places:
        if stems[i]:
            return stems[i]
        if words[i] in ".,;:“”()–—":
            break
    return ""


def _means(word: str) -> bool:
    return (
        len(word) > 2
        and word[0].isalnum()
        and word not in _SMALL
        and word not in MODALS
        and not DENIED.fullmatch(word)
    )


def stem(word: str) -> str:
    """A word without its ending: enough to tell that two are forms of one."""
    if word in {"required", "requires", "require", "needed", "needs"}:
        return "need"
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)
    return word
