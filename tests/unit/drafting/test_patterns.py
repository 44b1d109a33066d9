"""A pattern that looks for letters first finds what re alone finds, in every text."""

import re
from importlib import import_module

import pytest
from drafting_samples import the_guidance, the_return_letter
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.words.patterns import Pattern, lowered, pattern

MODULES = (
    "citing.governed",
    "drafting.material",
    "drafting.matters",
    "drafting.summarise",
    "papers.force",
    "papers.force_words",
    "papers.own_words",
    "reporting.reported",
    "reporting.said",
    "reporting.start",
    "reporting.voice",
    "words.boilerplate",
    "words.family_interest",
    "words.whole",
)


def _patterns(held: object) -> list[Pattern]:
    if isinstance(held, Pattern):
        return [held]
    return [one for part in held for one in _patterns(part)] if isinstance(held, tuple) else []


ALL = [p for m in MODULES for v in vars(import_module(f"pipeline.text.{m}")).values() for p in _patterns(v)]
WORDS = sorted(
    {word for one in ALL for word in re.findall(r"[\w’']+|[^\w\s]", re.sub(r"\\.", " ", one.words))}
)
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=12).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), " ".join(words).upper()])
)


def _same(one: Pattern, text: str) -> None:
    found, wanted = one.search(text), re.search(one.words, text, one.flags)
    assert (found and found.span()) == (wanted and wanted.span()), (one.words, text)


@given(TEXTS)
def test_what_is_found_is_what_re_alone_finds(text: str) -> None:
    for one in ALL:
        _same(one, text)
        assert one.sub("<>", text) == re.sub(one.words, "<>", text, flags=one.flags)


def test_every_sentence_of_the_samples_is_found_the_same() -> None:
    for record, parts in (the_return_letter(), the_guidance()):
        for text in (record.title, *(block.text for part in parts for block in part.blocks)):
            for one in ALL:
                _same(one, text)


@pytest.mark.parametrize(
    ("words", "flags", "needles"),
    [
        (r"\b(?:parents|carers) (?:can|will) \w+", 0, {"parents", "carers"}),
        (r"\bmust\b|\bmay not\b", 0, {"must", "may not"}),
        (r"\bMUST\b", re.I, {"must"}),
        (r"(?i:\bMUST\b)", 0, {"must"}),
        (r"it[’']s", 0, {"’", "'"}),
        (r"(?!abc)de", 0, {"de"}),
        (r"(?:abc)?", 0, {""}),
        (r"(?:abc){2,}x?", 0, {"abc"}),
        (r"\d{8,}", 0, {""}),
        (r"rights?|\d", 0, {""}),
        (r"rights?|right to", 0, {"right"}),
    ],
)
def test_letters_are_read_off_the_pattern(words: str, flags: int, needles: set[str]) -> None:
    assert set(pattern(words, flags).needles) == needles


def test_every_letter_that_ignorecase_takes_for_another_is_lowered_to_it() -> None:
    everything = "".join(map(chr, range(0x110000)))
    marks = {char for one in ALL for needle in one.needles for char in needle}
    for plain in marks | set(map(chr, range(128))):
        for match in re.finditer(re.escape(plain), everything, re.I):
            assert plain.lower() in lowered(match.group())
