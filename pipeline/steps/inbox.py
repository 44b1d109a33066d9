"""Bring the rows of the inbox up to date with what they are made of. Says nothing to anybody.

Called by each cycle and by the inbox itself. A Story that only an editor's word has moved costs a row; one
with a new Draft is opened and read.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Part, Record
from pipeline.model.inbox import InboxLine, Shelf
from pipeline.model.reviews import Act, Review
from pipeline.steps.item_of_story import publisher_of
from pipeline.steps.kindred import ROTTEN
from pipeline.store import approvals, changes, digests, inbox, reviews, stories, versions
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow
from pipeline.store.versions import VersionRow
from pipeline.text.drafting.digest_deadlines import closing_dates
from pipeline.text.drafting.digest_topics import topics_of
from pipeline.text.papers.key_dates import key_dates
from pipeline.text.papers.kinds import kind_of
from pipeline.text.words.dates import LONDON

logger = logging.getLogger("sendwatch")
AT_ONCE = 200  # Stories in one transaction
ANNOUNCED = frozenset(
    {
        ChangeKind.NEW,
        ChangeKind.UPDATED,
        ChangeKind.WITHDRAWN,
        ChangeKind.GONE,
        ChangeKind.MOVED,
        ChangeKind.RESTORED,
        ChangeKind.CONSULTATION_OPENED,
        ChangeKind.CONSULTATION_CLOSED,
        ChangeKind.OUTCOME_PUBLISHED,
    }
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row is made of, read in one transaction; ``version`` is opened outside it."""

    story: StoryRow
    line: LedgerLine | None
    version: VersionRow | None
    before: InboxLine | None


def fill_inbox(db: Database, now: datetime, *, plan: str, most: int = 2_000) -> int:
    """Bring rows up to date; returns how many Stories have none yet. Makes ``most`` new ones at most.

    ``plan`` is the digest that "in the next digest" speaks of. Nothing has moved: nothing is written.
    """
    with db.look() as tx:
        reached, before = inbox.marks(tx), inbox.marked(tx)
        if before.reached(reached):
            return 0
        missing = inbox.missing(tx)
        waiting = list(dict.fromkeys([*inbox.outdated(tx, before), *missing[:most]]))
    for start in range(0, len(waiting), AT_ONCE):
        _make(db, waiting[start : start + AT_ONCE], now, plan)
    left = max(0, len(missing) - most)
    with db.begin() as tx:
        inbox.mark(tx, replace(reached, whole=left == 0), now)
    return left


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands beside every list: how many lie on each shelf, and whose pages there are."""

    counts: Mapping[Shelf, int]
    publishers: tuple[str, ...]


def overview(db: Database) -> Overview:
    """The same for everybody until something moves, so it is counted once."""
    with db.look() as tx:
        turn = inbox.marked(tx).turn
    return _overview(db, turn)


@lru_cache(maxsize=4)
def _overview(db: Database, _turn: int) -> Overview:
    with db.look() as tx:
        return Overview(inbox.count(tx), tuple(inbox.publishers(tx)))


def _make(db: Database, story_ids: list[int], now: datetime, plan: str) -> None:
    with db.look() as tx:
        rows = inbox.known(tx, story_ids)
        found = [_known(tx, story_id, rows.get(story_id)) for story_id in story_ids]
    today = now.astimezone(LONDON).date()
    lines = [_line(one, today, now) for one in found if one.story.merged_into is None]
    with db.begin() as tx:
        assigned = digests.assigned(tx, plan)
        inbox.keep(tx, [_shelved(tx, line, assigned) for line in lines])


def _known(tx: Connection, story_id: int, before: InboxLine | None) -> _Known:
    story = stories.get(tx, story_id)
    if before is not None and before.revision == story.drafted and before.title == story.title:
        return _Known(story, None, None, before)
    lines = changes.of_story(tx, story_id)
    told = [line for line in lines if not line.is_copy] or lines
    if not told:
        return _Known(story, None, None, before)
    own = [line for line in told if line.change.document_id == story.main_document_id] or told
    try:
        return _Known(story, told[-1], versions.row_of(tx, own[-1].change.to_version), before)
    except KeyError:
        return _Known(story, told[-1], None, before)


def _line(one: _Known, today: date, now: datetime) -> InboxLine:
    story, line = one.story, one.line
    if line is None:
        if one.before is not None:
            return one.before
        return InboxLine(
            story.id, Shelf.NEW, story.drafted, story.title, "", "", "", "", frozenset(), story.opened_at
        )
    record, parts = _opened(one.version, line)
    deadlines = closing_dates(key_dates(record, parts, after=now), record.title, today)
    kind = kind_of(record, parts, holds_letter=False)
    change = line.change
    return InboxLine(
        story_id=story.id,
        shelf=Shelf.NEW,
        revision=story.drafted,
        title=story.title,
        kind=change.kind.value,
        document_type=record.document_type,
        publisher=publisher_of(record),
        source=line.source,
        topics=topics_of(kind, record, record.title, changes=(change.kind,), deadlines=len(deadlines)),
        seen_at=change.seen_at,
        deadline=deadlines[0].day if deadlines else None,
    )


def _opened(version: VersionRow | None, line: LedgerLine) -> tuple[Record, tuple[Part, ...]]:
    try:
        if version is not None and version.packed:
            opened = version.opened()
            return opened.record, opened.parts
    except ROTTEN:
        logger.exception("what is kept of %s cannot be read", line.url)
    return Record(url=line.url, title=line.title), ()


def _shelved(tx: Connection, line: InboxLine, assigned: dict[tuple[int, int], str]) -> InboxLine:
    """The row on its shelf: by the last word on the Story, and by whether its approval holds."""
    said = reviews.of_story(tx, line.story_id)
    last = said[-1] if said else None
    fresh = Shelf.NEW if not line.kind or ChangeKind(line.kind) in ANNOUNCED else Shelf.QUIET
    if last is None:
        return replace(line, shelf=fresh, by="", by_at=None)
    shelf = _shelf(tx, line, last, fresh, assigned)
    return replace(line, shelf=shelf, by=last.by, by_at=last.at)


def _shelf(
    tx: Connection, line: InboxLine, last: Review, fresh: Shelf, assigned: dict[tuple[int, int], str]
) -> Shelf:
    if last.act is Act.REOPEN:
        return Shelf.WAITING
    if last.act is Act.APPROVE:
        approval = approvals.newest(tx, line.story_id)
        if approval is None or approval.lapsed_at is not None:
            return Shelf.LAPSED
        if line.revision > approval.revision:
            return Shelf.UPDATE
        return Shelf.APPROVED if (line.story_id, approval.revision) in assigned else Shelf.NEXT
    if line.seen_at > last.at:  # it has news that this editor has not seen
        return fresh
    return Shelf.HELD if last.act is Act.HOLD else Shelf.REJECTED
