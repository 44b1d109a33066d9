"""Whether the watch is alive: the database answers, and the daemon has poked lately. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.store import memory
from pipeline.store.database import Database

POKED = "poked"  # what the daemon remembers at each poke, every 20 seconds
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Alive:
    """``last_poke`` is aware UTC; None: the daemon has never run. ``well`` when it was lately."""

    last_poke: datetime | None
    well: bool


def alive(db: Database, now: datetime) -> Alive:
    """Look. Raises whatever the database raises when it does not answer."""
    with db.look() as tx:
        known = memory.recall(tx, POKED)
    last = known.kept_at if known else None
    return Alive(last, last is not None and now - last <= LATE)
