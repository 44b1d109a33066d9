"""Links that sign in, sessions, and the audit log. A link is used up by one statement: nobody can race it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from pipeline.model.desk import Act, Role, Session
from pipeline.store.desk_tables import acts, sessions, sign_ins
from pipeline.store.upserts import upsert

_SESSION = select(sessions).where(  # each page of the desk asks it: it is put together once
    sessions.c.digest == bindparam("key"),
    sessions.c.made_at >= bindparam("made"),
    sessions.c.seen_at >= bindparam("seen"),
)


def keep_link(tx: Connection, *, digest: str, address: str, browser: str, now: datetime) -> None:
    """Keep the hash of a link's token, for whom it is, and the hash of the browser that asked."""
    row = {"digest": digest, "address": address, "browser": browser, "made_at": now, "used_at": None}
    upsert(tx, sign_ins, [row], key=["digest"], update=[])


def asked_since(tx: Connection, address: str, since: datetime, *, browser: str = "") -> int:
    """How many links this address has been sent since then; with ``browser`` (a hash) those it asked for."""
    query = select(func.count()).where(sign_ins.c.address == address, sign_ins.c.made_at >= since)
    if browser:
        query = query.where(sign_ins.c.browser == browser)
    return tx.execute(query).scalar_one()


def address_of_link(tx: Connection, digest: str, browser: str, *, since: datetime) -> str | None:
    """For whom an unused link is that was made since then by this browser; None: it is no way in."""
    query = select(sign_ins.c.address).where(*_usable(digest, browser, since))
    return tx.execute(query).scalar_one_or_none()


def use_link(tx: Connection, digest: str, browser: str, *, since: datetime, now: datetime) -> bool:
    """Use it up. False when somebody was quicker, or it is no way in."""
    used = update(sign_ins).where(*_usable(digest, browser, since)).values(used_at=now)
    return tx.execute(used).rowcount == 1


def _usable(digest: str, browser: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    made = sign_ins.c
    return (made.digest == digest, made.browser == browser, made.used_at.is_(None), made.made_at >= since)


def open_session(tx: Connection, session: Session) -> None:
    """Keep a session under the hash of its cookie."""
    row = {
        "digest": session.key,
        "address": session.address,
        "role": session.role.value,
        "made_at": session.made_at,
        "seen_at": session.seen_at,
    }
    tx.execute(insert(sessions).values(row))


def session_of(tx: Connection, key: str, *, made_since: datetime, seen_since: datetime) -> Session | None:
    """The session behind a cookie's hash, unless it was made or seen too long ago."""
    row = tx.execute(_SESSION, {"key": key, "made": made_since, "seen": seen_since}).one_or_none()
    return Session(row.digest, row.address, Role(row.role), row.made_at, row.seen_at) if row else None


def touch(tx: Connection, key: str, now: datetime) -> None:
    """The session was seen."""
    tx.execute(update(sessions).where(sessions.c.digest == key).values(seen_at=now))


def end_session(tx: Connection, key: str) -> None:
    """Sign this browser out."""
    tx.execute(delete(sessions).where(sessions.c.digest == key))


def forget_old(tx: Connection, now: datetime, *, links: timedelta, made: timedelta) -> None:
    """Let go links and sessions that can never be used again."""
    tx.execute(delete(sign_ins).where(sign_ins.c.made_at < now - links))
    tx.execute(delete(sessions).where(sessions.c.made_at < now - made))


def note(tx: Connection, act: Act) -> None:
    """Write a line of the audit log, in the transaction of the act itself."""
    row = {"at": act.at, "by": act.by, "what": act.what, "about": act.about, "details": act.details}
    tx.execute(insert(acts).values(row))


def log(
    tx: Connection, *, about: str = "", before: int | None = None, limit: int = 50
) -> list[tuple[int, Act]]:
    """Lines of the log with their numbers, newest first; of one thing alone with ``about``."""
    query = select(acts).order_by(acts.c.id.desc()).limit(limit)
    if about:
        query = query.where(acts.c.about == about)
    if before is not None:
        query = query.where(acts.c.id < before)
    return [(r.id, Act(r.at, r.by, r.what, r.about, r.details)) for r in tx.execute(query)]
