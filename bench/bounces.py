"""What bounces cost: reading reports, counting them, and a quiet poll beside many subscribers.

    python -m bench.bounces [--subscribers 100000] [--reports 2000]

Prints one line a figure. Uses a throw-away SQLite database and Maildir.
"""

import argparse
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from alerts.bounces.keys import Keys
from alerts.bounces.maildir import Maildir
from alerts.bounces.reading import read_report
from alerts.steps.bouncing import read_bounces
from pipeline.store.database import Database, open_database
from pipeline.store.mailing_tables import subscribers

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
EXAMPLES = Path(__file__).resolve().parents[1] / "tests" / "examples" / "bounces"
KEY = "Abcd1234_-Efgh5678ijKL"
KEYS = Keys("bounces@charity.example")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=100_000)
    parser.add_argument("--reports", type=int, default=2_000)
    given = parser.parse_args()
    examples = [path.read_bytes() for path in sorted(EXAMPLES.glob("*.eml"))]
    begun = time.perf_counter()
    for number in range(20 * len(examples)):
        read_report(examples[number % len(examples)], KEYS)
    each = (time.perf_counter() - begun) / (20 * len(examples))
    print(f"one report is read in {each * 1e3:.2f} ms")

    with tempfile.TemporaryDirectory() as folder:
        db = open_database(f"sqlite:///{folder}/bench.db")
        _fill(db, given.subscribers)
        maildir = Path(folder) / "Maildir"
        for place in ("new", "cur", "tmp"):
            (maildir / place).mkdir(parents=True)
        soft = (EXAMPLES / "postfix_mailbox_full.eml").read_bytes()
        for number in range(given.reports):
            (maildir / "new" / f"m{number}").write_bytes(soft.replace(KEY.encode(), b"%022d" % number))
        begun = time.perf_counter()
        done = _round(db, maildir)
        took = time.perf_counter() - begun
        print(
            f"{done} reports among {given.subscribers} subscribers: {took:.1f} s, {done / took:.0f} a second"
        )
        begun = time.perf_counter()
        _round(db, maildir)
        print(f"a poll that finds nothing: {(time.perf_counter() - begun) * 1e3:.0f} ms")
        db.close()
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


def _round(db: Database, maildir: Path) -> int:
    return read_bounces(db, Maildir(maildir), KEYS, suppressed_as=str, clock=lambda: AT).read


def _fill(db: Database, count: int) -> None:
    for start in range(0, count, 10_000):
        rows = [
            {"key": f"{n:022}", "address": f"p{n}@mail.example", "state": "active", "created_at": AT}
            for n in range(start, min(count, start + 10_000))
        ]
        with db.begin() as tx:
            tx.execute(insert(subscribers), rows)


if __name__ == "__main__":
    main()
