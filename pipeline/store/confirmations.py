"""The mails that ask a person to confirm, as they lie among alerts and deliveries: found again and erased.

Their keys are ``confirm:<person>:<line of the log>``, so that all of a person's are found without a search
for the address.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from pipeline.store.mailing_tables import consents
from pipeline.store.tables import alerts, deliveries

PREFIX = "confirm:"
BATCH = 500


def confirmation_key(person_id: int, line: int) -> str:
    """The unique key of one such mail; ``line`` is the number of the log's line that says it is owed."""
    return f"{PREFIX}{person_id}:{line}"


def was_refused(tx: Connection, person_id: int) -> bool:
    """Whether a mail server has refused one of the person's confirmation mails for good."""
    found = (
        select(func.count())
        .select_from(deliveries.join(alerts, alerts.c.id == deliveries.c.alert_id))
        .where(alerts.c.key.in_(_keys(tx, person_id)), deliveries.c.state == "failed")
    )
    return bool(tx.execute(found).scalar_one())


def refused(tx: Connection) -> int:
    """How many of these mails were refused for good."""
    found = (
        select(func.count())
        .select_from(deliveries.join(alerts, alerts.c.id == deliveries.c.alert_id))
        .where(deliveries.c.state == "failed", alerts.c.key.startswith(PREFIX))
    )
    return int(tx.execute(found).scalar_one())


def erase(tx: Connection, person_id: int) -> int:
    """Erase the person's confirmation mails, sent or owed, and their addresses with them."""
    ids = tx.execute(select(alerts.c.id).where(alerts.c.key.in_(_keys(tx, person_id)))).scalars().all()
    return _erase(tx, ids)


def erase_old(tx: Connection, made_before: datetime) -> int:
    """Erase up to 500 of those made before then: their links have ended. Returns how many."""
    query = (
        select(alerts.c.id)
        .where(alerts.c.key.startswith(PREFIX), alerts.c.made_at < made_before)
        .order_by(alerts.c.id)
        .limit(BATCH)
    )
    return _erase(tx, tx.execute(query).scalars().all())


def _keys(tx: Connection, person_id: int) -> list[str]:
    lines = tx.execute(select(consents.c.id).where(consents.c.subscriber_id == person_id)).scalars()
    return [confirmation_key(person_id, line) for line in lines]


def _erase(tx: Connection, ids: Sequence[int]) -> int:
    if ids:
        tx.execute(delete(deliveries).where(deliveries.c.alert_id.in_(ids)))
        tx.execute(delete(alerts).where(alerts.c.id.in_(ids)))
    return len(ids)
