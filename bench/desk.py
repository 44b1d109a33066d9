"""How fast the desk answers with 100,000 documents and 20,000 Stories behind it, against an empty page.

    python -m bench.desk [--documents N] [--stories N] [--seconds S]

The floor is the sign-in page through the same application, server and client: what a page costs that asks the
database nothing. One client gives the percentiles; then several ask 100 times a second, and no answer may be
an error. SQLite, in a folder that is thrown away. CPU is that of server and client together.
"""

import argparse
import multiprocessing
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.desk_filling import SAMPLE, fill, list_the_rest
from bench.search import questions
from pipeline.steps.inbox import fill_inbox
from pipeline.store.database import open_database
from tests.support.newsdesk import ANNA, OPS, Newsdesk, a_newsdesk

P95_AIM = 0.100  # seconds
RATE = 100  # requests a second
CLIENTS = 8
ROUNDS = 120


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is measured: an address of it each time, and what each answer must hold."""

    name: str
    address: Callable[[], str]
    holds: str

    def asked_by(self, client: httpx.Client) -> None:
        """Look at it. AssertionError when it is not there, or not what it should be."""
        address = self.address()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        assert self.holds in answer.text, (address, self.holds)


def pages(documents: int, stories: int, vocabulary: list[str]) -> list[Page]:
    """The floor first; then what an editor looks at, and what an operator does."""
    pick = random.Random(7)
    asked = list(questions(vocabulary, pick).values())

    def a_search() -> str:
        return str(httpx.URL("/desk/search", params={"words": pick.choice(asked)()}))

    return [
        Page("an empty page (floor)", lambda: "/desk/sign-in", "Sign in"),
        Page("the inbox", lambda: "/desk", "<h1>New</h1>"),
        Page("the inbox, filtered", lambda: "/desk?list=all&topic=guidance&page=9", "<h1>All</h1>"),
        Page(
            "a Story", lambda: f"/desk/stories/{pick.randrange(1, stories)}", "Each sentence, and its passage"
        ),
        Page("a search", a_search, 'id="found-title"'),
        Page("a document", lambda: f"/desk/documents/{pick.randrange(1, documents)}", 'id="versions-title"'),
        Page("the sources", lambda: "/desk/sources", "<h1>Sources</h1>"),
        Page("the digest", lambda: "/desk/digest", "<h1>The digest</h1>"),
        Page("the subscribers", lambda: "/desk/subscribers", "<h1>Subscribers</h1>"),
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
            vocabulary = fill(desk, given.documents, given.stories)
            print(f"filled in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
            began = time.monotonic()
            fill_inbox(db, desk.now, plan="weekly", most=SAMPLE)
            print(f"{(time.monotonic() - began) / SAMPLE * 1000:.1f} ms to list a Story for the first time")
            list_the_rest(desk, given.stories)
            measure(desk, pages(given.documents, given.stories, vocabulary), given.seconds)
        db.close()


def measure(desk: Newsdesk, measured: list[Page], seconds: int) -> None:
    """Percentiles of one client, then the rate of several."""
    client = desk.signed_in(OPS).client
    floor = 0.0
    for page in measured:
        clock, cpu = zip(*(_timed(page, client) for _ in range(ROUNDS)), strict=True)
        (p50, p95), (work, most) = _percentiles(clock), _percentiles(cpu)
        floor = floor or p50
        kept = "" if p95 <= P95_AIM or "floor" in page.name else "  ABOVE 100 ms"
        print(
            f"{page.name:24} p50 {p50 * 1000:6.1f} ms  p95 {p95 * 1000:6.1f} ms  {p50 / floor:5.1f} floors  "
            f"CPU {work * 1000:5.1f} and {most * 1000:5.1f} ms{kept}"
        )
    named = {page.name: page.address for page in measured}
    lists = [named["the inbox"](), "/desk?list=all&page=3", "/desk/sign-in", "/desk?list=next"]
    some = [named[name]() for name in ("a Story", "a search") for _ in range(20)]
    for name, ways in (("inbox", lists), ("inbox, Stories and searches", [*(lists * 5), *some])):
        asked, errors, rate = _hammer(desk, ways, seconds)
        print(f"{name}: {asked} requests in {seconds} s, {rate:.0f} a second (aim {RATE}), {errors} errors")


def _timed(page: Page, client: httpx.Client) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    page.asked_by(client)
    return time.perf_counter() - began, time.process_time() - worked


def _percentiles(took: tuple[float, ...]) -> tuple[float, float]:
    row = sorted(took)
    return row[len(row) // 2], row[int(len(row) * 0.95)]


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


if __name__ == "__main__":
    main()
