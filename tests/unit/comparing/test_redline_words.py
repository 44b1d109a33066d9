"""A redline that a person can read in a plain mail."""

from dataclasses import replace

from comparing_samples import paragraphs

from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.comparing.redline_words import redline_text

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
        "Under “Replies”:",
        "",
        "Before: Schools [-should-] reply by [-31 January-] 2027.",
        "Now:    Schools {+must+} reply by {+28 February+} 2027.",
        "        Write to the office in Northshire.",
    ]


def test_what_came_and_what_went_are_named() -> None:
    new = (*LETTER[:2], *paragraphs("A bus runs at eight."), *LETTER[3:])
    assert redline_text(compare_blocks(LETTER, new), context=0).splitlines() == [
        "Under “Meals”:",
        "",
        "Removed: [-Families pay for it by the month.-]",
        "Added:  {+A bus runs at eight.+}",
    ]


def test_a_moved_paragraph_says_so() -> None:
    new = (*LETTER[:2], *LETTER[3:], LETTER[2])
    assert "Moved here: Families pay for it by the month." in redline_text(compare_blocks(LETTER, new))


def test_equal_texts_give_no_words() -> None:
    assert redline_text(compare_blocks(LETTER, LETTER)) == ""


def test_a_gap_between_two_edits_is_marked_and_counted() -> None:
    old = paragraphs(*(f"Paragraph number {n} stays." for n in range(9)))
    new = (
        replace(old[0], text="Paragraph number 0 goes."),
        *old[1:8],
        replace(old[8], text="Paragraph number 8 goes."),
    )
    assert redline_text(compare_blocks(old, new), context=0).splitlines()[2] == "[… 7 paragraphs unchanged …]"


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
    assert told.splitlines()[0] == "In “Letter to councils”:"


def test_a_long_paragraph_is_folded_around_its_edit() -> None:
    lead, tail = " ".join(f"lead{n}" for n in range(200)), " ".join(f"tail{n}" for n in range(200))
    old, new = paragraphs(f"{lead} must {tail}"), paragraphs(f"{lead} should {tail}")
    told = redline_text(compare_blocks(old, new))
    assert "lead199 [-must-] tail0" in told
    assert "lead100" not in told
    assert "tail100" not in told
    assert "[…]" in told


def test_both_pages_of_a_paged_file_stand_above_the_edit() -> None:
    stays = replace(LETTER[1], anchor="page=1")
    old = (stays, replace(LETTER[4], anchor="page=2"))
    new = (stays, replace(LETTER[4], text="Schools must reply by 31 January 2027.", anchor="page=3"))
    told = redline_text(compare_blocks(old, new)).splitlines()
    assert told[told.index("Before: Schools [-should-] reply by 31 January 2027.") - 2] == (
        "Page 3 (page 2 before):"
    )


def test_a_section_that_moved_is_told_once_with_the_number_of_its_paragraphs() -> None:
    section = paragraphs("# Buses", *(f"Bus number {n} calls at each stop on line {n}." for n in range(3)))
    told = redline_text(compare_blocks((*section, *LETTER), (*LETTER, *section)))
    assert told.count("Moved here") == 1
    assert "After “" in told
    assert "paragraphs with it" in told


def test_what_stood_under_a_heading_that_went_is_not_put_under_the_one_before() -> None:
    told = redline_text(compare_blocks(LETTER, LETTER[:3]), context=0)
    assert "Removed, a heading: [-Replies-]" in told
    assert told.splitlines()[0] == "After “Meals”:"
    assert "Under “Meals”" not in told


def test_under_a_cap_the_weightiest_edits_are_shown_and_the_rest_is_counted() -> None:
    old = paragraphs(*(f"Paragraph number {n} is about buses." for n in range(40)))
    new = [replace(block, text=block.text.replace("buses", "trains")) for block in old]
    new[30] = replace(new[30], text="Paragraph number 30 must be about trains.")
    told = redline_text(compare_blocks(old, new), most=5, weighty=(new[30].text,))
    assert told.count("Now:") == 5
    assert "Paragraph number 30 {+must be+}" in told
    assert "26 more changes not shown" in told
