"""One subscriber: found, added, confirmed, changed, gone. Each change leaves a line in ``consents``.

Knows neither the clock nor a link. An address is taken as it is given: the caller has normalised it.
"""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.model.digests import Topic
from pipeline.model.subscribers import Consent, Preferences, Subscriber, SubscriberState, Way
from pipeline.store.mailing_tables import consents, subscribers, subscriptions
from pipeline.store.upserts import upsert


def new_key() -> str:
    """A key that cannot be guessed: 22 characters of ``A-Za-z0-9_-``."""
    return secrets.token_urlsafe(16)


def by_key(tx: Connection, key: str) -> Subscriber | None:
    """The person whom a key stands for; None when there is none, or when they were forgotten."""
    return _one(tx, subscribers.c.key == key)


def by_address(tx: Connection, address: str) -> Subscriber | None:
    """The person with this normalised address, in whatever state."""
    return _one(tx, subscribers.c.address == address)


def add(
    tx: Connection, address: str, wishes: Preferences, now: datetime, *, key: str = ""
) -> Subscriber | None:
    """A new person, pending. None when the address is taken."""
    state = SubscriberState.PENDING
    row = {**columns_of(wishes), "key": key or new_key(), "address": address, "created_at": now}
    make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    statement = make(subscribers).values(**row, state=state.value).on_conflict_do_nothing()
    number = tx.execute(statement.returning(subscribers.c.id)).scalar()
    if number is None:
        return None
    subscribe(tx, number, wishes.plans, now)
    return Subscriber(number, str(row["key"]), address, state, now, wishes)


def wish(tx: Connection, person: Subscriber, wishes: Preferences, now: datetime) -> None:
    """What somebody who is not active asks for with a new sign-up; the latest holds."""
    tx.execute(update(subscribers).where(subscribers.c.id == person.id).values(columns_of(wishes)))
    _replace_plans(tx, person.id, wishes.plans, now)


def ask(tx: Connection, person_id: int, now: datetime) -> None:
    """A confirmation is asked for: from now on one counts."""
    values = {"asked_at": now, "reminded_at": None}
    tx.execute(update(subscribers).where(subscribers.c.id == person_id).values(values))


def confirm(tx: Connection, person: Subscriber, consent: Consent, way: Way) -> bool:
    """The person said yes: active, with a clean slate. False when nobody has asked, or they are active."""
    if not person.is_open:
        return False
    values = {
        "state": SubscriberState.ACTIVE.value,
        "confirmed_at": consent.at,
        "asked_at": None,
        "reminded_at": None,
        "left_at": None,
        "refusals": 0,
        "soft_bounces": 0,
        "rest_until": None,
        "suspended_because": "",
        "consent_source": consent.source,
        "consent_at": consent.at,
        "consent_words": consent.words,
    }
    tx.execute(update(subscribers).where(subscribers.c.id == person.id).values(values))
    note(tx, person.id, way, f"confirmed: {consent.words}", consent.at)
    return True


def change(tx: Connection, person: Subscriber, wishes: Preferences, way: Way, now: datetime) -> bool:
    """Keep new preferences, and a line that says what is different. False when nothing is."""
    different = differences(person.preferences, wishes)
    if not different:
        return False
    wish(tx, person, wishes, now)
    note(tx, person.id, way, "changed " + "; ".join(different), now)
    return True


def leave(tx: Connection, person: Subscriber, way: Way, now: datetime, *, because: str = "") -> bool:
    """The person gets nothing from now on, and no confirmation that was asked for counts any more.

    False when they had left before.
    """
    if person.state is SubscriberState.LEFT and person.asked_at is None:
        return False
    values = {"state": SubscriberState.LEFT.value, "left_at": now, "asked_at": None, "paused_until": None}
    tx.execute(update(subscribers).where(subscribers.c.id == person.id).values(values))
    note(tx, person.id, way, f"left: {because}" if because else "left", now)
    return True


def suspend(tx: Connection, person: Subscriber, because: str, way: Way, now: datetime) -> bool:
    """No mail until the person confirms anew. False when they are not active."""
    if person.state is not SubscriberState.ACTIVE:
        return False
    values = {"state": SubscriberState.SUSPENDED.value, "suspended_because": because, "asked_at": None}
    tx.execute(update(subscribers).where(subscribers.c.id == person.id).values(values))
    note(tx, person.id, way, f"suspended: {because}", now)
    return True


