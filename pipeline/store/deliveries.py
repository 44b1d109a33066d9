"""Alerts and the Deliveries that they owe: a row before it is sent, a lease while it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from pipeline.model.mails import Mail
from pipeline.store.packing import pack, unpack
from pipeline.store.tables import alerts, deliveries
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class Claimed:
    """A Delivery in hand: only the holder of ``lease`` may settle it."""

    id: int
    alert_id: int
    recipient: str
    message_id: str
    attempts: int
    made_at: datetime
    lease: str


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many Deliveries stand in each state."""

    owed: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Stuck:
    """How many mails of the team's did not leave, since when the oldest waits, and the last error of one."""

    number: int
    since: datetime | None = None
    words: str = ""


def owe(tx: Connection, key: str, mail: Mail, recipients: Sequence[tuple[str, str]], now: datetime) -> bool:
    """Keep a composed Mail as an Alert and owe it to each ``(address, message_id)``.

    ``key`` is unique: False, and nothing is owed, when this Alert was made before.
    """
    row = {"key": key, "made_at": now, "subject": mail.subject, "packed": pack(mail)}
    if upsert(tx, alerts, [row], key=["key"], update=[]) < 1:
        return False
    alert_id = tx.execute(select(alerts.c.id).where(alerts.c.key == key)).scalar_one()
    rows = [
        {
            "alert_id": alert_id,
            "recipient": address,
            "message_id": message_id,
            "state": "owed",
            "due_at": now,
            "lease": "",
            "attempts": 0,
            "last_error": "",
        }
        for address, message_id in recipients
    ]
    upsert(tx, deliveries, rows, key=["alert_id", "recipient"], update=[])
    return True


def claim(tx: Connection, *, lease: str, now: datetime, lasting: timedelta) -> Claimed | None:
    """Take the Delivery that is longest due and that nobody holds, for ``lasting``; None when none is.

    On PostgreSQL rows that another worker is claiming are skipped; on SQLite the transaction itself
    holds all others off.
    """
    free = or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until < now)
    query = (
        select(
            deliveries.c.id,
            deliveries.c.alert_id,
            deliveries.c.recipient,
            deliveries.c.message_id,
            deliveries.c.attempts,
            alerts.c.made_at,
        )
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .where(deliveries.c.state == "owed", deliveries.c.due_at <= now, free)
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    held = {"lease": lease, "lease_until": now + lasting, "attempts": row.attempts + 1}
    tx.execute(update(deliveries).where(deliveries.c.id == row.id).values(held))
    return Claimed(**{**row._asdict(), "attempts": row.attempts + 1}, lease=lease)


def free_leases(tx: Connection) -> int:
    """Free every lease. Only for a process that holds the lock under which all mail is delivered."""
    held = (deliveries.c.state == "owed", deliveries.c.lease != "")
    return tx.execute(update(deliveries).where(*held).values(lease="", lease_until=None)).rowcount


def mail_of(tx: Connection, alert_id: int) -> Mail:
    """The Mail as it was composed when its Alert was made."""
    return unpack(tx.execute(select(alerts.c.packed).where(alerts.c.id == alert_id)).scalar_one(), Mail)


def sent(tx: Connection, claimed: Claimed, now: datetime) -> bool:
    """The mail server accepted it. False when the lease was lost to another worker meanwhile."""
    return _settle(tx, claimed, {"state": "sent", "sent_at": now, "last_error": ""})


def failed(tx: Connection, claimed: Claimed, words: str) -> bool:
    """The mail server refused it for good."""
    return _settle(tx, claimed, {"state": "failed", "last_error": words})


def again(tx: Connection, claimed: Claimed, *, due_at: datetime, words: str) -> bool:
    """It did not work this time: owed again at ``due_at``."""
    return _settle(tx, claimed, {"due_at": due_at, "last_error": words})


def counts(tx: Connection) -> DeliveryCounts:
    """How many Deliveries are owed, sent and failed."""
    query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    return DeliveryCounts(**{row[0]: row[1] for row in tx.execute(query)})


def next_due(tx: Connection) -> datetime | None:
    """When the earliest owed Delivery falls due; None when nothing is owed."""
    return tx.execute(select(func.min(deliveries.c.due_at)).where(deliveries.c.state == "owed")).scalar()


def _settle(tx: Connection, claimed: Claimed, values: dict[str, object]) -> bool:
    mine = (deliveries.c.id == claimed.id, deliveries.c.lease == claimed.lease, deliveries.c.state == "owed")
    freed = {**values, "lease": "", "lease_until": None}
    return tx.execute(update(deliveries).where(*mine).values(freed)).rowcount == 1


def troubled(tx: Connection) -> list[tuple[str, str, str]]:
    """(state, recipient, last error) of Deliveries that failed or had to be tried again, newest first.

    Mails to subscribers are not among them: their addresses are not for every screen.
    """
    query = select(deliveries.c.state, deliveries.c.recipient, deliveries.c.last_error)
    query = query.join(alerts, alerts.c.id == deliveries.c.alert_id)
    bad = query.where(deliveries.c.last_error != "", deliveries.c.state != "sent")
    bad = bad.where(~alerts.c.key.startswith("confirm:"))
    return [(r.state, r.recipient, r.last_error) for r in tx.execute(bad.order_by(deliveries.c.id.desc()))]


def sent_between(tx: Connection, since: datetime, until: datetime) -> int:
    """How many mails of the team's the mail server accepted in this time."""
    within = (deliveries.c.state == "sent", deliveries.c.sent_at >= since, deliveries.c.sent_at <= until)
    return int(tx.execute(select(func.count()).select_from(deliveries).where(*within)).scalar_one())


def overdue(tx: Connection, made_before: datetime) -> Stuck:
    """Mails of the team's that are owed since before then."""
    return _stuck(tx, "owed", alerts.c.made_at < made_before)


def refused_since(tx: Connection, when: datetime) -> Stuck:
    """Mails of the team's that were made from then on and failed for good."""
    return _stuck(tx, "failed", alerts.c.made_at >= when)


def _stuck(tx: Connection, state: str, within: ColumnElement[bool]) -> Stuck:
    ours = (deliveries.c.state == state, within, ~alerts.c.key.startswith("confirm:"))
    joined = deliveries.join(alerts, alerts.c.id == deliveries.c.alert_id)
    query = select(func.count(), func.min(alerts.c.made_at)).select_from(joined).where(*ours)
    number, since = tx.execute(query).one()
    said = select(deliveries.c.last_error).select_from(joined).where(*ours, deliveries.c.last_error != "")
    words = tx.execute(said.order_by(deliveries.c.id.desc()).limit(1)).scalar() or ""
    return Stuck(number, since, words) if number else Stuck(0)
