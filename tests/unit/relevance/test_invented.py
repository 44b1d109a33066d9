"""Documents that were written, and judged by a person, before the program saw them: traps and news."""

from collections.abc import Callable

import pytest
from invented import Invented, hostile, invented, invented_later

from pipeline.text.relevance.judge import judge_relevance
from pipeline.text.relevance.lexicon import load_lexicon

LEXICON = load_lexicon()
DOCUMENTS = invented()


def _named(document: Invented) -> str:
    return document.record.title[:50]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_a_document_is_judged_as_a_person_judged_it(document: Invented) -> None:
    found = judge_relevance(document.record, document.parts, LEXICON)
    assert found.verdict.value == document.verdict, document.why


@pytest.mark.parametrize("document", hostile(), ids=_named)
def test_a_document_written_against_the_rules_is_judged_as_a_person_judged_it(document: Invented) -> None:
    found = judge_relevance(document.record, document.parts, LEXICON)
    assert found.verdict.value == document.verdict, document.why


def test_documents_that_came_later_are_judged_as_well_and_none_that_matters_is_passed_over() -> None:
    judged = [(d, judge_relevance(d.record, d.parts, LEXICON).verdict.value) for d in invented_later()]
    wrong = [(d.record.title, verdict) for d, verdict in judged if verdict != d.verdict]
    assert len(wrong) <= 2, wrong
    assert [d.record.title for d, verdict in judged if (verdict == "not") != (d.verdict == "not")] == []


def test_there_are_as_many_traps_as_news_and_each_says_why() -> None:
    kinds: Callable[[str], int] = [document.verdict for document in DOCUMENTS].count
    assert len(DOCUMENTS) >= 60
    assert kinds("not") * 2 >= len(DOCUMENTS) - 2
    assert min(kinds("partial"), kinds("relevant")) >= 10
    assert all(document.why for document in DOCUMENTS)
