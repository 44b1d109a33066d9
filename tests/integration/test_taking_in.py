"""Looks into the ledger, on both databases: what settles, what is doubted, and what must never be lost."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import ChangeKind, Relevance, Verdict
from pipeline.model.documents import Entry, Part, PartKind, Record
from pipeline.model.looks import Look
from pipeline.steps.intake import Intake, Terms, take_in
from pipeline.steps.settling import release_overdue
from pipeline.steps.sweep import sweep_old
from pipeline.store import bodies, changes, entries
from pipeline.store.changes import Fate
from pipeline.store.database import Database

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
URL = "https://www.gov.uk/guidance/support"
MUST = "Local authorities must publish a local offer for children with SEND."
SHOULD = MUST.replace("must", "should")
REST = "Families can ask for an assessment. The council answers within six weeks."


def judge(_record: Record, parts: Sequence[Part]) -> Relevance:
    text = " ".join(block.text for part in parts for block in part.blocks)
    return Relevance(Verdict.RELEVANT if "SEND" in text else Verdict.NOT, 12.0 if "SEND" in text else 0.0)


TERMS = Terms(judge, lambda _version, _stored: None, lambda _source: timedelta(minutes=5))


def look(
    *texts: str, minutes: float = 0, updated: datetime | None = START, child: str = "", etag: str = ""
) -> Look:
    """What a visit ``minutes`` after the start brings home."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    raw = {hashlib.sha256("|".join(texts).encode()).hexdigest(): "|".join(texts).encode()}
    page = Part(PartKind.PAGE, "", URL, "Support", ReadStatus.READ, next(iter(raw)), 10, blocks)
    parts = [page]
    if child:
        body = child.encode()
        sha256 = hashlib.sha256(body).hexdigest()
        below = (Block(BlockKind.PARAGRAPH, REST, part="/child"),)
        parts.append(
            Part(PartKind.CHILD, "/child", f"{URL}/c", "C", ReadStatus.READ, sha256, 9, below, etag=etag)
        )
        raw[sha256] = body
    record = Record(url=URL, title="Support", content_id="c1", system_updated=updated)
    return Look("s", "c1:en", "govuk", START + timedelta(minutes=minutes), record, tuple(parts), raw)


def fates(db: Database) -> list[tuple[ChangeKind, Fate]]:
    with db.begin() as tx:
        return [(line.change.kind, line.fate) for line in changes.since(tx, None)]


def takes(db: Database, *looks: Look) -> list[Intake]:
    """The first is the baseline."""
    return [take_in(db, one, TERMS, baseline=number == 0) for number, one in enumerate(looks)]


def test_taking_the_send_text_out_in_two_edits_is_still_news(db: Database) -> None:
    takes(db, look(MUST, REST), look(REST, minutes=10), look(REST + " Thank you for it.", minutes=12))
    assert fates(db)[-1][1] is Fate.HELD
    take_in(db, look(REST + " Thank you for it.", minutes=90), TERMS, baseline=False)
    assert fates(db)[-1][1] is Fate.OWED


def test_a_page_that_comes_in_two_ways_in_turn_is_told_within_a_day(db: Database) -> None:
    one, other = f"{SHOULD} Ask for the list, please.", f"{SHOULD} Ask for the list please."
    take_in(db, look(MUST), TERMS, baseline=True)
    told = None
    for number in range(1, 150):
        now = number * 10
        take_in(db, look(other if number % 2 else one, minutes=now), TERMS, baseline=False)
        release_overdue(db, START + timedelta(minutes=now))
        if any(fate is Fate.OWED for _, fate in fates(db)):
            told = now
            break
    assert told is not None
    assert told <= 24 * 60


def test_a_copy_that_is_older_is_believed_once_it_has_come_for_an_hour(db: Database) -> None:
    ahead = START + timedelta(minutes=30)
    looks = [look(MUST, updated=ahead), *(look(SHOULD, minutes=m) for m in (10, 30, 80))]
    assert takes(db, *looks) == [Intake.BASELINE, Intake.STALE, Intake.STALE, Intake.CHANGED]


def test_a_publishers_clock_that_was_a_year_ahead_silences_nothing(db: Database) -> None:
    ahead = START + timedelta(days=365)
    assert takes(db, look(MUST, updated=ahead), look(SHOULD, minutes=10))[1] is Intake.CHANGED


