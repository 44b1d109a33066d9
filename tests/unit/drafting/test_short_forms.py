"""The digest item, the post and the way an update is told: short, whole sentences, all of them proved."""

from datetime import UTC, date, datetime, time

import pytest
from drafting_samples import (
    the_consultation,
    the_guidance,
    the_joint_letter,
    the_press_release,
    the_return_letter,
)

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.drafts import Draft
from pipeline.model.redlines import Noticed
from pipeline.text.citing.gate import unsupported
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house
from pipeline.text.drafting.short_forms import short_forms
from pipeline.text.papers.key_dates import key_dates
from pipeline.text.words.readability import measure, reading_age, syllables_in

SEEN = datetime(2026, 8, 1, 9, tzinfo=UTC)
SAMPLES = (the_return_letter, the_joint_letter, the_guidance, the_consultation, the_press_release)


def a_draft(made: tuple[Record, tuple[Part, ...]]) -> Draft:
    return draft_item(*made, load_house())


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_digest_item_has_25_to_70_words_and_one_link(sample: object) -> None:
    record, parts = sample()  # type: ignore[operator]
    draft = a_draft((record, parts))
    item = short_forms(draft).digest
    assert 15 <= item.words <= 70
    assert item.words >= 25 or draft.words < 60
    assert item.link == record.url
    assert item.link_text
    assert [s.text for s in item.sentences if unsupported(s)] == []
    assert all(s.text.endswith((".", "!", "?", "”")) for s in item.sentences)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_post_is_shorter_than_280_characters_and_has_the_link(sample: object) -> None:
    draft = a_draft(sample())  # type: ignore[operator]
    post = short_forms(draft).post
    assert len(post.text) < 280
    assert post.text.endswith(draft.url)
    assert not unsupported(post.sentence)


def test_a_post_with_an_endless_address_keeps_its_words() -> None:
    record, parts = the_guidance(url="https://www.gov.uk/" + "x" * 400)
    post = short_forms(a_draft((record, parts))).post
    assert 0 < len(post.text) < 280


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_subject_fits_a_line(sample: object) -> None:
    assert 10 <= len(short_forms(a_draft(sample())).subject) <= 78  # type: ignore[operator]


def test_an_update_says_what_changed_what_stays_and_what_to_do() -> None:
    record, parts = the_guidance()
    blocks = tuple(block for part in parts for block in part.blocks)
    must = next(block for block in blocks if " must " in block.text)
    was = tuple(
        Block(b.kind, b.text.replace(" must ", " should "), b.level, b.anchor, b.part) if b is must else b
        for b in blocks
    )
    redline = compare_blocks(was, blocks)
    noticed = Noticed(ChangeKind.QUIETLY_UPDATED, (), Significance.SUBSTANTIVE, "", redline)
    draft = draft_item(record, parts, load_house(), noticed=noticed)
    update = short_forms(draft, noticed=noticed).update
    assert update is not None
    assert "must" in " ".join(s.text for s in update.changed)
    assert "The rest of the text is the same as before." in [s.text for s in update.same]
    assert short_forms(draft).update is None


def a_page(*texts: str) -> Part:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Part(PartKind.PAGE, "", "https://www.gov.uk/x", "", ReadStatus.READ, "", 1, blocks)


def test_dates_by_which_something_is_due_are_listed_soonest_first() -> None:
    page = a_page(
        "Plans must be reviewed by 15 February 2027. The letter was written on 3 June 2026.",
        "Councils should answer no later than Friday 18th December 2026.",
        "The new duty comes into force on 1 September 2027.",
        "In May 2027 we will publish more. The event was held on 5 May 2024 and ran until 6 May 2024.",
    )
    dates = key_dates(Record(url="https://www.gov.uk/x", title="X"), [page], after=SEEN)
    assert [one.in_words for one in dates] == ["18 December 2026", "15 February 2027", "1 September 2027"]
    assert dates[0].what == "Councils should answer no later than Friday 18th December 2026."
    assert dates[0].citation.passage == dates[0].what


@pytest.mark.parametrize(
    ("closing", "day", "hour"),
    [
        ("2027-01-31T23:59:00+00:00", date(2027, 1, 31), time(23, 59)),
        ("2027-02-01T00:00:00+00:00", date(2027, 1, 31), time(23, 59)),
        ("2026-08-31T23:00:00+00:00", date(2026, 8, 31), time(23, 59)),
        ("2027-01-31T12:00:00+00:00", date(2027, 1, 31), time(12)),
    ],
)
def test_a_consultation_closes_on_the_day_that_readers_are_told(closing: str, day: date, hour: time) -> None:
    record = Record(url="https://www.gov.uk/x", title="Transport", facts=(("closing_date", closing),))
    (one,) = key_dates(record, [a_page(f"Please answer by {day.day} {day:%B %Y}.")], after=SEEN)
    assert (one.day, one.hour, one.what) == (day, hour, "Last day to answer: Transport")


def test_a_date_that_cannot_be_is_no_date() -> None:
    assert key_dates(Record(url="u", title="t"), [a_page("Answer by 31 February 2027.")], after=SEEN) == ()


def test_plain_words_read_younger_than_officialese() -> None:
    plain = ["You can ask the council for help.", "They must tell you what they will do."]
    office = "Consideration of representations received from interested parties"
    heavy = [f"{office} regarding administrative arrangements was undertaken by the authority."]
    assert 5 <= reading_age(plain) < 9
    assert reading_age(heavy) > 18
    assert reading_age([]) == 0
    assert measure(heavy).passive == 1
    assert measure(plain).passive == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("child", 1),
        ("children", 2),
        ("education", 4),
        ("special", 2),
        ("needed", 2),
        ("SEND", 1),
        ("EHC", 3),
        ("authority", 4),
        ("provision", 3),
        ("places", 2),
        ("area", 3),
        ("required", 2),
        ("exclusion", 3),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables_in(word) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "Parents no longer need to apply by 2 May 2027.",
        "You do not have to reply by 2 May 2027.",
        "We had proposed to close the fund by 2 May 2027.",
        "Critics want the scheme to end by 2 May 2027.",
        "The event, which was to close on 2 May 2027, was cancelled.",
        "Parents in Wales must apply by 2 May 2027.",
    ],
)
def test_a_date_that_binds_nobody_is_not_for_the_calendar(sentence: str) -> None:
    assert key_dates(Record(url="u", title="t"), [a_page(sentence)], after=SEEN) == ()


def test_a_strangers_number_does_not_ride_into_the_calendar_on_a_date() -> None:
    page = a_page("Call 0300 123 4567 or apply at https://evil.example/claim by 2 May 2027.")
    (one,) = key_dates(Record(url="u", title="Transport"), [page], after=SEEN)
    assert (one.day, one.what) == (date(2027, 5, 2), "A date in: Transport")


def test_a_date_of_what_is_only_planned_is_not_for_the_calendar() -> None:
    blocks = (
        Block(BlockKind.HEADING, "If Parliament agrees", 2),
        Block(BlockKind.PARAGRAPH, "Councils must publish a plan by 2 May 2027."),
        Block(BlockKind.HEADING, "What to do now", 2),
        Block(BlockKind.PARAGRAPH, "Please answer by 3 May 2027."),
    )
    page = Part(PartKind.PAGE, "", "https://www.gov.uk/x", "", ReadStatus.READ, "", 1, blocks)
    dates = key_dates(Record(url="u", title="t"), [page], after=SEEN)
    assert [one.in_words for one in dates] == ["3 May 2027"]
