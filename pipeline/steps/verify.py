"""Recompute every stored digest: find tampering and rot. Changes nothing.

Reads in small batches, each in a short transaction, so that a watching daemon is not kept waiting.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.store import bodies, changes, documents, versions
from pipeline.store.database import Database
from pipeline.store.versions import VersionRow
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.words.normalise import NORMALISER

BATCH = 100
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it was written: where, what, and what to do about it."""

    where: str
    what: str
    advice: str


@dataclass(slots=True)
class Verified:
    """How much was recomputed. ``older`` Versions were written by an earlier normaliser: digest only."""

    bodies: int = 0
    versions: int = 0
    older: int = 0
    let_go: int = 0
    changes: int = 0


def verify(db: Database, progress: Progress = lambda _words: None) -> tuple[Verified, list[Flaw]]:
    """Return the counts and every flaw, in the order of the tables."""
    done = Verified()
    flaws = [*_bodies(db, done, progress), *_versions(db, done, progress), *_ledger(db, done)]
    return done, flaws


def _bodies(db: Database, done: Verified, progress: Progress) -> Iterator[Flaw]:
    last = ""
    while True:
        with db.begin() as tx:
            rows = bodies.all_after(tx, last, BATCH)
        if not rows:
            return
        for row in rows:
            done.bodies += 1
            if not row.sound:
                advice = "restore the database from a backup, or let the page be fetched again"
                yield Flaw(f"raw bytes {row.sha256}", "they no longer have their digest", advice)
        last = rows[-1].sha256
        progress(f"{done.bodies} raw bodies recomputed")


def _versions(db: Database, done: Verified, progress: Progress) -> Iterator[Flaw]:
    with db.begin() as tx:
        kept = bodies.hashes(tx)
    last = 0
    while True:
        with db.begin() as tx:
            rows = versions.all_after(tx, last, BATCH)
            urls = documents.urls(tx, {row.document_id for row in rows})
        if not rows:
            return
        for row in rows:
            done.versions += 1
            yield from _version(row, urls.get(row.document_id, "?"), kept, done)
        last = rows[-1].id
        progress(f"{done.versions} versions recomputed")


def _version(row: VersionRow, url: str, kept: set[str], done: Verified) -> Iterator[Flaw]:
    where = f"version {row.id} of {url}"
    backup = "restore the database from a backup"
    if not row.packed and not row.digest:
        done.let_go += 1
        return
    if not row.sound:
        yield Flaw(where, "its text is not what was written", backup)
        return
    version = row.opened()
    if row.normaliser != NORMALISER:
        done.older += 1
    elif fingerprint(version.record, version.parts) != row.fingerprint:
        yield Flaw(where, "its fingerprint does not fit its text", backup)
    for part in version.parts:
        if part.sha256 and part.sha256 not in kept:
            name = part.title or part.key or "the page"
            yield Flaw(where, f"the raw bytes of “{name}” are missing ({part.sha256})", backup)


def _ledger(db: Database, done: Verified) -> Iterator[Flaw]:
    backup = "restore the database from a backup"
    with db.begin() as tx:  # versions on both sides: a daemon may write one meanwhile
        earlier = versions.ids(tx)
        steps = changes.steps(tx)
        newest = documents.newest_versions(tx)
        known = versions.ids(tx)
    for change_id, before, after in steps:
        done.changes += 1
        for version in (before, after):
            if version and version not in known:
                yield Flaw(f"change {change_id}", f"it names version {version}, which is missing", backup)
    for version in sorted(newest - known):
        words = f"it names version {version}, which is missing"
        yield Flaw("a document's newest state", words, backup)
    for version in sorted((earlier & known) - {after for _, _, after in steps}):
        yield Flaw(f"version {version}", "the ledger does not say how it came about", backup)
