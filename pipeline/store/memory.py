"""Small facts that outlive a Run: taxon ids, robots.txt bodies, when the last sweep was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from pipeline.store.tables import memory
from pipeline.store.upserts import upsert

# Every page of the desk asks it more than once: to put it together takes longer than to answer it.
_ONE = select(memory.c.value, memory.c.kept_at).where(memory.c.key == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Remembered:
    """A fact and when it was last confirmed (aware UTC)."""

    value: str
    kept_at: datetime


def keep(tx: Connection, key: str, value: str, now: datetime) -> None:
    """Remember ``value`` under ``key``."""
    row = {"key": key, "value": value, "kept_at": now}
    upsert(tx, memory, [row], key=["key"], update=["value", "kept_at"])


def recall(tx: Connection, key: str) -> Remembered | None:
    """What is remembered under ``key``, or None."""
    row = tx.execute(_ONE, {"key": key}).one_or_none()
    return Remembered(row.value, row.kept_at) if row else None


def beginning(tx: Connection, prefix: str) -> dict[str, Remembered]:
    """All that is remembered under keys with this beginning, by the rest of the key."""
    begins = memory.c.key.startswith(prefix, autoescape=True)
    rows = tx.execute(select(memory).where(begins).order_by(memory.c.key))
    return {row.key.removeprefix(prefix): Remembered(row.value, row.kept_at) for row in rows}


def forget(tx: Connection, key: str) -> bool:
    """Forget what is under ``key``. False when there was nothing."""
    return tx.execute(delete(memory).where(memory.c.key == key)).rowcount > 0
