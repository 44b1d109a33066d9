"""A phrase that asks for its words first is found where its regular expression alone would find it."""

import re
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.words.terms import Phrase, Searchable, phrase, searchable


def _phrases(held: object) -> list[Phrase]:
    if isinstance(held, Phrase):
        return [held]
    if isinstance(held, tuple):
        return [one for part in held for one in _phrases(part)]
    if is_dataclass(held):
        return [one for field in fields(held) for one in _phrases(getattr(held, field.name))]
    return []


PHRASES = _phrases(load_lexicon())
MARKS = re.compile(r"[\[\]{}|*]")
WORDS = sorted({word for one in PHRASES for word in MARKS.sub(" ", one.source).split()})
WHOLE = sorted({" ".join(re.sub(r"\|[^}]*|[\[\]{}*]", "", one.source).split()) for one in PHRASES})
between = st.sampled_from([" ", " ", " ", "-", ", ", "\n", "(", "’", "_", "s ", "é", "/", ". ", "\u200b"])
words = st.sampled_from(WORDS) | st.sampled_from(WHOLE) | st.text(max_size=3)
texts = st.lists(st.tuples(words, between), max_size=14).map(lambda pairs: "".join(map("".join, pairs)))


def _plainly(one: Phrase, text: Searchable) -> list[tuple[int, int]]:
    haystack = text.plain if one.cased else text.lower
    found = [match.span() for match in re.finditer(one.pattern, haystack)]
    return [span for span in found if not span[0] or not re.match(r"\w", haystack[span[0] - 1])]


@settings(deadline=None)  # the lexicon is compiled in the first example
@given(texts, st.sampled_from([str, str.upper, str.capitalize]))
def test_every_phrase_of_the_lexicon_is_found_as_by_its_expression_alone(text: str, how) -> None:  # type: ignore[no-untyped-def]
    ready = searchable(*how(text).split("\n"))
    for one in PHRASES:
        assert list(one.spans(ready)) == _plainly(one, ready), (one.source, text)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("old school", {"old", "school"}),
        ("school*", {"scho"}),
        ("sch{ool|eme}", set()),
        ("[early] years", {"years"}),
        ("child's {play|plan}", {"chil"}),
        ("{pupils|children} with needs", {"with", "needs"}),
    ],
)
def test_the_words_that_must_be_there_are_read_off_the_phrase(source: str, words: set[str]) -> None:
    assert set(phrase(source).words) == words
