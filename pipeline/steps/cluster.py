"""Give each Change that is owed to people its Story. One announcement, one Story.

What is one announcement is judged in placing.py. What was read is written in one transaction; a Change that
somebody else gave a Story meanwhile is left alone. A Story that grew is owed another mail, except by a copy;
the pages that come late to a storm are told together.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from pipeline.steps.kindred import kin_of, speaking
from pipeline.steps.placing import Place, Storm, placed
from pipeline.store import changes, stories
from pipeline.store.changes import Fate, LedgerLine
from pipeline.store.database import Database

STORM = 10  # Documents with the very same edit
STORM_LASTS = timedelta(days=1)
STORY_LIVES = timedelta(days=14)  # after it was opened, or has grown
LATE = timedelta(hours=1)  # the longest that a page that came late to a storm waits for others


def cluster(db: Database, now: datetime) -> int:
    """Give each owed Change a Story. Returns how many Stories are told for it, anew or again."""
    with db.begin() as tx:
        owed = changes.with_fate(tx, [Fate.OWED])
        lives = {story.id: story for story in stories.living(tx, now - STORY_LIVES)} if owed else {}
        known = changes.of_stories(tx, lives) if lives else []
        storms = _storms(tx, owed, now)
    places: Sequence[Place] = ()
    if owed:
        news = [kin_of(db, line) for line in owed]
        knowns = [kin_of(db, line) for line in speaking(known)]
        homes = {line.change.document_id: line.story_id for line in known if line.story_id}
        places = placed(news, knowns, homes=homes, storms=storms)
    with db.begin() as tx:
        told = _written(tx, places, now)
        return told + _late_pages(tx, now)


def _storms(tx: Connection, owed: Sequence[LedgerLine], now: datetime) -> dict[str, Storm]:
    """The edits among what is owed that were made to too many pages to be told one by one."""
    found = {}
    for edit in sorted({line.change.findings.edit for line in owed} - {""}):
        same = changes.with_edit(tx, edit, now - STORM_LASTS)
        pages = len({line.change.document_id for line in same})
        if pages >= STORM:
            story = stories.storm(tx, edit, now - STORM_LASTS)
            found[edit] = Storm(edit, pages, story.id if story else None)
    return found


def _written(tx: Connection, places: Sequence[Place], now: datetime) -> int:
    """Write down where each Change belongs. A Story's revision is raised once, however many have joined."""
    still = {line.change.id for line in changes.with_fate(tx, [Fate.OWED])}
    opened: dict[int, int] = {}  # the Stories of this turn, by the number that placing gave them
    raised: dict[int, int] = {}  # the revision in which a Story tells what joins it now
    for place in places:
        change = place.line.change
        if change.id not in still:
            continue
        known = (
            stories.home_of(tx, place.story_id) if place.story_id else None
        )  # an editor may have merged it
        story_id = known or opened.get(place.opens)
        if story_id is None:
            main = None if place.storm else place.main
            edit = place.storm.edit if place.storm else ""
            story_id = stories.open_story(tx, place.title, now, edit=edit, main_document_id=main)
            opened[place.opens] = story_id
            raised[story_id] = 1
        elif story_id not in raised and not place.copy and not place.storm:
            stories.raise_revision(tx, story_id)
            raised[story_id] = stories.get(tx, story_id).revision
        _join(tx, place, story_id, raised.get(story_id), now)
    return len(raised)


def _join(tx: Connection, place: Place, story_id: int, revision: int | None, now: datetime) -> None:
    story = stories.get(tx, story_id)
    if revision is None and place.storm:  # a page that comes late to a storm waits for others
        stories.wait(tx, story_id, now)
        revision = story.revision + 1
    told_in = revision if revision is not None else story.revision
    words, copy = place.words, place.copy
    changes.join(tx, place.line.change.id, story_id, told_in=told_in, words=words, is_copy=copy)
    if not place.storm:
        main = place.main or story.main_document_id
        stories.grow(tx, story_id, now, main_document_id=main)


def _late_pages(tx: Connection, now: datetime) -> int:
    """Tell of the late pages of a storm when they are as many as were told, or have waited for an hour."""
    told = 0
    for story in stories.waiting_storms(tx):
        lines = changes.of_story(tx, story.id)
        late = sum(line.told_in > story.revision for line in lines)
        waited = now - (story.waits_since or now)
        if late >= len(lines) - late or waited >= LATE:
            stories.raise_revision(tx, story.id)
            told += 1
    return told
