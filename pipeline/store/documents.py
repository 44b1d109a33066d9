"""Documents: one row for each published thing, and when it is owed its next look."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select, update

from pipeline.model.documents import Document, DocumentState
from pipeline.store.tables import documents

SETTLING = "settling"  # the reason of a look that waits for a change to last


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A Document with what only the watch needs to know. Instants are aware UTC.

    ``missing_since`` is the first of a run of 404s. ``look_due_at`` with ``look_reason`` is the next
    look that is owed for a reason of our own: settling, a file that was not there yet, a sweep.
    ``version_id`` is the newest Version; ``verdict`` its relevance.
    """

    id: int
    identity: str
    source: str
    dialect: str
    url: str
    title: str
    state: DocumentState
    first_seen: datetime
    last_seen: datetime
    system_updated: datetime | None = None
    public_updated: datetime | None = None
    version_id: int | None = None
    verdict: str = ""
    degraded: str = ""
    missing_since: datetime | None = None
    look_due_at: datetime | None = None
    look_reason: str = ""


def find(tx: Connection, identity: str) -> DocumentRow | None:
    """The Document with this identity."""
    return _one(tx, documents.c.identity == identity)


def get(tx: Connection, document_id: int) -> DocumentRow:
    """The Document with this id; KeyError when there is none."""
    row = _one(tx, documents.c.id == document_id)
    if row is None:
        raise KeyError(document_id)
    return row


def by_url(tx: Connection, url: str) -> DocumentRow | None:
    """The Document that lives at this URL; the one seen last, should two have shared it."""
    query = select(documents).where(documents.c.url == url)
    row = tx.execute(
        query.order_by(documents.c.last_seen.desc(), documents.c.id.desc()).limit(1)
    ).one_or_none()
    return _read(row._asdict()) if row else None


def insert_new(tx: Connection, row: DocumentRow) -> int:
    """Insert a Document (its ``id`` is ignored) and return its id."""
    values = {name: value for name, value in _write(row).items() if name != "id"}
    key = tx.execute(insert(documents).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def save(tx: Connection, row: DocumentRow) -> None:
    """Write every column of a known Document."""
    tx.execute(update(documents).where(documents.c.id == row.id).values(_write(row)))


def due(tx: Connection, source: str, *, now: datetime, limit: int, eager: bool = False) -> list[DocumentRow]:
    """Documents of a Source whose own look is due, longest due first.

    ``eager`` is a person's "now": what waits after a failure is due at once; what settles still settles.
    """
    waiting = documents.c.look_due_at <= now
    if eager:
        waiting = or_(waiting, documents.c.look_due_at.is_not(None) & (documents.c.look_reason != SETTLING))
    query = select(documents).where(documents.c.source == source, waiting)
    rows = tx.execute(query.order_by(documents.c.look_due_at, documents.c.id).limit(limit))
    return [_read(row._asdict()) for row in rows]


def departed(tx: Connection, source: str, *, seen_before: datetime, limit: int) -> list[DocumentRow]:
    """Withdrawn and moved Documents about SEND: no listing names them, so they are looked at in turn."""
    query = select(documents).where(
        documents.c.source == source,
        documents.c.state.in_([DocumentState.WITHDRAWN, DocumentState.MOVED]),
        documents.c.verdict != "not",
        documents.c.last_seen < seen_before,
    )
    rows = tx.execute(query.order_by(documents.c.last_seen, documents.c.id).limit(limit))
    return [_read(row._asdict()) for row in rows]


def owe_looks(tx: Connection, *, unseen_since: datetime, now: datetime, reason: str) -> int:
    """Owe a look to each live or withdrawn Document not seen since ``unseen_since``. Returns how many."""
    quiet = (
        documents.c.last_seen < unseen_since,
        documents.c.look_due_at.is_(None),
        documents.c.state.in_([DocumentState.LIVE, DocumentState.WITHDRAWN]),
    )
    return tx.execute(update(documents).where(*quiet).values(look_due_at=now, look_reason=reason)).rowcount


def owe_look(tx: Connection, document_id: int, *, due_at: datetime | None, reason: str) -> None:
    """Owe one Document a look at ``due_at``; None forgives it."""
    values = {"look_due_at": due_at, "look_reason": reason}
    tx.execute(update(documents).where(documents.c.id == document_id).values(values))


def degraded(tx: Connection) -> list[Document]:
    """Documents whose last look was not whole, with the plain words for why."""
    query = select(documents).where(documents.c.degraded != "").order_by(documents.c.title)
    rows = (_read(row._asdict()) for row in tx.execute(query))
    return [
        Document(r.id, r.identity, r.source, r.url, r.title, r.state, r.first_seen, r.last_seen, r.degraded)
        for r in rows
    ]


def count(tx: Connection, sources: Sequence[str] | None = None) -> int:
    """How many Documents are known, of some Sources or of all."""
    query = select(func.count()).select_from(documents)
    if sources is not None:
        query = query.where(documents.c.source.in_(sources))
    return int(tx.execute(query).scalar() or 0)


def _one(tx: Connection, condition: object) -> DocumentRow | None:
    row = tx.execute(select(documents).where(condition)).one_or_none()  # type: ignore[arg-type]
    return _read(row._asdict()) if row else None


def _read(row: dict[str, object]) -> DocumentRow:
    return DocumentRow(**{**row, "state": DocumentState(str(row["state"]))})  # type: ignore[arg-type]


def _write(row: DocumentRow) -> dict[str, object]:
    return {column.name: getattr(row, column.name) for column in documents.columns}


def newest_versions(tx: Connection) -> set[int]:
    """The ids of all Documents' newest Versions."""
    query = select(documents.c.version_id).where(documents.c.version_id.is_not(None))
    return set(tx.execute(query).scalars())


def urls(tx: Connection, ids: Collection[int]) -> dict[int, str]:
    """The address of each of these Documents."""
    query = select(documents.c.id, documents.c.url).where(documents.c.id.in_(list(ids)))
    return {row.id: row.url for row in tx.execute(query)}


def version_ids(tx: Connection, ids: Collection[int]) -> dict[int, int | None]:
    """The newest Version of each of these Documents."""
    query = select(documents.c.id, documents.c.version_id).where(documents.c.id.in_(list(ids)))
    return {row.id: row.version_id for row in tx.execute(query)}
