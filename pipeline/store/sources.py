"""What is remembered of each Source: its baseline, its cursor and its last listing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.store.tables import sources
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class SourceState:
    """A Source's memory. ``cursor`` is the newest system date of a listing that was read to its end.

    ``baselined_at`` is None until the first whole crawl; until then nothing of this Source alerts.
    ``announced_at`` is when the team was told that the watch has begun. All instants are aware UTC.
    """

    key: str
    baselined_at: datetime | None = None
    cursor: datetime | None = None
    entries_seen: int = 0
    newest_entry_at: datetime | None = None
    announced_at: datetime | None = None


def state(tx: Connection, key: str) -> SourceState:
    """The memory of one Source; blank when it was never crawled."""
    row = tx.execute(select(sources).where(sources.c.key == key)).one_or_none()
    return SourceState(**row._asdict()) if row else SourceState(key)


def states(tx: Connection) -> Sequence[SourceState]:
    """All Sources that were ever crawled, by key."""
    return [SourceState(**row._asdict()) for row in tx.execute(select(sources).order_by(sources.c.key))]


def save(tx: Connection, source: SourceState) -> None:
    """Keep the memory of one Source."""
    row = asdict(source)
    upsert(tx, sources, [row], key=["key"], update=[c for c in row if c != "key"])
