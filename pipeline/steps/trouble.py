"""What a failed look leaves behind: the last good state, plain words, and a later try.

A failure is never taken for a removal. Removal needs a positive sign, or two 404s an hour apart
(the sources' contract, section 0, rule 5). Fetches nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from pipeline.model.documents import DocumentState, Record
from pipeline.model.looks import Look
from pipeline.store import documents, entries
from pipeline.store.database import Database
from pipeline.store.documents import DocumentRow

SURE_AFTER = timedelta(hours=1)
TRY_AGAIN = timedelta(minutes=15)


def note_failure(db: Database, url: str, words: str, now: datetime) -> None:
    """A look at ``url`` failed: mark the Document degraded in plain words and owe it another look."""
    with db.begin() as tx:
        entries.fail(tx, url, now, words)
        row = documents.by_url(tx, url)
        if row is not None:
            _degrade(tx, row, words, now + TRY_AGAIN)


def note_not_found(db: Database, url: str, now: datetime) -> Look | None:
    """A 404: the first is a doubt, a second at least an hour later is a removal.

    Returns the Look that says so, for intake; None while it is a doubt or was never known.
    """
    with db.begin() as tx:
        entries.fail(tx, url, now, "the list names it, but the page could not be found (404)")
        row = documents.by_url(tx, url)
        if row is None or row.state is DocumentState.GONE:
            return None
        if row.missing_since is not None and now - row.missing_since >= SURE_AFTER:
            return _removal(row, now)
        since = row.missing_since or now
        words = "The page could not be found (404). It counts as removed if that is still so in an hour."
        _degrade(tx, replace(row, missing_since=since), words, since + SURE_AFTER)
    return None


def _degrade(tx: Connection, row: DocumentRow, words: str, look_at: datetime) -> None:
    reason = row.look_reason or "the last look failed"
    documents.save(tx, replace(row, degraded=words, look_due_at=look_at, look_reason=reason))


def _removal(row: DocumentRow, now: datetime) -> Look:
    record = Record(url=row.url, title=row.title, state=DocumentState.GONE, system_updated=row.system_updated)
    return Look(row.source, row.identity, row.dialect, now, record, ())
