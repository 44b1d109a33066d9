"""SEND is not "send": the verb in small letters, in titles and in capitals."""

import pytest

from pipeline.model.blocks import Block, BlockKind
from pipeline.text.relevance.company import whole_company
from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.relevance.mentions import read_passage

LEXICON = load_lexicon()


def found(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    passage = read_passage([Block(kind, text)], LEXICON, company=whole_company(LEXICON))
    return [passage.text.plain[mention.start : mention.end] for mention in passage.mentions]


@pytest.mark.parametrize(
    "text",
    [
        "Please send the form to your school.",
        "Send a letter to the council",
        "Send your comments about schools",
        "PLEASE SEND US YOUR FORM",
        "SEND YOUR CHILD'S FORM TO THE SCHOOL",
        "YOU MUST SEND THE FORM BEFORE FRIDAY",
        "TO SEND PUPILS HOME EARLY, ASK THE HEAD",
        "REMEMBER TO SEND IN YOUR REPLY SLIP",
        "Please SEND us your form.",
        "You must SEND the form to your school.",
        "Do not SEND money.",
        "Parents can SEND their child to any school.",
        "Press SEND when you are done.",
        "Click the SEND button.",
        "Text SEND to 60777 now.",
        "SEND",
        "Write to SEND@example.org",
        "SENDMAIL, SENDER and SENDING are not it, nor is RESEND",
    ],
)
def test_the_verb_is_never_taken_for_send(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Children with SEND.",
        "SEND: a guide for schools",
        "The SEND code of practice",
        "Our approach to SEND and inclusion",
        "Ministers put SEND first, and the Treasury agreed",
        "SEND and alternative provision improvement plan",
        "Non-SEND pupils and SEND pupils",
        "SUPPORTING CHILDREN WITH SEND",
        "SEND CODE OF PRACTICE",
        "SEND: GUIDE FOR SCHOOLS",
        "THE AREA SEND INSPECTIONS",
        "Please send us the SEND report",
    ],
)
def test_send_is_found_in_small_and_loud_company(text: str) -> None:
    assert any(mention.startswith("SEND") for mention in found(text))


def test_a_heading_of_one_word_names_a_section_and_a_button_does_not() -> None:
    assert found("SEND", BlockKind.HEADING) == ["SEND"]
    assert found("SEND", BlockKind.LIST_ITEM) == []


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("an education, health and care (EHC) plan", "education, health and care (EHC) plan"),
        ("the SENCo asked", "SENCo"),
        (
            "special educational needs and/or disabilities (SEND)",
            "special educational needs and/or disabilities (SEND)",
        ),
        ("Special   education\nneeds", "Special education needs"),
        ("EHCPs are reviewed each year", "EHCPs"),
        ("SENDIASS and SENDIST", "SENDIASS"),
        ("high-needs funding", "high-needs"),
    ],
)
def test_the_forms_that_people_write_are_one_mention_each(text: str, mention: str) -> None:
    assert found(text)[0] == mention


def test_small_letters_make_no_acronym() -> None:
    assert found("the ap of sen and ehc in lower case, and Sen the surname") == []
