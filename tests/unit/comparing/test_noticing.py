"""What an editor is told when a page changed, announced or not, and when it is told nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from comparing_samples import DAY, FIRST, LATER, page, record, version
from noticing_samples import NEW_TEXT, NOTE, QUIET, TEXT, told

from pipeline.model.changes import ALERTED, ChangeKind, Significance
from pipeline.model.documents import ChangeNote
from pipeline.text.noticing.notice import notice


def test_the_same_document_is_nothing_to_tell() -> None:
    assert notice(version(record(), page(*TEXT)), record(), [page(*TEXT)]) is None


def test_dates_alone_are_nothing_to_tell() -> None:
    moved = record(public_updated=LATER, system_updated=LATER, first_published=LATER)
    assert notice(version(record(), page(*TEXT)), moved, [page(*TEXT)]) is None


def test_a_typographers_day_is_nothing_to_tell() -> None:
    before, after = page('The child\'s "plan" - a draft.'), page("The child’s “plan” – a\u00a0draft.")
    assert notice(version(record(), before), record(), [after]) is None


def test_an_edit_without_a_note_is_a_quiet_update() -> None:
    found = told((record(), [page(*TEXT)]), (record(system_updated=LATER), [page(*NEW_TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.SUBSTANTIVE)
    assert found.public_note == ""
    assert found.details[0].startswith("The deadline moved from 31 January 2027 to 28 February 2027")
    assert found.details[-1] == QUIET
    assert found.redline is not None
    assert len(found.redline.edits) == 1


def test_an_edit_with_a_note_is_an_update_and_quotes_it() -> None:
    now = record(public_updated=LATER, change_notes=(NOTE, FIRST))
    found = told((record(), [page(*TEXT)]), (now, [page(*NEW_TEXT)]))
    assert found.kind is ChangeKind.UPDATED
    assert found.public_note == "The deadline for replies changed."
    assert found.details[0] == "The publisher's note says: “The deadline for replies changed.”"
    assert "The public date moved from 20 November 2026 to 24 November 2026." in found.details
    assert QUIET not in found.details


def test_a_note_without_any_difference_says_that_none_was_found() -> None:
    now = record(public_updated=LATER, change_notes=(NOTE, FIRST))
    found = told((record(), [page(*TEXT)]), (now, [page(*TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.UPDATED, Significance.SUBSTANTIVE)
    assert "No difference was found in the text of the page or of its files." in found.details


def test_a_note_on_a_slip_of_the_pen_is_minor_and_still_told() -> None:
    now = record(public_updated=LATER, change_notes=(NOTE, FIRST))
    found = told((record(), [page("They recieve a copy.")]), (now, [page("They receive a copy.")]))
    assert (found.kind, found.significance) == (ChangeKind.UPDATED, Significance.MINOR)


def test_a_public_date_that_moved_with_the_text_is_no_quiet_update() -> None:
    found = told((record(), [page(*TEXT)]), (record(public_updated=LATER), [page(*NEW_TEXT)]))
    assert found.kind is ChangeKind.UPDATED


def test_a_public_date_that_went_back_announces_nothing() -> None:
    back = record(public_updated=DAY - timedelta(days=2))
    found = told((record(), [page(*TEXT)]), (back, [page(*NEW_TEXT)]))
    assert found.kind is ChangeKind.QUIETLY_UPDATED
    assert "The public date went back from 20 November 2026 to 18 November 2026." in found.details
    assert found.details[-1] == "The publisher gave no note."


def test_dates_are_told_as_london_reads_them() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    old, new = record(public_updated=late), record(public_updated=late + timedelta(days=3))
    found = told((old, [page(*TEXT)]), (new, [page(*NEW_TEXT)]))
    assert "The public date moved from 1 July 2026 to 4 July 2026." in found.details


def test_a_slip_of_the_pen_is_recorded_as_typographical() -> None:
    found = told((record(), [page("They recieve a copy.")]), (record(), [page("They receive a copy.")]))
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.TYPOGRAPHICAL)
    assert "Only marks, spelling or layout changed." in found.details


def test_only_a_capital_in_the_title_is_typographical() -> None:
    found = told(
        (record(), [page(*TEXT)]), (record(title="A Letter to families in Northshire"), [page(*TEXT)])
    )
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.TYPOGRAPHICAL)


def test_a_new_title_is_told_with_both() -> None:
    found = told((record(), [page(*TEXT)]), (record(title="A letter to families in 2027"), [page(*TEXT)]))
    assert found.kind is ChangeKind.TITLE_CHANGED
    said = "The title was “A letter to families in Northshire” and is now “A letter to families in 2027”."
    assert found.details[0] == said


def test_only_the_layout_is_recorded_and_never_told() -> None:
    found = told((record(), [page("# Meals")]), (record(), [page("Meals")]))
    assert found.kind is ChangeKind.RELABELLED
    assert found.details == ("Only the layout changed; the words are the same.",)


def test_a_new_topic_is_recorded_and_never_told() -> None:
    now = record(links=("taxons:1", "taxons:2"), taxons=("Meals",))
    found = told((record(), [page(*TEXT)]), (now, [page(*TEXT)]))
    assert found.kind is ChangeKind.RELABELLED
    assert found.kind not in ALERTED
    assert found.details == ("The page now has the topic “Meals”.",)


def test_another_label_is_recorded_and_never_told() -> None:
    found = told((record(), [page(*TEXT)]), (record(document_type="notice"), [page(*TEXT)]))
    assert found.kind is ChangeKind.RELABELLED
    assert found.details == ("The page was labelled “correspondence” and is now labelled “notice”.",)


def test_guidance_that_became_statutory_is_told() -> None:
    old, new = record(document_type="guidance"), record(document_type="statutory_guidance")
    found = told((old, [page(*TEXT)]), (new, [page(*TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.SUBSTANTIVE)
    assert found.details[0] == "The page was “guidance” and is now “statutory guidance”."


@pytest.mark.parametrize(
    ("notes", "detail"),
    [
        ((ChangeNote(DAY, "First published online."),), "It now says: “First published online.”"),
        ((), "The publisher took away its note of 20 November 2026: “First published.”"),
        ((ChangeNote(LATER, "First published."),), "was changed from 20 November 2026 to 24 November 2026."),
    ],
)
def test_an_edited_history_is_recorded_and_never_told(notes: tuple[ChangeNote, ...], detail: str) -> None:
    found = told((record(), [page(*TEXT)]), (record(change_notes=notes), [page(*TEXT)]))
    assert found.kind is ChangeKind.NOTE_EDITED
    assert found.kind not in ALERTED
    assert found.public_note == ""
    assert detail in found.details[0]


def test_an_older_note_that_was_edited_is_not_quoted_as_the_news() -> None:
    edited = record(change_notes=(ChangeNote(DAY, "First published, with a letter."),))
    found = told((record(), [page(*TEXT)]), (edited, [page(*NEW_TEXT)]))
    assert (found.kind, found.public_note) == (ChangeKind.QUIETLY_UPDATED, "")


def test_a_note_that_was_swapped_for_a_new_one_is_the_news() -> None:
    now = record(public_updated=LATER, change_notes=(NOTE,))
    found = told((record(), [page(*TEXT)]), (now, [page(*NEW_TEXT)]))
    assert found.public_note == NOTE.note


def test_a_text_that_only_reached_us_late_is_no_news() -> None:
    found = told((record(), [page()]), (record(), [page(*TEXT)]), seen=DAY + timedelta(days=90))
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.TYPOGRAPHICAL)
    assert "readers are likely to have had it all along" in found.details[0]


def test_a_text_that_follows_its_page_within_the_hour_is_news() -> None:
    found = told((record(), [page()]), (record(), [page(*TEXT)]), seen=DAY + timedelta(hours=1))
    assert (found.kind, found.significance) == (ChangeKind.QUIETLY_UPDATED, Significance.SUBSTANTIVE)


def test_a_long_list_of_differences_ends_with_their_number() -> None:
    old = [f"School number {n} offers {n + 3} places." for n in range(30)]
    new = [f"School number {n} offers {n + 50} places." for n in range(30)]
    found = told((record(), [page(*old)]), (record(), [page(*new)]))
    assert "And 22 further differences, which the marked-up text shows." in found.details
