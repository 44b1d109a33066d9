"""What follows from a bounce: suspended, resting or gone, once for each report, on both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from pipeline.model.bounces import LADDER, Kind, Outcome, Report
from pipeline.store import bounced
from pipeline.store.database import Database
from pipeline.store.mailing_tables import digest_deliveries
from pipeline.store.subscribers import by_key
from tests.support.subscribers import (
    AT,
    KEY,
    a_delivery,
    a_subscriber,
    all_subscribers,
    the_delivery,
    the_log,
    the_subscriber,
    the_suppressions,
)

HARD = Report(Kind.HARD, KEY, "5.1.1", "550 5.1.1 User unknown")
SOFT = Report(Kind.SOFT, KEY, "5.2.2", "552 mailbox full")
COMPLAINT = Report(Kind.COMPLAINT, KEY, "", "reported as abuse")
WEEK = timedelta(days=7)


def _note(db: Database, report: Report, mark: str, now: datetime = AT) -> Outcome:
    with db.begin() as tx:
        return bounced.note(tx, report, mark, suppressed_as=lambda a: f"hash of {len(a)}", now=now)


def test_a_mailbox_that_is_gone_suspends_at_once_and_the_next_digest_is_not_sent(db: Database) -> None:
    with db.begin() as tx:
        anna = a_subscriber(tx)
        ben = a_subscriber(tx, key="B" * 22, address="ben@mail.example")
        a_delivery(tx, anna, day=date(2026, 11, 27), state="sent", sent_at=AT)
        waiting = a_delivery(tx, anna, day=date(2026, 12, 4))
        other = a_delivery(tx, ben, day=date(2026, 12, 4))
    assert _note(db, HARD, "1") is Outcome.SUSPENDED
    with db.begin() as tx:
        row = the_subscriber(tx)
        assert row["state"] == "suspended"
        assert row["suspended_because"] == "5.1.1 550 5.1.1 User unknown"
        assert the_delivery(tx, waiting)["state"] == "dropped"
        assert the_delivery(tx, other)["state"] == "owed", "nobody else is touched"
        assert the_log(tx) == [("bounce", "suspended: 5.1.1 550 5.1.1 User unknown")]
    assert _note(db, replace(HARD, words="again"), "2") is Outcome.NOTED


def test_a_mail_that_the_sender_has_in_hand_is_left_to_it(db: Database) -> None:
    with db.begin() as tx:
        waiting = a_delivery(tx, a_subscriber(tx), day=date(2026, 12, 4))
        held = {"lease": "sender", "lease_until": AT + timedelta(minutes=5)}
        tx.execute(update(digest_deliveries).where(digest_deliveries.c.id == waiting).values(held))
    assert _note(db, HARD, "1") is Outcome.SUSPENDED
    with db.begin() as tx:
        assert the_delivery(tx, waiting)["state"] == "owed"


def test_the_same_report_read_twice_counts_once(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx)
    assert _note(db, SOFT, "1") is Outcome.RESTING
    assert _note(db, SOFT, "1", AT + WEEK) is Outcome.AGAIN
    with db.begin() as tx:
        assert the_subscriber(tx)["soft_bounces"] == 1


def test_seven_refusals_week_after_week_climb_the_ladder_and_then_suspend(db: Database) -> None:
    with db.begin() as tx:
        anna = a_subscriber(tx)
    rests = []
    for week in range(7):
        now = AT + week * WEEK
        with db.begin() as tx:
            a_delivery(tx, anna, day=now.date(), state="sent", sent_at=now - timedelta(minutes=5))
            assert bounced.ease(tx, now) == 0
        outcome = _note(db, SOFT, f"week {week}", now)
        with db.begin() as tx:
            row = the_subscriber(tx)
        if outcome is Outcome.RESTING:
            rests.append(row["rest_until"] - now)
    assert rests == list(LADDER)
    assert [rest.total_seconds() / 3600 for rest in rests] == [2, 4, 8, 16, 32, 64]
    assert outcome is Outcome.SUSPENDED
    assert row["suspended_because"] == "5.2.2 552 mailbox full"


def test_a_digest_that_arrives_sets_the_ladder_back(db: Database) -> None:
    with db.begin() as tx:
        anna = a_subscriber(tx)
        a_delivery(tx, anna, day=AT.date(), state="sent", sent_at=AT - timedelta(minutes=5))
    assert _note(db, SOFT, "1") is Outcome.RESTING
    with db.begin() as tx:
        a_delivery(tx, anna, day=(AT + WEEK).date(), state="sent", sent_at=AT + WEEK)
        assert bounced.ease(tx, AT + 2 * WEEK - timedelta(hours=1)) == 0, "a bounce may still come"
        assert the_subscriber(tx)["soft_bounces"] == 1
        assert bounced.ease(tx, AT + 2 * WEEK) == 1
        assert (the_subscriber(tx)["soft_bounces"], the_subscriber(tx)["rest_until"]) == (0, None)


def test_a_refusal_after_one_that_arrived_is_a_first_one_again(db: Database) -> None:
    with db.begin() as tx:
        anna = a_subscriber(tx)
    _note(db, SOFT, "1")
    with db.begin() as tx:
        a_delivery(tx, anna, day=(AT + WEEK).date(), state="sent", sent_at=AT + WEEK)
    assert _note(db, SOFT, "2", AT + 3 * WEEK) is Outcome.RESTING
    with db.begin() as tx:
        assert the_subscriber(tx)["soft_bounces"] == 1


def test_two_reports_about_one_mail_are_one_step(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx)
    assert _note(db, SOFT, "1") is Outcome.RESTING
    assert _note(db, SOFT, "2", AT + timedelta(hours=1)) is Outcome.NOTED
    with db.begin() as tx:
        assert the_subscriber(tx)["soft_bounces"] == 1


def test_what_is_owed_waits_until_the_rest_is_over(db: Database) -> None:
    with db.begin() as tx:
        waiting = a_delivery(tx, a_subscriber(tx), day=date(2026, 11, 27))
    _note(db, SOFT, "1")
    with db.begin() as tx:
        row = the_delivery(tx, waiting)
        assert (row["state"], row["due_at"]) == ("owed", AT + timedelta(hours=2))


def test_a_complaint_unsubscribes_for_good_even_who_was_suspended(db: Database) -> None:
    with db.begin() as tx:
        waiting = a_delivery(tx, a_subscriber(tx, asked_at=AT), day=date(2026, 12, 4))
    assert _note(db, HARD, "1") is Outcome.SUSPENDED
    assert _note(db, COMPLAINT, "2") is Outcome.LEFT
    with db.begin() as tx:
        row = the_subscriber(tx)
        assert (row["state"], row["left_at"], row["asked_at"]) == ("left", AT, None)
        assert the_suppressions(tx) == [("hash of 19", "complaint")]
        assert the_log(tx)[-1] == ("complaint", "left: reported as abuse")
        assert the_delivery(tx, waiting)["state"] == "dropped"
    assert _note(db, COMPLAINT, "3") is Outcome.NOTED


def test_who_has_left_is_still_kept_from_every_import_by_a_complaint(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx, state="left", left_at=AT)
    assert _note(db, COMPLAINT, "1") is Outcome.NOTED
    with db.begin() as tx:
        assert [why for _, why in the_suppressions(tx)] == ["complaint"]


def test_delays_and_answering_machines_change_nothing(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx)
        before = all_subscribers(tx)
    for kind in (Kind.DELAYED, Kind.OTHER):
        assert _note(db, Report(kind, KEY), kind.value) is Outcome.NOTED
    with db.begin() as tx:
        assert all_subscribers(tx) == before


def test_a_report_about_nobody_is_counted_like_any_other_and_changes_nothing(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx)
        before = all_subscribers(tx)
    stranger = replace(HARD, subscriber_key="N" * 22)
    assert _note(db, stranger, "1") is Outcome.NOBODY
    assert _note(db, Report(Kind.HARD, address="parent@mail.example.evil.example"), "2") is Outcome.NOBODY
    with db.begin() as tx:
        assert all_subscribers(tx) == before
        assert bounced.seen(tx, ["1", "2", "3"]) == {"1", "2"}
        assert bounced.forget_reports(tx, before=AT + timedelta(seconds=1)) == 2


def test_a_provider_may_name_the_address_however_it_is_written(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx)
    assert _note(db, Report(Kind.HARD, address="Parent@Mail.Example"), "1") is Outcome.SUSPENDED


def test_who_leaves_by_the_button_of_the_mail_program_gets_nothing_more(db: Database) -> None:
    with db.begin() as tx:
        waiting = a_delivery(tx, a_subscriber(tx), day=date(2026, 12, 4))
    assert _note(db, Report(Kind.LEAVE, KEY), "1") is Outcome.LEFT_BY_MAIL
    with db.begin() as tx:
        assert the_subscriber(tx)["state"] == "left"
        assert the_delivery(tx, waiting)["state"] == "dropped"
        assert the_log(tx) == [("mail", "left")]
        assert the_suppressions(tx) == [], "they may come back"
    assert _note(db, Report(Kind.LEAVE, KEY), "2") is Outcome.NOTED


@pytest.mark.parametrize("report", [Report(Kind.LEAVE, KEY), COMPLAINT], ids=["leaves", "complains"])
def test_who_was_asked_to_come_back_and_says_no_is_not_taken_in_by_that_link(
    db: Database, report: Report
) -> None:
    with db.begin() as tx:
        a_subscriber(tx, state="left", left_at=AT - WEEK, asked_at=AT)
    _note(db, report, "1")
    with db.begin() as tx:
        person = by_key(tx, KEY)
    assert person is not None
    assert not person.is_open
