"""The redline as an editor sees it: whole, escaped, readable without colour, and safe in mail programs."""

import re

from bs4 import BeautifulSoup

from alerts.redline_html import DEL_COLOURS, INS_COLOURS, QUIET, redline_fragment, redline_page
from pipeline.model.blocks import Block, BlockKind
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.comparing.redline_words import redline_text


def heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text, 2)


def paragraph(text: str, anchor: str = "", part: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, text, anchor=anchor, part=part)


OLD = [
    heading("What schools must do"),
    paragraph("Schools should keep a record of every meeting with a family."),
    paragraph("A paragraph that nobody touched stands here for company."),
    heading("Deadlines"),
    paragraph("Send your answers by 3 May 2027."),
    paragraph("This advice is no longer needed by anyone at all."),
]
NEW = [
    heading("What schools must do"),
    paragraph("Schools must keep a record of every meeting with a family."),
    paragraph("A paragraph that nobody touched stands here for company."),
    heading("Deadlines"),
    paragraph("Send your answers by 10 May 2027."),
    paragraph("A helpline for families opens in June with advisers in every region."),
]


def text_of(html: str) -> str:
    return " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())


def test_every_word_that_went_or_came_is_there_and_marked() -> None:
    soup = BeautifulSoup(redline_fragment(compare_blocks(OLD, NEW)), "lxml")
    gone = [tag.get_text() for tag in soup.find_all("del")]
    come = [tag.get_text() for tag in soup.find_all("ins")]
    assert gone == ["[should]", "[3]", "[This advice is no longer needed by anyone at all.]"]
    assert come == [
        "+must+",
        "+10+",
        "+A helpline for families opens in June with advisers in every region.+",
    ]


def test_edits_stand_under_their_headings() -> None:
    text = text_of(redline_fragment(compare_blocks(OLD, NEW)))
    assert text.index("Under “What schools must do”") < text.index("[should]")
    assert text.index("Under “Deadlines”") < text.index("[3]")
    assert text.count("What schools must do") == 1


def test_blocks_carry_a_word_for_what_became_of_them() -> None:
    text = text_of(redline_fragment(compare_blocks(OLD, NEW)))
    assert "Before: Schools [should] keep" in text
    assert "Now: Schools +must+ keep" in text
    assert "Removed: [This advice" in text
    assert "Added: +A helpline" in text


def test_both_page_numbers_of_a_pdf_are_said() -> None:
    old = [paragraph("Families should reply within two weeks of the letter.", "page=2")]
    new = [paragraph("Families must reply within two weeks of the letter.", "page=3")]
    assert "Page 3 (page 2 before)" in text_of(redline_fragment(compare_blocks(old, new)))


def test_a_paragraph_that_went_names_its_old_page() -> None:
    gone = paragraph("These arrangements ended with the school year and are not coming back.", "page=4")
    stays = paragraph("The rest of this letter is as it was in every way.", "page=1")
    assert "Page 4 before" in text_of(redline_fragment(compare_blocks([stays, gone], [stays])))


def test_the_file_is_named_where_there_are_several_parts() -> None:
    old = [paragraph("The page itself."), paragraph("You may ask for help at any time.", part="Annex A")]
    new = [paragraph("The page itself."), paragraph("You can ask for help at any time.", part="Annex A")]
    assert "In “Annex A”" in text_of(redline_fragment(compare_blocks(old, new)))


def test_a_long_stretch_that_stayed_is_folded() -> None:
    long = " ".join(f"word{n}" for n in range(200))
    old, new = [paragraph(f"{long} must end.")], [paragraph(f"{long} should end.")]
    text = text_of(redline_fragment(compare_blocks(old, new)))
    assert "[…]" in text
    assert "word1 " not in text
    assert "word199 [must] end." in text
    assert "word199 +should+ end." in text


def test_what_a_publisher_writes_is_never_markup() -> None:
    old = [heading("<b>Heading</b>"), paragraph("Nothing to see here at all.")]
    new = [heading("<b>Heading</b>"), paragraph('<script>alert("x")</script> Nothing to see here at all.')]
    html = redline_fragment(compare_blocks(old, new))
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_a_cap_says_how_much_it_left_out() -> None:
    old = [paragraph(f"Line number {n} says that schools should act soon.") for n in range(30)]
    new = [paragraph(f"Line number {n} says that schools must act soon.") for n in range(30)]
    html = redline_fragment(compare_blocks(old, new), most=10)
    assert len(BeautifulSoup(html, "lxml").find_all("ins")) == 10
    assert "20 more changes not shown" in html


def test_no_edits_give_nothing_and_the_page_says_so() -> None:
    same = compare_blocks(OLD, OLD)
    assert redline_fragment(same) == ""
    assert "The text is the same." in redline_page(same, title="One and the same")


def test_mail_programs_get_only_what_they_know() -> None:
    html = redline_fragment(compare_blocks(OLD, NEW))
    assert not re.search(r"position:|float:|<style|class=|display:none|mso-hide", html)
    assert html.startswith('<table role="presentation"')


def test_what_went_and_what_came_is_said_in_words_and_not_by_marks_alone() -> None:
    soup = BeautifulSoup(redline_fragment(compare_blocks(OLD, NEW)), "lxml")
    marks = soup.find_all(["del", "ins"])
    assert len(marks) == 6
    for mark in marks:
        label = mark.find_parent("td").get_text().partition(":")[0]
        assert label in (("Before", "Removed") if mark.name == "del" else ("Now", "Added"))


def test_an_unchanged_stretch_is_folded_with_its_length() -> None:
    long = [paragraph(f"Paragraph {n} says something of its own about topic {n}.") for n in range(30)]
    first, last = paragraph("Schools may reply at once."), paragraph("Councils may reply in the end.")
    now = [paragraph("Schools must reply at once."), *long, paragraph("Councils must reply in the end.")]
    assert "[… 28 paragraphs unchanged …]" in text_of(
        redline_fragment(compare_blocks([first, *long, last], now))
    )


def test_a_screen_reader_can_step_from_place_to_place() -> None:
    soup = BeautifulSoup(redline_fragment(compare_blocks(OLD, NEW)), "lxml")
    assert [tag.get_text() for tag in soup.find_all("h4")] == [
        "Under “What schools must do”",
        "Under “Deadlines”",
    ]


def test_text_and_html_tell_the_very_same_lines() -> None:
    redline = compare_blocks(OLD, NEW)
    plain = re.sub(r"\[-|-\]|\{\+|\+\}", "", redline_text(redline))
    shown = BeautifulSoup(redline_fragment(redline), "lxml")
    for mark in shown.find_all(["del", "ins"]):
        mark.string = mark.get_text()[1:-1]
    html_words = " ".join(shown.get_text(" ").split())
    text_words = " ".join(plain.replace("”:", "”").split())
    assert text_words.replace(" ", "") == html_words.replace(" ", "")


def test_a_moved_paragraph_says_that_it_moved() -> None:
    one, two = OLD[1], OLD[5]
    html = redline_fragment(compare_blocks([one, OLD[2], OLD[4], two], [two, one, OLD[2], OLD[4]]))
    assert "Moved here:" in text_of(html)
    assert not BeautifulSoup(html, "lxml").find_all(["ins", "del"])


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_colours_can_be_read_by_weak_eyes() -> None:
    for ink, paper in (DEL_COLOURS, INS_COLOURS, (QUIET, "#ffffff")):
        light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)
