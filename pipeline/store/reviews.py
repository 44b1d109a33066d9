"""Reviews: every word of an editor on a Story, kept, and how each Story stands by the last of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from pipeline.model.digests import Approval
from pipeline.model.reviews import Act, Review, Standing
from pipeline.store import approvals
from pipeline.store.mailing_tables import reviews
from pipeline.store.stories import StoryRow
from pipeline.store.tables import drafts, stories


@dataclass(frozen=True, slots=True)
class StoryStanding:
    """A Story with an editor's last word on it. ``drafted_at`` is when its newest Draft was made, aware UTC.

    ``newer`` says that there is a Draft which is newer than the approval or than that last word.
    """

    story: StoryRow
    standing: Standing
    drafted_at: datetime
    review: Review | None = None
    approval: Approval | None = None
    newer: bool = False


def note(tx: Connection, review: Review) -> None:
    """Keep an editor's word."""
    row = {
        "story_id": review.story_id,
        "at": review.at,
        "by": review.by,
        "act": review.act.value,
        "why": review.why,
    }
    tx.execute(insert(reviews).values(row))


def of_story(tx: Connection, story_id: int) -> list[Review]:
    """What editors said of a Story, oldest first."""
    query = select(reviews).where(reviews.c.story_id == story_id).order_by(reviews.c.id)
    return [Review(r.story_id, r.at, r.by, Act(r.act), r.why) for r in tx.execute(query)]


def last_acts(tx: Connection, story_ids: Collection[int]) -> dict[int, Act]:
    """The last word on each of these Stories that has one."""
    latest = select(func.max(reviews.c.id)).where(reviews.c.story_id.in_(list(story_ids)))
    query = select(reviews.c.story_id, reviews.c.act).where(
        reviews.c.id.in_(latest.group_by(reviews.c.story_id))
    )
    return {row.story_id: Act(row.act) for row in tx.execute(query)}


def standings(tx: Connection, *, since: datetime | None = None) -> list[StoryStanding]:
    """Every Story that has a Draft, with how it stands, oldest first.

    With ``since`` only those whose newest Draft was made from then on, and all that are approved or lapsed.
    """
    last = {
        row.story_id: Review(row.story_id, row.at, row.by, Act(row.act), row.why)
        for row in tx.execute(
            select(reviews).where(
                reviews.c.id.in_(select(func.max(reviews.c.id)).group_by(reviews.c.story_id))
            )
        )
    }
    approved = {one.story_id: one for one in approvals.counting(tx)}
    query = (
        select(stories, drafts.c.made_at)
        .join(drafts, (drafts.c.story_id == stories.c.id) & (drafts.c.revision == stories.c.drafted))
        .order_by(stories.c.id)
    )
    found = []
    for row in tx.execute(query):
        values = row._asdict()
        drafted_at = values.pop("made_at")
        story = StoryRow(**values)
        one = _standing(story, drafted_at, last.get(story.id), approved.get(story.id))
        kept = one.standing in (Standing.APPROVED, Standing.LAPSED)
        if since is None or kept or drafted_at >= since:
            found.append(one)
    return found


def standing_of(tx: Connection, story_id: int) -> StoryStanding | None:
    """How one Story stands; None when there is none, or it has no Draft yet."""
    return next((one for one in standings(tx) if one.story.id == story_id), None)


def _standing(
    story: StoryRow, drafted_at: datetime, review: Review | None, approval: Approval | None
) -> StoryStanding:
    if review is None or review.act is Act.REOPEN:
        return StoryStanding(story, Standing.WAITING, drafted_at, review)
    if review.act is Act.APPROVE and approval is not None:
        state = Standing.LAPSED if approval.lapsed_at else Standing.APPROVED
        newer = story.drafted > approval.revision
        return StoryStanding(story, state, drafted_at, review, approval, newer)
    state = Standing.HELD if review.act is Act.HOLD else Standing.REJECTED
    return StoryStanding(story, state, drafted_at, review, approval, drafted_at > review.at)
