"""All that a Draft and an Alert of a Story rest on, put together once for both.

Rows are read in one short transaction; they are opened and compared outside it. What cannot be read any more
is said in words: it never keeps the rest from people.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Part, Record, Version
from pipeline.model.redlines import Noticed, Redline
from pipeline.steps.kindred import ROTTEN
from pipeline.store import changes, versions
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow
from pipeline.store.versions import VersionRow
from pipeline.text.noticing.blocks import redline_between

logger = logging.getLogger("sendwatch")
MOST_DOCUMENTS = 12  # of one Story that are told with all they are
NOT_READABLE = "What is kept of this page cannot be read any more: please read the page itself."
NOT_COMPARABLE = "The text from before the change cannot be read any more: please compare the page by hand."


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a Story. ``news`` are its Changes that no mail has told yet, oldest first."""

    line: LedgerLine
    record: Record
    main: bool
    news: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """The Change that a mail is about, with the document as it is now, and what else the Story holds.

    ``members`` are the documents of a Story that has several, the main one first; ``others`` the further
    pages of a storm. ``again`` says that a mail told of this Story before. ``broken`` says what could not be
    read; then there can be no draft.
    """

    line: LedgerLine
    record: Record
    parts: tuple[Part, ...]
    noticed: Noticed | None
    members: tuple[Member, ...] = ()
    others: tuple[LedgerLine, ...] = ()
    news: int = 1  # documents that this mail is the first to tell of
    again: bool = False
    broken: str = ""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a mail is about: a Change, and the earliest one of the same document that goes with it."""

    line: LedgerLine
    first: LedgerLine
    newest: LedgerLine


def story_facts(db: Database, story: StoryRow, revision: int) -> StoryFacts:
    """Return the facts of a Story as of one revision. Raises LookupError for a Story without Changes."""
    with db.look() as tx:
        lines = [line for line in changes.of_story(tx, story.id) if line.told_in <= revision]
        chosen = _chosen(story, lines)
        shown = [] if story.edit else _documents(story, lines)
        wanted = {line.change.to_version for line in (chosen.newest, *shown)}
        wanted |= {chosen.first.change.from_version or 0} - {0}
        rows = {version: row for version in wanted if (row := _row(tx, version))}
    version = _opened(rows, chosen.newest)
    news = {line.change.document_id for line in _news(story, lines)}
    noticed, broken = _noticed(rows, chosen, version)
    line = chosen.line
    return StoryFacts(
        line=line,
        record=version.record if version else Record(url=line.url, title=line.title),
        parts=version.parts if version else (),
        noticed=noticed,
        members=_members(story, lines, shown, rows) if len(shown) > 1 else (),
        others=tuple(one for one in lines if one.change.id != line.change.id) if story.edit else (),
        news=len(news),
        again=story.alerted > 0,
        broken=broken,
    )


def _chosen(story: StoryRow, lines: Sequence[LedgerLine]) -> _Chosen:
    """A known document that changed goes before the main document, which is told again as it stands."""
    news = _news(story, lines)
    about = news[-1]
    if not story.edit:
        mains = [line for line in lines if line.change.document_id == story.main_document_id] or [about]
        edited = [line for line in news if line.change.kind is not ChangeKind.NEW]
        arrived = {line.change.document_id for line in news if line.change.kind is ChangeKind.NEW}
        edited = [line for line in edited if line.change.document_id not in arrived]
        if edited:
            about = next((line for line in reversed(edited) if line in mains), edited[-1])
        else:
            about = next((line for line in mains if line.change.kind is ChangeKind.NEW), mains[-1])
    same = [line for line in lines if line.change.document_id == about.change.document_id]
    untold = [line for line in same if line in news] or [about]
    first = untold[0] if about.change.kind is not ChangeKind.NEW else about
    newest = same[-1] if about.change.kind is ChangeKind.NEW else about
    return _Chosen(about, first, newest)


def _news(story: StoryRow, lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    if not lines:
        raise LookupError(f"Story {story.id} has no Changes")
    untold = [line for line in lines if line.told_in > story.alerted and not line.is_copy]
    return untold or [lines[-1]]


def _documents(story: StoryRow, lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    """The newest Change of each document: the main one first, then in the order they came."""
    newest = {line.change.document_id: line for line in lines}
    order = sorted(newest, key=lambda one: (one != story.main_document_id, list(newest).index(one)))
    return [newest[document_id] for document_id in order][:MOST_DOCUMENTS]


def _members(
    story: StoryRow, lines: Sequence[LedgerLine], shown: Sequence[LedgerLine], rows: Mapping[int, VersionRow]
) -> tuple[Member, ...]:
    news = _news(story, lines)
    found = []
    for line in shown:
        version = _opened(rows, line)
        record = version.record if version else Record(url=line.url, title=line.title)
        own = tuple(one for one in news if one.change.document_id == line.change.document_id)
        arrival = next((one for one in lines if one.change.document_id == line.change.document_id), line)
        main = line.change.document_id == story.main_document_id
        found.append(Member(arrival, record, main, own))
    return tuple(found)


def _noticed(
    rows: Mapping[int, VersionRow], chosen: _Chosen, version: Version | None
) -> tuple[Noticed | None, str]:
    """What changed with its redline, and what could not be read, in words."""
    change = chosen.line.change
    if version is None:
        return None, NOT_READABLE
    before = chosen.first.change.from_version
    if change.kind is ChangeKind.NEW or before is None:
        return None, ""
    redline = _redline(rows.get(before), rows[chosen.newest.change.to_version])
    details = change.details
    if chosen.first.change.id != change.id:
        details = tuple(dict.fromkeys((*change.details, *chosen.first.change.details)))
    noticed = Noticed(change.kind, details, change.significance, change.public_note, redline, change.findings)
    return noticed, "" if redline else NOT_COMPARABLE


@lru_cache(maxsize=32)  # the Draft and the Alert show the same one
def _redline(before: VersionRow | None, after: VersionRow) -> Redline | None:
    try:
        return redline_between(before.opened().parts, after.opened().parts) if before else None
    except ROTTEN:
        logger.exception("version %s cannot be compared", after.id)
        return None


def _opened(rows: Mapping[int, VersionRow], line: LedgerLine) -> Version | None:
    row = rows.get(line.change.to_version)
    try:
        return row.opened() if row else None
    except ROTTEN:
        logger.exception("what is kept of %s cannot be read", line.url)
        return None


def _row(tx: Connection, version_id: int) -> VersionRow | None:
    try:
        return versions.row_of(tx, version_id)
    except KeyError:
        return None
