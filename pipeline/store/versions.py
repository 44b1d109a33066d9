"""Versions: each distinct state of a Document, whole, so that any of them can be shown again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from pipeline.model.documents import Part, Record, Version
from pipeline.store.packing import pack, unpack
from pipeline.store.tables import versions


@dataclass(frozen=True, slots=True)
class _Content:
    record: Record
    parts: tuple[Part, ...]


def insert_new(
    tx: Connection,
    *,
    document_id: int,
    seen_at: datetime,
    fingerprint: str,
    normaliser: int,
    record: Record,
    parts: tuple[Part, ...],
) -> int:
    """Keep a new Version and return its id."""
    values = {
        "document_id": document_id,
        "seen_at": seen_at,
        "fingerprint": fingerprint,
        "normaliser": normaliser,
        "packed": pack(_Content(record, parts)),
    }
    key = tx.execute(insert(versions).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def get(tx: Connection, version_id: int) -> Version:
    """The Version with this id; KeyError when there is none."""
    row = tx.execute(select(versions).where(versions.c.id == version_id)).one_or_none()
    if row is None:
        raise KeyError(version_id)
    content = unpack(row.packed, _Content)
    return Version(
        row.id, row.document_id, row.seen_at, row.fingerprint, row.normaliser, content.record, content.parts
    )


def fingerprint_of(tx: Connection, version_id: int) -> tuple[str, int]:
    """Fingerprint and normaliser number of a Version, without unpacking it."""
    query = select(versions.c.fingerprint, versions.c.normaliser).where(versions.c.id == version_id)
    row = tx.execute(query).one()
    return row.fingerprint, row.normaliser


def at(tx: Connection, document_id: int, when: datetime) -> Version | None:
    """The Version that stood at ``when``; None when the Document was not known yet."""
    query = (
        select(versions.c.id)
        .where(versions.c.document_id == document_id, versions.c.seen_at <= when)
        .order_by(versions.c.id.desc())
        .limit(1)
    )
    found = tx.execute(query).scalar()
    return None if found is None else get(tx, found)


def dates(tx: Connection, document_id: int) -> list[tuple[int, datetime]]:
    """Ids and dates of all Versions of a Document, oldest first."""
    query = select(versions.c.id, versions.c.seen_at).where(versions.c.document_id == document_id)
    return [(row.id, row.seen_at) for row in tx.execute(query.order_by(versions.c.id))]


def latest(tx: Connection, document_id: int, most: int) -> list[Version]:
    """The last ``most`` Versions of a Document, newest first."""
    query = select(versions.c.id).where(versions.c.document_id == document_id)
    return [
        get(tx, found) for found in tx.execute(query.order_by(versions.c.id.desc()).limit(most)).scalars()
    ]


def rewrite(
    tx: Connection,
    version_id: int,
    *,
    fingerprint: str,
    normaliser: int,
    record: Record,
    parts: tuple[Part, ...],
) -> None:
    """Put a Version into the words of a newer normaliser: the same bytes, read again."""
    values = {"fingerprint": fingerprint, "normaliser": normaliser, "packed": pack(_Content(record, parts))}
    tx.execute(update(versions).where(versions.c.id == version_id).values(values))
