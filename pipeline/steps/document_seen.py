"""See one Document as the desk shows it: its Versions, what changed between any two, the bytes it came as.

Reads in short transactions and compares outside them. Changes nothing, and asks no publisher.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime

from pipeline.model.documents import Part, Version
from pipeline.model.redlines import Noticed
from pipeline.steps.kindred import ROTTEN
from pipeline.store import bodies, changes, documents, stories, versions
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.store.documents import DocumentRow
from pipeline.store.versions import LetGo
from pipeline.text.noticing.notice import notice


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One Version, counted from 1, and how it came about. Without ``kept`` retention has let its text go."""

    id: int
    number: int
    seen_at: datetime
    lines: tuple[LedgerLine, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """A Document with its Versions, newest first, and (number, title) of the Stories that it belongs to."""

    row: DocumentRow
    versions: tuple[VersionSeen, ...]
    stories: tuple[tuple[int, str], ...]

    def numbered(self, number: int) -> VersionSeen | None:
        """The Version with this number; None when there is none."""
        return next((one for one in self.versions if one.number == number), None)

    def standing_at(self, when: datetime) -> VersionSeen | None:
        """The Version that stood at an aware moment; None when the Document was not known yet."""
        return next((one for one in self.versions if one.seen_at <= when), None)


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of one Part as the publisher served them."""

    part: Part
    body: bytes


def see_document(db: Database, document_id: int) -> DocumentSeen | None:
    """The Document with this number; None when there is none."""
    with db.look() as tx:
        try:
            row = documents.get(tx, document_id)
        except KeyError:
            return None
        known = versions.dates(tx, document_id)
        textless = versions.without_text(tx, document_id)
        lines = changes.of_document(tx, document_id)
        homes = {stories.home_of(tx, one.story_id) for one in lines if one.story_id is not None}
        told = tuple((home, stories.get(tx, home).title) for home in sorted(homes))
    ways: dict[int, list[LedgerLine]] = {}
    for line in lines:
        ways.setdefault(line.change.to_version, []).append(line)
    seen = [
        VersionSeen(version, number, seen_at, tuple(ways.get(version, ())), version not in textless)
        for number, (version, seen_at) in enumerate(known, start=1)
    ]
    return DocumentSeen(row, tuple(reversed(seen)), told)


def open_version(db: Database, version_id: int) -> Version | None:
    """The Version itself; None when its text was let go or cannot be read any more."""
    with db.look() as tx:
        try:
            row = versions.row_of(tx, version_id)
        except KeyError:
            return None
    try:
        return row.opened() if row.packed else None
    except (*ROTTEN, LetGo):
        return None


def step_between(old: Version, new: Version) -> Noticed | None:
    """What changed from one Version to another, whichever was first; None: a reader sees no difference."""
    return notice(old, new.record, new.parts)


def original(db: Database, version: Version, position: int) -> Original | None:
    """The bytes of the Version's Part at ``position`` (from 0); None when they were let go or never kept."""
    if not 0 <= position < len(version.parts):
        return None
    part = version.parts[position]
    with db.look() as tx:
        try:
            body = bodies.fetch(tx, part.sha256) if part.sha256 else None
        except zlib.error:
            return None
    return Original(part, body) if body is not None else None
