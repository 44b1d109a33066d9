"""What an editor is told when a file or an HTML child of a page changed, came or went."""

from dataclasses import replace

from comparing_samples import FIRST, LATER, child, page, pdf, record
from noticing_samples import NEW_TEXT, NOTE, TEXT, told

from pipeline.model.blocks import ReadStatus
from pipeline.model.changes import ChangeKind, Significance
from pipeline.text.noticing.blocks import redline_between


def test_a_childs_text_that_changed_without_a_note_is_a_quiet_update() -> None:
    found = told(
        (record(), [page("Summary."), child(*TEXT)]), (record(), [page("Summary."), child(*NEW_TEXT)])
    )
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.SUBSTANTIVE)
    assert found.details[0] == "The text of the HTML document “The letter” changed without a note."


def test_a_childs_text_that_changed_with_a_note_is_an_update() -> None:
    now = record(public_updated=LATER, change_notes=(NOTE, FIRST))
    found = told((record(), [page("Summary."), child(*TEXT)]), (now, [page("Summary."), child(*NEW_TEXT)]))
    assert found.kind is ChangeKind.UPDATED
    assert "The text of the HTML document “The letter” changed." in found.details


NEXT_URL = {"url": "https://assets.example/2/annex_v2.pdf", "filename": "annex_v2.pdf", "size": 259_112}


def test_a_file_that_was_replaced_without_a_note_is_told_with_its_pages() -> None:
    new = pdf(*NEW_TEXT, **NEXT_URL, sha256="f2", pages=3)
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), new]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_REPLACED, Significance.SUBSTANTIVE)
    assert found.details[0] == "The file “Annex A” was replaced without a note: 2 pages became 3."
    assert found.details[1].startswith("The deadline moved from 31 January 2027")


def test_a_file_under_a_new_address_with_the_same_words_is_minor() -> None:
    new = pdf(*TEXT, **NEXT_URL, sha256="f2")
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), new]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_REPLACED, Significance.MINOR)
    assert "its words are the same" in found.details[0]


def test_a_file_that_was_only_saved_again_is_typographical() -> None:
    new = pdf(*TEXT, sha256="f2", size=258_900)
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), new]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_REPLACED, Significance.TYPOGRAPHICAL)
    assert found.details[0] == "The file “Annex A” was saved again; its words are the same."


def test_a_file_with_the_same_words_and_far_more_bytes_may_have_other_pictures() -> None:
    new = pdf(*TEXT, sha256="f2", size=900_000)
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), new]))
    assert found.significance is Significance.MINOR


def test_the_same_bytes_at_another_address_are_typographical() -> None:
    new = pdf(*TEXT, url="https://assets.example/2/annex.pdf")
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), new]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_REPLACED, Significance.TYPOGRAPHICAL)


def test_a_scan_that_was_replaced_is_told_since_nobody_can_compare_it() -> None:
    scan = {"status": ReadStatus.NO_TEXT, "note": "There is no text in this file"}
    old, new = pdf(**scan), pdf(**scan, **NEXT_URL, sha256="f2")
    found = told((record(), [page("Summary."), old]), (record(), [page("Summary."), new]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_REPLACED, Significance.SUBSTANTIVE)
    assert found.details[0].endswith("without a note. There is no text in this file.")


def test_a_new_file_that_cannot_be_read_does_not_look_like_lost_text() -> None:
    broken = pdf(**NEXT_URL, sha256="f2", status=ReadStatus.BROKEN, note="The file is damaged.")
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), broken]))
    assert found.kind is ChangeKind.ATTACHMENT_REPLACED
    assert found.redline is not None
    assert found.redline.edits == ()


def test_a_file_that_came_later_than_its_page_is_told() -> None:
    absent = pdf(sha256="", status=ReadStatus.BROKEN, note="This file could not be fetched")
    found = told((record(), [page("Summary."), absent]), (record(), [page("Summary."), pdf(*TEXT)]))
    assert found.significance is Significance.SUBSTANTIVE
    assert found.details[0].startswith("The file “Annex A” can be read now (2 pages)")


def test_a_file_that_was_added_is_told_with_its_pages() -> None:
    found = told((record(), [page("Summary.")]), (record(), [page("Summary."), pdf(*TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_ADDED, Significance.SUBSTANTIVE)
    assert found.details[0] == "A file was added without a note: “Annex A” (2 pages)."
    assert found.redline is not None
    assert [change.kind.value for change in found.redline.changes] == ["same", "added", "added"]


def test_a_file_that_was_taken_away_is_told() -> None:
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary.")]))
    assert (found.kind, found.significance) == (ChangeKind.ATTACHMENT_REMOVED, Significance.SUBSTANTIVE)
    assert not any("paragraph" in detail for detail in found.details)


def test_a_file_under_another_title_and_address_is_known_by_its_words() -> None:
    new = pdf(*NEW_TEXT, title="Letter, version 2", **NEXT_URL, sha256="f2")
    found = told((record(), [page("Summary."), pdf(*TEXT)]), (record(), [page("Summary."), new]))
    assert found.kind is ChangeKind.ATTACHMENT_REPLACED
    assert "The file “Annex A” is now called “Letter, version 2”." in found.details


def test_a_file_before_another_does_not_make_two_replaced() -> None:
    first = pdf("One.", title="", key="file 1", url="https://assets.example/1/a.pdf", sha256="a")
    second = replace(first, key="file 2")
    extra = pdf("Zero.", title="", key="file 1", url="https://assets.example/0/z.pdf", sha256="z")
    found = told((record(), [page("S."), first]), (record(), [page("S."), extra, second]))
    assert found.kind is ChangeKind.ATTACHMENT_ADDED


def test_a_small_edit_on_the_page_does_not_hide_a_new_file() -> None:
    found = told(
        (record(), [page("We thank every family.")]),
        (record(), [page("We thank every household."), pdf(*TEXT)]),
    )
    assert found.kind is ChangeKind.ATTACHMENT_ADDED


def test_a_page_rewritten_beside_its_file_is_a_quiet_update_that_names_the_file() -> None:
    new = [page(*NEW_TEXT), pdf(*NEW_TEXT, **NEXT_URL, sha256="f2")]
    found = told((record(), [page(*TEXT), pdf(*TEXT)]), (record(), new))
    assert found.kind is ChangeKind.QUIETLY_UPDATED
    assert "The file “Annex A” was replaced without a note." in found.details


def test_the_redline_of_the_same_bytes_is_empty_however_well_they_were_read() -> None:
    assert redline_between([pdf(*TEXT)], [pdf(status=ReadStatus.TOO_SLOW)]).edits == ()
