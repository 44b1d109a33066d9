"""What counts as the same text, and when two states of a document are the same state."""

from dataclasses import replace
from datetime import timedelta

import pytest
from comparing_samples import DAY, LATER, child, page, paragraphs, pdf, record

from pipeline.model.documents import ChangeNote, DocumentState, Person, Record
from pipeline.text.noticing.fingerprint import fingerprint, text_fingerprint
from pipeline.text.words.normalise import NORMALISER, clean, for_comparison


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("the child’s “plan”", 'the child\'s "plan"'),
        ("2026–27 — a draft", "2026-27 - a draft"),
        ("non\u2011stop", "non-stop"),
        ("a\u00a0b\u2003c\td\ne", "a b c d e"),
        ("consul\u00adta\u200btion\ufeff", "consultation"),
        ("o\ufb03ce", "office"),
        ("cafe\u0301", "café"),
        ("wait\u2026", "wait..."),
        ("\u202eright\u202c", "right"),
        ("• a point", "a point"),
        ("- a point", "a point"),
        ("Letter (PDF, 1.2MB, 3 pages)", "Letter (PDF)"),
        ("Tables (MS Excel Spreadsheet, 24.5KB)", "Tables (MS Excel Spreadsheet)"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_what_no_reader_would_call_a_change_is_taken_away(text: str, same: str) -> None:
    assert for_comparison(text) == same
    assert for_comparison(same) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Letter", "letter"),
        ("£500", "£5000"),
        ("may", "must"),
        ("a plan.", "a plan"),
        ("3 pages", "4 pages"),
        ("-5", "5"),
        ("resume", "résumé"),
    ],
)
def test_letters_figures_capitals_and_marks_are_kept(one: str, other: str) -> None:
    assert for_comparison(one) != for_comparison(other)


def test_clean_text_looks_the_same_and_holds_nothing_unseen() -> None:
    assert clean(" The child’s\u00a0“plan” \u2013 cafe\u0301 \u200b\u00ad") == "The child’s “plan” – café"


def test_a_lone_surrogate_does_no_harm() -> None:
    assert fingerprint(record(title="bad \ud800 title"), [page("bad \udfff text")])


SAME = [
    ("the system's date moves", record(system_updated=LATER)),
    ("the public date moves", record(public_updated=LATER)),
    ("the first publication is backdated", record(first_published=DAY - timedelta(days=9))),
    ("a person is linked", record(people=(Person("A. Example", "Minister"),))),
    ("links come in another order", record(links=("taxons:1", "taxons:1"))),
    ("quotation marks curl", record(description="")),
    ("another host serves it", record(url="http://127.0.0.1:8080/government/publications/northshire-letter")),
]
OTHER = [
    ("title", record(title="Another title")),
    ("description", record(description="New words")),
    ("kind", record(document_type="guidance")),
    ("schema", record(schema_name="guide")),
    ("locale", record(locale="cy")),
    ("path", record(url="https://www.gov.uk/elsewhere")),
    ("state", record(state=DocumentState.WITHDRAWN)),
    ("state note", record(state_note="Out of date")),
    ("destination", record(moved_to="https://www.gov.uk/elsewhere")),
    ("facts", record(facts=(("closing_date", "2027-01-31T00:00:00+00:00"),))),
    ("links", record(links=("taxons:2",))),
    ("note", record(change_notes=(ChangeNote(DAY, "First published online."),))),
    ("one more note with the same words", record(change_notes=(ChangeNote(LATER, "First published."),) * 2)),
]


@pytest.mark.parametrize("other", [pytest.param(r, id=name) for name, r in SAME])
def test_the_fingerprint_stands_still_when(other: Record) -> None:
    assert fingerprint(other, [page("Text")]) == fingerprint(record(), [page("Text")])


@pytest.mark.parametrize("other", [pytest.param(r, id=name) for name, r in OTHER])
def test_the_fingerprint_moves_with(other: Record) -> None:
    assert fingerprint(other, [page("Text")]) != fingerprint(record(), [page("Text")])


def test_validators_and_the_raw_bytes_of_a_page_are_not_content() -> None:
    again = replace(page("Text"), etag='"2"', last_modified="today", sha256="other", size=99)
    assert fingerprint(record(), [again]) == fingerprint(record(), [page("Text")])


def test_the_text_of_page_and_child_is_content() -> None:
    before = fingerprint(record(), [page("Text"), child("Letter")])
    assert fingerprint(record(), [page("Text"), child("Letters")]) != before
    assert fingerprint(record(), [page("Texts"), child("Letter")]) != before


@pytest.mark.parametrize(
    "given",
    [{"url": "https://assets.example/2/annex.pdf"}, {"filename": "b.pdf"}, {"size": 1}, {"sha256": "f2"}],
)
def test_a_files_address_name_size_and_bytes_are_content(given: dict[str, str | int]) -> None:
    before = fingerprint(record(), [page("Text"), pdf("Annex")])
    assert fingerprint(record(), [page("Text"), pdf("Annex", **given)]) != before


def test_the_same_file_read_less_well_today_is_the_same_file() -> None:
    before = fingerprint(record(), [pdf("Annex", "More")])
    assert fingerprint(record(), [pdf("Annex")]) == before


def test_files_listed_in_another_order_are_the_same_files() -> None:
    one, two = pdf("A"), pdf("B", title="Annex B", url="https://assets.example/2/b.pdf")
    assert fingerprint(record(), [page("T"), one, two]) == fingerprint(record(), [page("T"), two, one])


def test_stored_fingerprints_hold_until_the_normaliser_has_a_new_number() -> None:
    # When this digest moves, raise NORMALISER: stored Versions are then read again before they are compared.
    known = "4d69450e1d08a61d606d01cf42cdb917bc98eb7612b3cc52565c45da6740bb49"
    assert (NORMALISER, fingerprint(record(), [page("Text"), pdf("Annex")])) == (3, known)


def test_text_that_is_only_set_otherwise_has_the_same_text_fingerprint() -> None:
    assert text_fingerprint(paragraphs("# Meals")) == text_fingerprint(paragraphs("Meals"))
    assert text_fingerprint(paragraphs("Meals")) != text_fingerprint(paragraphs("Bus"))
