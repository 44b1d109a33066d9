"""Measure the public pages with a million subscribers: signing up, and leaving with one click.

    python -m bench.subscribers [--rows 1000000] [--database postgresql://…] [--requests 200]

Every request goes through the real server on loopback. The floor, in the same run, is the same server with
a page that answers 204 and does nothing, and a bare transaction on the same database that inserts one row.
Times are in milliseconds.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import func, insert, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.app import build_app
from alerts.desk.form_moments import FormMoments
from alerts.desk.limits import SignUpLimits
from alerts.desk.site import NoArchive, Site
from alerts.mailing_facts import MailingFacts
from alerts.slots import leave_link
from alerts.steps.tidying import tidy_subscribers
from alerts.tokens import Purpose, Tokens
from pipeline.model.plans import Plan, Rhythm
from pipeline.store import memory, subscriber_lists
from pipeline.store.database import Database, open_database
from pipeline.store.mailing_tables import consents, subscribers, subscriptions
from pipeline.store.subscribers import new_key
from sendwatch.serving import serving

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
SECRET = "a secret for the bench, long enough"
BATCH = 5000


def main() -> int:
    """Fill, measure, print. Returns 1 when a promise is broken."""
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--requests", type=int, default=200)
    words.add_argument("--database", default="")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="sendwatch-bench-") as folder:
        db = open_database(given.database or f"sqlite:///{Path(folder) / 'bench.db'}")
        began = time.perf_counter()
        _fill(db, given.rows)
        print(f"{given.rows:,} people in {time.perf_counter() - began:.0f} s on {db.engine.dialect.name}")
        with db.kept_open():  # as the pages do
            kept = _measure(db, given.requests)
        _lists(db)
        db.close()
    return 0 if kept else 1


def _measure(db: Database, requests: int) -> bool:
    tokens = Tokens(SECRET)
    plans = (Plan("weekly", "Every week, on Friday", Rhythm.WEEK),)
    facts = MailingFacts(
        "http://127.0.0.1", "bench.example", "Open Lanes", "#12395b", "", "", plans, lambda _: True
    )
    limits = SignUpLimits(per_network=10**9, in_all=10**9)
    moment = FormMoments(SECRET).make(NOW - timedelta(seconds=20))

    async def nothing(_request: Request) -> Response:
        return Response(status_code=204)

    with db.begin() as tx:
        keys = tx.execute(
            select(subscribers.c.key).where(subscribers.c.id % 97 == 1).limit(requests)
        ).scalars()
        leaving = [leave_link("", tokens.make(Purpose.LEAVE, key, NOW)) for key in keys]
    kept = True
    for floor_of_answer in (0.0, Site.__dataclass_fields__["answer_step"].default):
        site = Site(db, tokens, facts, lambda: NOW, NoArchive(), answer_step=floor_of_answer)
        app = build_app(site, limits=limits, more=[Route("/nothing", nothing, methods=["POST"])])
        with serving(app, "127.0.0.1:0") as root, httpx.Client(base_url=root, trust_env=False) as client:

            def sign_up(number: int, client: httpx.Client = client, name: float = floor_of_answer) -> None:
                form = {"address": f"new{number}-{name}@home.example", "moment": moment}
                client.post("/subscribe", data=form).raise_for_status()

            def known(number: int, client: httpx.Client = client) -> None:
                form = {"address": f"person{number * 7}@home{number * 7 % 5000}.example", "moment": moment}
                client.post("/subscribe", data=form).raise_for_status()

            def leave(number: int, client: httpx.Client = client) -> None:
                client.post(leaving[number], data={"List-Unsubscribe": "One-Click"}).raise_for_status()

            def bare(_number: int, client: httpx.Client = client) -> None:
                client.post("/nothing")

            def one_row(number: int) -> None:
                with db.begin() as tx:
                    memory.keep(tx, f"bench {number}", "", NOW)

            page = _times("floor: an empty page", bare, requests)
            row = _times("floor: one row", one_row, requests)
            floor = page + row
            print(f"-- sign-ups are answered at steps of {floor_of_answer * 1000:.0f} ms")
            kept &= _times("sign up, new", sign_up, requests, floor) < 50
            _times("sign up, known", known, requests, floor)
            if floor_of_answer == 0:
                kept &= _times("leave, one click", leave, len(leaving), floor) < 50
    return kept


def _times(name: str, act: Callable[[int], None], requests: int, floor: float = 0) -> float:
    """Print median and p95 of one act, and the CPU of client and server; returns the p95."""
    times = []
    spent = time.process_time()
    for number in range(requests):
        began = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - began) * 1000)
    middle, p95 = statistics.median(times), statistics.quantiles(times, n=20)[18]
    ratio = f"  p95/floor {p95 / floor:5.1f}" if floor else ""
    cpu = (time.process_time() - spent) * 1000 / requests
    print(f"{name:24} median {middle:7.2f}  p95 {p95:7.2f}  CPU {cpu:6.2f}{ratio}", flush=True)
    return p95


def _lists(db: Database) -> None:
    facts = MailingFacts("http://x", "bench.example", "Open Lanes", "#12395b", "", "", (), lambda _: True)
    for name, ask in (
        ("who stands where", lambda: _in(db, subscriber_lists.counts)),
        ("how many in each plan", lambda: _in(db, subscriber_lists.counts_by_plan)),
        ("one round of tidying", lambda: tidy_subscribers(db, Tokens(SECRET), facts, NOW)),
    ):
        began = time.perf_counter()
        ask()
        print(f"{name:24} {time.perf_counter() - began:7.2f} s")


def _in(db: Database, ask: Callable[..., object]) -> object:
    with db.begin() as tx:
        return ask(tx)


def _fill(db: Database, rows: int) -> None:
    empty = {"topics": "[]", "nations": "[]", "phases": "[]", "plain": False, "consent_source": "bench"}
    for start in range(0, rows, BATCH):
        numbers = range(start, min(rows, start + BATCH))
        with db.begin() as tx:
            people = [
                {
                    **empty,
                    "key": new_key(),
                    "address": f"person{n}@home{n % 5000}.example",
                    "state": "left" if n % 20 == 3 else "pending" if n % 50 == 2 else "active",
                    "created_at": NOW - timedelta(days=1),
                    "asked_at": NOW - timedelta(days=1) if n % 50 == 2 else None,
                    "left_at": NOW - timedelta(days=1) if n % 20 == 3 else None,
                    "topics": json.dumps(["GUIDANCE"] if n % 3 else []),
                }
                for n in numbers
            ]
            tx.execute(insert(subscribers), people)
            last = tx.execute(select(func.max(subscribers.c.id))).scalar_one()
            ids = range(last - len(people) + 1, last + 1)
            tx.execute(
                insert(subscriptions), [{"plan": "weekly", "subscriber_id": i, "since": NOW} for i in ids]
            )
            line = {"at": NOW, "way": "form", "what": "confirmed"}
            tx.execute(insert(consents), [{**line, "subscriber_id": i} for i in ids])


if __name__ == "__main__":
    sys.exit(main())
