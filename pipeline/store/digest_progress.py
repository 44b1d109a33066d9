"""How far the digests are: what is owed of each, how many left in a day, when one is through, cancelling.

Holds no address and composes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from pipeline.model.digests import DigestState
from pipeline.store.digests import free_items
from pipeline.store.mailing_tables import digest_deliveries, digests

OPEN = (DigestState.GATHERED, DigestState.SENDING)
RECENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OpenDigest:
    """A digest whose mails may leave now."""

    id: int
    key: str
    plan: str
    day: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one digest is. ``rate`` is mails a second over the last minutes, 0 when none left.

    ``through_at`` is when it will be through at this rate; None when that cannot be said. ``waiting`` of
    ``owed`` wait for a later try.
    """

    key: str
    state: DigestState
    owed: int = 0
    waiting: int = 0
    sent: int = 0
    failed: int = 0
    withheld: int = 0
    dropped: int = 0
    rate: float = 0.0
    through_at: datetime | None = None
    finished_at: datetime | None = None


def open_digests(tx: Connection, name: str = "") -> list[OpenDigest]:
    """The digests whose mails may leave, oldest first; with ``name`` those of that key or plan."""
    c = digests.c
    query = select(c.id, c.key, c.plan, c.day, c.made_at).where(c.state.in_(OPEN)).order_by(c.made_at, c.id)
    if name:
        query = query.where(or_(c.key == name, c.plan == name))
    return [OpenDigest(*row) for row in tx.execute(query)]


def is_known(tx: Connection, name: str) -> bool:
    """Whether any digest, whatever became of it, has this key or plan."""
    query = select(digests.c.id).where(or_(digests.c.key == name, digests.c.plan == name)).limit(1)
    return tx.execute(query).first() is not None


def standings(tx: Connection, now: datetime, *, most: int = 10) -> list[Standing]:
    """The newest ``most`` digests and every one that is not through, oldest first."""
    c = digests.c
    columns = select(c.id, c.key, c.state, c.finished_at)
    newest = tx.execute(columns.order_by(c.made_at.desc(), c.id.desc()).limit(most)).all()
    unfinished = tx.execute(columns.where(c.state.in_((*OPEN, DigestState.HELD)))).all()
    rows = {row.id: row for row in (*newest, *unfinished)}
    return [_standing(tx, rows[number], now) for number in sorted(rows)]


def standing_of(tx: Connection, digest_id: int, now: datetime) -> Standing:
    """How far this one is. NoResultFound when there is none."""
    c = digests.c
    query = select(c.id, c.key, c.state, c.finished_at).where(c.id == digest_id)
    return _standing(tx, tx.execute(query).one(), now)


def counts(tx: Connection, digest_id: int) -> dict[str, int]:
    """How many mails of a digest stand in each state."""
    c = digest_deliveries.c
    query = select(c.state, func.count()).where(c.digest_id == digest_id).group_by(c.state)
    return {row[0]: row[1] for row in tx.execute(query)}


def counts_of_all(tx: Connection) -> dict[str, int]:
    """How many mails of all digests stand in each state."""
    c = digest_deliveries.c
    return {row[0]: row[1] for row in tx.execute(select(c.state, func.count()).group_by(c.state))}


def owed_of(tx: Connection, ids: Sequence[int]) -> int:
    """How many mails of these digests are owed."""
    c = digest_deliveries.c
    query = select(func.count()).where(c.state == "owed", c.digest_id.in_(ids))
    return int(tx.execute(query).scalar_one())


def is_owed_after(tx: Connection, words: str) -> bool:
    """Whether a mail is owed whose last try ended with an error that begins with ``words``."""
    c = digest_deliveries.c
    stuck = (c.state == "owed", c.last_error.startswith(words, autoescape=True))
    return tx.execute(select(c.id).where(*stuck).limit(1)).first() is not None


def sent_since(tx: Connection, when: datetime) -> int:
    """How many mails of all digests have left since ``when``: for the daily limit."""
    c = digest_deliveries.c
    recent = select(digests.c.id).where(or_(digests.c.finished_at.is_(None), digests.c.finished_at >= when))
    query = select(func.count()).where(c.digest_id.in_(recent), c.state == "sent", c.sent_at >= when)
    return int(tx.execute(query).scalar_one())


def finish(tx: Connection, digest_id: int, now: datetime) -> bool:
    """Mark a digest as sent when every mail is owed and none is left to send; False otherwise."""
    c = digest_deliveries.c
    left = select(c.id).where(c.digest_id == digest_id, c.state == "owed").exists()
    through = (digests.c.id == digest_id, digests.c.state == DigestState.SENDING, ~left)
    values = {"state": DigestState.SENT, "finished_at": now}
    return tx.execute(update(digests).where(*through).values(values)).rowcount == 1


def cancel(tx: Connection, key: str, now: datetime) -> int | None:
    """Stop a digest for good and drop what is owed. Returns how many; None when it cannot be cancelled.

    Its items are free for the plan's next one, which nobody gets who had them from this one. The few mails
    that are in the server's hands at this moment still arrive, and are then marked as sent.
    """
    stoppable = (*OPEN, DigestState.HELD)
    where = (digests.c.key == key, digests.c.state.in_(stoppable))
    values = {"state": DigestState.CANCELLED, "finished_at": now}
    found = tx.execute(update(digests).where(*where).values(values).returning(digests.c.id)).scalar()
    if found is None:
        return None
    free_items(tx, found)
    return _drop(tx, found)


def drop_cancelled(tx: Connection) -> int:
    """Drop what a cancelled digest owes still: what was in hand, or being owed, when it was cancelled."""
    query = (
        select(digests.c.id)
        .join(digest_deliveries, digest_deliveries.c.digest_id == digests.c.id)
        .where(digest_deliveries.c.state == "owed", digests.c.state == DigestState.CANCELLED)
        .distinct()
    )
    return sum(_drop(tx, number) for number in tx.execute(query).scalars().all())


def _drop(tx: Connection, digest_id: int) -> int:
    c = digest_deliveries.c
    owed = (c.digest_id == digest_id, c.state == "owed")
    # The lease stays: whoever has the mail in hand may still say that the server took it.
    values = {"state": "dropped", "last_error": "the digest was cancelled"}
    return tx.execute(update(digest_deliveries).where(*owed).values(values)).rowcount


def _standing(tx: Connection, row: Any, now: datetime) -> Standing:
    number, key, state, finished_at = row
    c = digest_deliveries.c
    mine = c.digest_id == number
    by_state = counts(tx, number)
    waiting = func.count().filter(c.state == "owed", c.due_at > now)
    lately = (c.state == "sent", c.sent_at >= now - RECENT)
    query = select(waiting, func.count().filter(*lately), func.min(c.sent_at).filter(*lately)).where(mine)
    later, left, first = tx.execute(query).one()
    seconds = max(1.0, (now - first).total_seconds()) if first else 1.0
    rate = left / seconds
    owed = by_state.get("owed", 0)
    known = rate > 0 and owed > 0 and state in OPEN
    return Standing(
        key,
        DigestState(state),
        waiting=later,
        **by_state,
        rate=rate,
        through_at=now + timedelta(seconds=owed / rate) if known else None,
        finished_at=finished_at,
    )
