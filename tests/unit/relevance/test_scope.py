"""To which nations and phases a document applies, and the words that show it."""

from collections.abc import Sequence

import pytest
from invented import Invented, invented
from relevance_samples import LETTER, a_part, a_record, filler, paragraphs

from pipeline.text.relevance.judge import judge_relevance
from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.relevance.scope import Scope, applies_to

LEXICON = load_lexicon()
DOCUMENTS = invented()


def scope(title: str, *texts: str, publishers: Sequence[str] = (), listed: str = "") -> Scope:
    facts = (("national_applicability", listed),) if listed else ()
    record = a_record(title, publishers=tuple(publishers), facts=facts)
    return applies_to(record, [a_part(paragraphs(*texts))], LEXICON)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.record.title[:40])
def test_the_nations_are_those_that_a_person_named(document: Invented) -> None:
    assert applies_to(document.record, document.parts, LEXICON).nations == document.nations


def test_the_phases_of_documents_about_send_are_mostly_those_that_a_person_named() -> None:
    about = [document for document in DOCUMENTS if document.verdict != "not"]
    right = [d for d in about if applies_to(d.record, d.parts, LEXICON).phases == d.phases]
    assert len(right) >= 0.9 * len(about)


def test_the_publishers_own_list_decides() -> None:
    found = scope("Support in Scotland", publishers=["Department for Education"], listed="England, Wales")
    assert found.nations == ("England", "Wales")
    assert found.evidence[0].where == "publisher's list"
    assert scope("x", listed="England, Northern Ireland, Scotland, Wales").nations == ("UK",)


def test_a_publisher_of_one_nation_speaks_for_it() -> None:
    assert scope("Inclusion", publishers=["Welsh Government"]).nations == ("Wales",)
    assert scope("Inclusion", publishers=["Department for Education"]).nations == ("England",)
    assert scope("Inclusion", publishers=["Department of Health"]).nations == ()


def test_a_nation_that_is_named_only_to_be_left_out_is_not_counted() -> None:
    found = scope(
        "Transport", "Councils in England must pay for transport.", "It does not apply in Scotland or Wales."
    )
    assert found.nations == ("England",)


def test_the_law_of_england_shows_where_a_text_names_no_nation() -> None:
    found = scope("Appeals", "A parent may appeal about an EHC plan.")
    assert found.nations == ("England",)
    assert "EHC plan" in found.evidence[0].quote


def test_a_title_names_the_phase_and_a_long_text_does_not_by_one_word() -> None:
    assert scope("SEND in the early years", "Schools follow.").phases == ("early years", "school")
    long = [block.text for block in filler(2000)]
    assert scope("Registers", *long, "A nursery came, too.").phases == ("school",)


def test_from_birth_to_twenty_five_is_every_phase() -> None:
    assert scope("SEND code of practice: 0 to 25 years").phases == ("early years", "school", "post-16")
    assert scope("The same", "Help for people aged 0 to 25.").phases == ("early years", "school", "post-16")


def test_a_text_that_names_none_has_none() -> None:
    assert scope("Beef labelling", "Farmers apply by post.") == Scope((), (), ())


def test_the_verdict_carries_nations_and_phases_and_its_reasons_stay_reasons() -> None:
    found = judge_relevance(a_record("Letter to colleges in England"), [a_part(paragraphs(*LETTER))], LEXICON)
    assert (found.nations, found.section) == (("England",), "")
    assert "post-16" in found.phases
    assert all(reason.weight for reason in found.evidence)
