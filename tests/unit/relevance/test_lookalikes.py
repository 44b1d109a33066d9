"""Words are found however their letters were typed, and other alphabets stay what they are."""

from time import process_time

import pytest

from pipeline.text.words.lookalikes import plain_letters


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ＳＥＮＤ", "SEND"),
        ("ЅЕND", "SEND"),
        ("an ЕHС рlan", "an EHC plan"),
        ("S\u200bE\u2060N\ufeffD", "SEND"),
        ("spe\u00adcial", "special"),
        ("bene\ufb01t", "benefit"),
        ("\U0001d412\U0001d404\U0001d40d\U0001d403", "SEND"),
        ("child’s co\u2011ordinator", "child's co-ordinator"),
    ],
)
def test_a_word_in_odd_letters_reads_like_the_plain_word(typed: str, plain: str) -> None:
    assert plain_letters(typed) == plain


@pytest.mark.parametrize("text", ["Москва и Сена", "Αθήνα", "£5½ million…", "Siân in a café", "SEND"])
def test_what_is_not_a_disguise_stays_as_it_was_printed(text: str) -> None:
    assert plain_letters(text) == text


def test_a_megabyte_of_mixed_letters_is_read_in_a_moment() -> None:
    started = process_time()
    for text in ("Е" + "a" * 1_000_000, "aЕ " * 330_000, "ＳＥ" * 500_000):
        plain_letters(text)
    assert process_time() - started < 6  # 0.6 s where this was measured
