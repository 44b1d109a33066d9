"""Raw bytes, kept once by their SHA-256, and the validators under which they were served."""

import hashlib
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from pipeline.store.tables import bodies, validators
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave to ask "still the same?": sent back as If-None-Match, If-Modified-Since."""

    url: str
    etag: str
    last_modified: str
    sha256: str


def keep(tx: Connection, raw: Mapping[str, bytes]) -> None:
    """Keep bytes by hex SHA-256. Bytes that are already kept are left alone."""
    for sha256, body in raw.items():
        row = {"sha256": sha256, "size": len(body), "packed": zlib.compress(body, 6)}
        upsert(tx, bodies, [row], key=["sha256"], update=[])


def fetch(tx: Connection, sha256: str) -> bytes | None:
    """The bytes behind a hash, or None when they were never kept."""
    packed = tx.execute(select(bodies.c.packed).where(bodies.c.sha256 == sha256)).scalar()
    return None if packed is None else zlib.decompress(packed)


def keep_validators(tx: Connection, given: Validators, now: datetime, *, listing: bool = False) -> None:
    """Keep a URL's validators; call it in the transaction that keeps what they vouch for.

    No Version ever stands on the bytes of a ``listing``: those that its former validators vouched for are let
    go at once. All other bytes are let go by the sweep alone.
    """
    if not (given.etag or given.last_modified):
        return
    former = validators_of(tx, given.url)
    if former and listing and former.sha256 != given.sha256:
        tx.execute(delete(bodies).where(bodies.c.sha256 == former.sha256))
    row = {
        "url": given.url,
        "etag": given.etag,
        "last_modified": given.last_modified,
        "sha256": given.sha256,
        "kept_at": now,
    }
    upsert(tx, validators, [row], key=["url"], update=["etag", "last_modified", "sha256", "kept_at"])


def validators_of(tx: Connection, url: str) -> Validators | None:
    """The validators last kept for a URL."""
    columns = (validators.c.url, validators.c.etag, validators.c.last_modified, validators.c.sha256)
    row = tx.execute(select(*columns).where(validators.c.url == url)).one_or_none()
    return Validators(**row._asdict()) if row else None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """Bytes as they lie in the table."""

    sha256: str
    size: int
    packed: bytes

    @property
    def sound(self) -> bool:
        """Whether the bytes still have the digest under which they are kept."""
        try:
            return hashlib.sha256(zlib.decompress(self.packed)).hexdigest() == self.sha256
        except zlib.error:
            return False


def all_after(tx: Connection, last: str, most: int) -> list[BodyRow]:
    """Up to ``most`` rows with a hash above ``last``, in the order of their hashes."""
    query = select(bodies).where(bodies.c.sha256 > last).order_by(bodies.c.sha256).limit(most)
    return [BodyRow(row.sha256, row.size, row.packed) for row in tx.execute(query)]


def hashes(tx: Connection) -> set[str]:
    """The hashes of all bytes that are kept."""
    return set(tx.execute(select(bodies.c.sha256)).scalars())


def vouched_for(tx: Connection) -> set[str]:
    """The hashes of bytes that a 304 would stand for."""
    return set(tx.execute(select(validators.c.sha256)).scalars())


def let_go(tx: Connection, sha256s: Collection[str]) -> None:
    """Let these bytes go."""
    for sha256 in sha256s:
        tx.execute(delete(bodies).where(bodies.c.sha256 == sha256))
