"""Mails of digests as rows, on both databases: claimed once, asked of each person, settled by the holder."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from pipeline.store import digest_deliveries, digest_progress
from pipeline.store.database import Database
from pipeline.store.digest_deliveries import Claim
from pipeline.store.mailing_tables import digest_deliveries as owed
from pipeline.store.mailing_tables import digests, subscribers, subscriptions
from tests.support.digests import FRIDAY, a_digest_to, add_digest, addresses_of

NOW = FRIDAY + timedelta(minutes=1)
TODAY = date(2026, 11, 27)


def _claim(
    db: Database, *, lease: str = "me", now: datetime = NOW, limit: int = 100,
    allows: Callable[[str], bool] = lambda _address: True, only: list[int] | None = None,
) -> Claim:  # fmt: skip
    with db.begin() as tx:
        return digest_deliveries.claim(
            tx, lease=lease, now=now, today=TODAY, lasting=timedelta(minutes=30), limit=limit,
            allows=allows, only=only,
        )  # fmt: skip


def _states(db: Database) -> dict[str, int]:
    with db.begin() as tx:
        (number,) = tx.execute(select(digests.c.id)).scalars().all()
        return digest_progress.counts(tx, number)


def test_nobody_is_claimed_twice_until_a_lease_runs_out(db: Database) -> None:
    a_digest_to(db, addresses_of(5))
    first, second = _claim(db, limit=3), _claim(db, lease="another", limit=9)
    assert len(first.letters) == 3
    assert len(second.letters) == 2
    assert not {one.id for one in first.letters} & {one.id for one in second.letters}
    assert _claim(db).is_empty
    later = _claim(db, lease="third", now=NOW + timedelta(hours=1))
    assert len(later.letters) == 5
    with db.begin() as tx:
        assert not digest_deliveries.failed(tx, first.letters[0], "x"), "the lease was lost"
        assert digest_deliveries.sent(tx, first.letters, NOW) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"state": "left"},
        {"state": "suspended"},
        {"state": "pending"},
        {"paused_until": date(2026, 11, 28)},
    ],
)
def test_who_has_left_or_paused_since_it_was_owed_gets_nothing(
    db: Database, change: dict[str, object]
) -> None:
    a_digest_to(db, ["anna@people.example", "ben@people.example"])
    with db.begin() as tx:
        tx.execute(update(subscribers).where(subscribers.c.address == "anna@people.example").values(change))
    claimed = _claim(db)
    assert [letter.address for letter in claimed.letters] == ["ben@people.example"]
    assert claimed.dropped == 1
    assert _states(db) == {"owed": 1, "dropped": 1}


def test_who_was_forgotten_or_gave_up_the_plan_gets_nothing(db: Database) -> None:
    a_digest_to(db, ["anna@people.example", "ben@people.example", "cleo@people.example"])
    with db.begin() as tx:
        ids = dict(tx.execute(select(subscribers.c.address, subscribers.c.id)).all())
        gone = [ids["anna@people.example"], ids["ben@people.example"]]
        tx.execute(subscriptions.delete().where(subscriptions.c.subscriber_id.in_(gone)))
        tx.execute(subscribers.delete().where(subscribers.c.id == gone[0]))
    claimed = _claim(db)
    assert [letter.address for letter in claimed.letters] == ["cleo@people.example"]
    assert claimed.dropped == 2


def test_a_pause_that_ends_today_is_over(db: Database) -> None:
    a_digest_to(db, ["anna@people.example"])
    with db.begin() as tx:
        tx.execute(update(subscribers).values(paused_until=TODAY))
    assert len(_claim(db).letters) == 1


def test_only_those_on_the_allow_list_are_mailed_and_the_others_counted(db: Database) -> None:
    a_digest_to(db, addresses_of(4))
    claimed = _claim(db, allows=lambda address: address == "person000001@people.example")
    assert [letter.address for letter in claimed.letters] == ["person000001@people.example"]
    assert claimed.withheld == 3
    assert _states(db) == {"owed": 1, "withheld": 3}


def test_who_rests_after_a_bounce_is_owed_later(db: Database) -> None:
    a_digest_to(db, ["anna@people.example"])
    with db.begin() as tx:
        tx.execute(update(subscribers).values(rest_until=NOW + timedelta(hours=2)))
    assert _claim(db).rested == 1
    assert _claim(db).is_empty
    assert len(_claim(db, now=NOW + timedelta(hours=3)).letters) == 1


def test_a_digest_that_an_editor_holds_stays(db: Database) -> None:
    a_digest_to(db, addresses_of(2))
    with db.begin() as tx:
        tx.execute(update(digests).values(state="held"))
    assert _claim(db).is_empty
    with db.begin() as tx:
        assert digest_progress.open_digests(tx) == []


def test_three_refusals_in_a_row_suspend_and_a_yes_between_them_counts_anew(db: Database) -> None:
    weeks = [FRIDAY + timedelta(days=7 * week) for week in range(5)]
    a_digest_to(db, ["anna@people.example"])
    with db.begin() as tx:
        person = tx.execute(select(subscribers.c.id)).scalar_one()
        for week in weeks[1:]:
            add_digest(tx, [person], key=f"weekly:{week:%Y-%m-%d}", made_at=week)
    suspended = []
    for week, answer in zip(weeks, ["no", "yes", "no", "no", "no"], strict=True):
        (letter,) = _claim(db, now=week + timedelta(minutes=1)).letters
        with db.begin() as tx:
            if answer == "yes":
                digest_deliveries.sent(tx, [letter], week)
            else:
                suspended.append(digest_deliveries.refused(tx, letter, "550 no", most=3))
    assert suspended == [False, False, False, True]
    with db.begin() as tx:
        row = tx.execute(select(subscribers.c.state, subscribers.c.suspended_because)).one()
    assert tuple(row) == ("suspended", "550 no")


def test_what_was_not_tried_is_owed_as_before(db: Database) -> None:
    a_digest_to(db, addresses_of(3))
    claimed = _claim(db)
    with db.begin() as tx:
        assert digest_deliveries.release(tx, claimed.letters) == 3
    assert [letter.attempts for letter in _claim(db).letters] == [1, 1, 1]
    with db.begin() as tx:
        assert digest_deliveries.free_leases(tx) == 3
    assert [letter.attempts for letter in _claim(db).letters] == [2, 2, 2]


def test_a_digest_is_through_only_when_nothing_is_owed_any_more(db: Database) -> None:
    number = a_digest_to(db, addresses_of(2), state="gathered")
    first, second = _claim(db).letters
    with db.begin() as tx:
        digest_deliveries.sent(tx, [first], NOW)
        digest_deliveries.failed(tx, second, "no")
        assert not digest_progress.finish(tx, number, NOW), "more may still be owed to others"
        tx.execute(update(digests).values(state="sending"))
        tx.execute(update(owed).where(owed.c.id == second.id).values(state="owed"))
        assert not digest_progress.finish(tx, number, NOW), "one is owed"
        tx.execute(update(owed).where(owed.c.id == second.id).values(state="failed"))
        assert digest_progress.finish(tx, number, NOW)
        (standing,) = digest_progress.standings(tx, NOW)
    assert (standing.state, standing.sent, standing.failed, standing.finished_at) == ("sent", 1, 1, NOW)


def test_a_cancelled_digest_owes_nothing_but_what_was_taken_is_sent(db: Database) -> None:
    a_digest_to(db, addresses_of(4))
    in_hand = _claim(db, limit=2).letters
    with db.begin() as tx:
        assert digest_progress.cancel(tx, "weekly:2026-11-27", NOW) == 4
        assert digest_progress.cancel(tx, "weekly:2026-11-27", NOW) is None
        assert digest_progress.cancel(tx, "weekly:2020-01-01", NOW) is None
        assert digest_deliveries.sent(tx, in_hand[:1], NOW) == 1, "the server had said yes"
        assert not digest_deliveries.again(tx, in_hand[1], due_at=NOW, words="later")
    assert _states(db) == {"sent": 1, "dropped": 3}


def test_the_days_mails_are_counted_over_all_digests(db: Database) -> None:
    a_digest_to(db, addresses_of(3))
    letters = _claim(db).letters
    with db.begin() as tx:
        digest_deliveries.sent(tx, letters[:2], NOW)
        digest_deliveries.sent(tx, letters[2:], NOW - timedelta(days=2))
        assert digest_progress.sent_since(tx, NOW - timedelta(hours=24)) == 2


def test_how_far_a_digest_is_and_when_it_will_be_through(db: Database) -> None:
    a_digest_to(db, addresses_of(40))
    letters = _claim(db, limit=20).letters
    with db.begin() as tx:
        for place, letter in enumerate(letters):
            digest_deliveries.sent(tx, [letter], NOW + timedelta(seconds=place))
        (standing,) = digest_progress.standings(tx, NOW + timedelta(seconds=20))
    assert (standing.owed, standing.sent, standing.rate) == (20, 20, 1.0)
    assert standing.through_at == NOW + timedelta(seconds=40)
    assert standing.through_at.tzinfo is UTC
