"""Notices: what other programs are owed about each Alert, once for each channel. Sends nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select, update

from pipeline.store import memory
from pipeline.store.notice_tables import notices
from pipeline.store.tables import alerts, deliveries
from pipeline.store.upserts import upsert

OLDEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Notice:
    """One that is due. ``key`` is the Alert's, ``story:7:1``; ``attempts`` were made before."""

    id: int
    key: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notices of a channel stand in each state.

    ``trouble`` is why the newest one that was not taken was not, without address or secret; ``is_troubled``
    while no later one was taken.
    """

    owed: int = 0
    sent: int = 0
    failed: int = 0
    trouble: str = ""
    is_troubled: bool = False

    @property
    def by_state(self) -> dict[str, int]:
        """The counts alone."""
        return {"owed": self.owed, "sent": self.sent, "failed": self.failed}


def owe_new(tx: Connection, channel: str, now: datetime) -> int:
    """Owe the channel a notice of each Alert about a Story that came since it was last asked; how many.

    A channel that is seen for the first time begins with the next Alert, and one that was not asked for a
    while is told of nothing older than two days.
    """
    newest = int(tx.execute(select(func.coalesce(func.max(alerts.c.id), 0))).scalar_one())
    known = memory.recall(tx, f"notices:{channel}")
    if known is None:
        memory.keep(tx, f"notices:{channel}", str(newest), now)
        return 0
    if newest <= int(known.value):
        return 0
    query = select(alerts.c.id, alerts.c.key).where(
        alerts.c.id > int(known.value),
        alerts.c.id <= newest,
        alerts.c.key.like("story:%"),
        alerts.c.made_at >= now - OLDEST,
    )
    rows = [
        {
            "channel": channel,
            "alert_id": row.id,
            "key": row.key,
            "state": "owed",
            "made_at": now,
            "due_at": now,
            "attempts": 0,
            "last_error": "",
        }
        for row in tx.execute(query.order_by(alerts.c.id))
    ]
    if rows:
        upsert(tx, notices, rows, key=["channel", "alert_id"], update=[])
    memory.keep(tx, f"notices:{channel}", str(newest), now)
    return len(rows)


def due(tx: Connection, channel: str, now: datetime) -> Notice | None:
    """The notice that is longest due; None when none is. It waits until the mail was tried."""
    c = notices.c
    mails = select(deliveries.c.id).where(deliveries.c.alert_id == c.alert_id)
    tried = mails.where(or_(deliveries.c.state != "owed", deliveries.c.last_error != ""))
    query = select(c.id, c.key, c.attempts).where(c.channel == channel, c.state == "owed", c.due_at <= now)
    query = query.where(or_(tried.exists(), ~mails.exists()))
    row = tx.execute(query.order_by(c.due_at, c.id).limit(1)).one_or_none()
    return Notice(*row) if row else None


def sent(tx: Connection, notice: Notice, now: datetime) -> None:
    """The other program took it."""
    _settle(tx, notice, state="sent", sent_at=now, last_error="")


def failed(tx: Connection, notice: Notice, words: str) -> None:
    """It will never be taken."""
    _settle(tx, notice, state="failed", last_error=words)


def again(tx: Connection, notice: Notice, *, due_at: datetime, words: str) -> None:
    """It was not taken this time."""
    _settle(tx, notice, due_at=due_at, last_error=words)


def lapse(tx: Connection, before: datetime) -> None:
    """Give up what was owed before then, on any channel: one that was taken out and never came back."""
    c = notices.c
    old = update(notices).where(c.state == "owed", c.made_at < before)
    tx.execute(old.values(state="failed", last_error="it was not told in time"))


def counts(tx: Connection) -> dict[str, Counts]:
    """How each channel stands that was ever owed anything, by its key."""
    c = notices.c
    query = select(c.channel, c.state, func.count(), func.max(c.id)).group_by(c.channel, c.state)
    found: dict[str, dict[str, int]] = {}
    newest: dict[str, int] = {}
    for channel, state, number, last in tx.execute(query):
        found.setdefault(channel, {})[state] = number
        if state == "sent":
            newest[channel] = last
    troubles = _last_troubles(tx)
    return {
        channel: Counts(
            states.get("owed", 0),
            states.get("sent", 0),
            states.get("failed", 0),
            troubles.get(channel, (0, ""))[1],
            channel in troubles and troubles[channel][0] > newest.get(channel, 0),
        )
        for channel, states in found.items()
    }


def _last_troubles(tx: Connection) -> dict[str, tuple[int, str]]:
    """The newest notice of each channel that was not taken at its last try, with the words."""
    c = notices.c
    last = select(func.max(c.id)).where(c.last_error != "").group_by(c.channel)
    query = select(c.channel, c.id, c.last_error).where(c.id.in_(last))
    return {row[0]: (row[1], row[2]) for row in tx.execute(query)}


def _settle(tx: Connection, notice: Notice, **values: object) -> None:
    mine = (notices.c.id == notice.id, notices.c.state == "owed")
    tx.execute(update(notices).where(*mine).values(attempts=notice.attempts + 1, **values))
