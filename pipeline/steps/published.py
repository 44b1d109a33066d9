"""What the public may read at any time: approved items that hold, newest first. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.model.digests import ApprovedItem, Deadline
from pipeline.model.reviews import Act
from pipeline.steps.collect import UNDO
from pipeline.store import approvals, reviews
from pipeline.store.database import Database

DEADLINES_OF = timedelta(days=400)  # approvals; nobody names a deadline longer before
PASSED_FOR = timedelta(days=31)  # a deadline stays in the calendar for a while after its day
MOST_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Published:
    """One approved item: the Story's number, and when it was approved (aware UTC)."""

    story_id: int
    at: datetime
    item: ApprovedItem


def published(db: Database, now: datetime, *, most: int) -> list[Published]:
    """The newest ``most`` items, five minutes after their approval: until then an editor can take it back."""
    found = _holding(db, None, now, 4 * most)
    return found[:most]


def deadlines(db: Database, today: date, now: datetime) -> list[tuple[Published, Deadline]]:
    """The deadlines that approved items name, soonest first; those of the last month too."""
    held = _holding(db, now - DEADLINES_OF, now, MOST_LOOKED_AT)
    found = [
        (one, deadline)
        for one in held
        for deadline in one.item.deadlines
        if deadline.day >= today - PASSED_FOR
    ]
    return sorted(found, key=lambda pair: (pair[1].day, pair[0].item.title, pair[0].story_id))


def _holding(db: Database, since: datetime | None, now: datetime, most: int) -> list[Published]:
    with db.look() as tx:
        held = approvals.newest_holding(tx, since=since, until=now - UNDO, most=most)
        acts = reviews.last_acts(tx, [one.story_id for one in held])
    return [Published(o.story_id, o.at, o.item) for o in held if acts.get(o.story_id) is Act.APPROVE]
