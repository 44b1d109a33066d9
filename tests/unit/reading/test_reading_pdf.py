"""What the reader makes of PDF files: letters, newsletters, tables, scans and broken ones."""

from typing import Any

import pytest
from reading_samples import (
    BODY,
    HEADING,
    JUSTIFIED,
    SENTENCE,
    drawn_pdf,
    pdf,
    scan_pdf,
    two_column_pdf,
)
from reportlab.lib.units import mm
from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, Table

from crawler.reading.pdf import read_pdf
from crawler.reading.pdf_words import join_lines
from pipeline.model.blocks import Block, BlockKind, Reading, ReadStatus

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
LONG = "A plan says who does what, by when and with which money, and it is written with parents. "


def running_head(canvas: Any, document: Any) -> None:
    canvas.setFont(PLAIN, 9)
    canvas.drawString(25 * mm, 285 * mm, "Department of Examples: plans for Northshire")
    canvas.drawString(100 * mm, 10 * mm, f"Page {document.page} of 9")


def of_kind(reading: Reading, kind: BlockKind) -> list[Block]:
    return [block for block in reading.blocks if block.kind is kind]


def test_a_letter_reads_as_headings_and_whole_paragraphs() -> None:
    reading = read_pdf(
        pdf(
            [
                Paragraph("Plans for Northshire", HEADING),
                Paragraph(SENTENCE * 4, BODY),
                Paragraph(LONG * 4, JUSTIFIED),
            ]
        )
    )
    assert reading.status is ReadStatus.READ
    assert (reading.title, reading.pages) == ("Plans for Northshire", 1)
    assert [(block.kind, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, "Plans for Northshire"),
        (BlockKind.PARAGRAPH, (SENTENCE * 4).strip()),
        (BlockKind.PARAGRAPH, (LONG * 4).strip()),
    ]
    assert {block.anchor for block in reading.blocks} == {"page=1"}


def test_lines_of_an_address_stay_lines() -> None:
    reading = read_pdf(
        pdf([Paragraph("1 Example Street<br/>Northtown<br/>NT1 1AA", BODY), Paragraph(SENTENCE * 3, BODY)])
    )
    assert [block.text for block in reading.blocks[:3]] == ["1 Example Street", "Northtown", "NT1 1AA"]


def test_running_heads_and_page_numbers_are_not_text() -> None:
    reading = read_pdf(pdf([Paragraph(SENTENCE * 5, BODY) for _ in range(30)], furniture=running_head))
    assert reading.pages >= 3
    assert "Department of Examples" not in reading.text
    assert "Page" not in reading.text
    assert len(reading.blocks) == 30


def test_a_letter_of_two_pages_keeps_its_letterhead_once() -> None:
    reading = read_pdf(pdf([Paragraph(SENTENCE * 5, BODY) for _ in range(8)], furniture=running_head))
    assert reading.pages == 2
    assert reading.text.count("Department of Examples") == 1
    assert "Page 1" not in reading.text


def test_a_heading_that_begins_each_page_is_no_running_head() -> None:
    pages = [
        [
            (70, 770, f"Question {n}", 14, BOLD),
            *((70, 740 - 14 * i, f"{LONG}{n}{i}", 10, PLAIN) for i in range(20)),
        ]
        for n in range(1, 6)
    ]
    reading = read_pdf(drawn_pdf(*pages))
    assert [block.text for block in of_kind(reading, BlockKind.HEADING)] == [
        f"Question {n}" for n in range(1, 6)
    ]


def test_a_line_on_one_page_only_is_never_dropped() -> None:
    first = [(70, 800, "Sent by email only", 10, PLAIN), (70, 600, SENTENCE[:90], 10, PLAIN)]
    second = [(70, 600, SENTENCE[:80], 10, PLAIN), (70, 40, "Copied to: all schools", 10, PLAIN)]
    text = read_pdf(drawn_pdf(first, second)).text
    assert "Sent by email only" in text
    assert "Copied to: all schools" in text


def test_a_paragraph_goes_on_over_the_page() -> None:
    words = (LONG * 120).replace(". ", " and ").strip()
    reading = read_pdf(pdf([Paragraph(words, BODY)], furniture=running_head))
    assert reading.pages >= 3
    assert [(block.text, block.anchor) for block in reading.blocks] == [(words, "page=1")]


def test_a_page_that_ends_with_a_sentence_ends_a_paragraph() -> None:
    first = [(70, 200 - 14 * i, LONG, 11, PLAIN) for i in range(5)]
    second = [(70, 700 - 14 * i, LONG, 11, PLAIN) for i in range(5)]
    assert [block.anchor for block in read_pdf(drawn_pdf(first, second)).blocks] == ["page=1", "page=2"]


