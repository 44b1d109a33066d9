"""Many subscribers at once: listed, counted, taken in from a list, due for a reminder or for deletion.

Every question is answered from an index, so that it holds for a million people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from pipeline.model.subscribers import (
    Consent,
    Preferences,
    Subscriber,
    SubscriberCounts,
    SubscriberState,
    Way,
)
from pipeline.store.mailing_tables import consents, subscribers, subscriptions
from pipeline.store.subscribers import columns_of, new_key, read_person
from pipeline.text.words.dates import LONDON

BATCH = 500  # addresses in one question


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person on a list, with a normalised address. Without ``consent`` they are pending, else active."""

    address: str
    wishes: Preferences
    consent: Consent | None = None


def states_of(tx: Connection, addresses: Sequence[str]) -> dict[str, SubscriberState]:
    """The state of each normalised address that is known."""
    found: dict[str, SubscriberState] = {}
    for part in _parts(addresses):
        query = select(subscribers.c.address, subscribers.c.state).where(subscribers.c.address.in_(part))
        found |= {row.address: SubscriberState(row.state) for row in tx.execute(query)}
    return found


def take_in(tx: Connection, people: Sequence[Newcomer], way: Way, now: datetime) -> dict[str, int]:
    """Add people whose addresses are not known; returns the number of each, by address."""
    if not people:
        return {}
    tx.execute(insert(subscribers), [_row(one, now) for one in people])
    ids: dict[str, int] = {}
    for part in _parts([one.address for one in people]):
        query = select(subscribers.c.address, subscribers.c.id).where(subscribers.c.address.in_(part))
        ids |= {row.address: row.id for row in tx.execute(query)}
    wanted = [
        {"plan": plan, "subscriber_id": ids[one.address], "since": now}
        for one in people
        for plan in one.wishes.plans
    ]
    if wanted:
        tx.execute(insert(subscriptions), wanted)
    lines = [
        {"subscriber_id": ids[one.address], "at": now, "way": way.value, "what": _line(one.consent)}
        for one in people
        if one.consent
    ]
    if lines:
        tx.execute(insert(consents), lines)
    return ids


def every(tx: Connection, state: SubscriberState | None = None, *, after: int = 0) -> list[Subscriber]:
    """Up to 500 people with a number above ``after``, in its order."""
    query = select(subscribers).where(subscribers.c.id > after).order_by(subscribers.c.id).limit(BATCH)
    if state is not None:
        query = query.where(subscribers.c.state == state.value)
    rows = tx.execute(query).all()
    plans: dict[int, set[str]] = {row.id: set() for row in rows}
    held = select(subscriptions.c.subscriber_id, subscriptions.c.plan)
    for row in tx.execute(held.where(subscriptions.c.subscriber_id.in_(list(plans)))):
        plans[row.subscriber_id].add(row.plan)
    return [read_person(row, frozenset(plans[row.id])) for row in rows]


def counts(tx: Connection) -> SubscriberCounts:
    """How many people stand in each state."""
    query = select(subscribers.c.state, func.count()).group_by(subscribers.c.state)
    return SubscriberCounts(**{row[0]: row[1] for row in tx.execute(query)})


def counts_by_plan(tx: Connection) -> Mapping[str, int]:
    """How many active people each plan has."""
    query = (
        select(subscriptions.c.plan, func.count())
        .join(subscribers, subscribers.c.id == subscriptions.c.subscriber_id)
        .where(subscribers.c.state == SubscriberState.ACTIVE.value)
        .group_by(subscriptions.c.plan)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def due_for_reminder(tx: Connection, asked_before: datetime, *, most: int = BATCH) -> list[Subscriber]:
    """Pending people who were asked before then and not reminded, longest first."""
    query = _pending_since(asked_before).where(subscribers.c.reminded_at.is_(None)).limit(most)
    ids = tx.execute(query).scalars().all()
    return _people(tx, ids)


def reminded(tx: Connection, person_id: int, now: datetime) -> None:
    """One reminder is owed; there is no second."""
    tx.execute(update(subscribers).where(subscribers.c.id == person_id).values(reminded_at=now))


def due_for_deletion(tx: Connection, asked_before: datetime, *, most: int = BATCH) -> list[Subscriber]:
    """Pending people who were asked before then and have not confirmed."""
    return _people(tx, tx.execute(_pending_since(asked_before).limit(most)).scalars().all())


def left_before(tx: Connection, moment: datetime, *, most: int = BATCH) -> list[Subscriber]:
    """People who left before then and have not come back."""
    query = (
        select(subscribers.c.id)
        .where(subscribers.c.state == SubscriberState.LEFT.value, subscribers.c.left_at <= moment)
        .where(or_(subscribers.c.asked_at.is_(None), subscribers.c.asked_at <= moment))
        .order_by(subscribers.c.left_at)
        .limit(most)
    )
    return _people(tx, tx.execute(query).scalars().all())


def _pending_since(asked_before: datetime) -> Select[int]:
    state = SubscriberState.PENDING.value
    return (
        select(subscribers.c.id)
        .where(subscribers.c.state == state, subscribers.c.asked_at <= asked_before)
        .order_by(subscribers.c.asked_at)
    )


def _people(tx: Connection, ids: Sequence[int]) -> list[Subscriber]:
    rows = tx.execute(select(subscribers).where(subscribers.c.id.in_(ids)).order_by(subscribers.c.id)).all()
    return [read_person(row, frozenset()) for row in rows]


def _row(one: Newcomer, now: datetime) -> dict[str, object]:
    consent = one.consent
    return {
        **columns_of(one.wishes),
        "key": new_key(),
        "address": one.address,
        "state": (SubscriberState.ACTIVE if consent else SubscriberState.PENDING).value,
        "created_at": now,
        "confirmed_at": consent.at if consent else None,
        "asked_at": None if consent else now,
        "consent_source": consent.source if consent else "",
        "consent_at": consent.at if consent else None,
        "consent_words": consent.words if consent else "",
    }


def _line(consent: Consent | None) -> str:
    if consent is None:
        return ""
    return f"taken in with consent of {consent.at.astimezone(LONDON):%Y-%m-%d}: {consent.source}"


def _parts(addresses: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(addresses), BATCH):
        yield addresses[start : start + BATCH]
