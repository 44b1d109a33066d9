"""A digest meets mail servers of every temper: everybody gets exactly one, or is accounted for."""

import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from alerts.smtp_line import EmlLine
from alerts.steps.sending import LOCK
from pipeline.store import digest_progress
from pipeline.store.database import Database, open_database
from pipeline.store.locks import hold
from pipeline.store.mailing_tables import digest_deliveries, digest_mails, digests, subscribers
from tests.support.databases import fresh_sqlite
from tests.support.digests import FRIDAY, a_digest_to, add_digest, add_people, addresses_of, key_of
from tests.support.sending import (
    Clock,
    digest_states,
    errors,
    problems,
    send,
    send_until_through,
    state_counts,
    states,
    suspended,
)
from tests.support.smtp_sink import DROP, Session, a_sink


@pytest.fixture
def store(tmp_path: Path) -> Database:
    return open_database(fresh_sqlite(tmp_path / "sendwatch.db"))


def test_everybody_gets_one_mail_of_their_own_over_few_connections(db: Database) -> None:
    people = addresses_of(250)
    a_digest_to(db, people)
    with a_sink() as (sink, url):
        done = send(db, url)
    assert Counter(sink.recipients) == Counter(people)
    assert (done.tally.sent, done.owed, done.finished) == (250, 0, ("weekly:2026-11-27",))
    assert digest_states(db) == ["sent"]
    assert sink.sessions <= 8, "connections are used again"
    for recipient, sender, message in sink.taken:
        assert sender == f"bounces+{key_of(recipient)}@charity.example"
        assert f"To: {recipient}\r\n".encode() in message
        assert message.count(b"@people.example") == 1, "nobody else's address"


def test_sending_again_sends_nothing_again(store: Database) -> None:
    a_digest_to(store, addresses_of(20))
    with a_sink() as (sink, url):
        send(store, url)
        assert send(store, url).tally.sent == 0
    assert len(sink.taken) == 20


def test_whoever_asks_to_stop_gets_what_is_in_hand_finished_and_the_rest_left_owed(store: Database) -> None:
    people = addresses_of(120)
    a_digest_to(store, people)
    with a_sink() as (sink, url):
        first = send(store, url, stop=lambda: len(sink.taken) >= 30)
        assert "asked to stop" in first.stopped
        assert 30 <= first.tally.sent < 120
        assert first.owed == 120 - first.tally.sent
        assert digest_states(store) == ["sending"], "never called sent while mails are owed"
        second = send(store, url)
    assert first.tally.sent + second.tally.sent == 120
    assert Counter(sink.recipients) == Counter(people), "it went on, and did not start again"
    assert digest_states(store) == ["sent"]


def test_a_mail_counts_as_sent_only_after_the_servers_yes(store: Database) -> None:
    a_digest_to(store, addresses_of(1))
    seen = []

    def behave(stage: str, _session: Session) -> str | None:
        if stage == "after":
            seen.append(dict(states(other)))
        return None

    other = open_database(str(store.engine.url))
    with a_sink(behave) as (_, url):
        send(store, url)
    assert list(seen[0].values()) == ["owed"]
    assert list(states(store).values()) == ["sent"]


def test_only_one_process_sends_at_a_time(store: Database) -> None:
    a_digest_to(store, addresses_of(3))
    with a_sink() as (sink, url), hold(store, LOCK) as mine:
        assert mine
        assert send(store, url).another
        assert not sink.taken


