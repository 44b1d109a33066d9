"""Measure the search over 100,000 documents of 300 words, and what it costs to put one into the index.

    python -m bench.search [100000] [--database postgresql://…]

Two floors in the same run: one row by its primary key in a transaction of its own, and a plain LIKE over the
text of a sample, which is what a search without an index would be, taken up to all documents. Times are
of CPU, which other work on the machine disturbs least; with PostgreSQL, which must run on this machine, its
own are in them. Exit code 1 when the 95th percentile of any kind of question is 100 ms or more.
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select, text

from bench.search_filling import WORDS, fill, vocabulary_of
from pipeline.steps.searching import search
from pipeline.store import versions
from pipeline.store.database import Database, open_database
from pipeline.store.tables import documents
from pipeline.store.tables import versions as versions_table

SAMPLE, ROUNDS, AIM = 2_000, 60, 0.100
Clock = Callable[[], float]
Ask = Callable[[], str]


def main() -> int:
    """Fill a database, ask it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=100_000)
    parser.add_argument("--database", default="", help="an empty one; else SQLite in a throw-away folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sendwatch-bench-") as folder:
        db = open_database(given.database or f"sqlite:///{Path(folder) / 'bench.db'}")
        worst = measure(db, given.documents)
        db.close()
    print(f"worst p95 {worst * 1000:.0f} ms; the aim is below {AIM * 1000:.0f} ms")
    return 0 if worst < AIM else 1


def measure(db: Database, count: int) -> float:
    """Returns the worst 95th percentile, in seconds."""
    chance = random.Random(7)
    vocabulary = vocabulary_of(chance)
    bare, indexed = fill(db, count, vocabulary, chance)
    clock = _clock(db)
    print(f"{count:,} documents of {WORDS} words; load {os.getloadavg()[0]:.1f}")
    print(f"keeping a version: {bare * 1000:.2f} ms; with the index {indexed * 1000:.2f} ms more")
    print(_sizes(db))
    floor = _percentiles(lambda: _by_key(db, chance.randrange(1, count + 1)), clock)
    print(f"floor, one row by its key: p50 {floor[0] * 1000:.2f} ms, p95 {floor[1] * 1000:.2f} ms")
    print(f"floor, LIKE over all (from {SAMPLE:,}): {_like_floor(db, count):.1f} s")
    print("question                    p50 ms   p95 ms   / floor   found")
    worst = 0.0
    for name, ask in questions(vocabulary, chance).items():
        asked = [ask() for _ in range(ROUNDS)]
        found = max(search(db, typed).total for typed in asked[:3])
        turns = iter(asked)
        half, most = _percentiles(lambda turns=turns: search(db, next(turns)), clock)  # type: ignore[misc]
        worst = max(worst, most)
        print(f"{name:26} {half * 1000:7.1f} {most * 1000:8.1f} {most / floor[1]:9.0f} {found:7,}")
    return worst


def questions(vocabulary: list[str], chance: random.Random) -> dict[str, Ask]:
    """What makes a question of each kind."""

    def common() -> str:
        return chance.choice(vocabulary[:40])

    def rare() -> str:
        return chance.choice(vocabulary[5_000:])

    return {
        "a common word": common,
        "three common words": lambda: " ".join(common() for _ in range(3)),
        "a rare word": rare,
        "a rare and a common word": lambda: f"{rare()} {common()}",
        "a common phrase": lambda: f'"{common()} {common()}"',
        "a rare phrase": lambda: f'"{rare()} {common()}"',
        "a common word, one not": lambda: f"{common()} -{common()}",
        "the beginning of a word": lambda: f"{rare()[:5]}*",
    }


def _clock(db: Database) -> Clock:
    """Seconds of CPU of this process, and of the one that serves its connection."""
    if db.engine.dialect.name == "sqlite":
        return time.process_time
    with db.look() as tx:
        server = Path(f"/proc/{tx.execute(text('SELECT pg_backend_pid()')).scalar_one()}/schedstat")
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


def _percentiles(ask: Callable[[], object], clock: Clock) -> tuple[float, float]:
    times = []
    for _ in range(ROUNDS):
        before = clock()
        ask()
        times.append(clock() - before)
    times.sort()
    return times[ROUNDS // 2], times[int(ROUNDS * 0.95) - 1]


def _by_key(db: Database, number: int) -> None:
    with db.look() as tx:
        tx.execute(select(documents.c.url, documents.c.title).where(documents.c.id == number)).one()


def _like_floor(db: Database, count: int) -> float:
    """Seconds of a LIKE over the plain text of all documents."""
    with closing(sqlite3.connect(":memory:")) as plain, db.look() as tx:
        plain.execute("CREATE TABLE texts (text)")
        for row in versions.all_after(tx, 0, min(count, SAMPLE)):
            version = row.opened()
            whole = " ".join([version.record.title, *(block.text for block in version.blocks)])
            plain.execute("INSERT INTO texts VALUES (?)", (whole,))
        before = time.process_time()
        plain.execute("SELECT count(*) FROM texts WHERE text LIKE '%no such thing%'").fetchone()
        return (time.process_time() - before) * count / min(count, SAMPLE)


def _sizes(db: Database) -> str:
    own = "SELECT sum(length(block)) FROM search_words_data"
    if db.engine.dialect.name != "sqlite":
        own = "SELECT pg_total_relation_size('search_words')"
    with db.look() as tx:
        packed = tx.execute(select(func.sum(func.length(versions_table.c.packed)))).scalar_one()
        index = tx.execute(text(own)).scalar_one()
    return f"packed text {packed / 1e6:.0f} MB, index {index / 1e6:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
