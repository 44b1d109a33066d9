"""Let the team in: by a link mailed to an address on the team list, once, in the browser that asked.

Says nothing about whether an address is on the list. Holds no password and speaks no HTTP.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.compose_watch import compose_sign_in
from alerts.steps.alerting import message_ids
from pipeline.model.desk import Act, Role, Session
from pipeline.store import deliveries, desk
from pipeline.store.database import Database

LINK_LASTS = timedelta(minutes=10)
IDLE = timedelta(hours=12)
SESSION_LASTS = timedelta(days=7)
MOST_LINKS = 5  # an hour and address: nobody can flood an editor
TOUCH_EVERY = timedelta(minutes=5)  # a page costs a write no more often


@dataclass(frozen=True, slots=True)
class Team:
    """Who may come in: address in small letters, and role. Whoever leaves the list is out at once."""

    roles: Mapping[str, Role]

    @classmethod
    def of(cls, editors: Sequence[str], operators: Sequence[str]) -> "Team":
        """An operator may do all that an editor may."""
        listed = {address.casefold(): Role.EDITOR for address in editors}
        return cls({**listed, **{address.casefold(): Role.OPERATOR for address in operators}})


def new_key() -> str:
    """256 random bits for a cookie or a link (RFC 4648, section 5)."""
    return secrets.token_urlsafe(32)


def ask_for_link(
    db: Database,
    team: Team,
    address: str,
    browser: str,
    *,
    known: bool = False,
    site: str,
    next_page: str,
    domain: str,
    now: datetime,
) -> bool:
    """Owe a mail with a link, if ``address`` is on the list and has not asked too often. Tell nobody which.

    ``browser`` is the cookie of the browser that asks; ``next_page`` a path of the desk. ``known``: this
    browser was let in as this person before. It is counted by itself, so that no stranger who asks on and
    on can keep her out.
    """
    plain = _plain(address)
    token = new_key()
    mail = compose_sign_in(f"{site}/desk/enter/{token}?next={next_page}", minutes=10)
    key = f"sign-in:{_hash(token)[:40]}"
    with db.begin() as tx:  # for strangers, too: whoever must wait for the lock is not on the list by that
        own = _hash(browser) if known else ""
        asked = desk.asked_since(tx, plain, now - timedelta(hours=1), browser=own)
        if plain not in team.roles or asked >= MOST_LINKS:
            return False
        desk.keep_link(tx, digest=_hash(token), address=plain, browser=_hash(browser), now=now)
        deliveries.owe(tx, key, mail, message_ids(key, mail, [plain], domain, now), now)
    return True


def may_enter(db: Database, team: Team, token: str, browser: str, now: datetime) -> str | None:
    """The address that this link signs in; changes nothing, so that a mail scanner may open it."""
    with db.look() as tx:
        found = desk.address_of_link(tx, _hash(token), _hash(browser), since=now - LINK_LASTS)
    return found if found in team.roles else None


def enter(db: Database, team: Team, token: str, browser: str, now: datetime) -> str | None:
    """Use the link up and open a session; the new cookie, or None when the link is no way in."""
    cookie = new_key()
    with db.begin() as tx:
        address = desk.address_of_link(tx, _hash(token), _hash(browser), since=now - LINK_LASTS)
        if address is None or address not in team.roles:
            return None
        if not desk.use_link(tx, _hash(token), _hash(browser), since=now - LINK_LASTS, now=now):
            return None
        _open(tx, team, address, cookie, now)
    return cookie


def enter_without_mail(db: Database, team: Team, address: str, now: datetime) -> str:
    """A session for the demonstration, which has no mailbox. KeyError for who is not on the list."""
    cookie = new_key()
    with db.begin() as tx:
        _open(tx, team, address.casefold(), cookie, now)
    return cookie


def who(db: Database, team: Team, cookie: str, now: datetime) -> Session | None:
    """Whose session a cookie is; None when it is over, or its owner has left the list or changed role."""
    if not cookie or len(cookie) > 100:
        return None
    key = _hash(cookie)
    with db.look() as tx:
        found = desk.session_of(tx, key, made_since=now - SESSION_LASTS, seen_since=now - IDLE)
    if found is None or team.roles.get(found.address) is not found.role:
        return None
    if now - found.seen_at >= TOUCH_EVERY:
        with db.begin() as tx:
            desk.touch(tx, key, now)
    return found


def leave(db: Database, session: Session, now: datetime) -> None:
    """Sign this browser out."""
    with db.begin() as tx:
        desk.end_session(tx, session.key)
        desk.note(tx, Act(now, session.address, "signed out", "desk"))


def _open(tx: Connection, team: Team, address: str, cookie: str, now: datetime) -> None:
    session = Session(_hash(cookie), address, team.roles[address], now, now)
    desk.open_session(tx, session)
    desk.forget_old(tx, now, links=timedelta(days=1), made=SESSION_LASTS)
    desk.note(tx, Act(now, address, "signed in", "desk"))


def _plain(address: str) -> str:
    return address.replace("\0", "").strip().casefold()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
