"""How fast the desk answers with 100,000 documents and 20,000 Stories behind it, against an empty page.

    python -m bench.desk [--documents N] [--stories N] [--seconds S]

The floor is the sign-in page through the same application, server and client: what a page costs that asks the
database nothing. One client gives the percentiles; then several ask 100 times a second, and no answer may be
an error. SQLite, in a folder that is thrown away.
"""

import argparse
import multiprocessing
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import httpx
from sqlalchemy import insert

from pipeline.model.changes import ChangeKind
from pipeline.model.inbox import Shelf
from pipeline.steps.inbox import fill_inbox
from pipeline.store import changes, inbox
from pipeline.store.database import Database, open_database
from pipeline.store.packing import pack
from pipeline.store.tables import changes as changes_table
from pipeline.store.tables import documents, drafts, stories, versions
from tests.support.newsdesk import ANNA, Newsdesk, a_newsdesk
from tests.support.newsroom import LETTER

BATCH = 2_000
SAMPLE = 100  # Stories that are listed as the program does it; the rest are copies of their rows
P95_AIM = 0.100  # seconds
RATE = 100  # requests a second
CLIENTS = 8
WORDS = [
    "breaks",
    "transport",
    "funding",
    "tribunal",
    "reviews",
    "music",
    "therapy",
    "inclusion",
    "nurseries",
]


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        db = open_database(f"sqlite:///{Path(folder) / 'desk.db'}")
        with a_newsdesk(db) as desk:
            fill(desk, given.documents, given.stories)
            print(f"filled in {time.monotonic() - began:.0f} s")
            began = time.monotonic()
            fill_inbox(db, desk.now, plan="weekly", most=SAMPLE)
            print(f"{(time.monotonic() - began) / SAMPLE * 1000:.1f} ms to list a Story for the first time")
            list_the_rest(desk, given.stories)
            measure(desk, given.stories, given.seconds)
        db.close()


def measure(desk: Newsdesk, count: int, seconds: int) -> None:
    """Percentiles of one client, then the rate of several."""
    pick = random.Random(7)
    client = desk.signed_in(ANNA).client
    pages: dict[str, Callable[[], str]] = {
        "an empty page (floor)": lambda: "/desk/sign-in",
        "the inbox": lambda: "/desk",
        "the inbox, filtered": lambda: "/desk?list=all&topic=guidance&page=9",
        "a Story": lambda: f"/desk/stories/{pick.randrange(1, count)}",
    }
    floor = 0.0
    for name, path in pages.items():
        took = sorted(_timed(client, path()) for _ in range(120))
        p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
        floor = floor or p50
        kept = "" if p95 <= P95_AIM or "floor" in name else "  ABOVE 100 ms"
        print(
            f"{name:24} p50 {p50 * 1000:6.1f} ms  p95 {p95 * 1000:6.1f} ms  {p50 / floor:5.1f} floors{kept}"
        )
    paths = ["/desk", "/desk?list=all&page=3", "/desk/sign-in", "/desk?list=next"]
    mixed = [*paths, *(f"/desk/stories/{pick.randrange(1, count)}" for _ in range(40))]
    for name, ways in (("inbox", paths), ("Stories and inbox", mixed)):
        asked, errors, rate = _hammer(desk, ways, seconds)
        print(f"{name}: {asked} requests in {seconds} s, {rate:.0f} a second (aim {RATE}), {errors} errors")


