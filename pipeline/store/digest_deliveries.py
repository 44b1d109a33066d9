"""Mails of digests that are owed: claim with a lease, settle. Sends nothing and composes nothing.

A claim asks of each person, in its own transaction, whether they still want the mail. ``last_error`` holds
nobody's address: it outlives people who ask to be forgotten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select, update

from pipeline.model.digests import DigestState
from pipeline.model.mails import Mail
from pipeline.model.subscribers import SubscriberState
from pipeline.store.mailing_tables import digest_deliveries as owed
from pipeline.store.mailing_tables import digest_mails, digests, subscribers, subscriptions
from pipeline.store.packing import unpack

SENDABLE = (DigestState.GATHERED, DigestState.SENDING)
_FREED = {"lease": "", "lease_until": None}


@dataclass(frozen=True, slots=True)
class Letter:
    """One person's mail of one digest, in hand: only the holder of ``lease`` may settle it."""

    id: int
    digest_id: int
    mail_id: int
    subscriber_id: int
    key: str  # the subscriber's
    address: str
    attempts: int  # this one included
    refusals: int  # of the address, in a row, before this
    lease: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim took in hand, and how many it settled at once: people gone, or not on the allow-list."""

    letters: tuple[Letter, ...] = ()
    dropped: int = 0
    withheld: int = 0
    rested: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing that may be sent is due now."""
        return not (self.letters or self.dropped or self.withheld or self.rested)


def claim(
    tx: Connection,
    *,
    lease: str,
    now: datetime,
    today: date,
    lasting: timedelta,
    limit: int,
    allows: Callable[[str], bool],
    only: Sequence[int] | None = None,
) -> Claim:
    """Take up to ``limit`` mails that are due and that nobody holds, longest due first.

    Whoever has left, is suspended, has given up the plan or pauses on ``today`` (London) is dropped here, in
    this very transaction; whom ``allows`` refuses is withheld; whoever rests after a bounce is owed later.
    ``only``: these digests and no others. On PostgreSQL rows that another worker is claiming are skipped; on
    SQLite the transaction itself holds all others off.
    """
    free = or_(owed.c.lease_until.is_(None), owed.c.lease_until < now)
    wants_plan = and_(
        subscriptions.c.subscriber_id == owed.c.subscriber_id, subscriptions.c.plan == digests.c.plan
    )
    query = (
        select(
            owed.c.id, owed.c.digest_id, owed.c.mail_id, owed.c.subscriber_id, owed.c.attempts,
            subscribers.c.key, subscribers.c.address, subscribers.c.state, subscribers.c.paused_until,
            subscribers.c.rest_until, subscribers.c.refusals, subscriptions.c.plan,
        )
        .join(digests, digests.c.id == owed.c.digest_id)
        .outerjoin(subscribers, subscribers.c.id == owed.c.subscriber_id)
        .outerjoin(subscriptions, wants_plan)
        .where(owed.c.state == "owed", owed.c.due_at <= now, free, digests.c.state.in_(SENDABLE))
        .order_by(owed.c.due_at, owed.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=owed)
    )  # fmt: skip
    if only is not None:
        query = query.where(owed.c.digest_id.in_(only))
    letters, gone, withheld, rested = [], [], [], 0
    for row in tx.execute(query).all():
        paused = row.paused_until is not None and today < row.paused_until
        if row.state != SubscriberState.ACTIVE or row.plan is None or paused:
            gone.append(row.id)
        elif not allows(row.address):
            withheld.append(row.id)
        elif row.rest_until is not None and row.rest_until > now:
            rests = {"due_at": row.rest_until, **_FREED}
            tx.execute(update(owed).where(owed.c.id == row.id).values(rests))
            rested += 1
        else:
            letters.append(
                Letter(
                    row.id, row.digest_id, row.mail_id, row.subscriber_id, row.key, row.address,
                    row.attempts + 1, row.refusals, lease,
                )
            )  # fmt: skip
    held = {"lease": lease, "lease_until": now + lasting, "attempts": owed.c.attempts + 1}
    _change(tx, [letter.id for letter in letters], held)
    words = "the person has left, paused or been suspended since this was owed"
    _change(tx, gone, {"state": "dropped", "last_error": words, **_FREED})
    _change(tx, withheld, {"state": "withheld", "last_error": "not on the allow-list", **_FREED})
    return Claim(tuple(letters), len(gone), len(withheld), rested)


