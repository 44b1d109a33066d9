"""What bounces and complaints do to a subscriber. Each report counts once, however often it is read.

Finds people by their key, and by an address only where a provider's webhook gave it. Shows no address.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select, update

from pipeline.model.bounces import LADDER, QUIET_AFTER, Kind, Outcome, Report
from pipeline.model.subscribers import Subscriber, SubscriberState, Way
from pipeline.store.mailing_tables import bounce_reports, digest_deliveries, subscribers
from pipeline.store.subscribers import leave, read_person, suspend
from pipeline.store.suppressions import COMPLAINT, suppress
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class _Person:
    who: Subscriber  # without their plans, which nothing here asks for
    soft_bounces: int
    rest_until: datetime | None


def note(
    tx: Connection, report: Report, digest: str, *, suppressed_as: Callable[[str], str], now: datetime
) -> Outcome:
    """Count one report and do what follows from it. A replay of the same ``digest`` changes nothing.

    ``digest`` is the SHA-256 of the report; ``suppressed_as`` gives the keyed hash of an address.
    """
    row = {"digest": digest, "at": now, "kind": report.kind.value}
    if upsert(tx, bounce_reports, [row], key=["digest"], update=[]) < 1:
        return Outcome.AGAIN
    if report.kind is Kind.FOREIGN:
        return Outcome.FOREIGN
    person = _person(tx, report)
    if person is None:
        return Outcome.NOBODY
    if report.kind is Kind.COMPLAINT:
        return _leave(tx, person, report, suppressed_as(person.who.address), now)
    if report.kind is Kind.LEAVE:
        return _leave_by_mail(tx, person, now)
    if person.who.state is not SubscriberState.ACTIVE:
        return Outcome.NOTED  # who has not confirmed is deleted soon; the others get nothing
    if report.kind is Kind.HARD:
        return _suspend(tx, person, _because(report, "no such mailbox"), now)
    return _rest(tx, person, report, now) if report.kind is Kind.SOFT else Outcome.NOTED


def seen(tx: Connection, digests: Iterable[str]) -> set[str]:
    """Those of these reports that were counted before."""
    asked = list(digests)
    found: set[str] = set()
    for start in range(0, len(asked), 500):
        query = select(bounce_reports.c.digest).where(bounce_reports.c.digest.in_(asked[start : start + 500]))
        found.update(tx.execute(query).scalars())
    return found


def remember(tx: Connection, digest: str, kind: Kind, now: datetime) -> None:
    """Count a report as read, without anything that follows from it."""
    upsert(tx, bounce_reports, [{"digest": digest, "at": now, "kind": kind.value}], key=["digest"], update=[])


def ease(tx: Connection, now: datetime) -> int:
    """Set the ladder back for everybody who was mailed after the last rest began, and no bounce came of it.

    Returns for how many. It must have been sent seven days ago: servers try for five (RFC 5321, 4.5.4.1).
    """
    query = select(subscribers.c.id, subscribers.c.soft_bounces, subscribers.c.rest_until)
    climbing = tx.execute(query.where(subscribers.c.rest_until <= now, subscribers.c.soft_bounces > 0)).all()
    eased = [one for one, rung, rest in climbing if _has_arrived(tx, one, _last_bounce(rung, rest), now)]
    for one in eased:
        tx.execute(update(subscribers).where(subscribers.c.id == one).values(soft_bounces=0, rest_until=None))
    return len(eased)


def forget_reports(tx: Connection, *, before: datetime) -> int:
    """Let go which reports were read before then; none of them is in the mailbox any more."""
    return tx.execute(delete(bounce_reports).where(bounce_reports.c.at < before)).rowcount


def count_active(tx: Connection, keys: Iterable[str] | None = None) -> int:
    """How many subscribers are mailed; with ``keys``, how many of these."""
    query = select(func.count()).select_from(subscribers)
    query = query.where(subscribers.c.state == SubscriberState.ACTIVE.value)
    if keys is None:
        return int(tx.execute(query).scalar_one())
    asked = list(keys)
    parts = (asked[start : start + 500] for start in range(0, len(asked), 500))
    return sum(int(tx.execute(query.where(subscribers.c.key.in_(part))).scalar_one()) for part in parts)


def digest_of(channel: str, *words: str | bytes) -> str:
    """The name under which a report counts once."""
    made = hashlib.sha256(channel.encode())
    for word in words:
        made.update(b"\0" + (word if isinstance(word, bytes) else word.encode("utf-8", "surrogatepass")))
    return made.hexdigest()


def _person(tx: Connection, report: Report) -> _Person | None:
    row = None
    if report.subscriber_key:
        mine = select(subscribers).where(subscribers.c.key == report.subscriber_key).with_for_update()
        row = tx.execute(mine).one_or_none()
    elif report.address:
        local, _, domain = report.address.strip().rpartition("@")
        spelt = {f"{local}@{domain.lower()}", f"{local}@{domain}".lower()}  # as normalised addresses are
        found = tx.execute(select(subscribers).where(subscribers.c.address.in_(spelt)).with_for_update())
        rows = found.all()
        row = rows[0] if len(rows) == 1 else None
    if row is None:
        return None
    return _Person(read_person(row, frozenset()), row.soft_bounces, row.rest_until)


def _leave(tx: Connection, person: _Person, report: Report, hashed: str, now: datetime) -> Outcome:
    """A complaint ends it at once, whatever the state, and no import undoes it."""
    suppress(tx, hashed, COMPLAINT, now)
    if not leave(tx, person.who, Way.COMPLAINT, now, because=report.words or "called it spam"):
        return Outcome.NOTED
    _drop_owed(tx, person, now, "the person complained and has left")
    return Outcome.LEFT


def _leave_by_mail(tx: Connection, person: _Person, now: datetime) -> Outcome:
    if not leave(tx, person.who, Way.MAIL, now):
        return Outcome.NOTED
    _drop_owed(tx, person, now, "the person has left")
    return Outcome.LEFT_BY_MAIL


def _suspend(tx: Connection, person: _Person, because: str, now: datetime) -> Outcome:
    suspend(tx, person.who, because, Way.BOUNCE, now)
    _drop_owed(tx, person, now, "the address is suspended")
    return Outcome.SUSPENDED


def _rest(tx: Connection, person: _Person, report: Report, now: datetime) -> Outcome:
    """One rung up, unless the rest that the last one brought is not over: that is the same mail's doing."""
    if person.rest_until is not None and now < person.rest_until:
        return Outcome.NOTED
    rung = person.soft_bounces
    arrived = rung > 0 and _has_arrived(tx, person.who.id, _last_bounce(rung, person.rest_until), now)
    rung = 0 if arrived else rung
    if rung >= len(LADDER):
        return _suspend(tx, person, _because(report, f"refused {rung + 1} times in a row"), now)
    until = now + LADDER[rung]
    climbed = {"soft_bounces": rung + 1, "rest_until": until}
    tx.execute(update(subscribers).where(subscribers.c.id == person.who.id).values(climbed))
    waiting = (digest_deliveries.c.subscriber_id == person.who.id, digest_deliveries.c.state == "owed")
    later = (digest_deliveries.c.due_at < until, _unclaimed(now))
    tx.execute(update(digest_deliveries).where(*waiting, *later).values(due_at=until))
    return Outcome.RESTING


