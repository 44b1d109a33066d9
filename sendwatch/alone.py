"""Be the only sendwatch that crawls into this database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.store import deliveries, runs
from pipeline.store.locks import hold
from sendwatch.wiring import Wiring


class AlreadyRunning(Exception):
    """Another process is crawling into the same database."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What whoever is alone is given. ``cut_off``: how many runs the last stop had cut off.

    ``regained`` asks whether we are alone even now, and takes the lock again where PostgreSQL was restarted;
    false when another process has it. Raises SQLAlchemyError while the database does not answer.
    """

    cut_off: int
    regained: Callable[[], bool]


@contextmanager
def alone(wiring: Wiring) -> Iterator[Alone]:
    """Hold the crawl lock while the block runs, so that whatever a killed process held is free.

    Raises AlreadyRunning.
    """
    with hold(wiring.db, "crawl") as mine:
        if not mine:
            raise AlreadyRunning
        with wiring.db.begin() as tx:
            deliveries.free_leases(tx)
            cut_off = runs.abandon_running(tx, wiring.clock())
        yield Alone(cut_off, mine.regained)
