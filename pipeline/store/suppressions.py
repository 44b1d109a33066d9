"""Addresses that are not to be taken in again, as keyed hashes: the list cannot be read back.

A hash without a key would be no secret: addresses can be guessed and tried. With another secret the list
no longer matches anything; see SENDWATCH_SECRET.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from pipeline.store.mailing_tables import suppressions
from pipeline.store.upserts import upsert

FORGOTTEN, LEFT, COMPLAINT = "forgotten", "left", "complaint"
BATCH = 500


def suppression_hash(secret: str, address: str) -> str:
    """HMAC-SHA-256 (RFC 2104) of a normalised address, 64 hex digits."""
    return hmac.new(f"suppression\0{secret}".encode(), address.encode(), hashlib.sha256).hexdigest()


def suppress(tx: Connection, digest: str, why: str, now: datetime) -> None:
    """Put a hash on the list. A complaint stays one, whatever is said later."""
    upsert(tx, suppressions, [{"digest": digest, "at": now, "why": why}], key=["digest"], update=[])
    if why == COMPLAINT:
        row = {"digest": digest, "at": now, "why": why}
        upsert(tx, suppressions, [row], key=["digest"], update=["why", "at"])


def why_suppressed(tx: Connection, digest: str) -> str:
    """``forgotten``, ``left`` or ``complaint``; empty when the hash is not on the list."""
    return tx.execute(select(suppressions.c.why).where(suppressions.c.digest == digest)).scalar() or ""


def suppressed_among(tx: Connection, digests: Sequence[str]) -> Mapping[str, str]:
    """Which of these hashes are on the list, and why."""
    found: dict[str, str] = {}
    for start in range(0, len(digests), BATCH):
        part = digests[start : start + BATCH]
        query = select(suppressions.c.digest, suppressions.c.why).where(suppressions.c.digest.in_(part))
        found |= {row.digest: row.why for row in tx.execute(query)}
    return found


def lift(tx: Connection, digest: str) -> None:
    """The person has come back of their own will: confirmed a mail that only they could read."""
    tx.execute(delete(suppressions).where(suppressions.c.digest == digest))
