"""Changes, verdicts, and how a change is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened between two Versions; the headline one when several did."""

    BASELINE = "baseline"  # first crawl of a source: recorded, never alerted
    NEW = "new"
    UPDATED = "updated"
    QUIETLY_UPDATED = "quietly_updated"
    ATTACHMENT_REPLACED = "attachment_replaced"
    ATTACHMENT_ADDED = "attachment_added"
    ATTACHMENT_REMOVED = "attachment_removed"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    MOVED = "moved"
    RESTORED = "restored"
    NOTE_EDITED = "note_edited"  # only the change history moved: recorded, never alerted
    RELABELLED = "relabelled"  # only tags or links moved: recorded, never alerted


class Significance(StrEnum):
    SUBSTANTIVE = "substantive"
    MINOR = "minor"
    TYPOGRAPHICAL = "typographical"


class Verdict(StrEnum):
    RELEVANT = "relevant"
    PARTIAL = "partial"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a verdict: the term or tag, the field it stands in, and the words around it."""

    term: str
    where: str  # title, description, body, attachment, taxon, publisher
    weight: float
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Relevance:
    """A verdict with its score and its evidence, strongest first."""

    verdict: Verdict
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """The step between two Versions. Unique by (from_version, to_version)."""

    id: int
    document_id: int
    from_version: int | None
    to_version: int
    seen_at: datetime  # aware UTC
    kind: ChangeKind
    details: tuple[str, ...]  # plain sentences, for mail and ledger
    significance: Significance
    public_note: str
    relevance: Relevance


ALERTED: frozenset[ChangeKind] = frozenset(ChangeKind) - {
    ChangeKind.BASELINE,
    ChangeKind.NOTE_EDITED,
    ChangeKind.RELABELLED,
}
