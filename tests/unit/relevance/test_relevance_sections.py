"""The sections of a wider document that concern SEND, and what is left of it for a draft."""

import pytest
from invented import Invented, invented
from relevance_samples import BUSES, LETTER, a_part, a_record, filler, heading, paragraphs

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import PartKind
from pipeline.text.relevance.judge import judge_relevance
from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.relevance.sections import blocks_about_send, parts_about_send, sections_about_send

LEXICON = load_lexicon()
STRANDS = [document for document in invented() if document.section]


def test_a_section_under_a_send_heading_is_taken_whole() -> None:
    section = (heading("Support for pupils with SEND"), *paragraphs("Schools decide.", "Ask by May."))
    deeper = (heading("How to ask", 3), *paragraphs("Write to the head."))
    after = (heading("Buses"), *paragraphs(*BUSES))
    assert blocks_about_send((*paragraphs(*BUSES), *section, *deeper, *after), LEXICON) == (*section, *deeper)


def test_a_single_paragraph_comes_with_the_heading_above_it() -> None:
    over = heading("Admissions")
    block, other = paragraphs("A child with an EHC plan is admitted first.", "Others follow.")
    assert blocks_about_send((over, other, block), LEXICON) == (over, block)


def test_a_text_without_send_has_no_such_passage() -> None:
    assert blocks_about_send(paragraphs(*BUSES), LEXICON) == ()
    assert sections_about_send([a_part(paragraphs(*BUSES))], LEXICON) == ()


@pytest.mark.parametrize("document", STRANDS, ids=lambda d: d.record.title[:40])
def test_a_partial_document_names_the_section_that_concerns_send(document: Invented) -> None:
    (part,) = document.parts
    best = sections_about_send(document.parts, LEXICON)[0]
    words = " ".join(block.text for block in part.blocks[best.first : best.last + 1])
    assert document.section in f"{best.heading} {words}"
    assert judge_relevance(document.record, document.parts, LEXICON).section == best.name


@pytest.mark.parametrize("document", STRANDS, ids=lambda d: d.record.title[:40])
def test_a_draft_of_a_partial_document_is_given_that_section_and_little_else(document: Invented) -> None:
    (part,), (left,) = document.parts, parts_about_send(document.record, document.parts, LEXICON)
    words = " ".join(block.text for block in left.blocks)
    assert document.section in words
    assert set(left.blocks) < set(part.blocks)


def test_the_page_of_a_file_and_the_fragment_of_a_page_are_named() -> None:
    line = Block(BlockKind.PARAGRAPH, "Children with an EHC plan go first.", 0, "page=7")
    file = a_part((*filler(600), line), PartKind.FILE, "Report")
    assert sections_about_send([file], LEXICON)[0].name == "“Children with an EHC plan go first.” (page 7)"
    over = Block(BlockKind.HEADING, "Pupils with SEND", 2, "#send")
    page = a_part((*filler(600), over, *paragraphs("Ask the SENCO.")))
    assert sections_about_send([page], LEXICON)[0].anchor == "#send"


def test_the_heaviest_section_of_several_parts_comes_first_and_a_remark_is_left_out() -> None:
    remark = a_part((*filler(600), *paragraphs("A child with an EHC plan came too.")))
    annex = a_part((heading("SEND and inclusion"), *paragraphs(*LETTER)), PartKind.FILE, "Annex")
    found = sections_about_send([remark, annex], LEXICON)
    assert [section.part for section in found] == ["Annex"]
    page, left = parts_about_send(a_record("Report"), [remark, annex], LEXICON)
    assert page.blocks == ()
    assert left.blocks == annex.blocks


def test_a_letter_keeps_its_addressee_and_its_signature() -> None:
    text = ("Dear Director,", *[b.text for b in filler(400)], "A child with an EHC plan keeps it.")
    letter = (*paragraphs(*text), *filler(100), *paragraphs("Yours sincerely,", "Ada Example, Minister"))
    (left,) = parts_about_send(a_record("Letter"), [a_part(letter)], LEXICON)
    words = [block.text for block in left.blocks]
    assert words == [
        "Dear Director,",
        "A child with an EHC plan keeps it.",
        "Yours sincerely,",
        "Ada Example, Minister",
    ]


def test_a_document_that_only_its_topic_calls_send_is_left_whole() -> None:
    parts = (a_part(filler(100)),)
    assert parts_about_send(a_record("Report"), parts, LEXICON) == parts
