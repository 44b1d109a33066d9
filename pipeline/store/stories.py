"""Stories and their Drafts. A Story's revision says which Draft and which Alert it is owed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from pipeline.model.drafts import Draft
from pipeline.store.packing import from_json, to_json
from pipeline.store.tables import drafts, stories
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A Story: ``drafted`` and ``alerted`` are the revisions that have a Draft and an Alert."""

    id: int
    title: str
    opened_at: datetime
    revision: int
    drafted: int
    alerted: int


def open_story(tx: Connection, title: str, now: datetime) -> int:
    """Open a Story at revision 1 and return its id."""
    values = {"title": title, "opened_at": now, "revision": 1, "drafted": 0, "alerted": 0}
    key = tx.execute(insert(stories).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def get(tx: Connection, story_id: int) -> StoryRow:
    """The Story with this id; KeyError when there is none."""
    row = tx.execute(select(stories).where(stories.c.id == story_id)).one_or_none()
    if row is None:
        raise KeyError(story_id)
    return StoryRow(**row._asdict())


def undrafted(tx: Connection) -> list[StoryRow]:
    """Stories whose revision has no Draft yet, oldest first."""
    query = select(stories).where(stories.c.drafted < stories.c.revision).order_by(stories.c.id)
    return [StoryRow(**row._asdict()) for row in tx.execute(query)]


def unalerted(tx: Connection) -> list[StoryRow]:
    """Stories whose Draft is made and whose Alert is not, oldest first."""
    query = select(stories).where(stories.c.alerted < stories.c.drafted).order_by(stories.c.id)
    return [StoryRow(**row._asdict()) for row in tx.execute(query)]


def keep_draft(tx: Connection, story: StoryRow, draft: Draft, now: datetime) -> None:
    """Keep the Draft of a Story's revision. A second one for the same revision is dropped."""
    row = {
        "story_id": story.id,
        "revision": story.revision,
        "made_at": now,
        "content": to_json(draft),
    }
    upsert(tx, drafts, [row], key=["story_id", "revision"], update=[])
    tx.execute(update(stories).where(stories.c.id == story.id).values(drafted=story.revision))


def draft_of(tx: Connection, story_id: int, revision: int) -> Draft:
    """The Draft of a Story's revision; KeyError when there is none."""
    query = select(drafts.c.content).where(drafts.c.story_id == story_id, drafts.c.revision == revision)
    content = tx.execute(query).scalar()
    if content is None:
        raise KeyError((story_id, revision))
    return from_json(content, Draft)


def mark_alerted(tx: Connection, story: StoryRow) -> None:
    """This revision has its Alert: call it in the transaction that owes the Deliveries."""
    tx.execute(update(stories).where(stories.c.id == story.id).values(alerted=story.drafted))