def _cut(url: str, whom: str) -> None:
    """The server of the database ends these connections, as an operator or a restart does."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # type: ignore[arg-type]
            f"WHERE datname = current_database() AND pid <> pg_backend_pid() AND {whom}"
        )


def test_a_database_that_is_restarted_in_the_middle_makes_nobody_get_it_twice(postgres_url: str) -> None:
    people = addresses_of(60)
    store = open_database(postgres_url)
    a_digest_to(store, people)

    def behave(stage: str, _session: Session) -> str | None:
        if stage == "after" and len(sink.taken) == 20:
            _cut(postgres_url, "true")
        return None

    with a_sink(behave) as (sink, url):
        with pytest.raises(OperationalError):
            send(store, url, per_second=200)
        assert 20 <= len(sink.taken) < 60
        assert state_counts(store)["sent"] == len(sink.taken), "what was taken is known"
        send(store, url)
    assert Counter(sink.recipients) == Counter(people)
    store.close()


def test_who_loses_the_lock_on_sending_stops_before_another_has_begun_long(postgres_url: str) -> None:
    people = addresses_of(60)
    store, other = open_database(postgres_url), open_database(postgres_url)
    a_digest_to(store, people)
    holders = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')"

    def behave(stage: str, _session: Session) -> str | None:
        if stage == "after" and len(sink.taken) == 10:
            _cut(postgres_url, holders)
        return None

    with a_sink(behave) as (sink, url):
        first = send(store, url, per_second=20)
        assert "the lock on sending went with it" in first.stopped
        assert first.owed > 20
        assert digest_states(store) == ["sending"]
        send(other, url)
    assert Counter(sink.recipients) == Counter(people)
    store.close()
    other.close()


def test_who_is_not_on_the_allow_list_is_withheld_and_counted(store: Database) -> None:
    a_digest_to(store, addresses_of(10))
    with a_sink() as (sink, url):
        done = send(store, url, allows=lambda address: address.startswith("person000007"))
    assert sink.recipients == ["person000007@people.example"]
    assert (done.tally.withheld, done.tally.sent) == (9, 1)
    assert digest_states(store) == ["sent"]


def test_greylisted_addresses_are_tried_again_and_get_one(store: Database) -> None:
    people = addresses_of(40)
    a_digest_to(store, people)
    met: set[str] = set()

    def behave(stage: str, session: Session) -> str | None:
        if stage == "rcpt" and session.recipient not in met:
            met.add(session.recipient)
            return "451 4.7.1 Greylisted, come back in a minute"
        return None

    clock = Clock()
    with a_sink(behave) as (sink, url):
        rounds = send_until_through(store, url, clock)
    assert rounds[0].tally.again == 40
    assert Counter(sink.recipients) == Counter(people)
    assert not suspended(store)


def test_an_unknown_mailbox_is_not_written_to_again_and_others_get_theirs(store: Database) -> None:
    people = addresses_of(30)
    a_digest_to(store, people)

    def behave(stage: str, session: Session) -> str | None:
        gone = stage == "rcpt" and session.recipient in people[3:5]
        return f"550 5.1.1 <{session.recipient}>: no such user" if gone else None

    with a_sink(behave) as (sink, url):
        done = send(store, url)
    assert Counter(sink.recipients) == Counter(set(people) - set(people[3:5]))
    assert (done.tally.failed, done.tally.suspended) == (2, 2)
    assert suspended(store) == people[3:5]
    assert digest_states(store) == ["sent"]
    assert not any("person" in words for words in errors(store)), "no address is kept in an error"


def test_a_refusal_of_one_person_suspends_only_after_three_digests(store: Database) -> None:
    people = addresses_of(4)
    a_digest_to(store, people)

    def behave(stage: str, session: Session) -> str | None:
        return "550 not wanted" if stage == "rcpt" and session.recipient == people[0] else None

    clock = Clock()
    with a_sink(behave) as (_, url):
        for week in range(3):
            assert not suspended(store)
            if week:
                with store.begin() as tx:
                    add_digest(
                        tx, [1, 2, 3, 4], key=f"weekly:{week}", made_at=FRIDAY + timedelta(days=7 * week)
                    )
                clock.now += timedelta(days=7)
            send(store, url, clock)
    assert suspended(store) == people[:1]


def test_a_server_that_refuses_everybody_costs_nobody_their_mail_or_their_place(store: Database) -> None:
    people = addresses_of(60)
    a_digest_to(store, people)
    well = threading.Event()

    def behave(stage: str, session: Session) -> str | None:
        return "550 5.1.1 User unknown" if stage == "rcpt" and not well.is_set() else None

    clock = Clock()
    with a_sink(behave) as (sink, url):
        first = send(store, url, clock)
        assert first.is_fault
        assert first.owed == 60
        assert (first.tally.failed, first.tally.suspended) == (0, 0)
        assert [kind for kind, _ in problems(store)] == ["refused"]
        well.set()
        clock.now += timedelta(hours=2)
        send(store, url, clock)
    assert Counter(sink.recipients) == Counter(people)
    assert not problems(store)
    assert not suspended(store)


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("connect", "554 no service for you"),
        ("mail", "553 5.1.8 your domain is not welcome"),
        ("mail", "552 5.3.4 message too big"),
        ("rcpt", "554 5.7.1 Relay access denied"),
        ("rcpt", "530 5.7.0 Must log in first"),
        ("end", "550 5.7.1 blocked by policy"),
    ],
)
def test_a_refusal_that_is_about_us_stops_the_sending_and_loses_nothing(
    store: Database, stage: str, answer: str
) -> None:
    people = addresses_of(25)
    a_digest_to(store, people)
    well = threading.Event()
    clock = Clock()
    with a_sink(lambda at, _s: answer if at == stage and not well.is_set() else None) as (sink, url):
        done = send(store, url, clock)
        assert done.is_fault
        assert (done.owed, done.tally.failed) == (25, 0)
        assert problems(store)
        assert "example" not in done.stopped
        well.set()
        clock.now += timedelta(hours=2)
        send_until_through(store, url, clock)
    assert Counter(sink.recipients) == Counter(people)
    assert not problems(store)


def test_a_full_mailbox_is_tried_for_days_and_then_given_up_without_blame(store: Database) -> None:
    people = addresses_of(3)
    a_digest_to(store, people)

    def behave(stage: str, session: Session) -> str | None:
        return "552 5.2.2 mailbox full" if stage == "rcpt" and session.recipient == people[0] else None

    clock = Clock()
    with a_sink(behave) as (sink, url):
        send_until_through(store, url, clock)
    assert Counter(sink.recipients) == Counter(people[1:])
    assert states(store)[people[0]] == "failed"
    assert not suspended(store)
    assert timedelta(days=3) < clock.now - FRIDAY < timedelta(days=6)


def test_a_server_that_is_busy_makes_all_wait_and_then_everybody_gets_one(store: Database) -> None:
    people = addresses_of(50)
    a_digest_to(store, people)
    answers = iter(["421 4.7.0 too much at once"] * 12)
    with a_sink(lambda stage, _s: next(answers, None) if stage == "mail" else None) as (sink, url):
        clock = Clock()
        send_until_through(store, url, clock)
    assert Counter(sink.recipients) == Counter(people)
    assert not problems(store), "it was said, and it is over"


def test_one_address_that_the_server_stumbles_over_holds_up_nobody_else(store: Database) -> None:
    people = addresses_of(20)
    a_digest_to(store, people)

    def behave(stage: str, session: Session) -> str | None:
        return "421 4.3.0 internal error" if stage == "rcpt" and session.recipient == people[0] else None

    with a_sink(behave) as (sink, url):
        done = send(store, url)
    assert Counter(sink.recipients) == Counter(people[1:])
    assert done.owed == 1


def test_a_server_that_takes_three_mails_a_connection_gets_three(store: Database) -> None:
    people = addresses_of(40)
    a_digest_to(store, people)

    def behave(stage: str, session: Session) -> str | None:
        return "421 4.7.0 too many in one connection" if stage == "mail" and session.mails >= 3 else None

    with a_sink(behave) as (sink, url):
        done = send(store, url)
    assert Counter(sink.recipients) == Counter(people)
    assert done.tally.sent == 40, "in one go, without a pause"


def test_a_connection_that_goes_in_the_middle_of_a_mail_delivers_it_once(store: Database) -> None:
    people = addresses_of(40)
    a_digest_to(store, people)
    met: Counter[str] = Counter()

    def behave(stage: str, session: Session) -> str | None:
        if stage != "middle" or int(session.recipient[6:12]) % 5:
            return None
        met[session.recipient] += 1
        return DROP if met[session.recipient] == 1 else None

    clock = Clock()
    with a_sink(behave) as (sink, url):
        send_until_through(store, url, clock)
    assert Counter(sink.recipients) == Counter(people)


def test_a_yes_that_is_lost_on_the_way_comes_twice_under_one_message_id(store: Database) -> None:
    """The one moment: the server has it all and cannot say so. No protocol closes it (RFC 1047)."""
    people = addresses_of(10)
    a_digest_to(store, people)
    lost = iter([DROP])

    def behave(stage: str, session: Session) -> str | None:
        return next(lost, None) if stage == "after" and session.recipient == people[4] else None

    clock = Clock()
    with a_sink(behave) as (sink, url):
        rounds = send_until_through(store, url, clock)
    twice = [message for recipient, _, message in sink.taken if recipient == people[4]]
    assert sum(done.tally.unsure for done in rounds) == 1
    assert len(twice) == 2
    assert twice[0] == twice[1], "to the byte, so that servers and mail programs know it for one"
    assert len(sink.taken) == 11


def test_a_slow_server_is_waited_for_and_one_that_hangs_is_left(store: Database) -> None:
    people = addresses_of(6)
    a_digest_to(store, people)
    with a_sink(lambda stage, _s: threading.Event().wait(0.2) and None if stage == "rcpt" else None) as (
        sink,
        url,
    ):
        assert send(store, url).tally.sent == 6
    assert Counter(sink.recipients) == Counter(people)


@pytest.mark.parametrize("extensions", [(), ("SIZE 10000000",)])
def test_a_server_without_8bitmime_gets_mail_that_needs_none(
    store: Database, extensions: tuple[str, ...]
) -> None:
    a_digest_to(store, addresses_of(5))
    with a_sink(extensions=extensions) as (sink, url):
        assert send(store, url).tally.sent == 5
    assert all(message.isascii() for _, _, message in sink.taken)


def test_an_address_in_another_script_needs_a_server_that_knows_them(store: Database) -> None:
    people = ["jürgen@people.example", "anna@bücher.example", "ben@people.example"]
    a_digest_to(store, people)
    with a_sink(extensions=("8BITMIME",)) as (sink, url):
        send(store, url)
    assert sorted(sink.recipients) == ["anna@xn--bcher-kva.example", "ben@people.example"]
    assert states(store)[people[0]] == "failed"
    assert any("SMTPUTF8" in words for words in errors(store))
    assert not suspended(store)


def test_an_address_in_another_script_gets_its_mail_where_the_server_offers_it(store: Database) -> None:
    a_digest_to(store, ["jürgen@people.example"])
    with a_sink() as (sink, url):
        send(store, url)
    assert sink.recipients == ["jürgen@people.example"]


def test_no_more_leave_in_a_day_than_may(store: Database) -> None:
    a_digest_to(store, addresses_of(25))
    clock = Clock()
    with a_sink() as (sink, url):
        first = send(store, url, clock, per_day=10)
        assert (first.tally.sent, first.owed) == (10, 15)
        assert "24 hours" in first.stopped
        assert not first.is_fault
        assert send(store, url, clock, per_day=10).tally.sent == 0
        for _ in range(2):
            clock.now += timedelta(hours=25)
            send(store, url, clock, per_day=10)
    assert len(set(sink.recipients)) == len(sink.recipients) == 25


def test_mails_leave_at_the_pace_that_is_set(store: Database) -> None:
    import time

    a_digest_to(store, addresses_of(30))
    with a_sink() as (sink, url):
        began = time.monotonic()
        send(store, url, per_second=20)
    assert time.monotonic() - began >= 29 / 20
    assert len(sink.taken) == 30


def test_what_is_mailed_at_once_does_not_wait_behind_the_weekly_digest(store: Database) -> None:
    a_digest_to(store, addresses_of(300))
    with store.begin() as tx:
        eager = add_people(tx, ["eager@people.example"], plan="alerts")
        add_digest(tx, eager, key="alerts:story:7:1", made_at=FRIDAY + timedelta(seconds=30))
    with a_sink() as (sink, url):
        send(store, url)
    assert "eager@people.example" in sink.recipients[:10]
    assert len(sink.taken) == 301


def test_a_mail_that_is_kept_badly_holds_up_no_other(store: Database) -> None:
    a_digest_to(store, addresses_of(3))
    with store.begin() as tx:
        people = add_people(tx, ["anna@other.example"])
        add_digest(tx, people, key="weekly:2026-12-04")
        rotten = digest_mails.c.id == 2
        whole = tx.execute(select(digest_mails.c.packed).where(rotten)).scalar_one()
        tx.execute(update(digest_mails).where(rotten).values(packed=b"rot"))
    clock = Clock()
    with a_sink() as (sink, url):
        done = send(store, url, clock)
        assert len(sink.taken) == 3
        assert done.owed == 1
        assert done.next_due is not None
        assert [kind for kind, _ in problems(store)] == ["unreadable"]
        send(store, url, clock)
        assert [kind for kind, _ in problems(store)] == ["unreadable"], "it waits for its next try"
        clock.now = done.next_due
        with store.begin() as tx:
            tx.execute(update(digest_mails).where(rotten).values(packed=whole))
        send(store, url, clock)
    assert len(sink.taken) == 4
    assert problems(store) == [], "it can be read again, and has left"


def test_a_mail_that_is_kept_badly_is_no_problem_any_more_when_its_digest_is_cancelled(
    store: Database,
) -> None:
    a_digest_to(store, addresses_of(1))
    with store.begin() as tx:
        tx.execute(update(digest_mails).values(packed=b"rot"))
    with a_sink() as (_sink, url):
        send(store, url)
        assert [kind for kind, _ in problems(store)] == ["unreadable"]
        with store.begin() as tx:
            assert digest_progress.cancel(tx, "weekly:2026-11-27", FRIDAY) == 1
        send(store, url)
    assert problems(store) == []


def test_who_leaves_while_the_digest_is_being_sent_gets_none(store: Database) -> None:
    people = addresses_of(60)
    a_digest_to(store, people)
    other = open_database(str(store.engine.url))

    def behave(stage: str, session: Session) -> str | None:
        if stage == "after" and session.recipient == people[0]:
            with other.begin() as tx:
                last = subscribers.c.address == people[-1]
                tx.execute(update(subscribers).where(last).values(state="left"))
        return None

    with a_sink(behave) as (sink, url):
        done = send(store, url, connections=1, per_second=5_000 // 500)
    assert people[-1] not in sink.recipients
    assert done.tally.dropped == 1
    assert state_counts(store) == {"sent": 59, "dropped": 1}


def test_a_digest_that_is_held_or_cancelled_in_the_middle_stops(store: Database) -> None:
    people = addresses_of(200)
    a_digest_to(store, people)
    other = open_database(str(store.engine.url))

    def behave(stage: str, _session: Session) -> str | None:
        if stage == "after" and len(sink.taken) == 20:
            with other.begin() as tx:
                tx.execute(update(digests).values(state="held"))
        return None

    with a_sink(behave) as (sink, url):
        send(store, url, connections=1, per_second=50)
        assert 20 <= len(sink.taken) < 150
        with store.begin() as tx:
            tx.execute(update(digests).values(state="sending"))
        send(store, url)
    assert Counter(sink.recipients) == Counter(people)


def test_without_a_mail_server_each_mail_is_a_file_under_nobodys_name(
    store: Database, tmp_path: Path
) -> None:
    a_digest_to(store, addresses_of(5))
    folder = tmp_path / "mail"
    assert send(store, "smtp://127.0.0.1:9", open_line=lambda: EmlLine(folder)).tally.sent == 5
    with store.begin() as tx:
        tx.execute(update(digest_deliveries).values(state="owed"))
        tx.execute(update(digests).values(state="sending"))
    send(store, "smtp://127.0.0.1:9", open_line=lambda: EmlLine(folder))
    files = sorted(folder.iterdir())
    assert len(files) == 5
    assert all(file.suffix == ".eml" and "person" not in file.name for file in files)


def test_a_server_that_is_away_is_waited_for_and_the_operator_is_told(store: Database) -> None:
    a_digest_to(store, addresses_of(5))
    tries = iter(range(40))
    done = send(store, "smtp://127.0.0.1:9", stop=lambda: next(tries, None) is None)
    assert done.owed == 5
    assert done.tally.failed == 0
    assert [kind for kind, _ in problems(store)] == ["server"]
    with a_sink() as (sink, url):
        send(store, url)
    assert len(sink.taken) == 5
    assert not problems(store)


def test_what_is_in_hand_when_the_sending_stops_is_not_taken_for_a_refusal_of_one_person(
    store: Database,
) -> None:
    """One transaction with fourteen refusals: ten stop the sending, four come after it."""
    from alerts.sending_pool import Result
    from alerts.smtp_answers import Answer, Fate
    from alerts.steps.marking import Marker
    from pipeline.store import digest_deliveries

    a_digest_to(store, addresses_of(14))
    clock = Clock()
    with store.begin() as tx:
        claimed = digest_deliveries.claim(
            tx, lease="me", now=clock.now, today=clock.now.date(), lasting=timedelta(minutes=30), limit=20,
            allows=lambda _address: True,
        )  # fmt: skip
    marker = Marker(store, clock)
    marker.mark([Result(letter, Answer(Fate.UNKNOWN, "550 5.1.1 no")) for letter in claimed.letters])
    marker.end()
    assert marker.stopped
    assert state_counts(store) == {"owed": 14}
    assert not suspended(store)
