"""What the reader makes of HTML: fragments from the Content API and whole pages."""

import pytest

from crawler.reading.html import html_blocks, read_html
from pipeline.model.blocks import Block, BlockKind, ReadStatus


def shown(html: str) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in html_blocks(html)]


def test_headings_paragraphs_lists_and_tables_keep_their_kind() -> None:
    html = """<h2 id="plans">Plans</h2><p>All areas.</p>
    <ul><li>One<ul><li>One a</li></ul></li><li>Two</li></ul>
    <table><thead><tr><th>Area</th><th>Places</th></tr></thead><tr><td>North</td><td>1,200</td></tr></table>"""
    assert shown(html) == [
        ("heading", 2, "Plans"),
        ("paragraph", 0, "All areas."),
        ("list_item", 1, "One"),
        ("list_item", 2, "One a"),
        ("list_item", 1, "Two"),
        ("table_row", 0, "Area | Places"),
        ("table_row", 0, "North | 1,200"),
    ]


def test_a_blocks_anchor_is_the_nearest_heading_before_it_that_has_an_id() -> None:
    html = "<p>Before</p><h2 id='a'>A</h2><p>One</p><h3>No id</h3><p>Two</p>"
    assert [block.anchor for block in html_blocks(html)] == ["", "#a", "#a", "#a", "#a"]


def test_the_part_is_written_on_every_block() -> None:
    assert {block.part for block in html_blocks("<h1>A</h1><p>B</p>plain", part="/x")} == {"/x"}


def test_links_keep_their_words_and_a_mail_address_its_text() -> None:
    html = (
        "<p>Write to <a href='mailto:send@example.org'>send@example.org</a> or <a href='/x'>read on</a>.</p>"
    )
    assert shown(html) == [("paragraph", 0, "Write to send@example.org or read on.")]


def test_call_outs_quotations_and_definitions_are_paragraphs() -> None:
    html = """<div class="call-to-action"><p>Apply now.</p></div><blockquote><p>We said.</p></blockquote>
    <aside class="stat-headline"><p><em>42</em> areas</p></aside><dl><dt>SENCO</dt><dd>A teacher.</dd></dl>
    <div class="application-notice info-notice"><p>Note.</p></div>
    <figure><figcaption>Shown.</figcaption></figure>"""
    assert [text for _, _, text in shown(html)] == [
        "Apply now.",
        "We said.",
        "42 areas",
        "SENCO",
        "A teacher.",
        "Note.",
        "Shown.",
    ]


def test_what_a_reader_does_not_see_is_left_out() -> None:
    html = """<p>Seen<script>x()</script><style>p{}</style><span hidden>no</span>
    <span aria-hidden="true">no</span>
    <span class="govuk-visually-hidden">no</span><span style="display: none">no</span></p>
    <nav><p>menu</p></nav><!-- note --><template><p>t</p></template><noscript>n</noscript>"""
    assert shown(html) == [("paragraph", 0, "Seen")]


def test_footnote_marks_leave_the_sentence_and_footnotes_stay() -> None:
    html = """<p>It grew<sup id="fnref:1"><a href="#fn:1" class="footnote">[footnote 1]</a></sup>.</p>
    <div class="footnotes"><ol><li id="fn:1"><p>Source: survey.
    <a href="#fnref:1" class="reversefootnote">↩</a></p></li></ol></div>"""
    assert shown(html) == [("paragraph", 0, "It grew."), ("list_item", 1, "Source: survey.")]


def test_size_and_type_of_an_embedded_file_are_not_text() -> None:
    html = """<section class="attachment embedded"><div class="attachment-thumb"><a>x</a></div>
    <h2 class="title"><a href="/a.pdf">Annex A</a></h2><p class="metadata">PDF, 253KB</p></section>"""
    assert shown(html) == [("heading", 2, "Annex A")]


def test_spaces_and_soft_hyphens_are_evened() -> None:
    assert shown("<p> a\u00a0b\n\t c\u00addef\u200b \ufeff</p>") == [("paragraph", 0, "a b cdef")]


def test_two_line_breaks_end_a_paragraph_and_one_does_not() -> None:
    assert [text for _, _, text in shown("<p>a<br>b<br/><br/>c</p>")] == ["a b", "c"]


def test_cells_with_paragraphs_are_one_cell_and_empty_cells_hold_their_place() -> None:
    html = "<table><tr><td><p>a</p><p>b</p></td><td></td><td>c</td></tr><tr><td> </td></tr></table>"
    assert shown(html) == [("table_row", 0, "a b |  | c")]


def test_a_table_that_only_places_other_things_is_no_table() -> None:
    html = "<table><tr><td><h2>Left</h2><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    assert shown(html) == [("heading", 2, "Left"), ("table_row", 0, "a | b")]


