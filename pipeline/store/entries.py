"""Entries: every lead that a listing ever gave, and which of them are still owed a look."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, distinct, exists, func, or_, select, update

from pipeline.model.documents import Entry
from pipeline.store.tables import documents, entries
from pipeline.store.upserts import upsert

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Owed:
    """An Entry that is owed a look: unseen, moved since the last look, or failed and due again."""

    url: str
    title: str
    content_id: str
    document_type: str
    updated: datetime | None
    public: datetime | None
    baseline: bool
    tries: int


def record(
    tx: Connection,
    source: str,
    listed: Sequence[Entry],
    *,
    matters: Callable[[Entry], bool],
    baseline: bool,
    now: datetime,
) -> None:
    """Keep what a listing said. A known Entry keeps its first date and what was answered.

    ``matters`` decides whether an Entry is worth a fetch; what is not is recorded all the same.
    """
    rows = {
        entry.url: {
            "source": source,
            "url": entry.url,
            "content_id": entry.content_id,
            "title": entry.title,
            "document_type": entry.document_type[:100],  # what the column holds: PostgreSQL would refuse more
            "updated": entry.updated,
            "public": entry.public,
            "matters": matters(entry),
            "listed": True,
            "baseline": baseline,
            "first_seen": now,
            "answered": None,
            "tries": 0,
            "retry_at": None,
            "trouble": "",
        }
        for entry in listed
    }
    moving = ["content_id", "title", "document_type", "updated", "public", "matters", "listed"]
    upsert(tx, entries, list(rows.values()), key=["source", "url"], update=moving)


def owed(tx: Connection, source: str, *, now: datetime, limit: int, eager: bool = False) -> list[Owed]:
    """Entries of a Source that are owed a look now: news first, then the baseline's backlog.

    ``eager`` is a person's "now": what failed is tried again without waiting its turn.
    """
    date = func.coalesce(entries.c.updated, entries.c.public)
    never = and_(entries.c.answered.is_(None), entries.c.retry_at.is_(None))
    moved = and_(entries.c.answered.is_not(None), entries.c.retry_at.is_(None), date != entries.c.answered)
    wanted = or_(entries.c.matters, entries.c.wanted_by != "")  # a person's wish goes before the filter
    again = entries.c.retry_at.is_not(None) if eager else entries.c.retry_at <= now
    query = (
        select(
            entries.c.url,
            entries.c.title,
            entries.c.content_id,
            entries.c.document_type,
            entries.c.updated,
            entries.c.public,
            entries.c.baseline,
            entries.c.tries,
        )
        .where(entries.c.source == source, wanted, or_(never, moved, again))
        .order_by(entries.c.baseline, entries.c.public.desc().nulls_last(), entries.c.url)
        .limit(limit)
    )
    return [Owed(**row._asdict()) for row in tx.execute(query)]


def answer(tx: Connection, url: str, now: datetime) -> None:
    """A look at ``url`` was whole: whatever any listing said of it until now is answered."""
    when = func.coalesce(entries.c.updated, entries.c.public, now)
    tx.execute(
        update(entries).where(entries.c.url == url).values(answered=when, tries=0, retry_at=None, trouble="")
    )


def fail(tx: Connection, url: str, now: datetime, words: str = "") -> None:
    """A look at ``url`` failed: owed again, later and later (5 minutes doubling to 12 hours).

    ``words`` say why, for people.
    """
    before = int(tx.execute(select(func.max(entries.c.tries)).where(entries.c.url == url)).scalar() or 0)
    wait = min(LONGEST_RETRY, FIRST_RETRY * 2 ** min(before, 10))
    tx.execute(
        update(entries)
        .where(entries.c.url == url)
        .values(tries=before + 1, retry_at=now + wait, trouble=words)
    )


def is_ahead(tx: Connection, url: str) -> bool:
    """True when a listing has another date for ``url`` than was answered, and no look at it was put off."""
    date = func.coalesce(entries.c.updated, entries.c.public)
    moved = (entries.c.answered.is_not(None), entries.c.answered != date, entries.c.tries == 0)
    return bool(tx.execute(select(exists().where(entries.c.url == url, *moved))).scalar())


def known_before(tx: Connection, url: str) -> bool:
    """True when the first listing that ever named ``url`` was a baseline: a first look is no news."""
    query = select(entries.c.baseline).where(entries.c.url == url)
    return bool(tx.execute(query.order_by(entries.c.first_seen, entries.c.baseline).limit(1)).scalar())


def answer_known(tx: Connection, source: str) -> None:
    """Settle Entries of a Source that another Source's look, or a Document's date, answers already."""
    other = entries.alias("other")
    date = func.coalesce(entries.c.updated, entries.c.public)
    elsewhere = exists().where(
        other.c.url == entries.c.url, other.c.source != entries.c.source, other.c.answered == date
    )
    known = exists().where(documents.c.url == entries.c.url, documents.c.public_updated == date)
    open_now = or_(entries.c.answered.is_(None), entries.c.answered != date)
    fresh = (entries.c.source == source, open_now, entries.c.retry_at.is_(None))
    tx.execute(update(entries).where(*fresh, or_(elsewhere, known)).values(answered=date))


def count_listed(tx: Connection, source: str) -> int:
    """How many Entries the last listings of a Source showed."""
    query = select(func.count()).where(entries.c.source == source, entries.c.listed)
    return int(tx.execute(query).scalar() or 0)


def first_seen(tx: Connection, url: str) -> datetime | None:
    """When a listing first named ``url``."""
    query = select(entries.c.first_seen).where(entries.c.url == url).order_by(entries.c.first_seen)
    return tx.execute(query.limit(1)).scalar()


def count_watched(tx: Connection, sources: Sequence[str]) -> int:
    """How many different URLs worth a look some Sources have listed."""
    query = select(func.count(distinct(entries.c.url)))
    return int(tx.execute(query.where(entries.c.source.in_(sources), entries.c.matters)).scalar() or 0)


def urls_of(tx: Connection, source: str) -> set[str]:
    """Every URL that a Source ever listed."""
    return set(tx.execute(select(entries.c.url).where(entries.c.source == source)).scalars())


def find(tx: Connection, source: str, url: str) -> Entry | None:
    """What a Source's listing last said of ``url``; without the text that was used for matching."""
    query = select(entries).where(entries.c.source == source, entries.c.url == url)
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return Entry(
        url=row.url,
        title=row.title,
        updated=row.updated,
        public=row.public,
        content_id=row.content_id,
        document_type=row.document_type,
    )


