"""The rows of the inbox: one for each Story, so that twenty thousand are listed in an instant.

They are made of other tables and hold nothing of their own: whatever is lost here is made again. What has
moved since they were made is told by a few numbers, which cost less than a millisecond to look at.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, select

from pipeline.model.digests import Topic
from pipeline.model.inbox import InboxFilter, InboxLine, InboxPage, Shelf
from pipeline.store import memory
from pipeline.store.desk_tables import inbox
from pipeline.store.mailing_tables import approvals, digest_items, reviews
from pipeline.store.packing import from_json, to_json
from pipeline.store.tables import drafts, stories
from pipeline.store.upserts import upsert

KEY = "inbox"
OVERLAP = 200  # numbers that are looked at once more: transactions may end out of their order
_WATCHED = (reviews, approvals, drafts, digest_items)


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the inbox has come: (highest number, how many of the last ones) of each table it is made of."""

    seen: tuple[tuple[int, int], ...] = ()
    lapsed: int = 0
    whole: bool = False
    turn: int = 0  # one more with each change of the inbox

    def reached(self, now: "Marks") -> bool:
        """Whether nothing has moved since."""
        return self.whole and (self.seen, self.lapsed) == (now.seen, now.lapsed)


def marks(tx: Connection) -> Marks:
    """How far the tables have come now: one question, of a few index entries each."""
    row = [int(one) for one in tx.execute(_how_far()).one()]
    return Marks(tuple(zip(row[:-1:2], row[1:-1:2], strict=True)), row[-1], whole=True)


@cache
def _how_far() -> Select[Any]:
    """Every page of the desk asks it: to put it together takes longer than to answer it."""
    asked: list[Any] = []
    for table in (*_WATCHED, stories):
        highest = select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery()
        recent = select(func.count()).select_from(table).where(table.c.id > highest - OVERLAP)
        asked += [highest, recent.scalar_subquery()]
    lapsed = select(func.count()).select_from(approvals).where(approvals.c.lapsed_at.is_not(None))
    return select(*asked, lapsed.scalar_subquery())


def marked(tx: Connection) -> Marks:
    """How far the inbox had come when it was made."""
    kept = memory.recall(tx, KEY)
    return from_json(kept.value, Marks) if kept else Marks()


def mark(tx: Connection, reached: Marks, now: datetime) -> None:
    """Remember how far the inbox has come."""
    memory.keep(tx, KEY, to_json(replace(reached, turn=marked(tx).turn + 1)), now)


def outdated(tx: Connection, before: Marks) -> list[int]:
    """Stories of which something has moved since."""
    found: set[int] = set()
    for table, (last, _) in zip(_WATCHED, before.seen, strict=False):
        query = select(table.c.story_id).where(table.c.id > last - OVERLAP).distinct()
        found.update(tx.execute(query).scalars())
    lapsed = select(approvals.c.story_id).join(inbox, inbox.c.story_id == approvals.c.story_id)
    on_shelf = inbox.c.shelf.in_([Shelf.NEXT.value, Shelf.APPROVED.value, Shelf.UPDATE.value])
    found.update(tx.execute(lapsed.where(approvals.c.lapsed_at.is_not(None), on_shelf)).scalars())
    return sorted(found, reverse=True)


def missing(tx: Connection) -> list[int]:
    """Stories without a row, the newest first."""
    there = select(inbox.c.story_id)
    query = select(stories.c.id).where(stories.c.merged_into.is_(None), stories.c.id.not_in(there))
    return list(tx.execute(query.order_by(stories.c.id.desc())).scalars())


def known(tx: Connection, story_ids: Collection[int]) -> dict[int, InboxLine]:
    """The rows that there are for these Stories."""
    query = select(inbox).where(inbox.c.story_id.in_(list(story_ids)))
    return {row.story_id: _read(row) for row in tx.execute(query)}


