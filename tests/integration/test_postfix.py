"""A digest through a real Postfix into real mailboxes: unknown, full, greylisting and rate-limiting ones."""

import email
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default
from pathlib import Path

import pytest

from pipeline.store.database import Database, open_database
from tests.support.digests import a_digest_to, addresses_of, key_of
from tests.support.postfix import NoPostfix, Postfix, a_postfix
from tests.support.sending import Clock, problems, send, send_until_through, states, suspended


@contextmanager
def _postfix(settings: str = "", policy: Callable[[dict[str, str]], str] | None = None) -> Iterator[Postfix]:
    try:
        with a_postfix(settings, policy) as running:
            yield running
    except NoPostfix as why:
        pytest.skip(str(why))


@pytest.fixture
def store(tmp_path: Path) -> Database:
    return open_database(f"sqlite:///{tmp_path / 'sendwatch.db'}")


def test_every_mailbox_holds_one_and_the_unknown_and_the_full_are_accounted_for(store: Database) -> None:
    people = addresses_of(60)
    gone, full = (
        ["gone1@people.example", "gone2@people.example"],
        ["full1@people.example", "full2@people.example"],
    )
    a_digest_to(store, [*people, *gone, *full])
    with _postfix() as postfix:
        done = send(store, postfix.url)
        assert done.tally.sent == 60
        assert postfix.settled(60) == Counter(people)
        (raw,) = postfix.messages("person000007")
    kept = states(store)
    assert {kept[address] for address in gone} == {"failed"}
    assert {kept[address] for address in full} == {"owed"}, "a full mailbox may be empty tomorrow"
    assert suspended(store) == gone
    mail = email.message_from_bytes(raw, policy=default)
    assert mail["Return-Path"] == f"<bounces+{key_of('person000007@people.example')}@charity.example>"
    assert mail["Delivered-To"] == mail["To"] == "person000007@people.example"
    assert "what it means for families" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not mail.defects


def test_greylisting_costs_a_while_and_no_mail(store: Database) -> None:
    people = addresses_of(30)
    a_digest_to(store, people)
    met: set[tuple[str, str]] = set()

    def greylist(asked: dict[str, str]) -> str:
        triplet = (asked["sender"], asked["recipient"])
        if triplet in met:
            return "DUNNO"
        met.add(triplet)
        return "DEFER_IF_PERMIT 4.7.1 Greylisted"

    with _postfix(policy=greylist) as postfix:
        rounds = send_until_through(store, postfix.url, Clock())
        assert postfix.settled(30) == Counter(people)
    assert rounds[0].tally.sent == 0
    assert not suspended(store)


def test_a_rate_limit_of_the_server_is_kept_to_and_everybody_gets_one(store: Database) -> None:
    people = addresses_of(40)
    a_digest_to(store, people)
    limit = "smtpd_client_message_rate_limit = 15\nanvil_rate_time_unit = 2s\n"
    with _postfix(limit) as postfix:
        clock = Clock()
        send_until_through(store, postfix.url, clock, pauses=(0.5, 1.0, 2.0))
        assert postfix.settled(40) == Counter(people)
    assert not problems(store)
    assert not suspended(store)


def test_a_server_that_lets_few_connections_in_gets_few(store: Database) -> None:
    people = addresses_of(40)
    a_digest_to(store, people)
    with _postfix("smtpd_client_connection_count_limit = 2\n") as postfix:
        send_until_through(store, postfix.url, Clock(), pauses=(0.2, 0.4))
        assert postfix.settled(40) == Counter(people)


def test_a_relay_that_will_not_have_us_stops_the_digest_and_loses_nothing(store: Database) -> None:
    a_digest_to(store, addresses_of(20, "elsewhere.example"))
    with _postfix() as postfix:
        done = send(store, postfix.url)
    assert done.is_fault
    assert "5.7.1" in done.stopped
    assert (done.owed, done.tally.failed) == (20, 0)


def test_a_mail_that_is_too_large_for_the_server_stops_the_digest_and_loses_nothing(store: Database) -> None:
    a_digest_to(store, addresses_of(5))
    with _postfix("message_size_limit = 1500\n") as postfix:
        done = send(store, postfix.url)
    assert done.is_fault
    assert (done.owed, done.tally.failed) == (5, 0)
