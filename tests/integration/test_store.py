"""The store on both databases: what it promises about rows that are owed, seen again and never lost."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from alembic.migration import MigrationContext
from sqlalchemy import text

from pipeline.model.documents import Entry
from pipeline.model.errors import ConfigError
from pipeline.model.mails import Mail
from pipeline.store import bodies, deliveries, entries, memory, runs
from pipeline.store.database import Database, newest_revision, open_database
from pipeline.store.locks import hold

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MAIL = Mail("subject", "text", "<p>html</p>")


def test_a_database_that_is_up_to_date_is_left_alone(database_url: str) -> None:
    open_database(database_url).close()
    again = open_database(database_url)
    with again.begin() as tx:
        assert MigrationContext.configure(tx).get_current_revision() == newest_revision()
    again.close()


def test_raw_bytes_come_back_as_they_were(db: Database) -> None:
    body = bytes(range(256)) * 100
    with db.begin() as tx:
        bodies.keep(tx, {"a" * 64: body})
        bodies.keep(tx, {"a" * 64: body})
        assert bodies.fetch(tx, "a" * 64) == body
        assert bodies.fetch(tx, "b" * 64) is None


def test_a_naive_moment_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match="naive"), db.begin() as tx:
        memory.keep(tx, "k", "v", datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_look_that_failed_is_owed_again_later_and_later(db: Database) -> None:
    lead = Entry("https://www.gov.uk/a", "A", updated=NOW, public=NOW)
    with db.begin() as tx:
        entries.record(tx, "s", [lead], matters=lambda _: True, baseline=False, now=NOW)
        assert [o.url for o in entries.owed(tx, "s", now=NOW, limit=9)] == [lead.url]
        waits = []
        for _ in range(3):
            entries.fail(tx, lead.url, NOW, "the publisher took too long")
            minute = NOW
            while not entries.owed(tx, "s", now=minute, limit=9):
                minute += timedelta(minutes=1)
            waits.append(int((minute - NOW).total_seconds() // 60))
        assert waits == [5, 10, 20]
        assert entries.owed(tx, "s", now=NOW, limit=9, eager=True), "a person's now does not wait"
        assert entries.troubled(tx)[0][3] == "the publisher took too long"
        entries.answer(tx, lead.url, NOW)
        assert entries.owed(tx, "s", now=NOW + timedelta(days=9), limit=9) == []
        assert entries.troubled(tx) == []


def test_what_a_first_listing_named_is_no_news_and_what_came_later_is(db: Database) -> None:
    def lead(name: str) -> Entry:
        return Entry(f"https://www.gov.uk/{name}", name, updated=NOW)

    with db.begin() as tx:
        later = NOW + timedelta(minutes=1)
        entries.record(tx, "a", [lead("old")], matters=lambda _: True, baseline=True, now=NOW)
        entries.record(tx, "a", [lead("new")], matters=lambda _: True, baseline=False, now=later)
        after = later + timedelta(minutes=1)
        entries.record(tx, "b", [lead("old"), lead("new")], matters=lambda _: True, baseline=True, now=after)
        assert entries.known_before(tx, lead("old").url)
        assert not entries.known_before(tx, lead("new").url), "a source that begins later hides no news"


def test_an_alert_is_owed_once_however_often_it_is_made(db: Database) -> None:
    with db.begin() as tx:
        assert deliveries.owe(tx, "story:1:1", MAIL, [("a@b.example", "<1@x>")], NOW)
        assert not deliveries.owe(tx, "story:1:1", MAIL, [("a@b.example", "<2@x>")], NOW)
        assert deliveries.counts(tx).owed == 1


def test_two_workers_never_hold_the_same_delivery(db: Database) -> None:
    with db.begin() as tx:
        deliveries.owe(tx, "k", MAIL, [(f"{n}@b.example", f"<{n}@x>") for n in range(20)], NOW)
    taken: list[int] = []
    lock = threading.Lock()

    def work(name: str) -> None:
        while True:
            with db.begin() as tx:
                claimed = deliveries.claim(tx, lease=name, now=NOW, lasting=timedelta(minutes=5))
            if claimed is None:
                return
            with lock:
                taken.append(claimed.id)

    workers = [threading.Thread(target=work, args=(str(n),)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(taken) == len(set(taken)) == 20


def test_a_lease_that_ran_out_is_taken_over_and_its_old_holder_settles_nothing(db: Database) -> None:
    with db.begin() as tx:
        deliveries.owe(tx, "k", MAIL, [("a@b.example", "<1@x>")], NOW)
        first = deliveries.claim(tx, lease="first", now=NOW, lasting=timedelta(minutes=5))
        assert first is not None
        assert deliveries.claim(tx, lease="second", now=NOW, lasting=timedelta(minutes=5)) is None
        later = NOW + timedelta(minutes=6)
        second = deliveries.claim(tx, lease="second", now=later, lasting=timedelta(minutes=5))
        assert second is not None
        assert second.message_id == first.message_id, "one Delivery has one Message-ID"
        assert not deliveries.sent(tx, first, later)
        assert deliveries.sent(tx, second, later)
        assert deliveries.counts(tx).sent == 1


def test_only_one_process_holds_a_lock(db: Database, database_url: str) -> None:
    other = open_database(database_url)
    with hold(db, "crawl") as mine, hold(other, "crawl") as theirs:
        assert (bool(mine), bool(theirs)) == (True, False)
    with hold(other, "crawl") as free:
        assert free
    other.close()


def test_a_problem_is_opened_once_and_told_once_and_cleared_once(db: Database) -> None:
    with db.begin() as tx:
        assert runs.open_problem(tx, "s", "silent", "nothing new", NOW)
        assert not runs.open_problem(tx, "s", "silent", "still nothing", NOW)
        (problem,) = runs.untold_problems(tx)
        assert problem.words == "still nothing"
        runs.mark_told(tx, problem, NOW)
        assert runs.untold_problems(tx) == []
        assert runs.clear_problem(tx, "s", "silent", NOW)
        (cleared,) = runs.untold_problems(tx)
        runs.mark_told(tx, cleared, NOW)
        assert runs.untold_problems(tx) == []
        assert not runs.clear_problem(tx, "s", "silent", NOW)


def test_a_database_of_a_newer_program_is_refused_in_words(database_url: str) -> None:
    newer = open_database(database_url)
    with newer.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer.close()
    with pytest.raises(ConfigError, match="written by a newer sendwatch"):
        open_database(database_url)


def test_entries_without_a_date_come_last_on_both_databases(db: Database) -> None:
    dated = Entry("https://www.gov.uk/a", "A", updated=NOW, public=NOW)
    undated = Entry("https://www.gov.uk/b", "B")
    with db.begin() as tx:
        entries.record(tx, "s", [undated, dated], matters=lambda _: True, baseline=False, now=NOW)
        assert [one.url for one in entries.owed(tx, "s", now=NOW, limit=9)] == [dated.url, undated.url]
        assert [one.url for one in entries.newest(tx, ["s"], limit=9)] == [dated.url, undated.url]


def test_a_publishers_endless_type_is_no_reason_to_lose_the_listing(db: Database) -> None:
    lead = Entry("https://www.gov.uk/a", "A", updated=NOW, public=NOW, document_type="x" * 500)
    with db.begin() as tx:
        entries.record(tx, "s", [lead], matters=lambda _: True, baseline=False, now=NOW)
        assert [one.url for one in entries.owed(tx, "s", now=NOW, limit=9)] == [lead.url]
