"""Preferences, leaving, and being forgotten: what a person may do by the links in their mail.

Leaving asks nothing and always works; what was done already is done. Mails nobody.
"""

from datetime import datetime

from alerts.tokens import Purpose, Tokens
from pipeline.model.subscribers import Held, Preferences, Subscriber, Way
from pipeline.store import forgetting, subscribers
from pipeline.store.database import Database
from pipeline.store.suppressions import FORGOTTEN, suppression_hash


def whose(db: Database, tokens: Tokens, purpose: Purpose, token: str, now: datetime) -> Subscriber | None:
    """The person whom a link for ``purpose`` belongs to; None when it is forged, or they were forgotten."""
    key = tokens.read(purpose, token, now)
    if key is None:
        return None
    with db.begin() as tx:
        return subscribers.by_key(tx, key)


def leave(db: Database, tokens: Tokens, token: str, way: Way, now: datetime) -> bool:
    """The person gets nothing more. False only for a forged link: whoever is gone has left."""
    key = tokens.read(Purpose.LEAVE, token, now)
    if key is None:
        return False
    with db.begin() as tx:
        person = subscribers.by_key(tx, key)
        if person is not None:
            subscribers.leave(tx, person, way, now)
    return True


def change(db: Database, key: str, wishes: Preferences, now: datetime) -> bool:
    """Keep what the person chose. Nations, and digests that are no longer offered, stay as they were."""
    with db.begin() as tx:
        person = subscribers.by_key(tx, key)
        return person is not None and subscribers.change(tx, person, wishes, Way.LINK, now)


def held_about(db: Database, key: str) -> Held | None:
    """All that is held about a person; None when there is no such person."""
    with db.begin() as tx:
        person = subscribers.by_key(tx, key)
        return forgetting.held_about(tx, person) if person else None


def forget(db: Database, tokens: Tokens, key: str, now: datetime) -> bool:
    """Erase a person. False when there is no such person."""
    with db.begin() as tx:
        person = subscribers.by_key(tx, key)
        if person is None:
            return False
        digest = suppression_hash(tokens.secret, person.address)
        forgetting.forget(tx, person, digest, FORGOTTEN, now)
    return True
