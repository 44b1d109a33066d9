"""Guidance, consultations, news, statements and thin pages: each told in the words that fit it."""

from dataclasses import replace

import pytest
from drafting_samples import (
    GUIDANCE,
    PRESS,
    a_part,
    a_record,
    the_consultation,
    the_guidance,
    the_press_release,
    the_statement,
)

from pipeline.model.documents import PartKind, Person, Record
from pipeline.model.drafts import Draft, PieceKind
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house

HOUSE = load_house()


def said(draft: Draft) -> str:
    return " ".join(sentence.text for sentence in draft.sentences)


def lead_of(draft: Draft) -> str:
    return next(p.sentences[0].text for p in draft.pieces if p.kind is PieceKind.LEAD)


def a_page(record: Record, text: str) -> Draft:
    return draft_item(record, (a_part(text, kind=PartKind.PAGE),), HOUSE)


def test_guidance_is_told_with_its_publisher_and_its_own_summary() -> None:
    draft = draft_item(*the_guidance(), HOUSE)
    assert lead_of(draft) == (
        "The Department for Education has published guidance for schools and local authorities on supporting"
        " pupils with special educational needs and disabilities (SEND) in mainstream schools."
    )
    assert draft.pieces[-1].sentences[0].text == "Read the guidance in full"


def test_the_nation_that_guidance_applies_to_is_named() -> None:
    assert "The guidance applies to England." in said(draft_item(*the_guidance(), HOUSE))


def test_a_list_of_duties_keeps_the_sentence_that_opens_it() -> None:
    draft = draft_item(*the_guidance(), HOUSE)
    duties = next(p for p in draft.pieces if p.kind is PieceKind.POINT and p.items)
    assert duties.sentences[-1].text == "Schools must:"
    assert [item.text for item in duties.items] == [
        "make reasonable adjustments for disabled pupils",
        "appoint a qualified SENCO",
        "tell parents when they are making special educational provision for their child",
    ]
    assert all(len(item.citations) == 2 for item in duties.items)


def test_what_parents_can_do_and_by_when_is_a_point() -> None:
    assert "– within 2 months of the decision" in said(draft_item(*the_guidance(), HOUSE))


def test_headings_that_say_nothing_are_no_topics() -> None:
    record, (page, text) = the_guidance()
    thin = replace(text, blocks=tuple(b for b in text.blocks if b.level))  # headings alone
    filler = a_part("It is 2026. " * 80, kind=PartKind.CHILD, title="Guidance").blocks
    draft = draft_item(record, (page, replace(thin, blocks=(*thin.blocks, *filler))), HOUSE)
    also = next(p for p in draft.pieces if p.kind is PieceKind.ALSO)
    topics = [item.text for item in also.items]
    assert topics == ["what schools must do", "part-time timetables", "how parents can disagree", "funding"]


def test_a_sentence_that_leans_on_an_annex_is_left_out() -> None:
    assert "Annex" not in said(draft_item(*the_guidance(), HOUSE))


def test_a_consultation_gives_its_closing_date_in_london_time() -> None:
    record, parts = the_consultation()
    draft = draft_item(record, parts, HOUSE)
    assert lead_of(draft).startswith("The Department for Education is asking for views on changes to home-to")
    assert "The consultation closes at 11.59pm on 20 November 2026." in said(draft)
    summer = replace(record, facts=(("closing_date", "2026-07-01T22:45:00+00:00"),))
    assert "closes at 11.45pm on 1 July 2026" in said(draft_item(summer, parts, HOUSE))


def test_a_proposal_is_told_as_the_governments_and_not_as_we() -> None:
    draft = draft_item(*the_consultation(), HOUSE)
    assert "the government proposes that councils must decide every application by 31 May" in said(draft)


def test_a_closed_consultation_is_not_told_as_open() -> None:
    record, parts = the_consultation()
    draft = draft_item(replace(record, document_type="closed_consultation"), parts, HOUSE)
    assert "has closed its consultation on changes to home-to-school transport" in lead_of(draft)
    assert "The consultation closed at 11.59pm on 20 November 2026." in said(draft)


def test_news_opens_with_who_announced_what_and_without_today() -> None:
    draft = draft_item(*the_press_release(), HOUSE)
    assert lead_of(draft) == (
        "The Department for Education has announced £31 million for new places in special schools and in"
        " units in mainstream schools."
    )


def test_a_quoted_speakers_words_keep_the_speaker_and_no_others_words_are_hers() -> None:
    text = said(draft_item(*the_press_release(), HOUSE))
    assert "Minister for Children and Families, Maren Oakfield MP, said: “" in text
    assert text.count("said: “") == 1
    assert "vital step" not in text
    assert "helpline hears" not in text
    assert "Councils have until 17 July 2026" in text.replace("councils", "Councils")


