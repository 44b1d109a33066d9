"""By what a template that rolls over many pages is known, and what it must never swallow."""

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import DocumentState, Part, PartKind, Record, Version
from pipeline.text.noticing.notice import notice

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LINE = "You must send the new form to the local authority by 31 March 2027."
OWN = "This page is about the area of {}."


def marks(*pages: tuple[list[str], list[str]], record: Record | None = None) -> list[str]:
    return [_mark(old, new, record) for old, new in pages]


def _mark(old: list[str], new: list[str], record: Record | None = None) -> str:
    before = Record(url="https://www.gov.example/a", title="A page")
    noticed = notice(_version(before, old), record or before, (_page(new),))
    assert noticed is not None
    return noticed.findings.edit


def _version(record: Record, lines: list[str]) -> Version:
    return Version(1, 1, NOW, "", 2, record, (_page(lines),))


def _page(lines: list[str]) -> Part:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
    return Part(PartKind.PAGE, "", "https://www.gov.example/a", "", ReadStatus.READ, "", 1, blocks)


def test_the_same_line_on_two_pages_has_one_mark() -> None:
    first, second = marks(*(([OWN.format(n)], [OWN.format(n), LINE]) for n in "ab"))
    assert first == second != ""


def test_one_month_for_another_on_two_pages_that_have_nothing_in_common_is_no_storm() -> None:
    may = (
        "Applications for the short breaks fund close on 31 May at noon each year.",
        "Parents hear of the place that was found for their child in May, by letter.",
    )
    first, second = marks(*(([line], [line.replace("May", "June")]) for line in may))
    assert first != second


def test_one_word_for_another_in_the_same_sentence_of_a_template_is_one() -> None:
    line = "Schools should tell the family within ten working days of the meeting."
    pages = [([OWN.format(n), line], [OWN.format(n), line.replace("should", "must")]) for n in "ab"]
    first, second = marks(*pages)
    assert first == second != ""


def test_two_words_are_too_few_to_know_a_template_by() -> None:
    assert marks(([OWN], [OWN, "Contact us"])) == [""]


def test_a_page_with_another_edit_besides_is_no_part_of_a_storm() -> None:
    plain = _mark([OWN, "Ask by 3 May."], [OWN, "Ask by 3 May.", LINE])
    edited = _mark([OWN, "Ask by 3 May."], [OWN, "Ask by 3 June.", LINE])
    moved = _mark([OWN, "Ask your school first of all."], ["Ask your school first of all.", OWN, LINE])
    titled = _mark([OWN], [OWN, LINE], Record(url="https://www.gov.example/a", title="Another title"))
    assert plain
    assert plain not in (edited, moved, titled)


def test_a_page_that_was_withdrawn_with_it_is_no_part_of_a_storm() -> None:
    record = Record(url="https://www.gov.example/a", title="A page")
    gone = replace(record, state=DocumentState.WITHDRAWN, state_note="It is out of date.")
    assert _mark([OWN], [OWN, LINE], gone) == ""
