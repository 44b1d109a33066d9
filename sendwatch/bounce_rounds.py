"""One look into the mailbox for bounces, by the settings: for the command and for the daemon.

A lock keeps two processes from one mailbox. It is not the lock of crawls: a long crawl holds up nothing.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from alerts.bounces.imap_mailbox import ImapMailbox
from alerts.bounces.keys import Keys
from alerts.bounces.maildir import Maildir
from alerts.steps.bouncing import Round, read_bounces, try_bounces
from alerts.tokens import Purpose
from pipeline.model.bounces import Outcome
from pipeline.model.errors import ConfigError, TransientError
from pipeline.store import runs
from pipeline.store.locks import hold
from sendwatch.wiring import Wiring

logger = logging.getLogger("sendwatch")
JOB = "bounces"  # stands where a source's key would, in Problems
UNREACHABLE, MANY = "mailbox", "many"


class AlreadyReading(Exception):
    """Another process is reading the mailbox."""


def one_round(
    wiring: Wiring, *, check: bool = False, believe: bool = False, stop: Callable[[], bool] = lambda: False
) -> Round:
    """Read what waits; with ``check`` only say what would follow.

    Raises ConfigError, TransientError (the mailbox cannot be reached; a Problem is open then) and
    AlreadyReading.
    """
    if not wiring.settings.mailing.bounces:
        raise ConfigError(
            "SENDWATCH_BOUNCES is not set: write imaps://user:password@host/INBOX or maildir:/…"
        )
    keys = keys_of(wiring)
    hashing = suppressed_as(wiring)
    with hold(wiring.db, JOB) as mine:
        if not mine:
            raise AlreadyReading
        try:
            with _mailbox(wiring) as mailbox:
                if check:
                    return try_bounces(wiring.db, mailbox, keys, suppressed_as=hashing, now=wiring.clock())
                done = read_bounces(
                    wiring.db,
                    mailbox,
                    keys,
                    suppressed_as=hashing,
                    clock=wiring.clock,
                    believe=believe,
                    stop=stop,
                )
        except TransientError as error:
            if not check:
                _problem(wiring, UNREACHABLE, f"bounces cannot be read: {error}")
            raise
    _problem(wiring, UNREACHABLE, "")
    _problem(wiring, MANY, held_words(done.held) if done.held else "")
    return done


def poll_bounces(wiring: Wiring, stop: Callable[[], bool]) -> None:
    """The daemon's round: logs counts, never an address; what is wrong is a Problem and not an exception."""
    try:
        done = one_round(wiring, stop=stop)
    except TransientError as error:
        logger.warning("bounces cannot be read: %s", error)
    except AlreadyReading:
        return
    except ConfigError as error:
        _problem(wiring, UNREACHABLE, str(error))
        logger.warning("bounces are not read: %s", error)
    else:
        if done.read:
            logger.info("bounces: %s", counted(done))
        if done.held:
            logger.warning("%s", held_words(done.held))


def keys_of(wiring: Wiring) -> Keys:
    """How a report is told whom it is about. Raises ConfigError without SENDWATCH_BOUNCE_ADDRESS."""
    given = wiring.settings.mailing.bounce_address.rpartition("<")[2].strip(" >")
    if not given:
        raise ConfigError(
            "SENDWATCH_BOUNCE_ADDRESS is not set: without it no bounce can be told from another; write "
            "bounces@charity.example, an address that takes bounces+anything@charity.example, too"
        )
    return Keys(given, lambda token: wiring.tokens.read(Purpose.LEAVE, token, wiring.clock()))


def suppressed_as(wiring: Wiring) -> Callable[[str], str]:
    """The keyed hash under which an address stands on the suppression list: HMAC-SHA-256 (RFC 2104)."""
    key = f"suppression\0{wiring.tokens.secret}".encode()
    return lambda address: hmac.new(key, address.encode(), hashlib.sha256).hexdigest()


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
def _mailbox(wiring: Wiring) -> Iterator[Maildir | ImapMailbox]:
    url = wiring.settings.mailing.bounces
    if urlsplit(url).scheme == "maildir":
        yield Maildir(Path(url.removeprefix("maildir:")))
        return
    mailbox = ImapMailbox(url)
    try:
        yield mailbox
    finally:
        mailbox.close()


def _problem(wiring: Wiring, kind: str, words: str) -> None:
    """Open a Problem with these words, or clear it when there are none."""
    with wiring.db.begin() as tx:
        if words:
            runs.open_problem(tx, JOB, kind, words, wiring.clock())
        else:
            runs.clear_problem(tx, JOB, kind, wiring.clock())
