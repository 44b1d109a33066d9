"""Put what is kept into today's words before it is compared: a new normaliser or reader alerts nobody.

Works from the stored bytes and fetches nothing. A Version whose bytes are missing is left as it was written.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from pipeline.model.documents import DocumentState, Part, Record, Version
from pipeline.model.looks import Look
from pipeline.steps.indexing import reread_version
from pipeline.store import bodies, versions
from pipeline.store.database import Database
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.words.normalise import NORMALISER

DEPARTED = (DocumentState.GONE, DocumentState.MOVED)

Stored = Callable[[str], bytes | None]  # bytes by their hex SHA-256
Reread = Callable[[Version, Stored, Collection[str]], tuple[Record, tuple[Part, ...]] | None]


def in_todays_words(db: Database, version: Version, look: Look, reread: Reread) -> Version:
    """A Version of an older normaliser as it reads today, and kept so; any other one as it is.

    Files that ``look`` has, too, are not read again: the same bytes are the same file.
    """
    if version.normaliser == NORMALISER:
        return version

    def stored(sha256: str) -> bytes | None:
        with db.begin() as tx:
            return bodies.fetch(tx, sha256)

    again = reread(version, stored, {part.sha256 for part in look.parts})
    if again is None:
        return replace(version, fingerprint=fingerprint(version.record, version.parts))
    record, parts = again
    if version.record.state in DEPARTED:  # the bytes are those of the page while it was there
        record = departed(version.record, record)
    now = fingerprint(record, parts)
    with db.begin() as tx:
        reread_version(tx, version.id, record, parts)
        versions.rewrite(tx, version.id, fingerprint=now, normaliser=NORMALISER, record=record, parts=parts)
    return replace(version, record=record, parts=parts, fingerprint=now, normaliser=NORMALISER)


def carried_in_todays_words(look: Look, version: Version) -> Look:
    """A part that a Look carries over from the last Version has that Version's words, as they are today."""
    words = {(part.kind, part.key, part.sha256): part.blocks for part in version.parts if part.sha256}
    parts = (
        replace(part, blocks=words.get((part.kind, part.key, part.sha256), part.blocks))
        for part in look.parts
    )
    return replace(look, parts=tuple(parts))


def departed(leaving: Record, last: Record) -> Record:
    """A removal says nothing of the text: what was last known of it stays, under the new state."""
    return replace(
        last,
        state=leaving.state,
        state_note=leaving.state_note,
        moved_to=leaving.moved_to,
        system_updated=leaving.system_updated,
    )
