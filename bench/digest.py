"""Measure what a digest costs for 100,000 subscribers with 60 distinct sets of topics.

    python -m bench.digest [--people 100000] [--items 12] [--database URL]

Gathered and owed as `sendwatch run` does it: assigned, each distinct mail rendered once, one row a person.
The floor is a plain bulk insert of as many rows into the same table of an own database, in the same run. To
reach: under 60 seconds and 300 MB (the most that the process ever held), no person twice and none left out.
"""

import argparse
import itertools
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.digest_page import Frame
from alerts.steps.digesting import Newsroom, gather_digests
from pipeline.model.digests import ApprovedItem, Deadline, Topic
from pipeline.model.drafts import StandingBlock
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.reviews import Act, Review
from pipeline.store import approvals, reviews, stories
from pipeline.store.database import Database, open_database
from pipeline.store.mailing_tables import digest_deliveries, subscribers, subscriptions

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 12, 1, tzinfo=UTC)
PLAN = Plan("weekly", "Every week, on Friday", Rhythm.WEEK)
MOST_SECONDS, MOST_MB = 60, 300
FRAME = Frame(
    "Open Lanes", (StandingBlock("Talk to us", "Our helpline is there for you."),), "https://x.example"
)
CHUNK = 10_000


def main() -> None:
    """Print seconds, memory and the ratio to the floor; exit 1 when a reach is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=12)
    parser.add_argument("--database", default="", help="else an SQLite file in a throw-away folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sendwatch-bench-") as folder:
        floor = _floor(f"sqlite:///{Path(folder) / 'floor.db'}", given.people)
        db = open_database(given.database or f"sqlite:///{Path(folder) / 'digest.db'}")
        _people(db, given.people)
        before = _held()
        _approved(db, given.items)
        room = Newsroom((), "x.example", FRAME)
        gather_digests(db, [PLAN], room, clock=lambda: NOW)  # the plan is seen
        begun, cpu = time.perf_counter(), time.process_time()
        gather_digests(db, [PLAN], room, clock=lambda: FRIDAY)
        took, worked = time.perf_counter() - begun, time.process_time() - cpu
        with db.begin() as tx:
            mails, rows, people, size = tx.exec_driver_sql(
                "SELECT (SELECT count(*) FROM digest_mails), count(*), count(DISTINCT subscriber_id), "
                "(SELECT max(length(packed)) FROM digest_mails) FROM digest_deliveries"
            ).one()
        db.close()
    held = _held()
    print(f"{given.people} people, {given.items} items: {mails} distinct mails (largest {size} bytes packed)")
    print(f"rows owed {rows} to {people} people")
    print(f"rendering and queueing {took:.1f} s ({worked:.1f} s of CPU); plain bulk insert {floor:.1f} s")
    print(f"ratio {took / floor:.1f}; memory at most {held:.0f} MB ({before:.0f} MB before)")
    whole = rows == people == given.people
    if took > MOST_SECONDS or held > MOST_MB or not whole:
        sys.exit("missed")


def sets_of_topics(count: int) -> list[Sequence[str]]:
    """The first ``count`` distinct sets of topics, from all six to one."""
    names = [topic.name for topic in Topic]
    every = [c for size in range(len(names), 0, -1) for c in itertools.combinations(names, size)]
    return every[:count]


def _people(db: Database, count: int) -> None:
    chosen = [json.dumps(one) for one in sets_of_topics(60)]
    random.Random(7).shuffle(chosen)
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        with db.begin() as tx:
            tx.execute(
                subscribers.insert(),
                [
                    {
                        "id": n + 1,
                        "key": f"{n:022}",
                        "address": f"p{n}@families.example",
                        "state": "active",
                        "created_at": NOW,
                        "confirmed_at": NOW,
                        "topics": chosen[n % 60],
                        "plain": False,
                    }
                    for n in numbers
                ],
            )
            tx.execute(
                subscriptions.insert(),
                [{"plan": "weekly", "subscriber_id": n + 1, "since": NOW} for n in numbers],
            )


def _approved(db: Database, count: int) -> None:
    """Approvals of as many Stories; each topic has some: 60 sets are 60 mails, and none is empty."""
    topics = list(Topic)
    words = "Schools must tell parents within ten school days, and no family may be asked to pay for it. " * 3
    for n in range(count):
        with db.begin() as tx:
            story = stories.open_story(tx, f"Story {n}", NOW)
            day = FRIDAY.date() + timedelta(days=n + 1)
            item = ApprovedItem(
                title=f"Item {n} about something that families should know",
                text=words.strip(),
                link=f"https://www.gov.uk/government/publications/item-{n}",
                link_text="Read the guidance in full",
                publisher="Department for Education",
                topics=frozenset({topics[n % 6]}),
                importance=float(n % 7),
                deadlines=(Deadline(day, "Last day to answer"),) if n % 3 == 0 else (),
            )
            at = NOW + timedelta(minutes=1)
            approvals.keep(tx, story_id=story, revision=1, at=at, by="Anna", item=item, sources=[])
            reviews.note(tx, Review(story, at, "Anna", Act.APPROVE))


def _floor(url: str, count: int) -> float:
    """Seconds for a plain bulk insert of as many deliveries, in chunks, without anything else."""
    db = open_database(url)
    with db.begin() as tx:
        tx.exec_driver_sql(
            "INSERT INTO digests (key, plan, day, state, made_at, opening, owed_to) "
            "VALUES ('w', 'weekly', '2026-11-27', 'gathered', '2026-11-27 12:00:00.000000', '', 0)"
        )
        tx.exec_driver_sql(
            "INSERT INTO digest_mails (digest_id, key, positions, plain, subject, packed) "
            "VALUES (1, 'k', '[]', false, 's', '')"
        )
    same = {"digest_id": 1, "mail_id": 1, "state": "owed", "due_at": NOW, "lease": "", "attempts": 0}
    begun = time.perf_counter()
    for start in range(0, count, 2_000):
        rows = [
            {**same, "subscriber_id": n, "last_error": ""} for n in range(start, min(start + 2_000, count))
        ]
        with db.begin() as tx:
            tx.execute(digest_deliveries.insert(), rows)
    took = time.perf_counter() - begun
    db.close()
    return took


def _held() -> float:
    """The most memory that this process ever held, in MB (Linux counts in kB, macOS in bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main()
