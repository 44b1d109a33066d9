"""Versions: each distinct state of a Document, whole, so that any of them can be shown again."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from pipeline.model.documents import Part, Record, Version
from pipeline.store.packing import pack, unpack
from pipeline.store.tables import versions


class LetGo(KeyError):
    """Retention has let the text of this Version go. ``seen_at`` is when it was seen, aware UTC."""

    def __init__(self, version_id: int, seen_at: datetime) -> None:
        super().__init__(version_id)
        self.seen_at = seen_at


@dataclass(frozen=True, slots=True)
class _Content:
    record: Record
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A Version as it lies in the table. ``packed`` and ``digest`` are empty once retention has let it go."""

    id: int
    document_id: int
    seen_at: datetime
    fingerprint: str
    normaliser: int
    packed: bytes
    digest: str

    @property
    def sound(self) -> bool:
        """Whether the bytes are those that were written."""
        return hashlib.sha256(self.packed).hexdigest() == self.digest if self.packed or self.digest else True

    def opened(self) -> Version:
        """The Version inside. Raises zlib.error or msgspec.ValidationError when it is no longer one."""
        content = unpack(self.packed, _Content)
        return Version(
            self.id,
            self.document_id,
            self.seen_at,
            self.fingerprint,
            self.normaliser,
            content.record,
            content.parts,
        )


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
        **_packed(_Content(record, parts)),
    }
    key = tx.execute(insert(versions).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def get(tx: Connection, version_id: int) -> Version:
    """The Version with this id; KeyError when there is none, LetGo when retention has let its text go."""
    row = tx.execute(select(versions).where(versions.c.id == version_id)).one_or_none()
    if row is None:
        raise KeyError(version_id)
    if not row.packed:
        raise LetGo(version_id, row.seen_at)
    return VersionRow(**row._asdict()).opened()


def row_of(tx: Connection, version_id: int) -> VersionRow:
    """A Version as it lies in the table, to be opened outside the transaction; KeyError without one."""
    row = tx.execute(select(versions).where(versions.c.id == version_id)).one_or_none()
    if row is None:
        raise KeyError(version_id)
    return VersionRow(**row._asdict())


def rows_of(tx: Connection, ids: Collection[int]) -> dict[int, VersionRow]:
    """Several Versions as they lie in the table, by id."""
    query = select(versions).where(versions.c.id.in_(list(ids)))
    return {row.id: VersionRow(**row._asdict()) for row in tx.execute(query)}


def fingerprint_of(tx: Connection, version_id: int) -> str:
    """The fingerprint of a Version, without unpacking it."""
    return str(tx.execute(select(versions.c.fingerprint).where(versions.c.id == version_id)).scalar_one())


def at(tx: Connection, document_id: int, when: datetime) -> Version | None:
    """The Version that stood at ``when``; None when the Document was not known yet. Raises LetGo."""
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


def without_text(tx: Connection, document_id: int) -> set[int]:
    """Ids of a Document's Versions whose text retention has let go."""
    query = select(versions.c.id).where(versions.c.document_id == document_id, versions.c.digest == "")
    return set(tx.execute(query).scalars())


def latest(tx: Connection, document_id: int, most: int) -> list[Version]:
    """The last ``most`` Versions of a Document that are kept, newest first."""
    query = select(versions.c.id).where(versions.c.document_id == document_id, versions.c.digest != "")
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
    values = {"fingerprint": fingerprint, "normaliser": normaliser, **_packed(_Content(record, parts))}
    tx.execute(update(versions).where(versions.c.id == version_id).values(values))


def all_after(tx: Connection, last: int, most: int) -> list[VersionRow]:
    """Up to ``most`` rows with an id above ``last``, in the order of their ids, as they lie there."""
    query = select(versions).where(versions.c.id > last).order_by(versions.c.id).limit(most)
    return [VersionRow(**row._asdict()) for row in tx.execute(query)]


def ids(tx: Connection) -> set[int]:
    """The ids of all Versions."""
    return set(tx.execute(select(versions.c.id)).scalars())


def old_ids(tx: Connection, before: datetime) -> list[int]:
    """Ids of Versions seen before then whose text is still kept, oldest first."""
    query = select(versions.c.id).where(versions.c.seen_at < before, versions.c.digest != "")
    return list(tx.execute(query.order_by(versions.c.id)).scalars())


def let_go(tx: Connection, version_id: int) -> None:
    """Let the text of a Version go; that it was, and when, stays."""
    tx.execute(update(versions).where(versions.c.id == version_id).values(packed=b"", digest=""))


def _packed(content: _Content) -> dict[str, object]:
    packed = pack(content)
    return {"packed": packed, "digest": hashlib.sha256(packed).hexdigest()}
