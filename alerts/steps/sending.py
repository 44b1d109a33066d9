"""Send the digests that are owed: claim, hand over, mark. Knows nothing of what a digest says.

A process that dies between the mail server's yes and the mark sends those few mails again under the same
Message-ID; nothing else is ever sent twice, and a digest is never through while a mail of it is owed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from alerts.pace import Gate, Pace
from alerts.sending_pool import Pool
from alerts.smtp_answers import Fate
from alerts.steps.claiming import LOOK_AGAIN, MOST_AT_ONCE, Claims
from alerts.steps.marking import Marker, Tally, clear_unreadable
from alerts.steps.sending_terms import SendingTerms
from pipeline.store import digest_deliveries, digest_progress
from pipeline.store.database import Database
from pipeline.store.locks import hold

LOCK = "send"


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
        self._marker = Marker(db, clock)
        self._gate, self._pace = Gate(terms.ticks, terms.pauses), Pace(terms.per_second, terms.ticks)
        self._claims = Claims(db, terms, clock, name, self._marker)
        self._left, self._left_at, self._begun = 0, 0.0, terms.ticks()

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
            self._claims.finish(tx)
            clear_unreadable(tx, self._clock())
            ids = [digest.id for digest in digest_progress.open_digests(tx, self._name)]
            owed, next_due = digest_progress.owed_of(tx, ids), digest_deliveries.next_due(tx, ids)
        return Sent(
            self._marker.tally,
            tuple(self._claims.finished),
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
            self._claims.look_again()

    def _claim(self, pool: Pool, most: int) -> bool:
        """Hand claimed mails to the pool: only when the claim is committed. False when there were none."""
        jobs, found = self._claims.take(most, pool.in_hand)
        for job in jobs:
            pool.put(job)
        return found

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
        if self._claims.day_is_full:
            return f"{self._terms.per_day} mails have left within 24 hours, which is the limit"
        return ""