def test_a_footnote_at_the_foot_does_not_cut_the_sentence_in_two() -> None:
    body = [(70, 200 - 14 * i, LONG, 11, PLAIN) for i in range(7)]
    first = [
        *body,
        (70, 102, "and the sentence does not end here but goes over to the next page of this", 11, PLAIN),
    ]
    second = [
        (70, 770, "letter, where it ends.", 11, PLAIN),
        *((70, 740 - 14 * i, LONG, 11, PLAIN) for i in range(5)),
    ]
    reading = read_pdf(drawn_pdf([*first, (70, 70, "1 See the annex.", 8, PLAIN)], second))
    text = reading.text
    assert "the next page of this letter, where it ends." in text
    assert [block.text for block in reading.blocks].count("1 See the annex.") == 1


def test_bullets_are_list_items_with_depth_and_without_their_mark() -> None:
    story = [
        Paragraph(SENTENCE, BODY),
        ListFlowable(
            [ListItem(Paragraph(LONG * 2, BODY)), ListItem(Paragraph("second", BODY))], bulletType="bullet"
        ),
        Paragraph(SENTENCE * 2, BODY),
    ]
    reading = read_pdf(pdf(story))
    items = of_kind(reading, BlockKind.LIST_ITEM)
    assert [(item.text, item.level) for item in items] == [((LONG * 2).strip(), 1), ("second", 1)]
    assert reading.blocks[-1].kind is BlockKind.PARAGRAPH


def test_a_bullet_further_in_is_a_level_deeper() -> None:
    lines = [(70, "• outer"), (90, "o inner"), (90, "– inner too"), (70, "\u2022 outer again")]
    page = [(x, 700 - 16 * i, text, 11, PLAIN) for i, (x, text) in enumerate(lines)]
    items = of_kind(read_pdf(drawn_pdf(page)), BlockKind.LIST_ITEM)
    assert [(item.text, item.level) for item in items] == [
        ("outer", 1),
        ("inner", 2),
        ("inner too", 2),
        ("outer again", 1),
    ]


def test_numbered_points_are_list_items_that_keep_their_number() -> None:
    lines = ["1. Publish the plan.", "2. Send it to us by 5 March 2027.", "(a) by email, or"]
    reading = read_pdf(drawn_pdf([(70, 700 - 16 * i, text, 11, PLAIN) for i, text in enumerate(lines)]))
    assert [(block.kind, block.text) for block in reading.blocks] == [
        (BlockKind.LIST_ITEM, text) for text in lines
    ]


def test_headings_are_told_by_size_and_weight_with_levels() -> None:
    story = [
        Paragraph("Plans for Northshire", HEADING),
        Paragraph(SENTENCE * 3, BODY),
        Paragraph("<b>Who has to reply</b>", BODY),
        Paragraph(f"<b>Note:</b> {SENTENCE * 3}", BODY),
        Paragraph(f"<b>{SENTENCE * 3}</b>", BODY),
        Paragraph(SENTENCE * 9, BODY),
    ]
    headings = of_kind(read_pdf(pdf(story)), BlockKind.HEADING)
    assert [(block.text, block.level) for block in headings] == [
        ("Plans for Northshire", 1),
        ("Who has to reply", 2),
    ]


def test_tables_are_rows_of_cells() -> None:
    rows = [["Area", "Places", "Change"], ["North", "1,200", "+3%"], ["South", "900", "-1%"]]
    reading = read_pdf(pdf([Paragraph(SENTENCE * 3, BODY), Table(rows, colWidths=[160, 110, 110])]))
    assert [block.text for block in of_kind(reading, BlockKind.TABLE_ROW)] == [
        "Area | Places | Change",
        "North | 1,200 | +3%",
        "South | 900 | -1%",
    ]


