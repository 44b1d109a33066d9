"""Keep what a Look brought: the Document's row, its Version, the raw bytes and their validators.

Works inside the caller's transaction. Compares nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from pipeline.model.changes import Relevance
from pipeline.model.documents import Part
from pipeline.model.looks import Look
from pipeline.steps.indexing import index_version
from pipeline.store import bodies, entries, search, versions
from pipeline.store.documents import DocumentRow
from pipeline.text.words.normalise import NORMALISER


def new_row(look: Look, relevance: Relevance) -> DocumentRow:
    """The row of a Document that is seen for the first time; its id and Version are still to come."""
    record = look.record
    return DocumentRow(
        id=0,
        identity=look.identity,
        source=look.source,
        dialect=look.dialect,
        url=record.url,
        title=record.title,
        state=record.state,
        first_seen=look.seen_at,
        last_seen=look.seen_at,
        system_updated=record.system_updated,
        public_updated=record.public_updated,
        verdict=relevance.verdict,
        degraded=look.degraded,
    )


def seen_row(row: DocumentRow, look: Look, *, version_id: int | None, verdict: str) -> DocumentRow:
    """The row of a known Document after another look; what was owed to it or doubted of it is settled."""
    record = look.record
    return replace(
        row,
        url=record.url or row.url,
        title=record.title or row.title,
        state=record.state,
        last_seen=look.seen_at,
        system_updated=record.system_updated,
        public_updated=record.public_updated,
        version_id=version_id,
        verdict=verdict,
        degraded=look.degraded,
        missing_since=None,
        look_due_at=None,
        look_reason="",
    )


def keep_version(tx: Connection, look: Look, document_id: int, print_now: str) -> int:
    """Keep a new Version with its bytes, its validators and what it is found by; return its id."""
    bodies.keep(tx, look.raw)
    _keep_validators(tx, look.parts, look)
    version_id = versions.insert_new(
        tx,
        document_id=document_id,
        seen_at=look.seen_at,
        fingerprint=print_now,
        normaliser=NORMALISER,
        record=look.record,
        parts=look.parts,
    )
    index_version(
        tx,
        document_id=document_id,
        version_id=version_id,
        seen_at=look.seen_at,
        record=look.record,
        parts=look.parts,
    )
    if look.asked:
        search.keep_address(tx, look.asked, document_id, "page")
    return version_id


def _keep_validators(tx: Connection, parts: Sequence[Part], look: Look) -> None:
    for part in parts:
        if part.sha256 in look.raw:
            given = bodies.Validators(part.url, part.etag, part.last_modified, part.sha256)
            bodies.keep_validators(tx, given, look.seen_at)


def keep_again(tx: Connection, parts: Sequence[Part], look: Look) -> None:
    """Keep the bytes of an unchanged page for the next 304; the sweep lets those go that nothing stands on.

    Without validators there will be no 304, and the Version's own bytes say the same.
    """
    for part in parts:
        if part.sha256 not in look.raw or not (part.etag or part.last_modified):
            continue
        bodies.keep(tx, {part.sha256: look.raw[part.sha256]})
        given = bodies.Validators(part.url, part.etag, part.last_modified, part.sha256)
        bodies.keep_validators(tx, given, look.seen_at)


def answer(tx: Connection, look: Look) -> None:
    """Every listing's word on this page is answered, unless the look was not whole."""
    for url in {look.record.url, look.asked} - {""}:
        if look.degraded:
            entries.fail(tx, url, look.seen_at, look.degraded)
        else:
            entries.answer(tx, url, look.seen_at)
