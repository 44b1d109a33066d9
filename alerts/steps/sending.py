"""Send the digests that are owed: claim, hand over, mark. Knows nothing of what a digest says.

A process that dies between the mail server's yes and the mark sends those few mails again under the same
Message-ID; nothing else is ever sent twice, and a digest is never through while a mail of it is owed.
"""

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from alerts.message_bytes import DigestFacts, MessageTemplate, Sender
from alerts.pace import PAUSES, Gate, Pace
from alerts.sending_pool import Job, Pool
from alerts.smtp_answers import Fate
from alerts.smtp_line import Line
from alerts.steps.marking import Marker, Tally, clear_unreadable
from alerts.tokens import Tokens
from pipeline.store import digest_deliveries, digest_progress
from pipeline.store.database import Database
from pipeline.store.digest_deliveries import Claim, Letter
from pipeline.store.digest_progress import OpenDigest
from pipeline.store.locks import hold
from pipeline.text.words.dates import LONDON

logger = logging.getLogger("sendwatch")
LOCK = "send"
LEASE = timedelta(minutes=30)  # longer than one mail can take on the slowest server
MOST_AT_ONCE = 100  # claimed in one transaction
COUNT_AGAIN = 60.0  # seconds until the day's mails are counted again
LOOK_AGAIN = 2.0  # seconds until digests that had nothing due are looked at again
DAY = timedelta(hours=24)  # rolling, as mail providers count it
KEPT_TEMPLATES = 200


@dataclass(frozen=True, slots=True)
class SendingTerms:
    """On what terms digests are sent. ``allows`` is the allow-list, ``per_day`` 0 means no limit.

    ``open_line`` makes a connection, ``ticks`` is a monotonic clock in seconds, ``patience`` how many seconds
    a mail that is being handed over may still take after we were asked to stop.
    """

    sender: Sender
    tokens: Tokens
    allows: Callable[[str], bool]
    open_line: Callable[[], Line]
    ticks: Callable[[], float]
    per_second: int = 10
    per_day: int = 0
    connections: int = 4
    pauses: Sequence[float] = PAUSES
    patience: float = 45.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sending is: ``rate`` in mails a second, ``pause`` in seconds while the server rests."""

    tally: Tally
    left: int
    rate: float
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sending did. ``owed`` is what remains, ``next_due`` when the first of it may be tried again.

    ``stopped`` says in words why it ended before all was tried; empty when all that was due is done.
    """

    tally: Tally = field(default_factory=Tally)
    finished: tuple[str, ...] = ()
    owed: int = 0
    next_due: datetime | None = None
    stopped: str = ""
    is_fault: bool = False  # nothing can be sent until somebody has mended something
    another: bool = False  # another process is sending


def nobody(_progress: Progress) -> None:
    """Progress for nobody."""


def send_digests(
    db: Database,
    terms: SendingTerms,
    *,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] = nobody,
    name: str = "",
) -> Sent:
    """Send every mail of every open digest that is due, until none is left or ``stop()`` says so.

    ``name`` is a digest's key or a plan's; empty means all. One process at a time: ``another`` otherwise.
    """
    with hold(db, LOCK) as mine:
        if not mine:
            return Sent(another=True)
        with db.begin() as tx:
            digest_progress.drop_cancelled(tx)
            digest_deliveries.free_leases(tx)
            clear_unreadable(tx, clock())
            if not digest_progress.open_digests(tx, name):
                return Sent()
        with db.kept() as kept:
            return _Sending(kept, terms, clock, stop, progress, name, mine.still).run()


