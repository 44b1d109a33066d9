"""What an editor is told of a consultation's stages, and of pages that are withdrawn, gone, moved or back."""

from dataclasses import replace

import pytest
from comparing_samples import page, pdf, record, version
from noticing_samples import NEW_TEXT, TEXT, told

from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import DocumentState, Part
from pipeline.text.noticing.notice import notice


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
