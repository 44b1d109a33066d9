"""A sending in this process: terms for the tests, and what became of each address."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from alerts.message_bytes import Sender
from alerts.smtp_line import SmtpLine
from alerts.smtp_opening import parse_smtp_url
from alerts.steps.sending import Sent, send_digests
from alerts.steps.sending_terms import SendingTerms
from alerts.tokens import Tokens
from pipeline.store import runs
from pipeline.store.database import Database
from pipeline.store.mailing_tables import digest_deliveries, digests, subscribers
from tests.support.digests import FRIDAY, SITE


def terms_for(url: str, **more: object) -> SendingTerms:
    """As fast as it can, to anybody, with pauses of a blink."""
    place = parse_smtp_url(url)
    terms = SendingTerms(
        sender=Sender(
            "Open Lanes <news@charity.example>", "Open Lanes", SITE, bounce_address="bounces@charity.example"
        ),
        tokens=Tokens("a secret of the tests, long enough"),
        allows=lambda _address: True,
        open_line=lambda: SmtpLine(place, seconds=5, last_seconds=5),
        ticks=time.monotonic,
        per_second=10_000,
        pauses=(0.05, 0.1),
        patience=10,
    )
    return replace(terms, **more)  # type: ignore[arg-type]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = FRIDAY + timedelta(minutes=1)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def send(db: Database, url: str, clock: Callable[[], datetime] | None = None, **more: object) -> Sent:
    """One sending with these terms."""
    stop = more.pop("stop", None)
    return send_digests(
        db,
        terms_for(url, **more),
        clock=clock or Clock(),
        stop=stop or (lambda: False),  # type: ignore[arg-type]
    )


def send_until_through(
    db: Database, url: str, clock: Clock, *, rounds: int = 60, **more: object
) -> list[Sent]:
    """Sending after sending, each when the next mail falls due, until nothing is owed."""
    done = []
    for _ in range(rounds):
        done.append(send(db, url, clock, **more))
        if not done[-1].owed:
            return done
        if done[-1].next_due is not None and done[-1].next_due > clock.now:
            clock.now = done[-1].next_due
    raise AssertionError(f"still owed after {rounds} rounds: {done[-1]}")


def states(db: Database) -> dict[str, str]:
    """Each address with the state of its mail."""
    with db.begin() as tx:
        query = select(subscribers.c.address, digest_deliveries.c.state).join(
            digest_deliveries, digest_deliveries.c.subscriber_id == subscribers.c.id
        )
        return dict(tx.execute(query).all())  # type: ignore[arg-type]


def state_counts(db: Database) -> Counter[str]:
    """How many mails stand in each state."""
    return Counter(states(db).values())


def digest_states(db: Database) -> list[str]:
    """The states of all digests."""
    with db.begin() as tx:
        return list(tx.execute(select(digests.c.state).order_by(digests.c.id)).scalars())


def errors(db: Database) -> set[str]:
    """What is kept about mails that did not go."""
    with db.begin() as tx:
        return set(tx.execute(select(digest_deliveries.c.last_error)).scalars()) - {""}


def problems(db: Database) -> list[tuple[str, str]]:
    """Kind and words of the Problems that stand."""
    with db.begin() as tx:
        return [(one.kind, one.words) for one in runs.standing_problems(tx)]


def suspended(db: Database) -> list[str]:
    """The addresses that are suspended."""
    with db.begin() as tx:
        query = select(subscribers.c.address).where(subscribers.c.state == "suspended")
        return sorted(tx.execute(query.order_by(subscribers.c.address)).scalars())
