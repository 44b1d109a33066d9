"""One Story's item as the next digest of a plan would print it. Reads; approves and assigns nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from pipeline.model.digests import ApprovedItem, Closing, DigestEntry
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.reviews import Standing
from pipeline.steps.collect import CLOSING_WITHIN, approved_entries, closing_soon
from pipeline.steps.due_plans import next_day
from pipeline.steps.item_of_story import NoText, Wording, item_of_story
from pipeline.store import digests, memory, reviews
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow
from pipeline.text.words.dates import LONDON


@dataclass(frozen=True, slots=True)
class ComingItem:
    """The digest of ``day`` (London) as it would be with this item alone: what stands above and below it."""

    entry: DigestEntry
    day: date
    opening: str
    closing: tuple[Closing, ...]


def coming_item(db: Database, plan: Plan, story: StoryRow, wording: Wording, *, now: datetime) -> ComingItem:
    """The item in the words that are approved for it, or else as an approval of ``wording`` would make it.

    Raises NoText without a title or a text, LookupError for a Story without Changes.
    """
    day = now.astimezone(LONDON).date() if plan.rhythm is Rhythm.STORY else next_day(plan, now)
    with db.look() as tx:
        entry = _approved(tx, plan, story, now)
    if entry is None:
        if not (wording.title and wording.text):
            raise NoText
        item = item_of_story(db, story, wording=wording, now=now).item
        entry = DigestEntry(story.id, story.drafted, 0, item)
    with db.look() as tx:
        closing = closing_soon(tx, plan.key, [entry], day, until=now)
        opening = "" if plan.rhythm is Rhythm.STORY else digests.opening(tx, plan.key, day)
    return ComingItem(entry, day, opening, _with_own(closing, entry, day))


def _approved(tx: Connection, plan: Plan, story: StoryRow, now: datetime) -> DigestEntry | None:
    """What the next digest prints for it; or what is approved, where there is no news since."""
    known = memory.recall(tx, f"plan:{plan.key}")
    since = known.kept_at if known else now
    for one in approved_entries(tx, plan, since=since, until=now):
        if one.story_id == story.id:
            return one
    found = reviews.standing_of(tx, story.id)
    approval = found.approval if found and found.standing is Standing.APPROVED and not found.newer else None
    return DigestEntry(story.id, approval.revision, approval.id, approval.item) if approval else None


def _with_own(closing: tuple[Closing, ...], entry: DigestEntry, day: date) -> tuple[Closing, ...]:
    """The deadlines that close soon, with those of an item that is not approved yet."""
    item: ApprovedItem | None = entry.item
    if item is None or entry.approval_id:
        return closing
    own = tuple(
        Closing(one, item.title, item.link, item.topics, item.nations, item.phases)
        for one in item.deadlines
        if day <= one.day <= day + CLOSING_WITHIN
    )
    others = tuple(one for one in closing if one.link != item.link)
    return tuple(sorted(others + own, key=lambda one: (one.deadline.day, one.title)))
