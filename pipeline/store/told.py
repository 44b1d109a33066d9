"""What became of a Story: its mails, its approval, the digests that it was in. Reads; never an address."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from pipeline.store.mailing_tables import approvals, digest_items, digests
from pipeline.store.tables import alerts, deliveries

_ADDRESS = re.compile(r"\S+@\S+")


@dataclass(frozen=True, slots=True)
class Mailed:
    """The Alert of one revision of a Story: how many mails it owes, by state; ``error`` names no address."""

    made_at: datetime
    owed: int
    sent: int
    failed: int
    first_sent: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved a Story and when; ``lapsed_at`` when a source changed since."""

    by: str
    at: datetime
    lapsed_at: datetime | None


def mailed(tx: Connection, key: str) -> Mailed | None:
    """The Alert with this key; None when none was made."""
    alert = tx.execute(select(alerts.c.id, alerts.c.made_at).where(alerts.c.key == key)).one_or_none()
    if alert is None:
        return None
    mine = deliveries.c.alert_id == alert.id
    states = tx.execute(select(deliveries.c.state, func.count()).where(mine).group_by(deliveries.c.state))
    counts = {row[0]: row[1] for row in states}
    first = tx.execute(select(func.min(deliveries.c.sent_at)).where(mine)).scalar()
    bad = select(deliveries.c.last_error).where(mine, deliveries.c.last_error != "")
    error = tx.execute(bad.order_by(deliveries.c.id.desc()).limit(1)).scalar() or ""
    return Mailed(
        alert.made_at,
        counts.get("owed", 0),
        counts.get("sent", 0),
        counts.get("failed", 0),
        first,
        _ADDRESS.sub("(an address)", error),
    )


def approved(tx: Connection, story_id: int) -> Approved | None:
    """The newest approval of a Story."""
    query = select(approvals.c.by, approvals.c.at, approvals.c.lapsed_at)
    row = tx.execute(
        query.where(approvals.c.story_id == story_id).order_by(approvals.c.id.desc()).limit(1)
    ).one_or_none()
    return Approved(row.by, row.at, row.lapsed_at) if row else None


def in_digests(tx: Connection, story_id: int) -> list[tuple[str, date, str]]:
    """(plan, day in London, state) of each digest that a Story is in, oldest first."""
    query = (
        select(digests.c.plan, digests.c.day, digests.c.state)
        .join(digest_items, digest_items.c.digest_id == digests.c.id)
        .where(digest_items.c.story_id == story_id)
        .order_by(digests.c.day, digests.c.id)
    )
    return [(row.plan, row.day, row.state) for row in tx.execute(query)]


def taken_by(tx: Connection, story_id: int, revision: int) -> frozenset[str]:
    """The plans whose digests have had this revision of a Story."""
    c = digest_items.c
    query = select(c.plan).where(c.story_id == story_id, c.revision == revision)
    return frozenset(tx.execute(query).scalars())
