"""Pause a Source, let it go on, or ask for a run of it now. The crawl itself is the daemon's.

A paused Source is asked nothing until it is resumed, and every receipt and ``doctor`` say so: a pause that is
forgotten would be a silence that nobody hears.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from pipeline.store import memory
from pipeline.store.database import Database

PAUSED, ASKED = "paused:", "run-now:"


@dataclass(frozen=True, slots=True)
class Pause:
    """Who paused a Source, and when (aware UTC)."""

    by: str
    since: datetime


def pause(db: Database, source: str, by: str, now: datetime) -> bool:
    """Pause a Source. False when it is paused already; who did so first stays."""
    with db.begin() as tx:
        if memory.recall(tx, PAUSED + source) is not None:
            return False
        memory.keep(tx, PAUSED + source, by, now)
    return True


def resume(db: Database, source: str) -> bool:
    """Let a Source go on. False when it was not paused."""
    with db.begin() as tx:
        return memory.forget(tx, PAUSED + source)


def ask_for_run(db: Database, source: str, by: str, now: datetime) -> bool:
    """Owe a Source a run at the daemon's next poke. False, and nothing is owed, while it is paused."""
    with db.begin() as tx:
        if memory.recall(tx, PAUSED + source) is not None:
            return False
        memory.keep(tx, ASKED + source, by, now)
    return True


def pauses(tx: Connection) -> dict[str, Pause]:
    """Every pause, by the key of its Source."""
    return {key: Pause(kept.value, kept.kept_at) for key, kept in memory.beginning(tx, PAUSED).items()}


def runs_asked_for(tx: Connection) -> dict[str, datetime]:
    """When a run of each Source was last asked for; it is owed until one was begun after that."""
    return {key: kept.kept_at for key, kept in memory.beginning(tx, ASKED).items()}
