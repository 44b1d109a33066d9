"""The documents of Changes, with what tells whether they belong together.

Reads rows in short transactions and opens them outside. Decides nothing: that is in
pipeline.text.clustering.kinship.
"""

import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Part, PartKind
from pipeline.store import bodies, versions
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.store.versions import VersionRow
from pipeline.text.clustering.traits import Traits, hrefs_in, traits_of

logger = logging.getLogger("sendwatch")
MOST_KNOWN = 120  # documents of recent Stories that a new one is held against
MOST_LINKS = 2_000
ROTTEN = (zlib.error, msgspec.DecodeError, msgspec.ValidationError, KeyError, UnicodeDecodeError)
_kept: dict[tuple[str, datetime, bool], Traits] = {}


@dataclass(frozen=True, slots=True)
class Kin:
    """A Change with the traits of its document; None when what is kept of it cannot be read any more."""

    line: LedgerLine
    traits: Traits | None


def kin_of(db: Database, line: LedgerLine) -> Kin:
    """Return one Change with its document's traits."""
    try:
        with db.begin() as tx:
            row = versions.row_of(tx, line.change.to_version)
        return Kin(line, _traits(db, row, fresh=line.change.kind is ChangeKind.NEW))
    except ROTTEN:
        logger.exception("what is kept of %s cannot be read: it is told in a Story of its own", line.url)
        return Kin(line, None)


def speaking(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    """The arrival and the newest Change of each Document, oldest first; the newest of them when too many.

    A new document that was edited since is still the new document of its Story.
    """
    found: dict[tuple[int, bool], LedgerLine] = {}
    for line in lines:
        found[line.change.document_id, line.change.kind is ChangeKind.NEW] = line
    return sorted(found.values(), key=lambda line: line.change.id)[-MOST_KNOWN:]


def _traits(db: Database, row: VersionRow, *, fresh: bool) -> Traits:
    """Traits are those of the bytes: kept by their digest, the longest kept let go first."""
    key = (row.digest, row.seen_at, fresh)
    if key not in _kept:
        version = row.opened()
        hrefs = _hrefs(db, version.parts)
        traits = traits_of(version.record, version.parts, seen=version.seen_at, fresh=fresh, hrefs=hrefs)
        while len(_kept) >= MOST_KNOWN:  # a long text costs 0.9 MB
            del _kept[next(iter(_kept))]
        _kept[key] = traits
    return _kept[key]


def _hrefs(db: Database, parts: Sequence[Part]) -> list[str]:
    """The links in the stored bytes of page and children: the blocks hold only their words."""
    found: set[str] = set()
    for part in parts:
        if part.kind is not PartKind.FILE and part.sha256:
            with db.begin() as tx:
                raw = bodies.fetch(tx, part.sha256)
            found |= hrefs_in(raw) if raw else set()
    return sorted(found)[:MOST_LINKS]
