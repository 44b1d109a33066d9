"""Changes, verdicts, and how a change is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.facts import FactChange, ThreeWay


class ChangeKind(StrEnum):
    """What happened between two Versions. A Change has one as its headline and all that fit in its findings.

    A publication that its publisher retracts is ``gone`` when it was taken down, ``withdrawn`` when it stays
    up under a notice; either can be ``restored``.
    """

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
    REVERSED = "reversed"  # the content is again what it was before an earlier change
    TITLE_CHANGED = "title_changed"
    CHILD_CHANGED = "child_changed"  # the text of an HTML child
    CONSULTATION_OPENED = "consultation_opened"
    CONSULTATION_CLOSED = "consultation_closed"
    DEADLINE_MOVED = "deadline_moved"
    OUTCOME_PUBLISHED = "outcome_published"
    NOTE_EDITED = "note_edited"  # only the change history moved: recorded, never alerted
    RELABELLED = "relabelled"  # only tags or links moved: recorded, never alerted


class Significance(StrEnum):
    """How much a Change matters, the heaviest first."""

    SUBSTANTIVE = "substantive"
    MINOR = "minor"
    TYPOGRAPHICAL = "typographical"

    @property
    def place(self) -> int:
        """0 for the heaviest: to sort by."""
        return tuple(Significance).index(self)


def heaviest(first: Significance, *others: Significance) -> Significance:
    """The one that matters most."""
    return min(first, *others, key=lambda one: one.place) if others else first


class Verdict(StrEnum):
    """Whether a document is about SEND, from the strongest yes to no."""

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
    """A verdict with its score and its evidence, strongest first; and to whom the document applies.

    ``nations``: England, Wales, Scotland, Northern Ireland, or UK for all; ``phases``: early years, school,
    post-16. Empty: the document does not say. ``section`` names what concerns SEND in a partial document.
    """

    verdict: Verdict
    score: float
    evidence: tuple[Evidence, ...] = ()
    nations: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What lies below the headline of a Change: every kind that fits, the facts, the three-way verdict.

    ``edit`` is the same for Changes that take out and put in the very same words, empty where none were;
    a template that rolls over a hundred pages shows by it.
    """

    kinds: tuple[ChangeKind, ...] = ()
    facts: tuple[FactChange, ...] = ()
    verdict: ThreeWay | None = None
    edit: str = ""


NOTHING_MORE = Findings()


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
    findings: Findings = NOTHING_MORE


ALERTED: frozenset[ChangeKind] = frozenset(ChangeKind) - {
    ChangeKind.BASELINE,
    ChangeKind.NOTE_EDITED,
    ChangeKind.RELABELLED,
}
