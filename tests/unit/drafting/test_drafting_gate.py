"""The gate: nothing that the cited passages do not hold gets into a draft, whoever wrote it."""

import pytest
from gate_falsehoods import FALSEHOODS

from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.gate import reasons, supported, unsupported

PASSAGE = (
    "On Thursday 3 September 2026 Maren Oakfield MP, Minister for Children, and Osric Vale wrote that"
    " £31.7 million will go to 150 councils. Schools must not exclude a pupil for more than 15 days without a"
    " reason; “that is final”, she said. About 6.5% of two-year-olds are affected, from September 2027."
)


def missing(text: str, *passages: str) -> tuple[str, ...]:
    return unsupported(Sentence(text, tuple(Citation(p) for p in (passages or (PASSAGE,)))))


@pytest.mark.parametrize(
    "text",
    [
        "Maren Oakfield MP, Minister for Children, has written that £31.7m will go to councils.",
        "Osric Vale wrote on 3 September 2026.",
        "The letter of 3rd September 2026 names 150 councils.",
        "On Thursday 3 September a letter went to councils.",
        "It says “that is final”.",
        "Some 6.5 per cent of two-year-olds are affected from September 2027.",
        "The letter says that schools must not exclude a pupil for more than 15 days without a reason.",
        "In 2026, councils were told.",
    ],
)
def test_what_the_passage_holds_is_let_through(text: str) -> None:
    assert missing(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Maren Vale wrote to councils.", "Maren Vale"),
        ("Helga Strand wrote to councils.", "Helga Strand"),
        ("Ofsted wrote to councils.", "Ofsted"),
        ("Osric Vale MP wrote to councils.", "Osric Vale MP"),
        ("The letter is of 4 September 2026.", "4 September 2026"),
        ("The letter is of 3 September 2025.", "3 September 2025"),
        ("The letter is of Friday 3 September 2026.", "Friday 3 September 2026"),
        ("It starts in October 2027.", "October 2027"),
        ("It is £31.8 million.", "£31.8 million"),
        ("It is £31.7 billion.", "£31.7 billion"),
        ("It is 31.7 million.", "31.7 million"),
        ("It goes to 150 schools.", "150 schools"),
        ("It lasts 15 weeks.", "15 weeks"),
        ("It is 6.5 points.", "6.5 points"),
        ("It is for three-year-olds.", "three-year"),
        ("Half of them are affected.", "Half"),
        ("It says “that is nearly final”.", "that is nearly final"),
        ("It says “that is fin”.", "that is fin"),
        ("The director wrote to councils.", "director"),
        ("Schools should not exclude.", "should"),
        ("It is never final.", "never"),
        ("It is unlawful.", "unlawful"),
        ("Schools must exclude a pupil for more than 15 days without a reason.", "not (left out)"),
    ],
)
def test_what_the_passage_does_not_hold_is_named(text: str, found: str) -> None:
    assert found in missing(text)


def test_a_sentence_without_a_passage_is_refused_whole() -> None:
    assert unsupported(Sentence("Schools must act.", ())) == ("Schools must act.",)


def test_a_whole_sentence_of_the_passage_is_supported_however_odd() -> None:
    odd = "The Ωmega-7 scheme (£3–£4m; “Büro №5”) starts 30/02/2026."
    assert missing(odd, f"First this. {odd} Then that.") == ()


def test_a_part_of_a_sentence_is_not_supported_because_it_stands_there() -> None:
    assert missing(
        "Schools must exclude", "Nobody says that schools must exclude or must never exclude."
    ) != ("nothing",)
    assert "not (left out)" in missing(
        "Parents must pay the council for transport.", "Parents must not pay the council for transport."
    )


def test_usual_short_forms_are_the_same_name() -> None:
    assert missing("SEND places", "special educational needs and disabilities places") == ()
    assert missing("The SEND Tribunal decides", "The special educational needs tribunal decides") == ()
    assert missing("The DfE wrote", "The Department for Education wrote") == ()


def test_dates_in_the_publishers_notation_support_dates_in_words() -> None:
    assert missing("It closes on 20 November 2026.", "Closing date: 2026-11-20T23:59:00+00:00") == ()
    assert missing("It closes on 21 November 2026.", "Closing date: 2026-11-20") == ("21 November 2026",)


def test_names_are_held_against_each_passage_alone() -> None:
    assert missing("Maren Vale wrote.", "Maren Oakfield wrote.", "Osric Vale wrote.") == ("Maren Vale",)


def test_supported_gives_the_sentence_or_nothing() -> None:
    assert supported("Councils will get £31.7 million.", Citation(PASSAGE)) is not None
    assert supported("Councils will get £31.9 million.", Citation(PASSAGE)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Councils will get £31.8 million.", "gives £31.8 million, which the passage does not hold"),
        ("Helga Strand wrote to councils.", "names “Helga Strand”, which the passage does not hold"),
        ("It says “that is fin”.", "quotes “that is fin”, which the passage does not hold word for word"),
        ("It starts in October.", "names “October”, which the passage does not hold"),
        ("Schools must exclude a pupil for more than 15 days without a reason.", "a negation of the passage"),
        ("Councils must not exclude a pupil for more than 15 days.", "does not say this of “councils”"),
    ],
)
def test_a_refusal_says_in_words_what_is_wrong(text: str, words: str) -> None:
    assert any(words in reason for reason in reasons(Sentence(text, (Citation(PASSAGE),))))


TWO = (
    "Councils must reply within 15 days. Schools should publish a plan each year, and parents may ask for a"
    " review. Colleges are not covered."
)


@pytest.mark.parametrize(
    "text",
    [
        "Councils should reply within 15 days.",
        "Schools must publish a plan each year.",
        "Schools should publish a plan within 15 days.",
        "Councils must not reply within 15 days.",
        "Colleges are covered by the plan.",
        "Parents should publish a plan each year.",
        "Schools should publish a plan each week.",
    ],
)
def test_what_the_passage_says_of_something_else_is_refused(text: str) -> None:
    assert missing(text, TWO) != ()


@pytest.mark.parametrize(("passage", "text"), FALSEHOODS)
def test_a_sentence_that_bends_its_passage_is_refused(passage: str, text: str) -> None:
    assert missing(passage, passage) == ()
    assert missing(text, passage) != ()