def test_a_step_back_that_joins_a_held_edit_is_told_as_one(db: Database) -> None:
    day = 24 * 60
    takes(
        db,
        look(MUST),
        look(SHOULD, minutes=10, updated=START + timedelta(minutes=9)),
        look(SHOULD, minutes=20, updated=START + timedelta(minutes=9)),
        look(SHOULD, "More.", minutes=3 * day, updated=START + timedelta(days=3)),
        look(MUST, minutes=3 * day + 2, updated=START + timedelta(days=3, minutes=1)),
    )
    assert fates(db)[-1] == (ChangeKind.REVERSED, Fate.HELD)


def test_a_stale_copy_between_two_looks_does_not_make_news_a_step_back(db: Database) -> None:
    """A to B is held, an old copy of A undoes it, B comes again: B is news, not "says again"."""
    takes(db, look(MUST), look(SHOULD, minutes=10), look(MUST, minutes=12), look(SHOULD, minutes=14))
    assert fates(db)[-1] == (ChangeKind.QUIETLY_UPDATED, Fate.HELD)
    take_in(db, look(SHOULD, minutes=25), TERMS, baseline=False)
    assert fates(db)[-1][1] is Fate.OWED


def test_no_bytes_under_an_older_version_are_let_go(db: Database) -> None:
    first, second = look(MUST, child="one", etag="1"), look(MUST, minutes=5, child="two", etag="2")
    takes(db, first, second, look(SHOULD, minutes=10, child="two", etag="2"))
    take_in(db, look(SHOULD, minutes=20, child="one", etag="1"), TERMS, baseline=False)
    take_in(db, look(SHOULD, minutes=30, child="two", etag="2"), TERMS, baseline=False)
    sweep_old(db, keep=timedelta(0), now=START + timedelta(days=1))
    with db.begin() as tx:
        for body in (b"one", b"two"):
            assert bodies.fetch(tx, hashlib.sha256(body).hexdigest()) == body


def test_bytes_under_no_version_go_with_the_sweep(db: Database) -> None:
    take_in(db, look(MUST), TERMS, baseline=True)
    with db.begin() as tx:
        bodies.keep(tx, {"f" * 64: b"loose"})
    assert sweep_old(db, keep=timedelta(0), now=START).bodies == 1
    with db.begin() as tx:
        assert bodies.fetch(tx, "f" * 64) is None


@pytest.mark.parametrize("words", ["Page not found", "Error 503: service unavailable"])
def test_an_error_message_in_place_of_the_page_changes_nothing(db: Database, words: str) -> None:
    error = look(words, minutes=10)
    error = replace(error, record=replace(error.record, title=words))
    assert takes(db, look(MUST), error)[1] is Intake.DOUBTED
    assert len(fates(db)) == 0


def test_a_copy_that_is_older_than_the_list_says_is_looked_at_once_more(db: Database) -> None:
    """The list has moved on and the page came as it was, out of a cache that lags."""
    take_in(db, look(MUST), TERMS, baseline=True)

    def listed(at: datetime) -> None:
        lead = Entry(URL, "Support", updated=at, public=at)
        with db.begin() as tx:
            entries.record(tx, "s", [lead], matters=lambda _: True, baseline=False, now=at)

    def owed(minutes: float) -> list[str]:
        with db.begin() as tx:
            found = entries.owed(tx, "s", now=START + timedelta(minutes=minutes), limit=9)
        return [one.url for one in found]

    listed(START)
    take_in(db, look(MUST, minutes=1), TERMS, baseline=False)
    assert owed(2) == []
    listed(START + timedelta(minutes=10))
    assert owed(11) == [URL]
    take_in(db, look(MUST, minutes=11), TERMS, baseline=False)
    assert owed(12) == []
    assert owed(17) == [URL]
    take_in(db, look(MUST, minutes=17), TERMS, baseline=False)
    assert owed(600) == [], "a second look that finds nothing is the answer"


def test_what_could_not_be_looked_at_again_is_told_after_four_hours(db: Database) -> None:
    takes(db, look(MUST), look(SHOULD, minutes=10))
    assert release_overdue(db, START + timedelta(hours=2)) == 0
    assert fates(db)[-1][1] is Fate.HELD
    assert release_overdue(db, START + timedelta(hours=5)) == 1
    assert fates(db)[-1][1] is Fate.OWED
