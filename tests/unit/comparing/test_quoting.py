"""Sentences that are too long for a mail are given in part, and a thousand facts of one cost no more."""

from comparing_samples import judged

from pipeline.text.words.quoting import LONG, around, quoted_at

LONGER = " and ".join(f"{day % 28 + 1} May 2026" for day in range(400))


def test_a_sentence_of_usual_length_is_given_whole() -> None:
    assert around("Reply by 3 May 2027.", 9) == "Reply by 3 May 2027."


def test_a_very_long_sentence_is_given_in_its_own_words_around_the_place() -> None:
    at = LONGER.index("20 May", 2_000)
    found = around(LONGER, at)
    assert "20 May 2026" in found
    assert found in LONGER
    assert len(found) <= LONG


def test_a_quotation_from_a_long_sentence_shows_the_words_at_the_place() -> None:
    at = LONGER.index("20 May", 2_000)
    assert "20 May 2026" in quoted_at(LONGER, at)
    assert quoted_at(LONGER, at).startswith("“… ")


def test_the_facts_of_a_sentence_of_a_thousand_dates_stay_small() -> None:
    found = judged(LONGER, LONGER.replace("May 2026", "June 2027"))
    assert len(found.facts) > 20
    assert all(len(fact.old_sentence) <= LONG and len(fact.new_sentence) <= LONG for fact in found.facts)
