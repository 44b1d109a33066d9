"""How fast a digest leaves: claim, finish, hand over and mark, into a mail server that only reads.

    python -m bench.sending [--mails 20000] [--connections 16] [--folder DIR]

The mail server is a process of its own. The floor, in the same run, is smtplib alone: the same bytes over one
connection, with no database. Memory is the sender's, a quarter through and at the end. Exit code 1 below 300
mails a second, or when memory grows by more than 10 MB in between.
"""

import argparse
import smtplib
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from alerts.message_bytes import DigestFacts, MessageTemplate, Person
from alerts.smtp_line import SmtpLine
from alerts.smtp_opening import parse_smtp_url
from alerts.steps.sending import Progress, send_digests
from pipeline.store.database import open_database
from tests.support.digests import FRIDAY, a_digest_mail, a_digest_to, addresses_of, key_of
from tests.support.killed_sendings import a_recording_server
from tests.support.sending import Clock, terms_for

GOAL = 300


def main() -> int:
    """Measure, print a table, and say whether the goal is met."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--mails", type=int, default=20_000)
    words.add_argument("--connections", type=int, default=16)
    words.add_argument("--folder", type=Path, default=None, help="where the database lies")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        folder = Path(place)
        db = open_database(f"sqlite:///{folder / 'bench.db'}")
        people = addresses_of(given.mails)
        a_digest_to(db, people)
        with a_recording_server(folder) as (_, url):
            floor, size = _floor(url, people[: max(1000, given.mails // 10)])
        memory: list[int] = []

        def look(progress: Progress) -> None:
            if progress.tally.sent >= given.mails // 4 and not memory:
                memory.append(_resident())

        with a_recording_server(folder) as (_, url):
            place_of = parse_smtp_url(url)
            terms = terms_for(url, connections=given.connections, open_line=lambda: SmtpLine(place_of))
            began, cpu = time.perf_counter(), time.process_time()
            done = send_digests(db, terms, clock=Clock(FRIDAY + timedelta(minutes=1)), progress=look)
            seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        memory.append(_resident())
        db.close()
    assert done.tally.sent == given.mails, done
    rate, grown = given.mails / seconds, memory[-1] - memory[0]
    print(f"{given.mails:,} mails of {size:,} bytes, {given.connections} connections")
    print(f"sending: {rate:8.0f} a second, {seconds:.1f} s, {1000 * cpu / given.mails:.2f} ms of CPU a mail")
    print(f"floor:   {floor:8.0f} a second (smtplib alone, one connection, no database)")
    print(f"memory:  {memory[-1] / 1e6:.0f} MB, {grown / 1e6:+.1f} MB from a quarter through to the end")
    return 0 if rate >= GOAL and grown < 10_000_000 else 1


def _floor(url: str, people: list[str]) -> tuple[float, int]:
    terms = terms_for(url)
    facts = DigestFacts("weekly:2026-11-27", "weekly", FRIDAY.date(), FRIDAY)
    template = MessageTemplate(a_digest_mail(), facts, terms.sender, terms.tokens)
    messages = [(one, template.for_person(Person(key_of(one), one))) for one in people]
    parts = urlsplit(url)
    with smtplib.SMTP(str(parts.hostname), parts.port or 25) as server:
        began = time.perf_counter()
        for recipient, message in messages:
            server.sendmail("bounces@charity.example", [recipient], message)
        return len(people) / (time.perf_counter() - began), len(messages[0][1])


def _resident() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line)
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    sys.exit(main())