class _Sending:
    """One sending, from the first claim to the last mark, in the thread that speaks to the database."""

    def __init__(
        self,
        db: Database,
        terms: SendingTerms,
        clock: Callable[[], datetime],
        stop: Callable[[], bool],
        progress: Callable[[Progress], None],
        name: str,
        still_ours: Callable[[], bool],
    ) -> None:
        self._db, self._terms, self._clock, self._stop = db, terms, clock, stop
        self._tell, self._name = progress, name
        self._still_ours, self._lost, self._asked_at = still_ours, False, 0.0
        self._lease = uuid.uuid4().hex
        self._marker = Marker(db, clock)
        self._gate, self._pace = Gate(terms.ticks, terms.pauses), Pace(terms.per_second, terms.ticks)
        self._templates: dict[int, MessageTemplate] = {}
        self._quiet_until: dict[bool, float] = {}
        self._finished: list[str] = []
        self._left, self._left_at, self._begun = 0, 0.0, terms.ticks()
        self._day_is_full, self._day_before, self._day_counted_at = False, 0, 0.0

    def run(self) -> Sent:
        pool = Pool(
            self._terms.open_line,
            self._terms.sender,
            connections=self._terms.connections,
            pace=self._pace,
            gate=self._gate,
        )
        try:
            self._work(pool)
            pool.halt()
            ends = self._terms.ticks() + self._terms.patience
            while pool.in_hand and self._terms.ticks() < ends:
                self._mark(pool, 0.2)
            self._marker.end()
        except SQLAlchemyError:  # locked, cut, or full: what the mail server took must not be sent again
            pool.close(5.0)
            self._marker.keep_yeses(pool.take(0.0))
            raise
        finally:
            pool.close(5.0)
        with self._db.begin() as tx:
            self._finish(tx)
            clear_unreadable(tx, self._clock())
            ids = [digest.id for digest in digest_progress.open_digests(tx, self._name)]
            owed, next_due = digest_progress.owed_of(tx, ids), digest_deliveries.next_due(tx, ids)
        return Sent(
            self._marker.tally,
            tuple(self._finished),
            owed,
            next_due,
            stopped=self._why_stopped(),
            is_fault=bool(self._marker.stopped),
        )

    def _work(self, pool: Pool) -> None:
        low = max(self._terms.connections, min(MOST_AT_ONCE, self._terms.per_second))
        while not self._stop() and not self._marker.stopped and self._holds():
            pause = self._gate.seconds_left()
            more = pool.in_hand < low and not pause and self._claim(pool, low)
            if not pool.in_hand and not pause and not more:
                break
            self._mark(pool, 0.002 if more else min(0.2, pause or 0.2))
            if self._marker.broken_in_a_row > self._terms.connections:
                self._marker.broken_in_a_row = 0
                self._gate.shut()
            self._say(pause)

    def _holds(self) -> bool:
        """Whether the lock is still ours, asked twice a second: without it another process may be sending."""
        if self._terms.ticks() >= self._asked_at:
            self._asked_at = self._terms.ticks() + 0.5
            self._lost = not self._still_ours()
        return not self._lost

    def _mark(self, pool: Pool, seconds: float) -> None:
        results = pool.take(seconds)
        self._marker.mark(results)
        pool.marked(results)
        if any(result.answer is None or result.answer.fate is Fate.BUSY for result in results):
            self._quiet_until.clear()  # what was given back is due at once

    def _claim(self, pool: Pool, most: int) -> bool:
        """Claim mails and hand them to the pool. False when nothing was due, or the day is full."""
        with self._db.begin() as tx:
            most = self._within_the_day(tx, min(most, MOST_AT_ONCE), pool.in_hand)
            if most <= 0:
                return False
            digests = digest_progress.open_digests(tx, self._name)
            found, jobs = False, []
            # What is mailed at once must not wait behind a hundred thousand weekly ones.
            for at_once in (True, False):
                group = [d for d in digests if (":story:" in d.key) is at_once]
                if not group or self._terms.ticks() < self._quiet_until.get(at_once, 0.0):
                    continue
                taken = self._claim_of(tx, group, most)
                found = found or not taken.is_empty
                self._marker.tally.dropped += taken.dropped
                self._marker.tally.withheld += taken.withheld
                jobs = self._jobs(tx, group, taken.letters)
                if taken.is_empty:
                    self._quiet_until[at_once] = self._terms.ticks() + LOOK_AGAIN
                    self._finish(tx)
                elif jobs:
                    break
        for job in jobs:  # only when the claim is committed
            pool.put(job)
        return found

    def _claim_of(self, tx: Connection, group: Sequence[OpenDigest], most: int) -> Claim:
        now = self._clock()
        return digest_deliveries.claim(
            tx,
            lease=self._lease,
            now=now,
            today=now.astimezone(LONDON).date(),
            lasting=LEASE,
            limit=most,
            allows=self._terms.allows,
            only=[digest.id for digest in group],
        )

    def _within_the_day(self, tx: Connection, most: int, in_hand: int) -> int:
        if not self._terms.per_day:
            return most
        sent, now = self._marker.tally.sent, self._terms.ticks()
        if now >= self._day_counted_at:
            before = digest_progress.sent_since(tx, self._clock() - DAY) - sent
            self._day_before, self._day_counted_at = before, now + COUNT_AGAIN
        left = self._terms.per_day - self._day_before - sent - in_hand
        self._day_is_full = left <= 0 and not in_hand
        return min(most, left)

    def _jobs(self, tx: Connection, group: Sequence[OpenDigest], letters: Sequence[Letter]) -> list[Job]:
        jobs = []
        for letter in letters:
            try:
                jobs.append(Job(letter, self._template(tx, group, letter)))
            except Exception as error:  # one mail that is kept badly must not hold up all others
                logger.exception("mail %s of digest %s cannot be read", letter.mail_id, letter.digest_id)
                self._marker.put_off(tx, letter, error)
        return jobs

    def _template(self, tx: Connection, group: Sequence[OpenDigest], letter: Letter) -> MessageTemplate:
        found = self._templates.get(letter.mail_id)
        if found is None:
            if len(self._templates) >= KEPT_TEMPLATES:
                self._templates.clear()
            digest = next(d for d in group if d.id == letter.digest_id)
            facts = DigestFacts(digest.key, digest.plan, digest.day, digest.made_at)
            mail = digest_deliveries.mail_of(tx, letter.mail_id)
            found = MessageTemplate(mail, facts, self._terms.sender, self._terms.tokens)
            self._templates[letter.mail_id] = found
        return found

    def _finish(self, tx: Connection) -> None:
        for digest in digest_progress.open_digests(tx, self._name):
            if digest_progress.finish(tx, digest.id, self._clock()):
                self._finished.append(digest.key)

    def _say(self, pause: float) -> None:
        now = self._terms.ticks()
        if now >= self._left_at:
            with self._db.begin() as tx:
                ids = [d.id for d in digest_progress.open_digests(tx, self._name)]
                self._left = digest_progress.owed_of(tx, ids)
            self._left_at = now + LOOK_AGAIN
        rate = self._marker.tally.sent / max(0.5, now - self._begun)
        self._tell(Progress(self._marker.tally, self._left, rate, pause))

    def _why_stopped(self) -> str:
        if self._marker.stopped:
            return self._marker.stopped
        if self._lost:
            return "the connection to the database was cut, and the lock on sending went with it"
        if self._stop():
            return "it was asked to stop"
        if self._day_is_full:
            return f"{self._terms.per_day} mails have left within 24 hours, which is the limit"
        return ""