def test_text_without_markup_is_paragraphs() -> None:
    assert shown("Tom &amp; Ann\n\nSecond") == [("paragraph", 0, "Tom & Ann"), ("paragraph", 0, "Second")]
    assert shown("") == []
    assert shown("https://example.org/letter.html") == [("paragraph", 0, "https://example.org/letter.html")]


def test_bytes_are_read_in_their_own_charset() -> None:
    assert html_blocks("<p>café</p>".encode()) == (Block(BlockKind.PARAGRAPH, "café"),)
    latin = "<meta charset='windows-1252'><p>Don’t</p>".encode("cp1252")
    assert html_blocks(latin)[-1].text == "Don’t"
    assert html_blocks(b"<p>caf\xe9</p>")[0].text == "café"
    assert html_blocks("\ufeff<p>x</p>".encode("utf-16"))[0].text == "x"


def test_a_page_gives_its_main_text_without_menus_and_footers() -> None:
    page = b"""<!DOCTYPE html><html><head><title>T - GOV.UK</title></head><body><header><p>Menu</p></header>
    <main><nav>crumbs</nav><h1>A letter</h1><p>Text.</p></main><footer><p>Foot</p></footer></body></html>"""
    reading = read_html(page)
    assert (reading.status, reading.format, reading.title) == (ReadStatus.READ, "html", "A letter")
    assert reading.text == "A letter\nText."


def test_a_page_without_a_main_part_is_read_from_its_body() -> None:
    page = b"<html><title>T</title><body><header><p>Menu</p></header><div><p>Text.</p></div></body></html>"
    assert (read_html(page).title, read_html(page).text) == ("T", "Text.")


def test_a_page_without_text_says_so() -> None:
    reading = read_html(b"<html><body><script>app()</script></body></html>")
    assert (reading.status, reading.note) == (ReadStatus.NO_TEXT, "There is no text in this page.")


@pytest.mark.parametrize(
    "tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "h2", "span class='x y'"]
)
def test_twenty_thousand_nested_elements_are_read_without_falling_over(tag: str) -> None:
    reading = read_html((f"<{tag}>" * 20_000 + "deep").encode())
    assert reading.text == "deep"


@pytest.mark.parametrize(
    "html",
    [
        "<",
        "<>",
        "</p>",
        "<p",
        "<table><tr>x",
        "<td>a<td>b",
        "<li>a</ul></ul><li>b",
        "<![CDATA[x]]>",
        "<?xml?><p>",
    ],
)
def test_broken_markup_never_raises(html: str) -> None:
    html_blocks(html)
    read_html(html.encode())


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<div hidden='until-found'><p>You pay £20.</p></div>", ["You pay £20."]),
        ("<div hidden><p>You pay £20.</p></div>", []),
        ("<p aria-hidden='true'>You pay £20.</p>", ["You pay £20."]),
        ("<div class='js-hidden'><p>You pay £20.</p></div>", ["You pay £20."]),
        ("<dialog open><p>You pay £20.</p></dialog>", ["You pay £20."]),
        ("<dialog><p>You pay £20.</p></dialog>", []),
        (
            "<p>How long?</p><select><option>20 weeks<option>30 weeks</select>",
            ["How long?", "20 weeks", "30 weeks"],
        ),
        ("<p><math><mn>20</mn><mo>+</mo><mn>5</mn></math></p>", ["20+5"]),
        ("<p><img src='a' alt='From request to plan: 20 weeks'></p>", ["[From request to plan: 20 weeks]"]),
        ("<p><img src='a' alt='A teacher'>Text.</p>", ["Text."]),
        ("<p>Schools must <s>pay and</s> <del>must</del> reply.</p>", ["Schools must reply."]),
        ("<p>Up to 25<sup>1</sup> hours on the 1<sup>st</sup>.</p>", ["Up to 25¹ hours on the 1st."]),
    ],
)
def test_what_a_reader_sees_of_a_page_is_read_and_what_is_struck_is_not(html: str, seen: list[str]) -> None:
    assert [block.text for block in html_blocks(html)] == seen


@pytest.mark.parametrize("box", ["<article>{}</article>", "<div class='govspeak'>{}</div>"])
def test_all_the_articles_of_a_page_are_its_text(box: str) -> None:
    page = "".join(box.format(f"<p>{text}</p>") for text in ("One.", "Two."))
    found = read_html(f"<html><body><nav>Menu</nav><div>{page}</div><p>Beside.</p></body></html>".encode())
    assert [block.text for block in found.blocks] == ["One.", "Two."]


def test_many_boxes_about_files_are_read_in_no_time_to_speak_of() -> None:
    html = '<section class="x">' * 3_000 + '<p class="metadata">PDF, 20KB</p>' * 3_000
    assert len(html_blocks(html)) == 3_000
