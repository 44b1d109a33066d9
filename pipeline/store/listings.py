"""Every listing's word on an address, and what an editor asked to be looked at by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from pipeline.store.tables import entries
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class Listed:
    """What one Source's listing said of an address, and what became of the look. Instants are aware UTC."""

    source: str
    url: str
    title: str
    document_type: str
    matters: bool
    baseline: bool
    first_seen: datetime
    answered: datetime | None
    tries: int
    retry_at: datetime | None
    trouble: str
    wanted_by: str


def at(tx: Connection, urls: Sequence[str]) -> list[Listed]:
    """The Entries of these addresses, oldest first."""
    columns = [entries.c[name] for name in Listed.__dataclass_fields__]
    query = (
        select(*columns).where(entries.c.url.in_(list(urls))).order_by(entries.c.first_seen, entries.c.source)
    )
    return [Listed(**row._asdict()) for row in tx.execute(query)]


def want(tx: Connection, source: str, url: str, by: str, now: datetime) -> None:
    """Owe a look to an address because a person asked for it, whatever the cheap filter says of it."""
    row = {
        "source": source,
        "url": url,
        "content_id": "",
        "title": url,
        "document_type": "",
        "matters": False,
        "listed": False,
        "baseline": False,
        "first_seen": now,
        "answered": None,
        "tries": 0,
        "retry_at": now,
        "trouble": "",
        "wanted_by": by,
    }
    upsert(tx, entries, [row], key=["source", "url"], update=["retry_at", "wanted_by", "answered"])


def wanted(tx: Connection) -> list[tuple[str, str]]:
    """(url, who asked) of each look that a person asked for and that was not made a Story yet."""
    query = select(entries.c.url, entries.c.wanted_by).where(entries.c.wanted_by != "").distinct()
    return [(row.url, row.wanted_by) for row in tx.execute(query.order_by(entries.c.url))]


def no_longer_wanted(tx: Connection, urls: Sequence[str]) -> None:
    """What was asked for is done."""
    tx.execute(update(entries).where(entries.c.url.in_(list(urls))).values(wanted_by=""))
