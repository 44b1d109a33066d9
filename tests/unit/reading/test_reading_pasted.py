"""What is made of text that somebody pasted: headings without a blank line, numbers, addresses."""

from crawler.reading.plain import plain_blocks
from pipeline.model.blocks import BlockKind

SENTENCE = "Parents may still ask the council for an assessment at any time, and must be told why it refuses."


def kinds_of(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in plain_blocks(text)]


def test_a_short_line_right_above_its_paragraph_is_a_heading() -> None:
    assert kinds_of(f"What has not changed\n{SENTENCE}") == [
        (BlockKind.HEADING, "What has not changed"),
        (BlockKind.PARAGRAPH, SENTENCE),
    ]


def test_a_heading_above_a_wrapped_paragraph_is_a_heading() -> None:
    wrapped = (
        "What has not changed\nParents may still ask the council for an assessment at any time,\nas before."
    )
    assert kinds_of(wrapped)[0] == (BlockKind.HEADING, "What has not changed")


def test_a_heading_above_numbered_proposals_is_a_heading_and_each_proposal_stands_alone() -> None:
    found = kinds_of(f"What we propose\n1. {SENTENCE}\n2. Every school would name one officer for parents.")
    assert [kind for kind, _ in found] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_the_first_line_of_wrapped_prose_is_no_heading() -> None:
    wrapped = "A letter from the Department for\nEducation went to every council today.\nIt asks for plans."
    assert [kind for kind, _ in kinds_of(wrapped)] == [BlockKind.PARAGRAPH]


def test_an_address_a_signature_and_a_greeting_hold_no_heading() -> None:
    for text in (
        "Department for Education\nSanctuary Road\nLondon",
        "Nadia Farrow MP\nMinister for School Standards",
        "Dear parent and carer\nThank you for writing to us about the new bus.",
    ):
        assert BlockKind.HEADING not in [kind for kind, _ in kinds_of(text)]