def _timed(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (path, answer.status_code)
    return took


def _hammer(desk: Newsdesk, paths: list[str], seconds: int) -> tuple[int, int, float]:
    """Eight clients in a process of their own: how many requests, how many failed, how many a second."""
    cookie = desk.signed_in(ANNA).client.cookies["desk"]
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[tuple[int, int]] = context.Queue()
    clients = context.Process(target=ask_for_a_while, args=(desk.root, cookie, paths, seconds, told))
    clients.start()
    asked, errors = told.get()
    clients.join()
    return asked, errors, asked / seconds


def ask_for_a_while(
    root: str, cookie: str, paths: list[str], seconds: int, told: "multiprocessing.Queue[tuple[int, int]]"
) -> None:
    """What the eight clients do: they ask as fast as the aim allows, and no faster."""
    until = time.monotonic() + seconds
    counts, errors = [0] * CLIENTS, [0] * CLIENTS

    def ask(number: int) -> None:
        pick = random.Random(number)
        due = time.monotonic()
        with httpx.Client(base_url=root, cookies={"desk": cookie}, trust_env=False, timeout=30) as client:
            while time.monotonic() < until:
                try:
                    errors[number] += client.get(pick.choice(paths)).status_code != 200
                except httpx.HTTPError:
                    errors[number] += 1
                counts[number] += 1
                due += CLIENTS / RATE
                time.sleep(max(0.0, due - time.monotonic()))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put((sum(counts), sum(errors)))


def fill(desk: Newsdesk, document_count: int, story_count: int) -> None:
    """One real page with its Story and Draft, copied many times with other titles and words."""
    first = desk.room.page("short breaks", text=LETTER + "\n" + "\n".join(_paragraphs()))
    with desk.db.begin() as tx:
        line = changes.of_story(tx, first)[0]
        version = tx.execute(versions.select().where(versions.c.id == line.change.to_version)).one()
        draft = tx.execute(drafts.select()).one().content
        document = tx.execute(documents.select()).one()._asdict()
        change = tx.execute(changes_table.select()).one()._asdict()
    pick = random.Random(1)
    from pipeline.store.versions import VersionRow

    opened = VersionRow(**version._asdict()).opened()
    packed = pack({"record": opened.record, "parts": opened.parts})
    digest = sha256(packed).hexdigest()
    for start in _batches(document_count):
        with desk.db.begin() as tx:
            numbers = range(start, min(start + BATCH, document_count + 1))
            rows = []
            for n in numbers:
                url = f"https://www.gov.uk/government/publications/page-{n}"
                title = f"About {pick.choice(WORDS)} and {pick.choice(WORDS)}, number {n}"
                own = {"id": n, "identity": url, "url": url, "title": title, "version_id": n}
                rows.append({**document, **own})
            tx.execute(insert(documents), rows)
            packs = {"packed": packed, "digest": digest, "normaliser": version.normaliser}
            tx.execute(
                insert(versions),
                [
                    {"id": n, "document_id": n, "seen_at": desk.now, "fingerprint": f"{n:064}", **packs}
                    for n in numbers
                ],
            )
    for start in _batches(story_count):
        with desk.db.begin() as tx:
            numbers = range(start, min(start + BATCH, story_count + 1))
            seen = {n: desk.now - timedelta(minutes=n) for n in numbers}
            tx.execute(
                insert(stories),
                [
                    {
                        "id": n,
                        "title": f"About {pick.choice(WORDS)} and {pick.choice(WORDS)}, number {n}",
                        "opened_at": seen[n],
                        "revision": 1,
                        "drafted": 1,
                        "alerted": 1,
                        "edit": "",
                        "main_document_id": n,
                        "grown_at": seen[n],
                    }
                    for n in numbers
                ],
            )
            tx.execute(
                insert(drafts),
                [{"story_id": n, "revision": 1, "made_at": seen[n], "content": draft} for n in numbers],
            )
            kinds = [ChangeKind.NEW.value, ChangeKind.UPDATED.value, ChangeKind.WITHDRAWN.value]
            rows = []
            for n in numbers:
                own = {"id": n, "document_id": n, "to_version": n, "story_id": n, "seen_at": seen[n]}
                rows.append({**change, **own, "kind": kinds[0] if n % 5 else pick.choice(kinds)})
            tx.execute(insert(changes_table), rows)
    _review(desk.db, story_count, desk)


def list_the_rest(desk: Newsdesk, story_count: int) -> None:
    """Rows for all Stories, copied from those that the program has made."""
    pick = random.Random(3)
    with desk.db.begin() as tx:
        made = inbox.newest(tx, SAMPLE)
        for start in _batches(story_count):
            numbers = range(start, min(start + BATCH, story_count + 1))
            rows = [replace(pick.choice(made), story_id=n, shelf=pick.choice(list(Shelf))) for n in numbers]
            rows = [
                replace(
                    row,
                    seen_at=desk.now - timedelta(minutes=row.story_id),
                    publisher=f"P {row.story_id % 60}",
                )
                for row in rows
            ]
            inbox.keep(tx, rows)
        inbox.mark(tx, inbox.marks(tx), desk.now)


def _review(db: Database, story_count: int, desk: Newsdesk) -> None:
    """Half of the Stories were decided on long ago."""
    from pipeline.store.mailing_tables import reviews

    acts = ["hold", "reject", "reopen"]
    rows = [
        {"story_id": n, "at": desk.now, "by": ANNA, "act": acts[n % 3], "why": ""}
        for n in range(2, story_count, 2)
    ]
    with db.begin() as tx:
        tx.execute(insert(reviews), rows)
        tx.exec_driver_sql("ANALYZE")


def _paragraphs() -> Iterator[str]:
    """A paper of some length, so that finding passages costs what it does."""
    for number in range(120):
        words = " ".join(WORDS[(number + k) % len(WORDS)] for k in range(12))
        yield f"Paragraph {number} says what local authorities do about {words} for children with SEND."


def _batches(count: int) -> Iterator[int]:
    return iter(range(2, count + 1, BATCH))


if __name__ == "__main__":
    main()
