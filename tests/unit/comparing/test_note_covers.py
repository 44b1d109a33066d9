"""Does the publisher's note own up to what was done? Small words for a great change are caught."""

import pytest
from comparing_samples import LATER, page, record, version

from pipeline.model.documents import ChangeNote
from pipeline.model.facts import Announcement
from pipeline.text.noticing.notice import notice

OLD = (
    "# Assessments",
    "Schools must tell families about each assessment.",
    "# Fees",
    "Schools pay a fee of £100 for training.",
    "# Dates",
    "Families should answer by 31 January 2027.",
)
DUTY = {"must tell": "should tell"}
FEE = {"£100": "£200"}
DATE = {"31 January": "28 February"}


def judged(note: str, *changes: dict[str, str], closing: str = "") -> Announcement:
    new = list(OLD)
    for change in changes:
        for was, now in change.items():
            new = [text.replace(was, now) for text in new]
    moved = record(
        public_updated=LATER,
        change_notes=(ChangeNote(LATER, note),),
        facts=(("closing_date", closing or "2027-01-31"),),
    )
    before = version(record(change_notes=(), facts=(("closing_date", "2027-01-31"),)), page(*OLD))
    found = notice(before, moved, [page(*new)])
    assert found is not None
    assert found.findings.verdict is not None
    return found.findings.verdict.judgement


@pytest.mark.parametrize(
    "note",
    [
        "Fixed a typo in the guidance",
        "Fixed a typo.",
        "Minor changes throughout",
        "Updated to improve accessibility of the page",
        "No change to content; page reformatted",
        "Corrected punctuation on the page",
        "Added Welsh version of this document.",
        "Minor formatting amendments",
    ],
)
def test_a_note_of_something_small_does_not_cover_a_weakened_duty(note: str) -> None:
    assert judged(note, DUTY) is Announcement.NOT_COVERED


@pytest.mark.parametrize(
    ("note", "changes"),
    [
        ("Updated key dates", (DATE,)),
        ("Deadline extended.", (DATE,)),
        ("Updated the deadline for families to answer.", (DATE,)),
        ("Guidance updated", (DUTY, FEE, DATE)),
        ("Revised throughout for 2027.", (DUTY, FEE, DATE)),
        ("Updated the fee for training.", (FEE,)),
        ("Fixed a typo and updated the fee for training.", (FEE,)),
        ("Clarified what schools must tell families.", (DUTY,)),
    ],
)
def test_a_note_that_says_what_was_done_covers_it(note: str, changes: tuple[dict[str, str], ...]) -> None:
    assert judged(note, *changes) is Announcement.ANNOUNCED


@pytest.mark.parametrize(
    ("note", "changes"),
    [
        ("Updated the fee for training.", (FEE, DUTY)),
        ("Fee updated for schools.", (FEE, DUTY)),
        ("Fixed a typo and updated the fee for training.", (FEE, DUTY)),
        ("Updated key dates", (DATE, DUTY)),
    ],
)
def test_a_note_on_one_thing_does_not_cover_the_other(note: str, changes: tuple[dict[str, str], ...]) -> None:
    assert judged(note, *changes) is Announcement.NOT_COVERED


def test_a_note_on_a_typo_does_not_cover_a_closing_date() -> None:
    assert judged("Fixed a typo.", closing="2027-03-31") is Announcement.NOT_COVERED
    assert judged("Closing date extended.", closing="2027-03-31") is Announcement.ANNOUNCED


def test_a_weakened_duty_among_many_slips_is_found() -> None:
    old, new = [], []
    for number in range(60):
        old += [f"# Section {number}", f"They recieve letter {number} in term."]
        new += [f"# Section {number}", f"They receive letter {number} in term."]
    old += ["# Last", "Schools must tell families."]
    new += ["# Last", "Schools should tell families."]
    moved = record(public_updated=LATER, change_notes=(ChangeNote(LATER, "Corrected spelling."),))
    found = notice(version(record(), page(*old)), moved, [page(*new)])
    assert found is not None
    assert found.findings.verdict is not None
    assert found.findings.verdict.judgement is Announcement.NOT_COVERED
