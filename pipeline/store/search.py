"""Full-text search over every Version that was ever kept, on both engines. The one door to the index.

Both engines hold the very same words (pipeline.text.finding.tokens): what is found on one is found on the
other. Keeps no text: snippets are made from the Versions themselves, outside.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select, update

from pipeline.model.documents import DocumentState
from pipeline.model.finding import Asked, Indexed, Within
from pipeline.store import search_postgresql, search_sqlite
from pipeline.store.finding_tables import addresses, search_rows
from pipeline.store.tables import documents, versions
from pipeline.store.upserts import upsert

NEWEST = 500  # Versions that are ranked: a word that more hold is looked for among the newest
BY_TITLE = 300  # and with them those, however old, whose title holds all the words
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One Version as the index knows it. ``public`` is the date that the publisher shows, aware UTC."""

    version_id: int
    document_id: int
    seen_at: datetime
    public: datetime | None
    title: str
    publishers: str
    text_kept: bool


class Found(NamedTuple):
    """A Version that holds what was asked. ``dated``: the publisher's date, else when it was seen; aware UTC.

    There are hundreds for each that is shown, so it is a bare row. ``score`` 0.0: it was not ranked.
    """

    version_id: int
    document_id: int
    dated: datetime
    score: float
    in_title: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A Version that was found, with its Document as it is now."""

    row: Row
    url: str
    source: str
    state: DocumentState
    newest_version: int


def put(tx: Connection, *versions: tuple[Row, Indexed]) -> None:
    """Put Versions into the index. One that is there already must be taken out first."""
    names = Row.__dataclass_fields__
    rows = [{name: getattr(row, name) for name in names} for row, _ in versions]
    upsert(tx, search_rows, rows, key=["version_id"], update=[])
    _engine(tx).put(tx, {row.version_id: words for row, words in versions})


def take_out(tx: Connection, version_id: int, words: Indexed) -> None:
    """Take a Version out of the index; ``words`` must be those that were put in."""
    tx.execute(delete(search_rows).where(search_rows.c.version_id == version_id))
    _engine(tx).take_out(tx, version_id, words)


def clear(tx: Connection) -> None:
    """Take everything out: the index is filled anew."""
    tx.execute(delete(search_rows))
    _engine(tx).clear(tx)


def row_of(tx: Connection, version_id: int) -> Row | None:
    """What the index knows of a Version."""
    found = tx.execute(select(search_rows).where(search_rows.c.version_id == version_id)).one_or_none()
    return Row(**found._asdict()) if found else None


def counts(tx: Connection) -> tuple[int, int]:
    """How many Versions are in the index, and how many there are."""
    inside = tx.execute(select(func.count()).select_from(search_rows)).scalar_one()
    return int(inside), int(tx.execute(select(func.count()).select_from(versions)).scalar_one())


def find(tx: Connection, asked: Asked, within: Within) -> tuple[list[Found], bool]:
    """The Versions that hold every clause, newest first, and whether there are more than were ranked.

    At most NEWEST, and those whose title holds all of it. Raises ValueError when no clause must be there.
    """
    if not asked.wanted:
        raise ValueError("nothing was asked for")
    engine, rows = _engine(tx), _rows(within)
    titles = engine.newest_titled(tx, asked, rows, BY_TITLE)
    found = {number: Found(number, document, dated, 0.0, True) for number, document, dated in titles}
    ranked = engine.newest(tx, asked, rows, NEWEST)
    for number, document, dated, score in ranked:
        found[number] = Found(number, document, dated, score, number in found)
    return [found[number] for number in sorted(found, reverse=True)], len(ranked) >= NEWEST


def matches(tx: Connection, version_ids: Collection[int]) -> dict[int, Match]:
    """What is known of these Versions, by their ids."""
    query = (
        select(search_rows, documents.c.url, documents.c.source, documents.c.state, documents.c.version_id)
        .join(documents, documents.c.id == search_rows.c.document_id)
        .where(search_rows.c.version_id.in_(list(version_ids)))
    )
    known = {}
    for row in tx.execute(query):
        state, newest = DocumentState(row.state), int(row[10] or 0)
        known[row[0]] = Match(Row(*row[:7]), row.url, row.source, state, newest)
    return known


def holding(tx: Connection, asked: Asked, version_ids: Collection[int]) -> set[int]:
    """Those of these Versions that hold every clause that must be there, whatever else they hold."""
    if not version_ids:
        return set()
    found: set[int] = _engine(tx).holding(tx, asked.wanted, version_ids)
    return found


def stood_until(tx: Connection, version_ids: Collection[int]) -> dict[int, datetime]:
    """When the Version after each of these was seen; those that stand still are not in it."""
    later = versions.alias("later")
    query = (
        select(versions.c.id, func.min(later.c.seen_at))
        .join(later, and_(later.c.document_id == versions.c.document_id, later.c.id > versions.c.id))
        .where(versions.c.id.in_(list(version_ids)))
        .group_by(versions.c.id)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def keep_address(tx: Connection, url: str, document_id: int, what: str) -> None:
    """Remember that this address leads to a Document: ``page``, ``child``, ``file`` or ``moved``."""
    if not url or len(url) > LONGEST_ADDRESS:
        return
    row = {"url": url, "document_id": document_id, "what": what}
    upsert(tx, addresses, [row], key=["url", "document_id"], update=[])


def at_address(tx: Connection, url: str) -> list[tuple[int, str]]:
    """(document id, what lies there) of each Document that this address leads to, pages first."""
    query = select(addresses.c.document_id, addresses.c.what).where(addresses.c.url == url)
    order = ("page", "moved", "child", "file")
    found = [(row.document_id, row.what) for row in tx.execute(query)]
    return sorted(found, key=lambda one: (order.index(one[1]), -one[0]))


def mark_text_let_go(tx: Connection, version_id: int) -> None:
    """From now on this Version is found by its title alone."""
    tx.execute(update(search_rows).where(search_rows.c.version_id == version_id).values(text_kept=False))


def _rows(within: Within) -> Select[int, int, datetime]:
    dated = func.coalesce(search_rows.c.public, search_rows.c.seen_at)
    query = select(search_rows.c.version_id, search_rows.c.document_id, dated)
    if within.source is not None or within.state is not None:
        query = query.join(documents, documents.c.id == search_rows.c.document_id)
    if within.source is not None:
        query = query.where(documents.c.source == within.source)
    if within.state is not None:
        query = query.where(documents.c.state == within.state.value)
    if within.publisher:
        named = func.lower(search_rows.c.publishers).contains(within.publisher.lower(), autoescape=True)
        query = query.where(named)
    either = []
    for date in (search_rows.c.seen_at, search_rows.c.public):
        bounds: list[ColumnElement[bool]] = [date.is_not(None)]
        bounds += [date >= within.since] if within.since is not None else []
        bounds += [date <= within.until] if within.until is not None else []
        either.append(and_(*bounds))
    if within.since is not None or within.until is not None:
        query = query.where(or_(*either))
    return query


def _engine(tx: Connection) -> ModuleType:
    return search_sqlite if tx.dialect.name == "sqlite" else search_postgresql
