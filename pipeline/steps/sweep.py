"""Retention: let the text of old Versions go, and the raw bytes that nothing stands on any more.

What an Alert cites, or will, is never let go, nor the newest Version of a Document. That a Version was, and
when, stays in the ledger. Works in short transactions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.steps.indexing import let_text_go
from pipeline.store import bodies, changes, documents, versions
from pipeline.store.database import Database

BATCH = 200


@dataclass(frozen=True, slots=True)
class Swept:
    """How many Versions and how many raw bodies were let go."""

    versions: int
    bodies: int


def sweep_old(db: Database, *, keep: timedelta, now: datetime) -> Swept:
    """Let go the Versions that are older than ``keep`` and cited by nothing, and all bytes under no Version.

    A ``keep`` of zero keeps every Version.
    """
    if not keep:
        return Swept(0, _unused_bodies(db))
    with db.begin() as tx:
        held = changes.cited_versions(tx) | documents.newest_versions(tx)
        old = [version for version in versions.old_ids(tx, now - keep) if version not in held]
    for start in range(0, len(old), BATCH):
        with db.begin() as tx:
            for version_id in old[start : start + BATCH]:
                let_text_go(tx, version_id)
                versions.let_go(tx, version_id)
    return Swept(len(old), _unused_bodies(db))


def _unused_bodies(db: Database) -> int:
    with db.begin() as tx:
        loose = bodies.hashes(tx)  # before the Versions: what is kept meanwhile is not among them
    last = 0
    while True:
        with db.begin() as tx:
            rows = versions.all_after(tx, last, BATCH)
        if not rows:
            break
        for row in rows:
            if row.packed:
                loose -= {part.sha256 for part in row.opened().parts}
        last = rows[-1].id
    with db.begin() as tx:
        newer = [row.opened() for row in versions.all_after(tx, last, BATCH)]  # written while we counted
        loose -= {part.sha256 for version in newer for part in version.parts}
        loose -= bodies.vouched_for(tx)
        bodies.let_go(tx, sorted(loose))
    return len(loose)
