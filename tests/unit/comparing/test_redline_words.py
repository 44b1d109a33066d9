"""A redline that a person can read in a plain mail."""

from dataclasses import replace

from comparing_samples import paragraphs

from pipeline.text.compare import compare_blocks
from pipeline.text.redline_words import redline_text

LETTER = paragraphs(
    "# Meals",
    "Every school offers a hot meal at noon.",
    "Families pay for it by the month.",
    "# Replies",
    "Schools should reply by 31 January 2027.",
    "Write to the office in Northshire.",
)


def edited(*texts: str) -> str:
    return redline_text(compare_blocks(LETTER, paragraphs(*texts)), context=0)


def test_an_edit_is_shown_as_before_and_now_under_its_heading() -> None:
    new = (*LETTER[:4], replace(LETTER[4], text="Schools must reply by 28 February 2027."), LETTER[5])
    assert redline_text(compare_blocks(LETTER, new)).splitlines() == [
        "Under “Meals”:",
        "",
        "        Replies",
        "Before: Schools [-should-] reply by [-31 January-] 2027.",
        "Now:    Schools {+must+} reply by {+28 February+} 2027.",
        "        Write to the office in Northshire.",
    ]


def test_what_came_and_what_went_are_named() -> None:
    new = (*LETTER[:2], *paragraphs("A bus runs at eight."), *LETTER[3:])
    assert redline_text(compare_blocks(LETTER, new), context=0).splitlines() == [
        "Under “Meals”:",
        "",
        "Gone:   [-Families pay for it by the month.-]",
        "New:    {+A bus runs at eight.+}",
    ]


def test_a_moved_paragraph_says_so() -> None:
    new = (*LETTER[:2], *LETTER[3:], LETTER[2])
    assert "Moved here: Families pay for it by the month." in redline_text(compare_blocks(LETTER, new))


def test_equal_texts_give_no_words() -> None:
    assert redline_text(compare_blocks(LETTER, LETTER)) == ""


def test_a_gap_between_two_edits_is_marked() -> None:
    old = paragraphs(*(f"Paragraph number {n} stays." for n in range(9)))
    new = (
        replace(old[0], text="Paragraph number 0 goes."),
        *old[1:8],
        replace(old[8], text="Paragraph number 8 goes."),
    )
    assert redline_text(compare_blocks(old, new), context=0).splitlines()[2] == "[…]"


def test_a_file_is_named_with_the_page() -> None:
    page = paragraphs("Summary.")
    old = tuple(replace(block, part="Annex A", anchor="page=3") for block in paragraphs("Reply by 3 May."))
    new = (replace(old[0], text="Reply by 4 June."),)
    assert (
        redline_text(compare_blocks(page + old, page + new), context=0).splitlines()[0]
        == "In “Annex A”, page 3:"
    )


def test_a_child_is_named_by_its_path() -> None:
    page = paragraphs("Summary.")
    old = tuple(
        replace(block, part="/government/x/letter-to-councils") for block in paragraphs("Reply soon.")
    )
    told = redline_text(compare_blocks(page + old, (*page, replace(old[0], text="Reply now."))), context=0)
    assert told.splitlines()[0] == "In “letter to councils”:"


def test_a_long_paragraph_is_folded_around_its_edit() -> None:
    lead, tail = " ".join(f"lead{n}" for n in range(200)), " ".join(f"tail{n}" for n in range(200))
    old, new = paragraphs(f"{lead} must {tail}"), paragraphs(f"{lead} should {tail}")
    told = redline_text(compare_blocks(old, new))
    assert "lead199 [-must-] tail0" in told
    assert "lead100" not in told
    assert "tail100" not in told
    assert "[…]" in told