def strike_missing(tx: Connection, source: str, present: Collection[str]) -> list[str]:
    """After a whole inventory: URLs that were listed and are no longer. They are struck off the list."""
    was = tx.execute(select(entries.c.url).where(entries.c.source == source, entries.c.listed)).scalars()
    missing = sorted(set(was) - set(present))
    for start in range(0, len(missing), 500):
        some = missing[start : start + 500]
        tx.execute(
            update(entries).where(entries.c.source == source, entries.c.url.in_(some)).values(listed=False)
        )
    return missing


def newest(tx: Connection, sources: Sequence[str], *, limit: int) -> list[Owed]:
    """The newest Entries by public date that matter, for the mail that says the watch has begun."""
    query = (
        select(
            entries.c.url,
            func.max(entries.c.title).label("title"),
            func.max(entries.c.content_id).label("content_id"),
            func.max(entries.c.document_type).label("document_type"),
            func.max(entries.c.updated).label("updated"),
            func.max(entries.c.public).label("public"),
        )
        .where(entries.c.source.in_(sources), entries.c.matters)
        .group_by(entries.c.url)
        .order_by(func.max(entries.c.public).desc().nulls_last(), entries.c.url)
        .limit(limit)
    )
    return [Owed(**row._asdict(), baseline=True, tries=0) for row in tx.execute(query)]


def passed_over(tx: Connection) -> list[str]:
    """Titles of Entries that were listed and not worth a fetch, by title."""
    query = select(entries.c.title).distinct().where(entries.c.matters.is_(False)).order_by(entries.c.title)
    return list(tx.execute(query).scalars())


def troubled(tx: Connection) -> list[tuple[str, str, datetime, str]]:
    """(title, url, first seen, words) of Entries that no look has ever brought home, by title."""
    unknown = ~exists().where(documents.c.url == entries.c.url)
    query = (
        select(
            func.max(entries.c.title),
            entries.c.url,
            func.min(entries.c.first_seen),
            func.max(entries.c.trouble),
        )
        .where(entries.c.retry_at.is_not(None), entries.c.trouble != "", unknown)
        .group_by(entries.c.url)
        .order_by(func.max(entries.c.title))
    )
    return [(title, url, since, words) for title, url, since, words in tx.execute(query)]
