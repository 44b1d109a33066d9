"""Decide which day's digest a plan owes. Pure: the ledger's last one and the clock in, a day or nothing out.

Days and hours are London's, so that Friday 12:00 is 12:00 on the wall in summer and in winter (RFC 5545 calls
it local time with a zone). A missed day is made good once; a plan that missed three owes one.
"""

from datetime import UTC, date, datetime, timedelta

from pipeline.model.plans import Plan, Rhythm
from pipeline.text.words.dates import LONDON


def day_owed(plan: Plan, last: date | None, since: datetime, now: datetime) -> date | None:
    """The day (London) whose digest should be made now; None when nothing is owed.

    ``last`` is the day of the plan's newest digest; ``since`` (aware) is when the plan was first seen: a day
    before it is nobody's. For ``Rhythm.STORY`` always None.
    """
    if plan.rhythm is Rhythm.STORY:
        return None
    day = _last_day(plan, now)
    if (last is not None and day <= last) or due_at(plan, day) <= since:
        return None
    return day


def next_day(plan: Plan, now: datetime) -> date:
    """The next day (London) on which the plan falls due, today's while its hour is still to come."""
    day = now.astimezone(LONDON).date()
    while not (_is_day(plan, day) and due_at(plan, day) > now):
        day += timedelta(days=1)
    return day


def due_at(plan: Plan, day: date) -> datetime:
    """When the digest of a day falls due (aware UTC)."""
    return datetime.combine(day, plan.at, LONDON).astimezone(UTC)


def proof_at(plan: Plan, day: date) -> datetime:
    """When the team should have the proof of a day's digest (aware UTC): by the clock on the wall."""
    wall = datetime.combine(day, plan.at) - plan.proof
    return wall.replace(tzinfo=LONDON).astimezone(UTC)


def _last_day(plan: Plan, now: datetime) -> date:
    day = now.astimezone(LONDON).date()
    while not (_is_day(plan, day) and due_at(plan, day) <= now):
        day -= timedelta(days=1)
    return day


def _is_day(plan: Plan, day: date) -> bool:
    return day.weekday() == plan.weekday and (plan.rhythm is Rhythm.WEEK or day.day <= 7)
