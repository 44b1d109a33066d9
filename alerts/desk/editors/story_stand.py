"""How a Story stands, for the head of its page: which words are approved, and which digests they go into.

Reads only. What is said here is what the digest will hold, whatever the form below it holds.
"""

from dataclasses import dataclass

from alerts.desk.editors.guarding import Visit
from pipeline.model.digests import ApprovedItem
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.reviews import Standing
from pipeline.steps.due_plans import due_at, next_day
from pipeline.steps.stopping import stopped_plans
from pipeline.steps.story_seen import StorySeen
from pipeline.store import told
from pipeline.text.words.dates import at_time, in_full

HELD_UP = "stopped"


@dataclass(frozen=True, slots=True)
class Stand:
    """``other`` is what is approved where the form holds other words; ``goes`` and ``gone`` are digests."""

    other: ApprovedItem | None
    goes: tuple[str, ...]
    gone: tuple[str, ...]
    approved: bool


def stand_of(visit: Visit, seen: StorySeen) -> Stand:
    """Look at the approval, and at the digests that have had it or are to have it."""
    standing = seen.standing
    approval = standing.approval if standing else None
    approved = bool(standing and standing.standing is Standing.APPROVED)
    plans = visit.desk.site.facts.plans
    titles = {plan.key: plan.title for plan in plans}
    with visit.desk.db.look() as tx:
        had = told.in_digests(tx, seen.story.id)
        revision = approval.revision if approved and approval else seen.story.drafted
        taken = told.taken_by(tx, seen.story.id, revision)
        stopped = stopped_plans(tx)
    return Stand(
        other=approval.item if approved and approval and _differs(approval.item, seen) else None,
        goes=tuple(_next(plan, visit, stopped) for plan in plans if plan.key not in taken),
        gone=tuple(f"“{titles.get(plan, plan)}” of {in_full(day)}" for plan, day, _ in had),
        approved=approved,
    )


def _differs(item: ApprovedItem, seen: StorySeen) -> bool:
    return (item.title, item.text) != (seen.text.digest_title, seen.text.digest_text)


def _next(plan: Plan, visit: Visit, stopped: dict[str, str]) -> str:
    if plan.rhythm is Rhythm.STORY:
        when = "five minutes after the approval"
    else:
        when = f"at {at_time(due_at(plan, next_day(plan, visit.now)))}"
    held = f", and {HELD_UP} for now" if plan.key in stopped else ""
    return f"“{plan.title}”, {when}{held}"
