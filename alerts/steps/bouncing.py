"""Read what came back and do what follows: first the rows, then the marks in the mailbox.

A process that dies between the two reads those reports again and finds that they were counted. Decides
nothing about what a report says (alerts.bounces) or does to a person (pipeline.store.bounced). Shows no
address.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from alerts.bounces.keys import Keys
from alerts.bounces.reading import read_report
from pipeline.model.bounces import Kind, Outcome, Report
from pipeline.store import bounced
from pipeline.store.database import Database

MOST_A_ROUND = 5_000
AT_ONCE = 100  # reports in one transaction
REMEMBERED = timedelta(days=180)
FEW, SHARE = 20, 0.1  # more hard bounces in one round than both: rather a fault of our own mail server
Hashing = Callable[[str], str]


class Mailbox(Protocol):
    """Where bounces arrive. Raises TransientError where it cannot be reached."""

    def waiting(
        self, known: Callable[[Iterable[str]], set[str]], *, most: int
    ) -> Iterator[tuple[str, bytes]]:
        """(name, bytes) of mails whose names are not known."""

    def settle(self, name: str, *, ours: bool) -> None:
        """Mark a mail that was given out; leave it alone when it is not ours."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round found: mails by kind, and what followed. ``held``: hard ones that wait for a word."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    held: int = 0
    eased: int = 0

    @property
    def read(self) -> int:
        """How many mails were looked at."""
        return self.kinds.total()


@dataclass(frozen=True, slots=True)
class _Found:
    name: str  # in the mailbox
    mark: str  # the digest of its bytes
    name_mark: str
    report: Report


def read_bounces(
    db: Database,
    mailbox: Mailbox,
    keys: Keys,
    *,
    suppressed_as: Hashing,
    clock: Callable[[], datetime],
    believe: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Round:
    """Read what is waiting, at most 5,000 mails. Raises TransientError for the mailbox.

    Unless ``believe``, hard bounces that are more than 20 and more than a tenth of the subscribers are left
    unread: a broken server of our own must not suspend everybody in one night.
    """
    found = _look(db, mailbox, keys, stop)
    with db.begin() as tx:
        hold = not believe and _too_many(tx, found)
    done = Round(held=_hard(found) if hold else 0)
    done.kinds.update(one.report.kind for one in found)
    believed = [one for one in found if not (hold and one.report.kind is Kind.HARD)]
    settled = []
    try:
        for start in range(0, len(believed), AT_ONCE):
            if stop():
                break
            batch = believed[start : start + AT_ONCE]
            with db.begin() as tx:
                outcomes = [_note(tx, one, suppressed_as, clock()) for one in batch]
            done.outcomes.update(outcomes)
            for one in batch:
                mailbox.settle(one.name, ours=one.report.kind is not Kind.FOREIGN)
                settled.append(one)
    finally:  # names only spare the next round some reading: they come after the mark in the mailbox
        with db.begin() as tx:
            for one in settled:
                bounced.remember(tx, one.name_mark, one.report.kind, clock())
    with db.begin() as tx:
        eased = bounced.ease(tx, clock())
        bounced.forget_reports(tx, before=clock() - REMEMBERED)
    return Round(done.kinds, done.outcomes, done.held, eased)


def try_bounces(
    db: Database, mailbox: Mailbox, keys: Keys, *, suppressed_as: Hashing, now: datetime
) -> Round:
    """What ``read_bounces`` would do: all of it, in one transaction that is taken back."""
    found = _look(db, mailbox, keys, lambda: False)
    done = Round(Counter(one.report.kind for one in found))
    with db.begin() as tx:
        hold = _too_many(tx, found)
        for one in found:
            if not (hold and one.report.kind is Kind.HARD):
                done.outcomes[_note(tx, one, suppressed_as, now)] += 1
        eased = bounced.ease(tx, now)
        tx.rollback()
    return Round(done.kinds, done.outcomes, _hard(found) if hold else 0, eased)


def note_events(
    db: Database,
    provider: str,
    reports: Sequence[Report],
    body: bytes,
    *,
    suppressed_as: Hashing,
    now: datetime,
) -> Counter[Outcome]:
    """Count what a provider has told; a replay, after a crash or by the provider, changes nothing."""
    outcomes: Counter[Outcome] = Counter()
    numbered = list(enumerate(reports))
    for start in range(0, len(numbered), AT_ONCE):
        with db.begin() as tx:
            for number, report in numbered[start : start + AT_ONCE]:
                words: tuple[str | bytes, ...] = (report.mark,) if report.mark else (body, str(number))
                mark = bounced.digest_of(f"hook:{provider}", report.kind.value, *words)
                outcomes[bounced.note(tx, report, mark, suppressed_as=suppressed_as, now=now)] += 1
    return outcomes


def _look(db: Database, mailbox: Mailbox, keys: Keys, stop: Callable[[], bool]) -> list[_Found]:
    """Read all that waits, outside any transaction; only what it says is kept, not its bytes."""

    def known(names: Iterable[str]) -> set[str]:
        marks = {_name_mark(name): name for name in names}
        with db.begin() as tx:
            return {marks[mark] for mark in bounced.seen(tx, marks)}

    found = []
    for name, raw in mailbox.waiting(known, most=MOST_A_ROUND):
        mark = bounced.digest_of("mail", raw)
        found.append(_Found(name, mark, _name_mark(name), read_report(raw, keys)))
        if stop():
            break
    return found


def _name_mark(name: str) -> str:
    return bounced.digest_of("name", name)


def _note(tx: Connection, one: _Found, suppressed_as: Hashing, now: datetime) -> Outcome:
    return bounced.note(tx, one.report, one.mark, suppressed_as=suppressed_as, now=now)


def _hard(found: list[_Found]) -> int:
    return sum(one.report.kind is Kind.HARD for one in found)


def _too_many(tx: Connection, found: list[_Found]) -> bool:
    """Counted in people whom we know, so that nobody can hold up all bounces by forging some."""
    named = {one.report.subscriber_key for one in found if one.report.kind is Kind.HARD}
    if len(named) <= FEW:
        return False
    return bounced.count_active(tx, named) > max(FEW, SHARE * bounced.count_active(tx))
