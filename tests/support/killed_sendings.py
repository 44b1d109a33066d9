"""Send a digest with the real program, kill it at random points, go on until it is through, and count.

The mail server is a process of its own that writes down each mail before it says 250, so that the count is
its own and not the program's.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.store.database import open_database
from tests.support.digests import a_digest_to, addresses_of

ROOT = Path(__file__).resolve().parents[2]
MADE = datetime(2025, 11, 28, 12, tzinfo=UTC)  # long past on any machine's clock
KEY = "weekly:2025-11-28"


@dataclass(frozen=True)
class Count:
    """What the mail server and the database say in the end."""

    kills: int  # that hit a living sender
    missing: int
    doubled: int
    other_id: int  # came twice under two Message-IDs: never
    unmarked: int  # mails that the database does not call sent
    through: bool
    seconds: float


def prepare(folder: Path, count: int) -> Path:
    """A database with a digest that is owed to ``count`` people, to be copied for each run."""
    place = folder / "prepared.db"
    db = open_database(f"sqlite:///{place}")
    a_digest_to(db, addresses_of(count), made_at=MADE, key=KEY)
    db.close()
    return place


@contextmanager
def a_recording_server(folder: Path) -> Iterator[tuple[Path, str]]:
    """A mail server in a process of its own: its record and its URL."""
    record = folder / "record.txt"
    record.touch()
    command = [sys.executable, "-m", "tests.support.smtp_sink", str(record)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield record, f"smtp://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


def environment(folder: Path, url: str, **settings: str) -> dict[str, str]:
    """The settings of a sendwatch that sends as fast as it can to anybody."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SENDWATCH_")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "SENDWATCH_VAR": str(folder / "var"),
        "SENDWATCH_SMTP_URL": url,
        "SENDWATCH_FROM": "news@charity.example",
        "SENDWATCH_MAIL_ALLOW": "*",
        "SENDWATCH_MAIL_PER_SECOND": "10000",
        "SENDWATCH_MAIL_CONNECTIONS": "8",
        "SENDWATCH_SECRET": "a secret of the tests, long enough",
        **settings,
    }


def killed_and_gone_on_with(folder: Path, prepared: Path, kills: int, chance: random.Random) -> Count:
    """One digest, killed ``kills`` times at random points and gone on with until it is through."""
    began = time.monotonic()
    (folder / "var").mkdir(parents=True)
    shutil.copy(prepared, folder / "var" / "sendwatch.db")
    people = _people(prepared)
    hit = 0
    with a_recording_server(folder) as (record, url):
        surroundings = environment(folder, url)
        command = [sys.executable, "-m", "sendwatch", "digest", "send"]
        for _ in range(kills):
            child = subprocess.Popen(
                command, env=surroundings, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _await_a_point(child, record, len(people), chance)
            hit += child.poll() is None
            child.kill()
            child.wait(30)
        for _ in range(20):
            done = subprocess.run(
                command, env=surroundings, cwd=folder, check=False, timeout=300, capture_output=True
            )
            if done.returncode == 0:
                break
        lines = [line.split() for line in record.read_text("utf-8").splitlines()]
    arrived = Counter(line[0] for line in lines)
    ids: dict[str, set[str]] = {}
    for recipient, number in lines:
        ids.setdefault(recipient, set()).add(number)
    with sqlite3.connect(folder / "var" / "sendwatch.db") as rows:
        (unmarked,) = rows.execute("SELECT count(*) FROM digest_deliveries WHERE state != 'sent'").fetchone()
        (state,) = rows.execute("SELECT state FROM digests").fetchone()
    rows.close()
    return Count(
        kills=hit,
        missing=len(people - arrived.keys()),
        doubled=sum(times - 1 for times in arrived.values()),
        other_id=sum(len(found) > 1 for found in ids.values()),
        unmarked=unmarked,
        through=state == "sent",
        seconds=time.monotonic() - began,
    )


def _people(prepared: Path) -> set[str]:
    with sqlite3.connect(prepared) as rows:
        found = {row[0] for row in rows.execute("SELECT address FROM subscribers")}
    rows.close()
    return found


def _await_a_point(child: subprocess.Popen[bytes], record: Path, most: int, chance: random.Random) -> None:
    """Wait for a random point: mostly after so many mails, sometimes after so many seconds."""
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 2))
        return
    size = record.stat().st_size
    whole = max(1, most * 70)  # a line of the record is 70 characters or so
    point = chance.uniform(size, max(size, whole) * 1.02)
    ends = time.monotonic() + 30
    while record.stat().st_size < point and child.poll() is None and time.monotonic() < ends:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.03))
