"""What an editor is told when a document changed, announced or not, and when it is told nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from comparing_samples import DAY, FIRST, LATER, child, page, pdf, record, version

from pipeline.model.blocks import ReadStatus
from pipeline.model.changes import ALERTED, ChangeKind, Significance
from pipeline.model.documents import ChangeNote, DocumentState, Part, Record
from pipeline.model.redlines import Noticed
from pipeline.text.noticing import notice
from pipeline.text.noticing_blocks import redline_between

TEXT = ("Every school offers a hot meal.", "Families should reply by 31 January 2027.")
NEW_TEXT = ("Every school offers a hot meal.", "Families should reply by 28 February 2027.")
NOTE = ChangeNote(LATER, "The deadline for replies changed.")
QUIET = "The publisher gave no note, and the public date did not move."


def told(old: tuple[Record, list[Part]], new: tuple[Record, list[Part]], **given: Any) -> Noticed:
    found = notice(version(old[0], *old[1], **given), *new)
    assert found is not None
    return found


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


def facts(**given: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(given.items()))


def test_an_extended_consultation_is_told_with_both_dates() -> None:
    old = record(document_type="open_consultation", facts=facts(closing_date="2027-01-31T23:59:00+00:00"))
    new = replace(old, facts=facts(closing_date="2027-02-28T23:59:00+00:00"))
    found = told((old, [page(*TEXT)]), (new, [page(*TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.DEADLINE_MOVED, Significance.SUBSTANTIVE)
    said = "The closing date moved from 11.59pm on 31 January 2027 to 11.59pm on 28 February 2027."
    assert found.details[0] == said


@pytest.mark.parametrize(
    ("stages", "said", "weight", "kind"),
    [
        (
            "consultation to open_consultation",
            "The consultation has opened.",
            "substantive",
            "consultation_opened",
        ),
        (
            "open_consultation to closed_consultation",
            "The consultation has closed.",
            "minor",
            "consultation_closed",
        ),
        (
            "closed_consultation to consultation_outcome",
            "The outcome of the consultation was published.",
            "substantive",
            "outcome_published",
        ),
        (
            "open_call_for_evidence to closed_call_for_evidence",
            "The call for evidence has closed.",
            "minor",
            "consultation_closed",
        ),
        (
            "closed_consultation to open_consultation",
            "The consultation was opened again.",
            "substantive",
            "consultation_opened",
        ),
    ],
)
def test_each_stage_of_a_consultation_is_told(stages: str, said: str, weight: str, kind: str) -> None:
    before, _, after = stages.partition(" to ")
    old, new = record(document_type=before), record(document_type=after)
    found = told((old, [page(*TEXT)]), (new, [page(*TEXT)]))
    assert (found.kind, found.details[0], found.significance.value) == (kind, said, weight)


WITHDRAWN = record(
    state=DocumentState.WITHDRAWN,
    state_note="Replaced by new guidance.",
    facts=facts(withdrawn_at="2026-11-25T09:00:00+00:00"),
)
GONE = record(state=DocumentState.GONE, state_note="Published in error.", title="")
MOVED = record(state=DocumentState.MOVED, moved_to="https://www.gov.uk/elsewhere", title="")


def test_a_withdrawal_says_when_and_why() -> None:
    found = told((record(), [page(*TEXT)]), (WITHDRAWN, [page(*TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.WITHDRAWN, Significance.SUBSTANTIVE)
    assert found.details[:2] == (
        "The page was withdrawn on 25 November 2026.",
        "The publisher says: “Replaced by new guidance.”",
    )


def test_a_withdrawal_with_an_edit_tells_both() -> None:
    found = told((record(), [page(*TEXT)]), (WITHDRAWN, [page(*NEW_TEXT)]))
    assert found.kind is ChangeKind.WITHDRAWN
    assert any(detail.startswith("The deadline moved") for detail in found.details)


def test_a_withdrawn_page_that_comes_back_is_restored() -> None:
    found = told((WITHDRAWN, [page(*TEXT)]), (record(), [page(*TEXT)]))
    assert found.kind is ChangeKind.RESTORED
    assert found.details == ("The page is back in force; it was withdrawn.",)


@pytest.mark.parametrize("parts", [[], [page(*TEXT), pdf(*TEXT)]])
def test_a_removed_page_says_why_and_nothing_of_lost_text(parts: list[Part]) -> None:
    found = told((record(), [page(*TEXT), pdf(*TEXT)]), (GONE, parts))
    assert (found.kind, found.redline) == (ChangeKind.GONE, None)
    assert found.details == ("The page was removed.", "The publisher says: “Published in error.”")


def test_a_removed_page_that_stays_removed_is_told_once() -> None:
    again = replace(GONE, state_note="")
    assert notice(version(GONE), again, []) is None


def test_a_page_that_leads_elsewhere_says_where() -> None:
    found = told((record(), [page(*TEXT)]), (MOVED, []))
    assert found.kind is ChangeKind.MOVED
    assert found.details[0].endswith("leads to https://www.gov.uk/elsewhere")


def test_a_redirect_that_became_a_removal_is_told_as_one() -> None:
    assert told((MOVED, []), (GONE, [])).kind is ChangeKind.GONE


def test_a_removed_page_that_comes_back_without_a_known_text_is_restored() -> None:
    found = told((GONE, []), (record(), [page(*TEXT)]))
    assert found.kind is ChangeKind.RESTORED
    assert not any("added" in detail for detail in found.details)


def test_a_renamed_page_has_moved_and_its_edit_is_told_too() -> None:
    now = record(url="https://www.gov.uk/government/publications/southmoor-letter")
    found = told((record(), [page(*TEXT)]), (now, [page(*NEW_TEXT)]))
    assert (found.kind, found.significance) == (ChangeKind.MOVED, Significance.SUBSTANTIVE)
    assert any(detail.startswith("The deadline moved") for detail in found.details)


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


def test_the_redline_of_the_same_bytes_is_empty_however_well_they_were_read() -> None:
    assert redline_between([pdf(*TEXT)], [pdf(status=ReadStatus.TOO_SLOW)]).edits == ()
