"""Notice that the secret for links is another one: a keyed mark of it lies in the database.

Without it nobody would notice that ``secret.key`` was left out of a restore: a new one is made by itself,
links in old mails end, and the suppression list matches nobody, so that an import could bring back who was
erased. The secret cannot be read back from the mark.
"""

import hashlib
import hmac
import logging
from datetime import datetime

from pipeline.model.errors import ConfigError
from pipeline.store import memory
from pipeline.store.database import Database

logger = logging.getLogger("sendwatch")
KEY = "mark of the secret"
CHANGED = "the secret for links is not the one that this database was used with"
REMEDY = (
    "put back secret.key (or SENDWATCH_SECRET) from your backup; if the old one is lost, or you have changed "
    "it on purpose: sendwatch subscribers new-secret"
)


def is_the_same(db: Database, secret: str) -> bool:
    """Whether the database was used with this secret, or with none so far. Changes nothing."""
    with db.look() as tx:
        kept = memory.recall(tx, KEY)
    return kept is None or hmac.compare_digest(kept.value, _mark(secret))


def note_secret(db: Database, secret: str, now: datetime) -> bool:
    """Keep the mark of the first secret that is used. False, and nothing is kept, when it is another now."""
    with db.begin() as tx:
        kept = memory.recall(tx, KEY)
        if kept is None:
            memory.keep(tx, KEY, _mark(secret), now)
            return True
    return hmac.compare_digest(kept.value, _mark(secret))


def warn_of_another_secret(db: Database, secret: str, now: datetime) -> None:
    """Say so in the log; mail to the team goes on all the same."""
    if not note_secret(db, secret, now):
        logger.error("%s: %s", CHANGED, REMEDY)


def refuse_another_secret(db: Database, secret: str, now: datetime) -> None:
    """Raise ConfigError when the secret is another one than before."""
    if not note_secret(db, secret, now):
        raise ConfigError(f"{CHANGED}: {REMEDY}")


def accept_secret(db: Database, secret: str, now: datetime) -> None:
    """From now on this secret is the one."""
    with db.begin() as tx:
        memory.keep(tx, KEY, _mark(secret), now)


def _mark(secret: str) -> str:
    return hmac.new(secret.encode(), b"the mark of the secret for links", hashlib.sha256).hexdigest()
