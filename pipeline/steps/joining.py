"""Merge two Stories into one, or give a document of a Story a Story of its own: an editor's word.

One transaction each, with its line in the log. Deliveries stay as they are, and nothing is told twice: a
Change that a mail has told of keeps that; one that waits for its mail still gets it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from pipeline.model.desk import Act
from pipeline.store import approvals, changes, desk, documents, inbox, stories
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow

ELSEWHERE = 0  # the revision that tells a Change which another Story's mail has told
JOINED = "an editor put it here"


class Joining(StrEnum):
    """What became of the word."""

    DONE = "done"
    NO_STORY = "no story"
    SAME = "same"  # a Story cannot go into itself
    MERGED = "merged"  # one of the two has gone into another Story already
    STORM = "storm"  # the same edit on many pages: it has no main document to be merged by
    NO_DOCUMENT = "no document"  # the Story does not hold it
    ONLY_ONE = "only one"  # it is all that the Story holds


def merge_stories(db: Database, story_id: int, into: int, *, by: str, now: datetime) -> Joining:
    """Put all that one Story holds into another. The approval of the merged one lapses, with words."""
    if story_id == into:
        return Joining.SAME
    with db.begin() as tx:
        try:
            rows = {one: stories.locked(tx, one) for one in sorted((story_id, into))}
        except KeyError:
            return Joining.NO_STORY
        gone, home = rows[story_id], rows[into]
        if gone.merged_into is not None or home.merged_into is not None:
            return Joining.MERGED
        if gone.edit or home.edit:
            return Joining.STORM
        lines = changes.of_story(tx, story_id)
        untold = [line for line in lines if line.told_in > gone.alerted and not line.is_copy]
        if untold:
            stories.raise_revision(tx, into)
        for line in lines:
            told_in = home.revision + 1 if line in untold else ELSEWHERE
            changes.join(tx, line.change.id, into, told_in=told_in, words=JOINED, is_copy=line.is_copy)
        stories.grow(tx, into, now, main_document_id=home.main_document_id or gone.main_document_id)
        stories.mark_merged(tx, story_id, into)
        _lapse(tx, story_id, now, f"{by} merged this Story into Story {into}.")
        inbox.drop(tx, [story_id, into], now)
        desk.note(tx, Act(now, by, "merged", f"story:{into}", f"Story {story_id} went into this one"))
        desk.note(tx, Act(now, by, "merged", f"story:{story_id}", f"into Story {into}"))
    return Joining.DONE


def split_story(
    db: Database, story_id: int, document_id: int, *, by: str, now: datetime
) -> tuple[Joining, int | None]:
    """Give a document of a Story a Story of its own; with the number of that one.

    A document that came with a Story that was merged gets that one back, with its texts and its history.
    The Story that stays gets a new Draft, and so does a new one. An Alert is owed only for what no mail has
    told yet. The approval of the Story that
    stays lapses when it rests on the document.
    """
    with db.begin() as tx:
        try:
            story = stories.locked(tx, story_id)
        except KeyError:
            return Joining.NO_STORY, None
        if story.merged_into is not None:
            return Joining.MERGED, None
        if story.edit:
            return Joining.STORM, None
        lines = changes.of_story(tx, story_id)
        own = [line for line in lines if line.change.document_id == document_id]
        rest = [line for line in lines if line.change.document_id != document_id]
        if not own or not rest:
            return (Joining.ONLY_ONE if own else Joining.NO_DOCUMENT), None
        before = stories.merged_from(tx, story_id, document_id)
        made = _back(tx, story, before, own, now) if before else _opened(tx, story, own, document_id, now)
        _without(tx, story, rest, document_id)
        approval = approvals.newest(tx, story_id)
        if approval and document_id in {document for document, _ in approval.sources}:
            _lapse(tx, story_id, now, f"{by} took “{own[0].title}” out of this Story.")
        inbox.drop(tx, [story_id, made], now)
        desk.note(tx, Act(now, by, "split", f"story:{story_id}", f"“{own[0].title}” is Story {made} now"))
        desk.note(tx, Act(now, by, "split", f"story:{made}", f"out of Story {story_id}"))
    return Joining.DONE, made


def _opened(tx: Connection, story: StoryRow, own: list[LedgerLine], document_id: int, now: datetime) -> int:
    """The new Story: owed a Draft, and an Alert where no mail has told of the document."""
    title = documents.get(tx, document_id).title
    made = stories.open_story(tx, title, now, main_document_id=document_id)
    for number, line in enumerate(own):  # what was a copy of the Story's is its own Story's first word
        copy = line.is_copy and number > 0
        changes.join(tx, line.change.id, made, told_in=1, words="", is_copy=copy)
    told = 0 if _untold(story, own) else 1
    stories.set_told(tx, made, revision=1, drafted=0, alerted=told, main_document_id=document_id)
    return made


def _back(tx: Connection, story: StoryRow, before: StoryRow, own: list[LedgerLine], now: datetime) -> int:
    """The Story that had gone into this one; whoever follows an old link finds it again.

    Its newest Draft stands. It is owed another one only for what was seen since that was made.
    """
    made = stories.drafts_made(tx, before.id)
    told_in = {}
    for number, line in enumerate(own):
        known = bool(made) and line.change.seen_at <= made[0][1]
        told_in[line.change.id] = before.drafted + (0 if known else 1)
        copy = line.is_copy and number > 0
        changes.join(tx, line.change.id, before.id, told_in=told_in[line.change.id], words="", is_copy=copy)
    revision = max(told_in.values())
    untold = [told_in[line.change.id] for line in own if _untold(story, [line])]
    alerted = min(untold) - 1 if untold else revision
    stories.come_back(tx, before.id, now)
    main = before.main_document_id
    stories.set_told(
        tx, before.id, revision=revision, drafted=before.drafted, alerted=alerted, main_document_id=main
    )
    return before.id


def _without(tx: Connection, story: StoryRow, rest: list[LedgerLine], document_id: int) -> None:
    """The Story that stays: another Draft, and no Alert for what was told."""
    main = story.main_document_id
    if main == document_id:
        main = rest[0].change.document_id
    revision = story.revision + 1
    alerted = story.alerted if _untold(story, rest) else revision
    stories.set_told(
        tx, story.id, revision=revision, drafted=story.drafted, alerted=alerted, main_document_id=main
    )


def _untold(story: StoryRow, lines: list[LedgerLine]) -> bool:
    return any(line.told_in > story.alerted and not line.is_copy for line in lines)


def _lapse(tx: Connection, story_id: int, now: datetime, because: str) -> None:
    """The approval holds no more. The team is not mailed about it: one of them did it."""
    approval = approvals.newest(tx, story_id)
    if approval is not None and approvals.lapse(tx, approval.id, now, because):
        approvals.mark_told(tx, approval.id, now)
