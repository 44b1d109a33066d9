"""Words that mean something else in other company: who is at home, what an acronym stands for."""

import pytest
from relevance_samples import a_part, a_record, filler, paragraphs

from pipeline.model.changes import Verdict
from pipeline.text.relevance.company import read_company
from pipeline.text.relevance.judge import judge_relevance
from pipeline.text.relevance.lexicon import load_lexicon

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    "text",
    [
        "The Sheltered Employment Network Directory (SEND) is out.",
        "SEND: sheltered employment network directory",
        "SEND (sheltered employment network directory) is out.",
        "The stock of electronic network data (SEND) grows.",
    ],
)
def test_an_acronym_that_is_spelt_out_to_something_else_is_somebody_elses(text: str) -> None:
    company = read_company([text, "Schools and pupils use SEND."], LEXICON)
    assert company.is_foreign("SEND")
    assert company.is_foreign("SEND code of practice")
    assert not company.is_foreign("SENDIASS")


@pytest.mark.parametrize(
    "text",
    [
        "special educational needs and disabilities (SEND)",
        "an education, health and care (EHC) plan",
        "SEND: a guide for schools",
        "Children with SEND (special educational needs and disability)",
        "what matters to families (SEND)",
        "the minister for schools (SEND)",
    ],
)
def test_our_own_acronyms_are_ours_spelt_out_or_not(text: str) -> None:
    assert read_company([text], LEXICON).foreign == frozenset()


def test_a_document_that_spells_it_out_to_both_is_read_as_ours() -> None:
    texts = ["Sheltered Employment Network Directory (SEND)", "special educational needs (SEND)"]
    assert not read_company(texts, LEXICON).is_foreign("SEND")


@pytest.mark.parametrize(
    ("lonely", "at_home"),
    [
        ("High needs patients wait.", "High needs funding for schools rises."),
        ("Short breaks by the sea.", "Short breaks for disabled children."),
        ("A safety valve may burst in a school.", "A safety valve agreement on the dedicated schools grant."),
        ("Alternative provision of water.", "Alternative provision for pupils."),
    ],
)
def test_a_word_counts_among_the_things_that_make_it_a_word_of_the_field(lonely: str, at_home: str) -> None:
    scores = [
        judge_relevance(a_record(text, publishers=()), [a_part(paragraphs(text))], LEXICON).score
        for text in (lonely, at_home)
    ]
    assert scores[0] < LEXICON.thresholds.partial <= scores[1]


def test_one_paragraph_of_a_short_text_is_a_strand_and_two_are_its_topic() -> None:
    line = "Pupils with special educational needs keep their EHC plan and their SENCO."
    rest = [block.text for block in filler(110)]
    for count, verdict in ((1, Verdict.PARTIAL), (3, Verdict.RELEVANT)):
        text = [*rest[:3], *[f"{line} ({number})" for number in range(count)], *rest[3:]]
        found = judge_relevance(a_record("Update"), [a_part(paragraphs(*text))], LEXICON)
        assert found.verdict is verdict
