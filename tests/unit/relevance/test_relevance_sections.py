"""The passages of a wider document that a draft should be about."""

from relevance_samples import BUSES, heading, paragraphs

from pipeline.text.lexicon import load_lexicon
from pipeline.text.sections import blocks_about_send

LEXICON = load_lexicon()


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
