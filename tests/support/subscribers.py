"""Subscribers and digests for tests of what comes back: rows, made directly."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from pipeline.store.mailing_tables import (
    consents,
    digest_deliveries,
    digest_mails,
    digests,
    subscribers,
    suppressions,
)

AT = datetime(2026, 11, 27, 12, 5, tzinfo=UTC)
KEY = "Abcd1234_-Efgh5678ijKL"


def a_subscriber(tx: Connection, *, key: str = KEY, address: str = "parent@mail.example", **more: Any) -> int:
    """One confirmed person; returns the number."""
    values = {"key": key, "address": address, "state": "active", "created_at": AT, "confirmed_at": AT, **more}
    made = tx.execute(insert(subscribers).values(values)).inserted_primary_key
    assert made is not None
    return int(made[0])


def a_delivery(
    tx: Connection, subscriber_id: int, *, day: date, state: str = "owed", sent_at: datetime | None = None
) -> int:
    """That day's digest as this person's; the digest and its mail are made where there is none."""
    key = f"weekly:{day}"
    digest_id = tx.execute(select(digests.c.id).where(digests.c.key == key)).scalar()
    if digest_id is None:
        row = {"key": key, "plan": "weekly", "day": day, "state": "sending", "made_at": AT}
        digest_id = _number(tx, insert(digests).values(row))
        mail = {"key": "m", "positions": "[]", "plain": False, "subject": "News", "packed": b""}
        _number(tx, insert(digest_mails).values(digest_id=digest_id, **mail))
    mail_id = tx.execute(select(digest_mails.c.id).where(digest_mails.c.digest_id == digest_id)).scalar_one()
    row = {"digest_id": digest_id, "subscriber_id": subscriber_id, "mail_id": mail_id, "state": state}
    return _number(tx, insert(digest_deliveries).values(due_at=sent_at or AT, sent_at=sent_at, **row))


def all_subscribers(tx: Connection) -> list[dict[str, Any]]:
    """Every row, whole."""
    return [row._asdict() for row in tx.execute(select(subscribers).order_by(subscribers.c.id))]


def the_subscriber(tx: Connection, key: str = KEY) -> dict[str, Any]:
    """One person's row."""
    return tx.execute(select(subscribers).where(subscribers.c.key == key)).one()._asdict()


def the_delivery(tx: Connection, number: int) -> dict[str, Any]:
    """One delivery's row."""
    return tx.execute(select(digest_deliveries).where(digest_deliveries.c.id == number)).one()._asdict()


def the_log(tx: Connection) -> list[tuple[str, str]]:
    """(way, what) of every line of the consents, oldest first."""
    query = select(consents.c.way, consents.c.what).order_by(consents.c.id)
    return [(row.way, row.what) for row in tx.execute(query)]


def the_suppressions(tx: Connection) -> list[tuple[str, str]]:
    """(hash, why) of the list."""
    return [(row.digest, row.why) for row in tx.execute(select(suppressions))]


def _number(tx: Connection, statement: Any) -> int:
    made = tx.execute(statement).inserted_primary_key
    assert made is not None
    return int(made[0])
