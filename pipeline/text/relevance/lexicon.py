"""Load the lexicon: which words, topics and publishers speak for SEND, and how strongly.

The packaged ``lexicon.yaml`` is the default; an operator may give a file of the same shape. A wrong
file is refused whole, with file, line and key. This module never judges a text.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from pipeline.model.changes import Verdict
from pipeline.text.relevance.lexicon_scope import Applies, Phases, read_applies, read_phases
from pipeline.text.words.terms import Phrase
from pipeline.text.words.yaml_file import Place, read_places


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase with its weight, 0 to 1. ``needs_company`` and ``verb``: see lexicon.yaml, acronyms.

    ``among`` names the circle that a document must belong to for the phrase to count; empty for any.
    """

    phrase: Phrase
    weight: float
    strong: bool = True
    needs_company: bool = False
    verb: bool = False
    among: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """In points (partial, relevant), in mentions in 1,000 words (densities), or as lexicon.yaml says."""

    partial: float
    relevant: float
    focus_mentions: float
    dense: float
    dense_spread: float
    thin: float
    thin_spread: float
    passing_density: float
    passing_mass: float
    section_mass: float
    support_density: float


@dataclass(frozen=True, slots=True)
class Fields:
    """What a term is worth by the place where it stands."""

    title: float
    description: float
    taxon: float
    publisher: float
    part_title: float
    heading: float


