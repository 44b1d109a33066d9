"""Settling: a change must last before it is told, so that an editor's slip of ten minutes is not news.

Works inside the caller's transaction. Mails nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from pipeline.model.changes import NOTHING_MORE, Change, ChangeKind, Relevance, Significance, Verdict
from pipeline.model.documents import Part, Record, Version
from pipeline.store import changes, documents, versions
from pipeline.store.changes import Fate
from pipeline.store.database import Database
from pipeline.text.noticing.notice import notice
from pipeline.text.noticing.reversal import as_reversal

PATIENCE = timedelta(hours=1)
UNSEEN_FOR = timedelta(hours=4)  # a page that could not be looked at again is told without a second look


@dataclass(frozen=True, slots=True)
class Settled:
    """The Change to tell after an edit: from the last told state, and since when edits have gone on."""

    change: Change
    since: datetime


def after_edit(
    tx: Connection,
    change: Change,
    *,
    print_now: str,
    record: Record,
    parts: Sequence[Part],
    before: Version | None = None,
    back_to: Version | None = None,
) -> Settled:
    """Join an edit to one that is still settling, so that one mail tells the whole way.

    When the second edit undoes the first, both lapse: the returned Change says that nothing is to tell.
    ``before`` is the Version that was told last (see told_before), in today's words; ``back_to`` the earlier
    Version that the Document has gone back to, if it has.
    """
    waiting = changes.held(tx, change.document_id)
    if waiting is None or waiting.change.from_version is None:
        return Settled(change, change.seen_at)
    changes.set_fate(tx, waiting.change.id, Fate.LAPSED)
    if before is None or before.id != waiting.change.from_version:
        before = versions.get(tx, waiting.change.from_version)
    since = waiting.held_since or waiting.change.seen_at
    noticed = None if before.fingerprint == print_now else notice(before, record, parts)
    if noticed is None:
        return Settled(_undone(change), since)
    if back_to is not None:
        noticed = as_reversal(noticed, back_to)
    note = noticed.public_note or waiting.change.public_note
    joined = replace(
        change,
        relevance=stronger(change.relevance, waiting.change.relevance),
        from_version=before.id,
        kind=noticed.kind,
        details=noticed.details,
        significance=noticed.significance,
        public_note=note,
        findings=noticed.findings,
    )
    return Settled(joined, since)


def told_before(tx: Connection, document_id: int) -> Version | None:
    """The Version from which a Change that is settling will be told; None when nothing is settling."""
    waiting = changes.held(tx, document_id)
    if waiting is None or waiting.change.from_version is None:
        return None
    return versions.get(tx, waiting.change.from_version)


def after_same(tx: Connection, document_id: int, *, now: datetime) -> None:
    """A second look found the Document as the held Change left it: once its time is up, tell it."""
    waiting = changes.held(tx, document_id)
    if waiting is None:
        return
    if waiting.held_until is None or waiting.held_until <= now:
        changes.set_fate(tx, waiting.change.id, Fate.OWED)
    else:
        documents.owe_look(tx, document_id, due_at=waiting.held_until, reason=documents.SETTLING)


def stronger(one: Relevance, other: Relevance) -> Relevance:
    """The verdict of the two that says more about SEND: taking the SEND text out is news about SEND."""
    order = tuple(Verdict)
    return other if order.index(other.verdict) < order.index(one.verdict) else one


def release_overdue(db: Database, now: datetime) -> int:
    """Tell held Changes that could not be looked at again for four hours after their time: never miss one.

    Four, and not one: a page that was cut short and mended during an outage would be told twice over.
    """
    with db.begin() as tx:
        overdue = [
            line
            for line in changes.with_fate(tx, [Fate.HELD])
            if line.held_until is not None and line.held_until + UNSEEN_FOR <= now
        ]
        for line in overdue:
            changes.set_fate(tx, line.change.id, Fate.OWED)
    return len(overdue)


def _undone(change: Change) -> Change:
    words = ("A change that was seen earlier was undone before it was told.",)
    return replace(
        change,
        kind=ChangeKind.RELABELLED,
        details=words,
        significance=Significance.TYPOGRAPHICAL,
        findings=NOTHING_MORE,
    )