def free_leases(tx: Connection) -> int:
    """Free every lease. Only for a process that holds the lock under which digests are sent."""
    held = (owed.c.state == "owed", owed.c.lease != "")
    return tx.execute(update(owed).where(*held).values(_FREED)).rowcount


def mail_of(tx: Connection, mail_id: int) -> Mail:
    """A mail of a digest as it was composed, with its slots unfilled."""
    packed = tx.execute(select(digest_mails.c.packed).where(digest_mails.c.id == mail_id)).scalar_one()
    return unpack(packed, Mail)


def sent(tx: Connection, letters: Sequence[Letter], now: datetime) -> int:
    """The mail server accepted them; each person's row of refusals ends. Returns how many were still ours.

    A letter whose digest was cancelled while the server said yes is sent all the same: that is the truth.
    """
    marked = 0
    for lease in {letter.lease for letter in letters}:
        mine = [letter.id for letter in letters if letter.lease == lease]
        where = (owed.c.id.in_(mine), owed.c.lease == lease, owed.c.state.in_(("owed", "dropped")))
        values = {"state": "sent", "sent_at": now, "last_error": "", **_FREED}
        marked += tx.execute(update(owed).where(*where).values(values)).rowcount
    refused_before = [letter.subscriber_id for letter in letters if letter.refusals]
    if refused_before:
        tx.execute(update(subscribers).where(subscribers.c.id.in_(refused_before)).values(refusals=0))
    return marked


def failed(tx: Connection, letter: Letter, words: str) -> bool:
    """It cannot be sent, now or later. False when the lease was lost."""
    return _settle(tx, letter, {"state": "failed", "last_error": words})


def refused(tx: Connection, letter: Letter, words: str, *, most: int) -> bool:
    """The server refused this person's address for good: failed, and after ``most`` in a row suspended.

    A digest has one mail for a person, so that refusals in a row are of different digests. Returns whether
    the address is suspended by this.
    """
    if not failed(tx, letter, words):
        return False
    person = subscribers.c.id == letter.subscriber_id
    tx.execute(update(subscribers).where(person).values(refusals=subscribers.c.refusals + 1))
    values = {"state": SubscriberState.SUSPENDED, "suspended_because": words}
    tired = (person, subscribers.c.refusals >= most, subscribers.c.state == SubscriberState.ACTIVE)
    return tx.execute(update(subscribers).where(*tired).values(values)).rowcount == 1


def again(tx: Connection, letter: Letter, *, due_at: datetime, words: str) -> bool:
    """It did not work this time: owed again at ``due_at``."""
    return _settle(tx, letter, {"due_at": due_at, "last_error": words})


def release(tx: Connection, letters: Sequence[Letter]) -> int:
    """Give back what was not tried: owed as if it had never been claimed."""
    freed = 0
    for lease in {letter.lease for letter in letters}:
        mine = [letter.id for letter in letters if letter.lease == lease]
        where = (owed.c.id.in_(mine), owed.c.lease == lease, owed.c.state == "owed")
        values = {"attempts": owed.c.attempts - 1, **_FREED}
        freed += tx.execute(update(owed).where(*where).values(values)).rowcount
    return freed


def next_due(tx: Connection, only: Sequence[int] | None = None) -> datetime | None:
    """When the earliest mail that may still be sent falls due; None when none is owed."""
    query = (
        select(func.min(owed.c.due_at))
        .join(digests, digests.c.id == owed.c.digest_id)
        .where(owed.c.state == "owed", digests.c.state.in_(SENDABLE))
    )
    return tx.execute(query if only is None else query.where(owed.c.digest_id.in_(only))).scalar()


def _settle(tx: Connection, letter: Letter, values: dict[str, object]) -> bool:
    mine = (owed.c.id == letter.id, owed.c.lease == letter.lease, owed.c.state == "owed")
    return tx.execute(update(owed).where(*mine).values({**values, **_FREED})).rowcount == 1


def _change(tx: Connection, ids: Sequence[int], values: dict[str, object]) -> None:
    if ids:
        tx.execute(update(owed).where(owed.c.id.in_(ids)).values(values))