def _last_bounce(soft_bounces: int, rest_until: datetime | None) -> datetime | None:
    """When the last soft bounce was read: a rest begins then, and its length is known."""
    if rest_until is None or not soft_bounces:
        return None
    return rest_until - LADDER[min(soft_bounces, len(LADDER)) - 1]


def _has_arrived(tx: Connection, subscriber_id: int, since: datetime | None, now: datetime) -> bool:
    """Whether a mail that was sent after ``since`` has been out for long enough without a bounce."""
    mine = (digest_deliveries.c.subscriber_id == subscriber_id, digest_deliveries.c.state == "sent")
    out = [digest_deliveries.c.sent_at <= now - QUIET_AFTER]
    if since is not None:
        out.append(digest_deliveries.c.sent_at > since)
    return bool(tx.execute(select(exists().where(*mine, *out))).scalar())


def _drop_owed(tx: Connection, person: _Person, now: datetime, why: str) -> None:
    """What is owed is dropped, except a mail that a sender has in hand at this moment."""
    waiting = (digest_deliveries.c.subscriber_id == person.who.id, digest_deliveries.c.state == "owed")
    values = {"state": "dropped", "last_error": why, "lease": "", "lease_until": None}
    tx.execute(update(digest_deliveries).where(*waiting, _unclaimed(now)).values(values))


def _unclaimed(now: datetime) -> ColumnElement[bool]:
    return or_(digest_deliveries.c.lease_until.is_(None), digest_deliveries.c.lease_until < now)


def _because(report: Report, otherwise: str) -> str:
    return " ".join(word for word in (report.status, report.words or otherwise) if word)[:250]
