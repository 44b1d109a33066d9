"""Find approvals that hold no more: a document that they rest on says something else than was approved.

Works inside the caller's transaction, so that the very transaction that assigns items to a digest can look
once more. Mails nothing. A comma is no reason; a page that was withdrawn or has gone always is.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.digests import Approval
from pipeline.store import approvals, changes, documents, versions
from pipeline.store.changes import Fate
from pipeline.text.words.dates import at_time

_ENDED = frozenset({ChangeKind.WITHDRAWN, ChangeKind.GONE})
_HAPPENED = {
    ChangeKind.WITHDRAWN: "was withdrawn",
    ChangeKind.GONE: "was taken down",
    ChangeKind.MOVED: "has moved",
    ChangeKind.DEADLINE_MOVED: "has another closing date",
    ChangeKind.CONSULTATION_CLOSED: "has closed",
    ChangeKind.OUTCOME_PUBLISHED: "has its outcome",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that says something else than the Version that was approved, and what, in sentences."""

    document_id: int
    title: str
    url: str
    seen_at: datetime
    happened: str
    details: tuple[str, ...]

    @property
    def words(self) -> str:
        """One sentence for the ledger."""
        more = f": {' '.join(self.details)}" if self.details else "."
        return f"“{self.title}” {self.happened} (seen at {at_time(self.seen_at)}){more}"


def moved_since(tx: Connection, document_id: int, version_id: int) -> Moved | None:
    """What happened to a document since a Version of it; None: nothing that matters, or it is back."""
    row = documents.get(tx, document_id)
    if row.version_id is None or row.version_id == version_id:
        return None
    if versions.fingerprint_of(tx, row.version_id) == versions.fingerprint_of(tx, version_id):
        return None
    weighty = [
        line.change
        for line in changes.of_document(tx, document_id)
        if line.change.to_version > version_id
        and line.fate is not Fate.LAPSED
        and (line.change.significance is not Significance.TYPOGRAPHICAL or line.change.kind in _ENDED)
    ]
    if not weighty:
        return None
    last = weighty[-1]
    details = tuple(dict.fromkeys(sentence for change in weighty for sentence in change.details))
    happened = _HAPPENED.get(last.kind, "has changed")
    return Moved(document_id, row.title, row.url, last.seen_at, happened, details)


def lapse_moved(tx: Connection, now: datetime) -> list[int]:
    """Let each approval lapse whose documents have changed since; returns their ids."""
    standing = approvals.standing_sources(tx)
    newest = documents.version_ids(tx, {document for _, sources in standing for document, _ in sources})
    lapsed = []
    for approval_id, sources in standing:
        changed = [(document, version) for document, version in sources if newest.get(document) != version]
        found = [one for document, version in changed if (one := moved_since(tx, document, version))]
        if found and approvals.lapse(tx, approval_id, now, " ".join(one.words for one in found)):
            lapsed.append(approval_id)
    return lapsed


def what_moved(tx: Connection, approval: Approval) -> list[Moved]:
    """What happened to each document that an approval rests on; empty when all are as they were approved."""
    found = (moved_since(tx, document, version) for document, version in approval.sources)
    return [one for one in found if one]
