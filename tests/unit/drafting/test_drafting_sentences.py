"""Sentences of British officials, split where they end and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy


@pytest.mark.parametrize(
    "text",
    [
        "Section 19 (see para. 3) applies.",
        "He lives at No. 10 Downing Street.",
        "Under s. 36 of the Act a parent may ask.",
        "Dr. A. B. Vale MP agreed.",
        "Some settings, e.g. Nurseries, are open.",
        "It rose by £3.5 million to 4.2 per cent.",
        "She said “I am going. Now.” to the House.",
        "The plan (it is long. It is dull.) is here.",
        "The Rt. Hon. Maren Oakfield wrote.",
        "1. The council must decide.",
    ],
)
def test_these_are_one_sentence(text: str) -> None:
    assert split_sentences(text) == (text,)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The answer is no. Schools must act.", 2),
        ("It is in Annex A. Parents may ask.", 2),
        ("It closed in 2026. It will open again.", 2),
        ("Who decides? The council does! It must.", 3),
        ("It ends at 5 p.m. Then it starts.", 2),
        ("“It is over.” Schools opened.", 2),
        ("Places rose. £3 million was spent. 30 schools gained.", 3),
        ("An unclosed “quotation goes on. " + "It never ends. " * 200, 201),
    ],
)
def test_these_are_several(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


@given(st.text(max_size=300))
def test_no_letter_is_lost_whatever_the_text(text: str) -> None:
    assert " ".join(split_sentences(text)) == tidy(text)
    assert all(split_sentences(text))


def test_a_long_text_without_an_end_is_split_in_good_time() -> None:
    assert len(split_sentences("(A. B " * 40_000)) >= 1
