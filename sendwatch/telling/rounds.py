"""Tell of each new Alert beside the mail: owed as a row for each channel, tried again like a mail, told once.

Delays no mail, and no channel delays another: each has a lock and a round of its own. Speaks to nobody
itself: how a channel is told is handed in.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.model.retries import wait_after
from pipeline.steps.told_elsewhere import Told, told_of
from pipeline.store import notices
from pipeline.store.database import Database
from pipeline.store.locks import hold
from pipeline.store.notices import Notice

logger = logging.getLogger("sendwatch")
GIVE_UP_AFTER = 20  # tries: about two days
MOST_IN_A_ROUND = 50
MOST_TROUBLES_IN_A_ROUND = 3  # whoever is down is not asked fifty times
LAPSES_AFTER = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why it was not told. ``words`` hold no address and no secret; ``for_good``: it will never be taken."""

    words: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """One that is told. ``key`` is its name in the table and ``title`` what people read: without secrets.

    ``tell`` is given what to tell and the Alert's key, and gives None once it was taken.
    """

    key: str
    title: str
    tell: Callable[[Told, str], Trouble | None] = field(repr=False)


def tell_round(
    db: Database,
    channel: Channel,
    *,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Owe the channel what is new, and tell it what is due. Returns how many were taken.

    Does nothing while another process is at it.
    """
    with hold(db, f"notices-{channel.key.replace(':', '-')}") as mine:
        if not mine:
            return 0
        now = clock()
        with db.begin() as tx:
            notices.owe_new(tx, channel.key, now)
            notices.lapse(tx, now - LAPSES_AFTER)
        taken = troubles = 0
        for _ in range(MOST_IN_A_ROUND):
            with db.look() as tx:
                notice = notices.due(tx, channel.key, clock())
            if notice is None or stop() or troubles == MOST_TROUBLES_IN_A_ROUND:
                break
            told = _tell(db, channel, notice, clock)
            taken += told
            troubles += not told
        return taken


def begin(db: Database, channel: Channel, now: datetime) -> None:
    """Remember where the Alerts stand, so that a channel that is set anew is told of the very next one."""
    with db.begin() as tx:
        notices.owe_new(tx, channel.key, now)


def _tell(db: Database, channel: Channel, notice: Notice, clock: Callable[[], datetime]) -> bool:
    told = told_of(db, notice.key)
    if told is None:
        with db.begin() as tx:
            notices.failed(tx, notice, "what it was about cannot be read any more")
        return False
    trouble = channel.tell(told, notice.key)
    now = clock()
    with db.begin() as tx:
        if trouble is None:
            notices.sent(tx, notice, now)
            return True
        if trouble.for_good or notice.attempts + 1 >= GIVE_UP_AFTER:
            notices.failed(tx, notice, trouble.words)
        else:
            due_at = now + wait_after(notice.attempts + 1)
            notices.again(tx, notice, due_at=due_at, words=trouble.words)
    logger.warning("%s (%s) was not told of %s: %s", channel.title, channel.key, notice.key, trouble.words)
    return False
