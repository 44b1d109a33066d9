"""The lexicon's words for nations and phases: to whom a document applies. See lexicon.yaml.

This module reads them from the file; pipeline/text/relevance/scope.py finds them in a document.
"""

from dataclasses import dataclass

from pipeline.text.words.terms import Phrase
from pipeline.text.words.yaml_file import Place


@dataclass(frozen=True, slots=True)
class Applies:
    """Who publishes for England alone, how a text names England or the United Kingdom, and leaves one out."""

    england_publishers: tuple[Phrase, ...]
    england_words: tuple[Phrase, ...]
    uk: tuple[Phrase, ...]
    not_here: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of education and the words that name it."""

    name: str
    words: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Phases:
    """``words_for_one``: how long a text may be for one mention; ``share``: of the most named phase."""

    words_for_one: float
    share: float
    all: tuple[Phrase, ...]
    names: tuple[Phase, ...]
    never: tuple[Phrase, ...]


def read_applies(place: Place) -> Applies:
    """Read the key ``applies``. Raises ConfigError with file, line and key."""
    keys = place.keys(("england", "uk", "not_here"))
    england = keys["england"].keys(("publishers", "words"))
    return Applies(
        england["publishers"].phrases(),
        england["words"].phrases(),
        keys["uk"].phrases(),
        keys["not_here"].phrases(),
    )


def read_phases(place: Place) -> Phases:
    """Read the key ``phases``. Raises ConfigError with file, line and key."""
    keys = place.keys(("words_for_one", "share", "all", "names", "never"))
    names = [one.keys(("name", "words")) for one in keys["names"].items()]
    return Phases(
        keys["words_for_one"].number(1, 100_000),
        keys["share"].number(0, 1),
        keys["all"].phrases(),
        tuple(Phase(one["name"].text(), one["words"].phrases()) for one in names),
        keys["never"].phrases(),
    )