def keep(tx: Connection, lines: Sequence[InboxLine]) -> None:
    """Keep these rows."""
    rows = [
        {
            "story_id": line.story_id,
            "shelf": line.shelf.value,
            "revision": line.revision,
            "title": line.title,
            "kind": line.kind,
            "type": line.document_type[:60],
            "publisher": line.publisher,
            "source": line.source,
            "topics": f" {' '.join(sorted(topic.name for topic in line.topics))} ",
            "seen_at": line.seen_at,
            "deadline": line.deadline,
            "by": line.by,
            "by_at": line.by_at,
        }
        for line in lines
    ]
    columns = [column.name for column in inbox.columns if column.name != "story_id"]
    upsert(tx, inbox, rows, key=["story_id"], update=columns)


def drop(tx: Connection, story_ids: Collection[int], now: datetime) -> None:
    """Drop rows, so that they are made anew; what was merged gets none."""
    tx.execute(delete(inbox).where(inbox.c.story_id.in_(list(story_ids))))
    mark(tx, replace(marked(tx), whole=False), now)


def page(
    tx: Connection, wanted: InboxFilter, *, first: int, most: int, counts: Mapping[Shelf, int] | None = None
) -> InboxPage:
    """``most`` lines from the ``first`` one on (0 is the newest). ``counts`` where they are known already."""
    fits = _fits(wanted)
    query = select(inbox).where(*fits).order_by(inbox.c.seen_at.desc(), inbox.c.story_id.desc())
    lines = tuple(_read(row) for row in tx.execute(query.offset(first).limit(most)))
    counts = count(tx) if counts is None else counts
    only_shelves = wanted == InboxFilter(shelves=wanted.shelves)
    if only_shelves:
        found = sum(counts.get(shelf, 0) for shelf in wanted.shelves or Shelf)
    else:
        found = int(tx.execute(select(func.count()).select_from(inbox).where(*fits)).scalar_one())
    return InboxPage(lines, found, counts)


def count(tx: Connection) -> dict[Shelf, int]:
    """How many Stories lie on each shelf."""
    query = select(inbox.c.shelf, func.count()).group_by(inbox.c.shelf)
    return {Shelf(row[0]): int(row[1]) for row in tx.execute(query)}


def newest(tx: Connection, most: int) -> list[InboxLine]:
    """The newest lines of the whole inbox."""
    query = select(inbox).order_by(inbox.c.seen_at.desc(), inbox.c.story_id.desc()).limit(most)
    return [_read(row) for row in tx.execute(query)]


def newest_titles(tx: Connection, most: int) -> list[tuple[int, str]]:
    """(story id, title) of the newest lines of the whole inbox."""
    query = select(inbox.c.story_id, inbox.c.title)
    rows = tx.execute(query.order_by(inbox.c.seen_at.desc(), inbox.c.story_id.desc()).limit(most))
    return [(row[0], row[1]) for row in rows]


def publishers(tx: Connection, most: int = 200) -> list[str]:
    """The publishers that the inbox names, the most frequent first."""
    query = select(inbox.c.publisher).where(inbox.c.publisher != "").group_by(inbox.c.publisher)
    return list(tx.execute(query.order_by(func.count().desc(), inbox.c.publisher).limit(most)).scalars())


def _fits(wanted: InboxFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.shelves:
        found.append(inbox.c.shelf.in_([shelf.value for shelf in wanted.shelves]))
    if wanted.topic is not None:
        found.append(inbox.c.topics.like(f"% {wanted.topic.name} %"))
    if wanted.source:
        found.append(inbox.c.source == wanted.source)
    if wanted.publisher:
        found.append(inbox.c.publisher == wanted.publisher)
    if wanted.since is not None:
        found.append(inbox.c.seen_at >= wanted.since)
    if wanted.until is not None:
        found.append(inbox.c.seen_at < wanted.until)
    return found


def _read(row: Row[tuple[object, ...]]) -> InboxLine:
    return InboxLine(
        story_id=row.story_id,
        shelf=Shelf(row.shelf),
        revision=row.revision,
        title=row.title,
        kind=row.kind,
        document_type=row.type,
        publisher=row.publisher,
        source=row.source,
        topics=frozenset(Topic[name] for name in row.topics.split()),
        seen_at=row.seen_at,
        deadline=row.deadline,
        by=row.by,
        by_at=row.by_at,
    )
