"""The words of a text as they are looked for: stems, whatever the capitals, accents and apostrophes. Pure.

Raise INDEXER whenever other words could come of the same text, or a store keeps them in another way: the
index is then filled anew. What editors write in several ways is one: ``s.42``, ``s42``, ``§ 42`` and
``section 42``; ``EHCP`` and ``EHC plan``.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.model.documents import Part, Record
from pipeline.model.finding import Indexed
from pipeline.text.finding.stems import stem

INDEXER = 2

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|§+")
_SECTION = frozenset({"s", "ss", "sec", "sect", "section"})
_SECTION_OF = re.compile(r"s(\d+[a-z]*)")
_ONE_FOR = {"ehcp": ("ehc", "plan"), "ehcps": ("ehc", "plan"), "§": ("section",), "§§": ("section",)}
_LONGEST = 64  # letters of a word that are looked at


class Token(NamedTuple):
    """One stem with the place in the text, from and to, of the word that it comes from."""

    stem: str
    start: int
    end: int
    form: str


def stems_of(text: str) -> list[str]:
    """The stems of a text, in their order."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found.extend(_read(word)[0])
    return _with_sections(found)


def stems_and_forms(text: str) -> tuple[list[str], list[str]]:
    """The stems of a text, and beside each the folded word that it comes from."""
    stems: list[str] = []
    forms: list[str] = []
    for word in _WORD.findall(text):
        own, form = _read(word)
        stems.extend(own)
        forms.extend([form] * len(own))
    return _with_sections(stems), forms


def tokens_of(text: str) -> list[Token]:
    """The stems of a text with their places."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        stems, form = _read(match.group())
        found += [Token(one, match.start(), match.end(), form) for one in stems]
    for place in range(len(found) - 1):
        if found[place].stem in _SECTION and found[place + 1].stem[0].isdigit():
            found[place] = found[place]._replace(stem="section")
    return found


def folded(word: str) -> str:
    """A word without capitals, accents and apostrophes."""
    plain = word.lower().replace("'", "").replace("’", "")
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if letter.isalnum() or letter == "§").lower()
    return plain[:_LONGEST]


def words_of(record: Record, parts: Iterable[Part]) -> Indexed:
    """What a Version is found by: title, summary, publishers, notes, and all parts."""
    body: list[str] = []
    forms: set[str] = set()
    texts = [record.state_note, *(note.note for note in record.change_notes)]
    texts += [f"{person.name} {person.role}" for person in record.people]
    for part in parts:
        texts += [part.title, part.filename, *(block.text for block in part.blocks)]
    for text in texts:
        body += _and_forms(text, forms)
    return Indexed(
        title=tuple(_and_forms(record.title, forms)),
        description=tuple(_and_forms(record.description, forms)),
        publishers=tuple(_and_forms(" ".join(record.publishers), forms)),
        body=tuple(body),
        forms=frozenset(forms),
    )


def _and_forms(text: str, forms: set[str]) -> list[str]:
    """The stems of a text; its words that begin otherwise than their stem are added to ``forms``."""
    found: list[str] = []
    for word in _WORD.findall(text):
        stems, form = _read(word)
        found.extend(stems)
        if len(stems) == 1 and form != stems[0]:
            forms.add(form)
    return _with_sections(found)


def _with_sections(stems: list[str]) -> list[str]:
    """``s`` before a number is a section."""
    for place in range(len(stems) - 1):
        if stems[place] in _SECTION and stems[place + 1][0].isdigit():
            stems[place] = "section"
    return stems


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[tuple[str, ...], str]:
    """The stems of one word, mostly one, and the word as it is folded."""
    form = folded(word)
    if not form:
        return (), ""
    if form in _ONE_FOR:
        return _ONE_FOR[form], form
    section = _SECTION_OF.fullmatch(form)
    if section:
        return ("section", section.group(1)), form
    return (stem(form) if form.isascii() and form.isalpha() else form,), form