def test_a_wrapped_cell_stays_in_its_row() -> None:
    rows = [
        [Paragraph("Duty", BODY), Paragraph("Who", BODY)],
        [Paragraph("Publish the plan for all schools in the area", BODY), Paragraph("Each authority", BODY)],
        [Paragraph("Reply", BODY), Paragraph("Schools", BODY)],
    ]
    reading = read_pdf(
        pdf(
            [
                Paragraph(SENTENCE * 3, BODY),
                Table(rows, colWidths=[120, 200], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
            ]
        )
    )
    assert "Publish the plan for all schools in the area | Each authority" in reading.text


def test_two_columns_are_read_one_after_the_other() -> None:
    reading = read_pdf(two_column_pdf(16))
    starts = [block.text.split(".")[0] for block in of_kind(reading, BlockKind.PARAGRAPH)]
    assert starts == [f"Paragraph {n}" for n in range(1, 17)]
    assert all(block.text.endswith("begins.") for block in of_kind(reading, BlockKind.PARAGRAPH))


def test_a_short_last_column_is_read_as_a_column_too() -> None:
    reading = read_pdf(two_column_pdf(17))
    assert reading.pages == 2
    assert [b.text.split(".")[0] for b in of_kind(reading, BlockKind.PARAGRAPH)] == [
        f"Paragraph {n}" for n in range(1, 18)
    ]
    assert of_kind(reading, BlockKind.TABLE_ROW) == []


def test_the_dots_of_a_table_of_contents_are_not_text() -> None:
    page = [(70, 700, "Plans" + " ." * 40 + " 3", 11, BOLD), (70, 660, SENTENCE[:80], 11, PLAIN)]
    assert [block.text for block in read_pdf(drawn_pdf(page)).blocks] == ["Plans 3", SENTENCE[:80].strip()]


def test_one_line_that_sticks_out_does_not_cut_the_paragraph_around_it() -> None:
    lines = [LONG[:70], "x" * 95, *(LONG[:66] for _ in range(6))]
    page = [(70, 700 - 14 * i, text, 11, PLAIN) for i, text in enumerate(lines)]
    assert len(read_pdf(drawn_pdf(page)).blocks) <= 2


def test_text_across_the_page_is_a_watermark_and_not_read() -> None:
    import io

    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    paper = canvas.Canvas(out)
    paper.drawString(70, 700, "Dear colleague, plans are due.")
    paper.rotate(45)
    paper.drawString(300, 100, "DRAFT")
    paper.save()
    assert [block.text for block in read_pdf(out.getvalue()).blocks] == ["Dear colleague, plans are due."]


def test_a_page_on_its_side_reads_like_any_other() -> None:
    upright = [(70, 700, "First line of the letter.", 11, PLAIN), (70, 660, "Second line.", 11, PLAIN)]
    assert [block.text for block in read_pdf(drawn_pdf(upright, rotate=90)).blocks] == [
        "First line of the letter.",
        "Second line.",
    ]


@pytest.mark.parametrize(
    ("lines", "document", "joined"),
    [
        (["the commit-", "ment stands"], "", "the commitment stands"),
        (["the commit\u00ad", "ment stands"], "", "the commitment stands"),
        (["a long-", "term plan"], "", "a long-term plan"),
        (["a co-", "ordinator"], "the co-ordinator said", "a co-ordinator"),
        (["a re-", "port"], "this report", "a report"),
        (["the Smith-", "Jones review"], "", "the Smith-Jones review"),
        (["2026-", "27 figures"], "", "2026-27 figures"),
        (["one –", "two"], "", "one – two"),
        (["plain", "words"], "", "plain words"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_made_whole(lines: list[str], document: str, joined: str) -> None:
    assert join_lines(lines, document) == joined


def test_a_letter_whose_text_is_a_scan_says_so() -> None:
    reading = read_pdf(scan_pdf())
    assert (reading.status, reading.pages, reading.blocks) == (ReadStatus.NO_TEXT, 2, ())
    assert "no text in this file" in reading.note


def test_a_letter_with_one_scanned_page_says_which() -> None:
    reading = read_pdf(drawn_pdf([(70, 700, "Dear colleague, plans are due.", 11, PLAIN)], []))
    assert reading.status is ReadStatus.READ
    assert "No text on page 2" in reading.note


def test_an_encrypted_letter_says_what_to_ask_for() -> None:
    reading = read_pdf(drawn_pdf([(70, 700, "Secret", 11, PLAIN)], encrypt="hush"))
    assert reading.status is ReadStatus.ENCRYPTED
    assert reading.note == "This file is encrypted: ask the publisher for an open copy."


@pytest.mark.parametrize("body", [b"%PDF-1.7\n", b"%PDF-1.4 garbage" * 50, b"%PDF-1.7\n%%EOF"])
def test_a_broken_file_is_a_reading_and_no_exception(body: bytes) -> None:
    reading = read_pdf(body)
    assert reading.status is ReadStatus.BROKEN
    assert reading.note.startswith("This file is broken")


def test_a_file_that_was_cut_off_never_raises() -> None:
    whole = pdf([Paragraph(SENTENCE * 5, BODY) for _ in range(20)])
    for tenth in range(1, 10):
        assert read_pdf(whole[: len(whole) * tenth // 10]).format == "pdf"


def test_more_pages_than_anyone_reads_are_left_out_and_named() -> None:
    story = [thing for n in range(6) for thing in (Paragraph(f"Page text {n} is here.", BODY), PageBreak())]
    reading = read_pdf(pdf(story), most_pages=4)
    assert reading.pages == 6
    assert reading.note == "Only the first 4 of 6 pages were read."
    assert "Page text 3" in reading.text
    assert "Page text 5" not in reading.text
