"""Read the glossary: short forms that are spelled out once, and words that are explained at first use.

Pure but for reading the one file it is given. Never fills in for a wrong value: it is refused with file,
line and key.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.text.words.wording import tidy, word_count
from pipeline.text.words.yaml_file import Place, read_places

PACKAGED = Path(__file__).with_name("glossary.yaml")
MOST_WORDS = 25  # of an explanation: it stands inside a sentence


@dataclass(frozen=True, slots=True)
class ShortForm:
    """``before`` are the words that must follow the short form for it to be this one ("EHC plan")."""

    short: str
    full: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """``forms`` are the ways in which texts write the term, ``means`` its explanation as a noun phrase."""

    term: str
    forms: tuple[str, ...]
    means: str
    means_many: str = ""  # for forms in the plural

    def meaning(self, form: str) -> str:
        """The explanation in the number of the form."""
        many = form.endswith("s") and not self.term.endswith("s")
        return self.means_many if many and self.means_many else self.means


@dataclass(frozen=True, slots=True)
class Glossary:
    short_forms: tuple[ShortForm, ...]
    terms: tuple[Term, ...]


@lru_cache(maxsize=8)
def load_glossary(path: Path | None = None) -> Glossary:
    """Return the glossary in ``path``, or the one that comes with sendwatch.

    Raises:
        ConfigError: with file, line and key.
    """
    keys = read_places(path or PACKAGED).keys(("short_forms", "terms"))
    glossary = Glossary(
        tuple(_short_form(place) for place in keys["short_forms"].items()),
        tuple(_term(place) for place in keys["terms"].items()),
    )
    seen: set[str] = set()
    for place, term in zip(keys["terms"].items(), glossary.terms, strict=True):
        for form in term.forms:
            if form.casefold() in seen:
                raise place.wrong(f"the form {form!r} is explained twice")
            seen.add(form.casefold())
    return glossary


def _short_form(place: Place) -> ShortForm:
    keys = place.keys(("short", "full"), ("before",))
    before = keys["before"].texts() if "before" in keys else ()
    return ShortForm(keys["short"].text(), keys["full"].text(), before)


def _term(place: Place) -> Term:
    keys = place.keys(("term", "forms", "means"), ("means_many",))
    forms = keys["forms"].texts()
    if not forms:
        raise keys["forms"].wrong("name at least one form")
    many = _explanation(keys["means_many"]) if "means_many" in keys else ""
    return Term(keys["term"].text(), forms, _explanation(keys["means"]), many)


def _explanation(place: Place) -> str:
    means = tidy(place.text()).rstrip(".")
    if word_count(means) > MOST_WORDS:
        raise place.wrong(f"an explanation has {MOST_WORDS} words at the most: it stands in a sentence")
    if any(mark in means for mark in "–—()“”"):
        raise place.wrong("it stands between dashes: leave dashes, brackets and quotation marks out")
    return means
