"""Stories and their Drafts. A Story's revision says which Draft and which Alert it is owed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from pipeline.model.drafts import Draft
from pipeline.store.packing import from_json, to_json
from pipeline.store.tables import drafts, stories
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A Story: ``drafted`` and ``alerted`` are the revisions that have a Draft and an Alert.

    ``edit`` is the mark of a storm and empty for any other Story. ``waits_since`` says since when a storm
    has pages that nobody was told of. ``merged_into`` is the Story that holds its Changes now.
    """

    id: int
    title: str
    opened_at: datetime
    revision: int
    drafted: int
    alerted: int
    edit: str = ""
    main_document_id: int | None = None
    grown_at: datetime | None = None
    waits_since: datetime | None = None
    merged_into: int | None = None


def open_story(
    tx: Connection, title: str, now: datetime, *, edit: str = "", main_document_id: int | None = None
) -> int:
    """Open a Story at revision 1 and return its id."""
    values = {
        "title": title,
        "opened_at": now,
        "revision": 1,
        "drafted": 0,
        "alerted": 0,
        "edit": edit,
        "main_document_id": main_document_id,
        "grown_at": now,
    }
    key = tx.execute(insert(stories).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def get(tx: Connection, story_id: int) -> StoryRow:
    """The Story with this id; KeyError when there is none."""
    row = tx.execute(select(stories).where(stories.c.id == story_id)).one_or_none()
    if row is None:
        raise KeyError(story_id)
    return StoryRow(**row._asdict())


def home_of(tx: Connection, story_id: int) -> int:
    """The Story itself, or the one that it was merged into, however often."""
    seen: set[int] = set()
    while story_id not in seen:
        seen.add(story_id)
        query = select(stories.c.merged_into).where(stories.c.id == story_id)
        story_id = tx.execute(query).scalar() or story_id
    return story_id


def locked(tx: Connection, story_id: int) -> StoryRow:
    """The Story, which nobody else changes until this transaction ends; KeyError when there is none."""
    row = tx.execute(select(stories).where(stories.c.id == story_id).with_for_update()).one_or_none()
    if row is None:
        raise KeyError(story_id)
    return StoryRow(**row._asdict())


def set_told(
    tx: Connection, story_id: int, *, revision: int, drafted: int, alerted: int, main_document_id: int | None
) -> None:
    """Say which Draft and which Alert a Story is owed after its documents were joined or parted."""
    values = {
        "revision": revision,
        "drafted": drafted,
        "alerted": alerted,
        "main_document_id": main_document_id,
    }
    tx.execute(update(stories).where(stories.c.id == story_id).values(values))


def mark_merged(tx: Connection, story_id: int, into: int) -> None:
    """This Story has gone into another one, and is owed nothing."""
    owed = {"revision": stories.c.drafted, "alerted": stories.c.drafted, "waits_since": None}
    tx.execute(update(stories).where(stories.c.id == story_id).values(merged_into=into, **owed))


def merged_from(tx: Connection, into: int, document_id: int) -> StoryRow | None:
    """The newest Story about this document that went into another one; None when none did."""
    here = (stories.c.merged_into == into, stories.c.main_document_id == document_id)
    row = tx.execute(select(stories).where(*here).order_by(stories.c.id.desc()).limit(1)).one_or_none()
    return StoryRow(**row._asdict()) if row else None


def come_back(tx: Connection, story_id: int, now: datetime) -> None:
    """A Story that had gone into another one is one of its own again."""
    tx.execute(update(stories).where(stories.c.id == story_id).values(merged_into=None, grown_at=now))


def living(tx: Connection, since: datetime) -> list[StoryRow]:
    """Stories other than storms that were opened or have grown since then, oldest first."""
    last = func.coalesce(stories.c.grown_at, stories.c.opened_at)
    here = (stories.c.edit == "", stories.c.merged_into.is_(None), last >= since)
    query = select(stories).where(*here).order_by(stories.c.id)
    return [StoryRow(**row._asdict()) for row in tx.execute(query)]


def storm(tx: Connection, edit: str, since: datetime) -> StoryRow | None:
    """The newest storm of this edit that was opened or has grown since then."""
    last = func.coalesce(stories.c.grown_at, stories.c.opened_at)
    query = select(stories).where(stories.c.edit == edit, last >= since).order_by(stories.c.id.desc())
    row = tx.execute(query.limit(1)).one_or_none()
    return StoryRow(**row._asdict()) if row else None


def waiting_storms(tx: Connection) -> list[StoryRow]:
    """Storms with pages that nobody was told of yet."""
    query = select(stories).where(stories.c.waits_since.is_not(None)).order_by(stories.c.id)
    return [StoryRow(**row._asdict()) for row in tx.execute(query)]


def grow(tx: Connection, story_id: int, now: datetime, *, main_document_id: int | None) -> None:
    """A Change has joined: the Story lives on from now, and this is its main Document."""
    values = {"grown_at": now, "main_document_id": main_document_id}
    tx.execute(update(stories).where(stories.c.id == story_id).values(values))


def wait(tx: Connection, story_id: int, now: datetime) -> None:
    """A page has joined a storm, and is told with others; since when the first of them has waited."""
    since = func.coalesce(stories.c.waits_since, now)
    tx.execute(update(stories).where(stories.c.id == story_id).values(waits_since=since, grown_at=now))


def raise_revision(tx: Connection, story_id: int) -> None:
    """The Story is owed another Draft and another Alert. Whatever waited in it is told with them."""
    values = {"revision": stories.c.revision + 1, "waits_since": None}
    tx.execute(update(stories).where(stories.c.id == story_id).values(values))


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
    later = (stories.c.id == story.id, stories.c.drafted < story.revision)
    tx.execute(update(stories).where(*later).values(drafted=story.revision))


def draft_of(tx: Connection, story_id: int, revision: int) -> Draft:
    """The Draft of a Story's revision; KeyError when there is none."""
    query = select(drafts.c.content).where(drafts.c.story_id == story_id, drafts.c.revision == revision)
    content = tx.execute(query).scalar()
    if content is None:
        raise KeyError((story_id, revision))
    return from_json(content, Draft)


def drafts_made(tx: Connection, story_id: int) -> list[tuple[int, datetime]]:
    """Revision and moment of each Draft of a Story, the newest first."""
    query = select(drafts.c.revision, drafts.c.made_at).where(drafts.c.story_id == story_id)
    return [(row.revision, row.made_at) for row in tx.execute(query.order_by(drafts.c.revision.desc()))]


def mark_alerted(tx: Connection, story: StoryRow) -> None:
    """This revision has its Alert: call it in the transaction that owes the Deliveries."""
    later = (stories.c.id == story.id, stories.c.alerted < story.drafted)
    tx.execute(update(stories).where(*later).values(alerted=story.drafted))


def opened_between(tx: Connection, since: datetime, until: datetime) -> int:
    """How many Stories were opened in this time."""
    within = (stories.c.opened_at >= since, stories.c.opened_at <= until)
    return int(tx.execute(select(func.count()).select_from(stories).where(*within)).scalar_one())
