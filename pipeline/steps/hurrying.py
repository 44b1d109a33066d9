"""Ask for a digest before its hour, and take that back. It leaves five minutes later; mails nobody itself.

It is an edition of its own, of the day on which it leaves: what is approved later comes at the usual hour. A
press that the watch was not there to follow lapses: nobody is mailed on account of what was wanted yesterday.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from pipeline.store import memory
from pipeline.store.memory import Remembered
from pipeline.text.words.dates import LONDON

EARLY = "early:"
WAIT = timedelta(minutes=5)  # in which whoever pressed by mistake can take it back
LAPSES = timedelta(hours=6)


def ask_early(tx: Connection, plan: str, by: str, now: datetime) -> bool:
    """Ask for it. False when somebody has asked already: the five minutes do not begin again."""
    if asked_early(tx, plan, now) is not None:
        return False
    memory.keep(tx, EARLY + plan, by, now)
    return True


def asked_early(tx: Connection, plan: str, now: datetime) -> Remembered | None:
    """Who has asked, and when; None when nobody has, or when it has lapsed."""
    asked = memory.recall(tx, EARLY + plan)
    return asked if asked and now - asked.kept_at < LAPSES else None


def take_back(tx: Connection, plan: str) -> bool:
    """It leaves at its hour after all. False when nobody had asked, or it has left."""
    return memory.forget(tx, EARLY + plan)


def early_day(tx: Connection, plan: str, now: datetime) -> date | None:
    """The day (London) of the edition that is to be put together now; None when none is."""
    asked = asked_early(tx, plan, now)
    return now.astimezone(LONDON).date() if asked and now - asked.kept_at >= WAIT else None