@dataclass(frozen=True, slots=True)
class VerbWords:
    """Words beside SEND that tell the verb from the acronym, in lower case."""

    objects: tuple[str, ...]
    askers: tuple[str, ...]
    weak_objects: tuple[str, ...]
    presses: tuple[str, ...]
    things: tuple[str, ...]
    loud_before: tuple[str, ...]
    loud_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """Words that take weight from a mention in the same sentence (or add to it: ``weighty``)."""

    name: str
    factor: float
    words: tuple[Phrase, ...]
    support_only: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document whose best verdict is ``cap``."""

    name: str
    cap: Verdict
    words: tuple[Phrase, ...]
    repeats: int
    per_thousand_words: float
    different: int
    title_only: bool


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation of the United Kingdom with a system of its own."""

    name: str
    words: tuple[Phrase, ...]
    publishers: tuple[Phrase, ...]
    title: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What makes an entry worth fetching."""

    publishers: frozenset[str]
    types: frozenset[str]
    letters: tuple[Phrase, ...]
    wide: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the judge knows. ``terms`` holds strong terms, acronyms and supporting terms."""

    thresholds: Thresholds
    fields: Fields
    terms: tuple[Term, ...]
    verb: VerbWords
    guards: tuple[Guard, ...]
    aside: float
    weighty: Guard
    kinds: tuple[Kind, ...]
    england: tuple[Phrase, ...]
    nations: tuple[Nation, ...]
    taxons: tuple[Term, ...]
    publishers: tuple[Term, ...]
    company: tuple[str, ...]
    circles: tuple[tuple[str, tuple[str, ...]], ...]
    spelt_out: tuple[str, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]
    applies: Applies
    phases: Phases
    entries: EntryWords


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Load the lexicon at ``path``, or the packaged one.

    Raises:
        ConfigError: the file is not there or is wrong; the text holds file, line and key.
    """
    return _packaged() if path is None else _load(path)


@lru_cache(maxsize=1)
def _packaged() -> Lexicon:
    return _load(Path(__file__).with_name("lexicon.yaml"))


def _load(path: Path) -> Lexicon:
    top = read_places(path).keys(
        ("thresholds", "fields", "strong", "acronyms", "support", "verb", "guards", "aside", "weighty",
         "kinds", "england", "nations", "taxons", "publishers", "company", "entries"),
        ("circles", "spelt_out", "elsewhere", "applies", "phases"),  # an older file goes on without them
    )  # fmt: skip
    circles = _circles(top["circles"]) if "circles" in top else _packaged().circles
    named = tuple(name for name, _ in circles)
    terms = (
        *(_term(place, strong=True, circles=named) for place in top["strong"].items()),
        *(_term(place, strong=True, cased=True, circles=named) for place in top["acronyms"].items()),
        *(_term(place, strong=False, circles=named) for place in top["support"].items()),
    )
    thresholds = _numbers(top["thresholds"], Thresholds, 1000)
    if thresholds["partial"] >= thresholds["relevant"]:
        raise top["thresholds"].wrong("partial must be less than relevant")
    weighty = top["weighty"].keys(("factor", "words"))
    return Lexicon(
        thresholds=Thresholds(**thresholds),
        fields=Fields(**_numbers(top["fields"], Fields, 100)),
        terms=terms,
        verb=_verb(top["verb"]),
        guards=tuple(_guard(place) for place in top["guards"].items()),
        aside=top["aside"].number(0, 1),
        weighty=Guard("weighty", weighty["factor"].number(1, 10), weighty["words"].phrases()),
        kinds=tuple(_kind(place) for place in top["kinds"].items()),
        england=top["england"].phrases(),
        nations=tuple(_nation(place) for place in top["nations"].items()),
        taxons=tuple(_term(place, strong=True) for place in top["taxons"].items()),
        publishers=tuple(_term(place, strong=True) for place in top["publishers"].items()),
        company=top["company"].texts(),
        circles=circles,
        spelt_out=top["spelt_out"].texts() if "spelt_out" in top else _packaged().spelt_out,
        elsewhere=_circles(top["elsewhere"]) if "elsewhere" in top else _packaged().elsewhere,
        applies=read_applies(top["applies"]) if "applies" in top else _packaged().applies,
        phases=read_phases(top["phases"]) if "phases" in top else _packaged().phases,
        entries=_entries(top["entries"]),
    )


def _circles(place: Place) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, words.texts()) for name, words in place.entries())


def _term(place: Place, *, strong: bool, cased: bool = False, circles: tuple[str, ...] = ()) -> Term:
    keys = place.keys(("phrase", "weight"), ("needs_company", "verb", "cased", "among"))
    cased = keys["cased"].truth() if "cased" in keys else cased
    return Term(
        phrase=keys["phrase"].phrase(cased=cased),
        weight=keys["weight"].number(0, 1),
        strong=strong,
        needs_company="needs_company" in keys and keys["needs_company"].truth(),
        verb="verb" in keys and keys["verb"].truth(),
        among=keys["among"].one_of(circles) if "among" in keys else "",
    )


def _numbers(place: Place, shape: type[Thresholds] | type[Fields], high: float) -> dict[str, float]:
    names = tuple(field.name for field in fields(shape))
    return {name: value.number(0, high) for name, value in place.keys(names).items()}


def _verb(place: Place) -> VerbWords:
    names = tuple(field.name for field in fields(VerbWords))
    keys = place.keys(names)
    return VerbWords(**{name: tuple(word.lower() for word in keys[name].texts()) for name in names})


def _guard(place: Place) -> Guard:
    keys = place.keys(("name", "factor", "words"), ("support_only",))
    support_only = "support_only" in keys and keys["support_only"].truth()
    return Guard(keys["name"].text(), keys["factor"].number(0, 1), keys["words"].phrases(), support_only)


def _kind(place: Place) -> Kind:
    keys = place.keys(("name", "cap", "words"), ("repeats", "per_thousand_words", "different", "title_only"))
    return Kind(
        name=keys["name"].text(),
        cap=Verdict(keys["cap"].one_of((Verdict.PARTIAL.value, Verdict.NOT.value))),
        words=keys["words"].phrases(),
        repeats=int(keys["repeats"].number(1, 1000)) if "repeats" in keys else 1,
        per_thousand_words=(
            keys["per_thousand_words"].number(0, 1000) if "per_thousand_words" in keys else 0.0
        ),
        different=int(keys["different"].number(1, 100)) if "different" in keys else 1,
        title_only="title_only" in keys and keys["title_only"].truth(),
    )


def _nation(place: Place) -> Nation:
    keys = place.keys(("name", "words", "publishers", "title"))
    phrases = (keys[name].phrases() for name in ("words", "publishers", "title"))
    return Nation(keys["name"].text(), *phrases)


def _entries(place: Place) -> EntryWords:
    keys = place.keys(("publishers", "types", "letters", "wide"))
    return EntryWords(
        publishers=frozenset(keys["publishers"].texts()),
        types=frozenset(keys["types"].texts()),
        letters=keys["letters"].phrases(),
        wide=keys["wide"].phrases(),
    )