def delete_person(tx: Connection, person_id: int) -> None:
    """Erase the person, their subscriptions and their log. Suppression is the caller's business."""
    tx.execute(delete(consents).where(consents.c.subscriber_id == person_id))
    tx.execute(delete(subscriptions).where(subscriptions.c.subscriber_id == person_id))
    tx.execute(delete(subscribers).where(subscribers.c.id == person_id))


def note(tx: Connection, person_id: int, way: Way, what: str, now: datetime) -> int:
    """One line in the person's log. Returns its number, which is never given again."""
    row = {"subscriber_id": person_id, "at": now, "way": way.value, "what": what}
    return int(tx.execute(insert(consents).values(row).returning(consents.c.id)).scalar_one())


def noted_since(tx: Connection, person_id: int, what: str, since: datetime) -> int:
    """How many lines that begin with ``what`` were written since then."""
    query = select(func.count()).where(
        consents.c.subscriber_id == person_id, consents.c.at > since, consents.c.what.startswith(what)
    )
    return int(tx.execute(query).scalar_one())


def subscribe(tx: Connection, person_id: int, plans: Iterable[str], now: datetime) -> None:
    """Take the person into these plans; those that they have stay as they are."""
    rows = [{"plan": plan, "subscriber_id": person_id, "since": now} for plan in sorted(plans)]
    upsert(tx, subscriptions, rows, key=["plan", "subscriber_id"], update=[])


def differences(old: Preferences, new: Preferences) -> list[str]:
    """What is different, in words for the log: ``topics: all → Guidance``."""
    pairs = (
        ("topics", _listed(old.topics), _listed(new.topics)),
        ("nations", _listed(old.nations), _listed(new.nations)),
        ("phases", _listed(old.phases), _listed(new.phases)),
        ("digests", _listed(old.plans, "none"), _listed(new.plans, "none")),
        ("pause", str(old.paused_until or "none"), str(new.paused_until or "none")),
        ("plain text only", "yes" if old.plain else "no", "yes" if new.plain else "no"),
    )
    return [f"{name}: {before} → {after}" for name, before, after in pairs if before != after]


def columns_of(wishes: Preferences) -> dict[str, Any]:
    """The columns that hold preferences; plans are rows of their own."""
    return {
        "topics": json.dumps(sorted(topic.name for topic in wishes.topics)),
        "nations": json.dumps(sorted(wishes.nations)),
        "phases": json.dumps(sorted(wishes.phases)),
        "paused_until": wishes.paused_until,
        "plain": wishes.plain,
    }


def read_person(row: Row[Any], plans: frozenset[str]) -> Subscriber:
    """A row of ``subscribers`` as a Subscriber. Topics that sendwatch no longer knows are left out."""
    consent = Consent(row.consent_source, row.consent_at, row.consent_words) if row.consent_at else None
    return Subscriber(
        id=row.id,
        key=row.key,
        address=row.address,
        state=SubscriberState(row.state),
        created_at=row.created_at,
        preferences=Preferences(
            topics=frozenset(Topic[name] for name in json.loads(row.topics) if name in Topic.__members__),
            nations=frozenset(json.loads(row.nations)),
            phases=frozenset(json.loads(row.phases)),
            plans=plans,
            paused_until=row.paused_until,
            plain=row.plain,
        ),
        consent=consent,
        confirmed_at=row.confirmed_at,
        reminded_at=row.reminded_at,
        suspended_because=row.suspended_because,
        asked_at=row.asked_at,
        left_at=row.left_at,
    )


def _one(tx: Connection, where: Any) -> Subscriber | None:
    row = tx.execute(select(subscribers).where(where)).one_or_none()
    if row is None:
        return None
    plans = tx.execute(select(subscriptions.c.plan).where(subscriptions.c.subscriber_id == row.id))
    return read_person(row, frozenset(plans.scalars()))


def _replace_plans(tx: Connection, person_id: int, plans: frozenset[str], now: datetime) -> None:
    old = subscriptions.c.subscriber_id == person_id
    tx.execute(delete(subscriptions).where(old, subscriptions.c.plan.not_in(sorted(plans))))
    subscribe(tx, person_id, plans, now)


def _listed(values: Iterable[str], nothing: str = "all") -> str:
    return ", ".join(sorted(values)) or nothing
