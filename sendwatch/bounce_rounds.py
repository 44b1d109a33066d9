"""One look into the mailbox for bounces, by the settings: for the command and for the daemon.

A lock keeps two processes from one mailbox. It is not the lock of crawls: a long crawl holds up nothing.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from alerts.bounces.imap_mailbox import ImapMailbox
from alerts.bounces.keys import Keys
from alerts.bounces.maildir import Maildir
from alerts.smtp_opening import bare_address
from alerts.steps.bouncing import Round, read_bounces, try_bounces
from alerts.tokens import Purpose, Tokens
from pipeline.model.bounces import Outcome
from pipeline.model.errors import ConfigError, TransientError
from pipeline.model.problems import BOUNCES
from pipeline.store import runs
from pipeline.store.database import Database
from pipeline.store.locks import hold
from pipeline.store.suppressions import suppression_hash
from sendwatch.mailing_settings import MailingSettings

logger = logging.getLogger("sendwatch")
LOCK = "bounces"
UNREACHABLE, MANY = "mailbox", "many"


@dataclass(frozen=True, slots=True)
class BounceRoom:
    """What a round works with. ``clock`` gives aware UTC."""

    db: Database
    mailing: MailingSettings
    tokens: Tokens
    clock: Callable[[], datetime]


class AlreadyReading(Exception):
    """Another process is reading the mailbox."""


def one_round(
    room: BounceRoom, *, check: bool = False, believe: bool = False, stop: Callable[[], bool] = lambda: False
) -> Round:
    """Read what waits; with ``check`` only say what would follow.

    Raises ConfigError, TransientError (the mailbox cannot be reached; a Problem is open then) and
    AlreadyReading.
    """
    if not room.mailing.bounces:
        raise ConfigError(
            "SENDWATCH_BOUNCES is not set: write imaps://user:password@host/INBOX or maildir:/…"
        )
    keys = keys_of(room)
    hashing = suppressed_as(room)
    with hold(room.db, LOCK) as mine:
        if not mine:
            raise AlreadyReading
        try:
            with opened_mailbox(room.mailing.bounces) as mailbox:
                if check:
                    return try_bounces(room.db, mailbox, keys, suppressed_as=hashing, now=room.clock())
                done = read_bounces(
                    room.db,
                    mailbox,
                    keys,
                    suppressed_as=hashing,
                    clock=room.clock,
                    believe=believe,
                    stop=stop,
                )
        except TransientError as error:
            if not check:
                _problem(room, UNREACHABLE, f"bounces cannot be read: {error}")
            raise
    _problem(room, UNREACHABLE, "")
    _problem(room, MANY, held_words(done.held) if done.held else "")
    return done


def poll_bounces(room: BounceRoom, stop: Callable[[], bool]) -> None:
    """The daemon's round: logs counts, never an address; what is wrong is a Problem and not an exception."""
    try:
        done = one_round(room, stop=stop)
    except TransientError as error:
        logger.warning("bounces cannot be read: %s", error)
    except AlreadyReading:
        return
    except ConfigError as error:
        _problem(room, UNREACHABLE, str(error))
        logger.warning("bounces are not read: %s", error)
    else:
        if done.read:
            logger.info("bounces: %s", counted(done))
        if done.held:
            logger.warning("%s", held_words(done.held))


def keys_of(room: BounceRoom) -> Keys:
    """How a report is told whom it is about. Raises ConfigError without SENDWATCH_BOUNCE_ADDRESS."""
    given = bare_address(room.mailing.bounce_address)
    if not given:
        raise ConfigError(
            "SENDWATCH_BOUNCE_ADDRESS is not set: without it no bounce can be told from another; write "
            "bounces@charity.example, an address that takes bounces+anything@charity.example, too"
        )
    return Keys(given, lambda token: room.tokens.read(Purpose.LEAVE, token, room.clock()))


def suppressed_as(room: BounceRoom) -> Callable[[str], str]:
    """The keyed hash under which an address stands on the suppression list."""
    return partial(suppression_hash, room.tokens.secret)


def counted(done: Round) -> str:
    """A round in one line of counts."""
    words = [f"{done.outcomes[one]} {one.value}" for one in Outcome if done.outcomes[one]]
    words += [f"{done.held} held back"] if done.held else []
    words += [f"{done.eased} reach their mailbox again"] if done.eased else []
    return ", ".join(words) or "nothing new"


def held_words(held: int) -> str:
    """What to do about more hard bounces than can be believed."""
    return (
        f"{held} hard bounces came at once: they are left unread, since a fault of the mail server that "
        "sends digests looks just like this. If the addresses are truly gone: sendwatch bounces --believe"
    )


@contextmanager
def opened_mailbox(url: str) -> Iterator[Maildir | ImapMailbox]:
    """The mailbox of SENDWATCH_BOUNCES, closed behind the block. Raises TransientError."""
    if urlsplit(url).scheme == "maildir":
        yield Maildir(Path(url.removeprefix("maildir:")))
        return
    mailbox = ImapMailbox(url)
    try:
        yield mailbox
    finally:
        mailbox.close()


def _problem(room: BounceRoom, kind: str, words: str) -> None:
    """Open a Problem with these words, or clear it when there are none."""
    with room.db.begin() as tx:
        if words:
            runs.open_problem(tx, BOUNCES, kind, words, room.clock())
        else:
            runs.clear_problem(tx, BOUNCES, kind, room.clock())