def test_a_speakers_words_are_never_told_as_the_announcements() -> None:
    bare = PRESS.replace(
        "Minister for Children and Families, Maren Oakfield MP, said:", "Asked why, she said:"
    )
    record, _ = the_press_release()
    assert "Our reforms" not in said(a_page(record, bare))


def test_a_written_statement_names_the_minister_and_parliament() -> None:
    draft = draft_item(*the_statement(), HOUSE)
    assert lead_of(draft) == (
        "Idris Penhallow MP, Minister of State for School Standards, has made a written statement to"
        " Parliament about high needs funding in 2027 to 2028."
    )
    assert "will rise by £760 million, which is 6.5% more than in 2026 to 2027" in said(draft)
    assert draft.pieces[-1].sentences[0].text == "Read the statement in full"


def test_mp_is_printed_only_where_the_source_prints_it() -> None:
    record, parts = the_statement()
    plain = replace(record, description="Written ministerial statement about high needs funding.")
    assert lead_of(draft_item(plain, parts, HOUSE)).startswith("Idris Penhallow, Minister of State")


def test_a_speech_is_the_speakers() -> None:
    record = a_record(
        "Speech on the future of special schools",
        document_type="speech",
        people=(Person("Maren Oakfield", "Minister for Children"),),
    )
    text = "Good morning. It is a pleasure to be here. Every council must publish its plan by 3 May 2027."
    draft = a_page(record, text)
    assert lead_of(draft) == (
        "Maren Oakfield, Minister for Children, has given a speech about the future of special schools."
    )
    assert "pleasure" not in said(draft)
    assert draft.pieces[-1].sentences[0].text == "Read the speech in full"


def test_statistics_are_plural() -> None:
    record = a_record("SEND appeals in England: 2026", document_type="official_statistics")
    draft = a_page(record, "There were 21,000 appeals by parents in 2026. Tribunals upheld 98% of appeals.")
    assert "The statistics say that there were 21,000 appeals by parents in 2026." in said(draft)
    assert draft.pieces[-1].sentences[0].text == "See the statistics in full"


def test_a_guide_for_parents_may_speak_to_the_parent() -> None:
    record = a_record("Extra help at school for your child", document_type="guide", publishers=("GOV.UK",))
    text = "You can ask your council to assess your child. Your council must answer within 6 weeks."
    draft = a_page(record, text)
    assert "You can ask your council to assess your child." in said(draft)


def test_a_thin_page_makes_a_short_and_honest_item() -> None:
    record = a_record("High needs strategic planning fund", document_type="guidance")
    draft = a_page(record, "Information for local authorities about the funding of high needs provision.")
    assert lead_of(draft) == (
        "The Department for Education has published information for local authorities about the funding of"
        " high needs provision."
    )
    assert draft.words < 40


def test_an_empty_page_has_a_headline_and_says_why_there_is_no_more() -> None:
    draft = draft_item(a_record("SEND", document_type="guidance"), (), HOUSE)
    assert draft.empty_because
    assert draft.pieces == ()
    assert 5 <= len(draft.headline.text.split()) <= 14


@pytest.mark.parametrize(
    "title",
    [
        "SEND",
        "",
        "High needs",
        "A very long title about " + "special educational needs and disabilities and " * 9 + "more",
        "Guidance: " + "x" * 400,
        "WHAT SCHOOLS MUST DO FOR CHILDREN WITH SEND FROM SEPTEMBER",
        "Ring 020 7946 0018 about SEND places in schools",
        "“Broken ‘quotes (in a title about SEND",
    ],
)
def test_every_headline_has_five_to_fourteen_words(title: str) -> None:
    for kind in ("guidance", "correspondence", "press_release", "official_statistics", "odd_new_type"):
        draft = a_page(a_record(title, document_type=kind), GUIDANCE)
        assert 5 <= len(draft.headline.text.split()) <= 14, draft.headline.text
        assert "7946" not in draft.headline.text


def test_a_part_that_repeats_the_html_version_is_not_told_twice() -> None:
    record, (page, child) = the_guidance()
    pdf = a_part(GUIDANCE, title="Guidance (PDF)")
    assert draft_item(record, (page, child, pdf), HOUSE) == draft_item(record, (page, child), HOUSE)


def test_no_sentence_stands_twice() -> None:
    for sample in (the_guidance, the_consultation, the_press_release, the_statement):
        texts = [s.text for s in draft_item(*sample(), HOUSE).sentences]
        assert len(texts) == len(set(texts))
