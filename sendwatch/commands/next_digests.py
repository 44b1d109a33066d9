"""Say in plain words what happens next to an approved item, and when. Changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.model.digests import Approval
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.collect import UNDO, first_seen, previous_digest
from pipeline.steps.due_plans import day_owed, due_at, next_day
from pipeline.steps.stopping import stopped_by
from pipeline.store import digests
from pipeline.store.database import Database
from pipeline.text.words.dates import at_time


def what_next(db: Database, plans: Sequence[Plan], approval: Approval, now: datetime) -> list[str]:
    """A line for each plan: when its subscribers get the item, or in which digest they had it."""
    lines = []
    pair = (approval.story_id, approval.revision)
    with db.begin() as tx:
        for plan in plans:
            had = digests.assigned(tx, plan.key).get(pair)
            stopped = stopped_by(tx, plan.key)
            if had is not None:
                lines.append(f"  {plan.title}: it was in {had} already, and is not sent again.")
            elif stopped:
                lines.append(f"  {plan.title}: stopped by {stopped}; it goes when that is released.")
            elif plan.rhythm is Rhythm.STORY:
                lines.append(f"  {plan.title}: it leaves at {at_time(now + UNDO)}, or soon after.")
            else:
                newest = previous_digest(tx, plan.key, now)
                owed = day_owed(plan, newest.day if newest else None, first_seen(tx, plan.key, now), now)
                when = "within a minute" if owed else f"at {at_time(due_at(plan, next_day(plan, now)))}"
                lines.append(f"  {plan.title}: it goes {when}.")
    return lines or ["  No digest is declared in schedules.yaml: it goes nowhere."]
