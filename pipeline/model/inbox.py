"""The inbox of the desk: on which shelf a Story lies, and the line that stands for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.model.digests import Topic


class Shelf(StrEnum):
    """Where a Story lies until an editor moves it, or its page does."""

    NEW = "new"  # nobody has decided, and the publisher announced it
    QUIET = "quiet"  # nobody has decided, and a page changed without a word
    UPDATE = "update"  # there is news of a Story that is approved
    WAITING = "waiting"  # handed back: an editor has looked, and it waits for a decision
    HELD = "held"  # not now
    NEXT = "next"  # approved, and in no digest yet
    APPROVED = "approved"  # approved, and told in a digest
    LAPSED = "lapsed"  # was approved, and a page that it cites has changed since
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One Story in the inbox. ``seen_at`` and ``by_at`` are aware UTC, ``deadline`` a day in London.

    ``kind`` is that of the newest Change, ``document_type`` as the publisher names it.
    """

    story_id: int
    shelf: Shelf
    revision: int
    title: str
    kind: str
    document_type: str
    publisher: str
    source: str
    topics: frozenset[Topic]
    seen_at: datetime
    deadline: date | None = None
    by: str = ""
    by_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What an editor looks for; empty means all. ``since`` and ``until`` (left out) are aware UTC."""

    shelves: tuple[Shelf, ...] = ()
    topic: Topic | None = None
    source: str = ""
    publisher: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of lines, newest first. ``counts`` are of the whole inbox, ``found`` of what was looked for."""

    lines: tuple[InboxLine, ...]
    found: int
    counts: Mapping[Shelf, int]
