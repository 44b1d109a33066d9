"""Whom a digest is owed to: readers in chunks, what each has had before, one row a person.

Never reads an address: a reader is a number and what the person wants. Writes nothing to subscribers.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, and_, or_, select, tuple_, update

from pipeline.model.digests import Closing, DigestState, Topic
from pipeline.model.mails import Mail
from pipeline.model.subscribers import SubscriberState
from pipeline.store.mailing_tables import (
    digest_deliveries,
    digest_items,
    digest_mails,
    digests,
    subscribers,
    subscriptions,
)
from pipeline.store.packing import from_json, pack, to_json, unpack
from pipeline.store.upserts import upsert

HAD = ("owed", "sent")  # states of a delivery by which a person has had a mail, or will


@dataclass(frozen=True, slots=True)
class Wants:
    """What a person wants; empty means all."""

    topics: frozenset[Topic] = frozenset()
    nations: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """One person to whom a plan's digest may be owed. ``rest_until`` (aware UTC): not before then."""

    id: int
    wants: Wants
    rest_until: datetime | None = None


def readers(tx: Connection, plan: str, *, after: int, most: int, day: date) -> list[Reader]:
    """Up to ``most`` readers of a plan with an id above ``after``, by id: confirmed, and not on pause.

    ``day`` is the digest's, in London: a pause until that day is over on it.
    """
    columns = (
        subscribers.c.id,
        subscribers.c.topics,
        subscribers.c.nations,
        subscribers.c.phases,
        subscribers.c.plain,
        subscribers.c.rest_until,
    )
    query = (
        select(*columns)
        .join(subscriptions, subscriptions.c.subscriber_id == subscribers.c.id)
        .where(subscriptions.c.plan == plan, subscribers.c.id > after)
        .where(subscribers.c.state == SubscriberState.ACTIVE.value, subscribers.c.confirmed_at.is_not(None))
        .where(or_(subscribers.c.paused_until.is_(None), subscribers.c.paused_until <= day))
        .order_by(subscribers.c.id)
        .limit(most)
    )
    return [
        Reader(r.id, _wants(r.topics, r.nations, r.phases, r.plain), r.rest_until) for r in tx.execute(query)
    ]


def anybody(tx: Connection, plan: str) -> bool:
    """Whether a plan has a single confirmed reader, on pause or not."""
    query = (
        select(subscribers.c.id)
        .join(subscriptions, subscriptions.c.subscriber_id == subscribers.c.id)
        .where(subscriptions.c.plan == plan, subscribers.c.state == SubscriberState.ACTIVE.value)
    )
    return tx.execute(query.limit(1)).first() is not None


def had(
    tx: Connection, digest_id: int, pairs: Collection[tuple[int, int]], people: Sequence[int]
) -> dict[int, frozenset[tuple[int, int]]]:
    """By person, those of these (Story, revision) pairs that another digest's mail to them holds.

    ``people`` are ids in ascending order.
    """
    if not pairs or not people:
        return {}
    query = select(digest_items.c.digest_id, digest_items.c.position, digest_items.c.story_id)
    query = query.add_columns(digest_items.c.revision).where(
        digest_items.c.digest_id != digest_id,
        tuple_(digest_items.c.story_id, digest_items.c.revision).in_(list(pairs)),
    )
    places = {(row.digest_id, row.position): (row.story_id, row.revision) for row in tx.execute(query)}
    if not places:
        return {}
    others = sorted({digest for digest, _ in places})
    found: dict[int, set[tuple[int, int]]] = {}
    mails = select(digest_mails.c.id, digest_mails.c.digest_id, digest_mails.c.positions)
    holds = {
        row.id: frozenset(
            places[row.digest_id, position]
            for position in from_json(row.positions, tuple[int, ...])
            if (row.digest_id, position) in places
        )
        for row in tx.execute(mails.where(digest_mails.c.digest_id.in_(others)))
    }
    query_mine = select(digest_deliveries.c.subscriber_id, digest_deliveries.c.mail_id).where(
        and_(digest_deliveries.c.subscriber_id >= people[0], digest_deliveries.c.subscriber_id <= people[-1]),
        digest_deliveries.c.digest_id.in_(others),
        digest_deliveries.c.state.in_(HAD),
    )
    for row in tx.execute(query_mine):
        found.setdefault(row.subscriber_id, set()).update(holds.get(row.mail_id, ()))
    return {person: frozenset(held) for person, held in found.items() if held}


def mails(tx: Connection, digest_id: int) -> dict[str, int]:
    """The mails of a digest that are rendered already: their id by their key."""
    query = select(digest_mails.c.key, digest_mails.c.id).where(digest_mails.c.digest_id == digest_id)
    return {row.key: row.id for row in tx.execute(query)}


def keep_mail(tx: Connection, digest_id: int, key: str, positions: Sequence[int], mail: Mail) -> int:
    """Keep a rendered mail once and return its id."""
    row = {
        "digest_id": digest_id,
        "key": key,
        "positions": to_json(tuple(positions)),
        "plain": not mail.html,
        "subject": mail.subject,
        "packed": pack(mail),
    }
    upsert(tx, digest_mails, [row], key=["digest_id", "key"], update=[])
    mine = (digest_mails.c.digest_id == digest_id, digest_mails.c.key == key)
    return int(tx.execute(select(digest_mails.c.id).where(*mine)).scalar_one())


def mail_of(tx: Connection, mail_id: int) -> Mail:
    """A rendered mail, with slots that each person's own links fill."""
    return unpack(
        tx.execute(select(digest_mails.c.packed).where(digest_mails.c.id == mail_id)).scalar_one(), Mail
    )


def mail_key(positions: Sequence[int], closing: Sequence[Closing], *, plain: bool) -> str:
    """The key of a mail within its digest: what it holds, and in which form."""
    days = [(one.deadline, one.title, one.link) for one in closing]
    words = to_json((tuple(positions), days, plain))
    return hashlib.sha256(words.encode()).hexdigest()


def owe(
    tx: Connection,
    digest_id: int,
    rows: Sequence[tuple[int, int, datetime]],
    *,
    start: int,
    up_to: int,
) -> bool:
    """Owe each (subscriber, mail, due at) and move the mark from ``start`` to ``up_to``, both or neither.

    False, and nothing is owed, when the mark has moved meanwhile or the digest is not gathered any more.
    """
    mine = (
        digests.c.id == digest_id,
        digests.c.owed_to == start,
        digests.c.state == DigestState.GATHERED.value,
    )
    if tx.execute(update(digests).where(*mine).values(owed_to=up_to)).rowcount != 1:
        return False
    if rows:
        same = {"digest_id": digest_id, "state": "owed", "lease": "", "attempts": 0, "last_error": ""}
        tx.execute(
            digest_deliveries.insert(),
            [{**same, "subscriber_id": who, "mail_id": mail, "due_at": due} for who, mail, due in rows],
        )
    return True


@lru_cache(maxsize=4096)  # people choose among few things
def _wants(topics: str, nations: str, phases: str, plain: bool) -> Wants:
    names = msgspec.json.decode(topics, type=list[str])
    known = frozenset(Topic[name] for name in names if name in Topic.__members__)
    return Wants(
        known if len(known) < len(Topic) else frozenset(),
        frozenset(msgspec.json.decode(nations, type=list[str])),
        frozenset(msgspec.json.decode(phases, type=list[str])),
        bool(plain),
    )
