"""The silence receipt and the health of sources, on both databases, from a ledger written by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.model.sources import Source
from pipeline.steps.due import is_due
from pipeline.steps.health import source_health
from pipeline.steps.pausing import ask_for_run, pause, pauses, resume, runs_asked_for
from pipeline.steps.receipts import last_whole_week, receipt
from pipeline.store import runs
from pipeline.store.database import Database

SOURCES = [
    Source("govuk-send", "SEND on GOV.UK", "govuk_search", every=timedelta(minutes=20)),
    Source("hub", "The Education Hub", "blog_feed", every=timedelta(minutes=20)),
]
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def a_run(db: Database, key: str, at: datetime, outcome: str = "whole", words: str = "") -> None:
    with db.begin() as tx:
        run = runs.begin(tx, key, at)
        runs.end(
            tx, run, at + timedelta(seconds=9), outcome=outcome, requests=3, counts={"new": 1}, words=words
        )


@pytest.fixture
def a_day(db: Database) -> Database:
    """From 9:00 to 11:00 every 20 minutes; the Hub fails at 9:20 and 9:40. Then nothing until 15:00."""
    for turn in range(7):
        at = MONDAY + timedelta(hours=9, minutes=20 * turn)
        a_run(db, "govuk-send", at)
        a_run(db, "hub", at + timedelta(minutes=1), "failed" if turn in (1, 2) else "whole", "it is down")
    a_run(db, "govuk-send", MONDAY + timedelta(hours=15))
    return db


def test_a_receipt_says_in_one_sentence_what_was_checked_and_what_was_not(a_day: Database) -> None:
    until = MONDAY + timedelta(hours=15, minutes=30)
    told = receipt(a_day, SOURCES, MONDAY, until, NOW)
    assert told.words == (
        "Checked 2 sources 13 times; 1 was down for 40 minutes; 0 Stories. "
        "Nothing was checked from 11.01am on 16 November 2026 to 3pm on 16 November 2026."
    )
    assert (told.checks, told.requests, told.looked, told.mails) == (13, 45, 15, 0)
    hub = told.sources[1]
    assert (hub.checks, hub.failed, hub.down) == (5, 2, timedelta(minutes=40))


def test_what_was_down_before_the_span_and_is_still_down_is_down_all_the_while(db: Database) -> None:
    a_run(db, "hub", MONDAY - timedelta(minutes=20), "failed")
    a_run(db, "govuk-send", MONDAY)
    a_run(db, "hub", MONDAY + timedelta(minutes=20), "failed")
    told = receipt(db, SOURCES, MONDAY, MONDAY + timedelta(minutes=45), NOW)
    assert told.sources[1].down == timedelta(minutes=45)
    assert told.words.endswith("0 Stories. Never checked: The Education Hub.")


def test_a_watch_that_had_not_begun_does_not_say_that_all_was_quiet(db: Database) -> None:
    assert receipt(db, SOURCES, *last_whole_week(NOW), NOW).words == "The watch had not begun."


def test_a_week_is_as_long_as_the_clocks_of_london_make_it() -> None:
    begin, end = last_whole_week(datetime(2026, 10, 28, tzinfo=UTC))
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=169)
    assert last_whole_week(NOW)[0].isoformat() == "2026-11-16T00:00:00+00:00"


def test_a_paused_source_is_asked_nothing_and_everybody_is_reminded(a_day: Database) -> None:
    moment = MONDAY + timedelta(hours=12)
    assert pause(a_day, "hub", "Anna", moment)
    assert not pause(a_day, "hub", "Ben", moment)
    assert not ask_for_run(a_day, "hub", "Ben", moment)
    with a_day.begin() as tx:
        assert pauses(tx)["hub"].by == "Anna"
    assert not is_due(SOURCES[1], None, NOW, paused=True, asked=NOW)
    told = receipt(a_day, SOURCES, MONDAY, MONDAY + timedelta(hours=15), NOW)
    assert "The Education Hub is paused since 16 November 2026." in told.words
    row = source_health(a_day, SOURCES, NOW)[1]
    assert row.words == "paused since 12pm on 16 November 2026 by Anna"
    assert row.next_due is None
    assert resume(a_day, "hub")
    assert not resume(a_day, "hub")


def test_a_run_that_is_asked_for_is_owed_until_it_is_made(a_day: Database) -> None:
    asked = MONDAY + timedelta(hours=15, minutes=1)
    assert ask_for_run(a_day, "govuk-send", "Anna", asked)
    with a_day.begin() as tx:
        wish = runs_asked_for(tx)["govuk-send"]
    last = MONDAY + timedelta(hours=15)
    assert is_due(SOURCES[0], last, asked, asked=wish)
    assert "a run is owed" in source_health(a_day, SOURCES, asked)[0].words
    a_run(a_day, "govuk-send", asked + timedelta(seconds=20))
    assert not is_due(SOURCES[0], asked + timedelta(seconds=20), asked + timedelta(seconds=40), asked=wish)
    assert source_health(a_day, SOURCES, asked + timedelta(minutes=1))[0].run_asked is None


def test_a_source_is_shown_with_what_is_wrong_with_it(a_day: Database) -> None:
    later = MONDAY + timedelta(hours=15, minutes=10)
    a_run(a_day, "hub", later, "failed", "the publisher refused the connection")
    good, bad = source_health(a_day, SOURCES, later + timedelta(minutes=5))
    assert good.words == "well; last read 15 minutes ago"
    assert (good.requests_today, good.failed_today) == (24, 0)
    assert bad.words == "last read 4 hours ago; the publisher refused the connection"
    assert bad.failed_today == 3
