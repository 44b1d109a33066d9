"""Digests: what a named editor approved, gathered for people."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Topic(StrEnum):
    """What a Story is about, as subscribers choose it; the values are the words that they read."""

    LETTERS = "Letters from ministers"
    GUIDANCE = "Guidance"
    CONSULTATIONS = "Consultations and deadlines"
    LAW = "Law and Parliament"
    STATISTICS = "Statistics and inspections"
    FUNDING = "Funding"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which somebody can act, and what for, in the words that the editor approved."""

    day: date
    what: str
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class ApprovedItem:
    """What an editor approved of a Story, to the character: 25 to 70 words of text and one link.

    ``importance`` orders items, heaviest first. Empty ``nations`` or ``phases``: the source names none.
    """

    title: str
    text: str  # paragraphs are parted by a blank line
    link: str
    link_text: str
    publisher: str
    topics: frozenset[Topic]
    nations: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    importance: float = 0.0
    deadlines: tuple[Deadline, ...] = ()
    is_update: bool = False
    others: tuple[tuple[str, str], ...] = ()  # title and address of the Story's other documents: for the desk


@dataclass(frozen=True, slots=True)
class Approval:
    """A named editor approved these exact bytes. It lapses when a document that they rest on changes.

    ``sources`` are (document id, version id) pairs. ``digest`` is the SHA-256 of the item as it is kept.
    """

    id: int
    story_id: int
    revision: int
    at: datetime
    by: str
    item: ApprovedItem
    digest: str
    sources: tuple[tuple[int, int], ...]
    lapsed_at: datetime | None = None
    lapsed_because: str = ""


@dataclass(frozen=True, slots=True)
class BareLink:
    """A Story that no editor has dealt with, in the publisher's own title and nothing more."""

    title: str
    publisher: str
    link: str
    topics: frozenset[Topic]
    nations: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One place in a Digest: an approved item, or a bare link. Unique by (plan, story, revision)."""

    story_id: int
    revision: int
    approval_id: int  # 0 for a bare link
    item: ApprovedItem | None = None
    bare: BareLink | None = None

    @property
    def topics(self) -> frozenset[Topic]:
        held = self.item or self.bare
        return held.topics if held else frozenset()


@dataclass(frozen=True, slots=True)
class Closing:
    """A line of "closing soon": a deadline with the item that names it."""

    deadline: Deadline
    title: str
    link: str
    topics: frozenset[Topic]
    nations: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()


class DigestState(StrEnum):
    GATHERED = "gathered"  # its items are assigned; mails are being owed
    SENDING = "sending"  # every mail is owed
    HELD = "held"  # an editor has stopped it; nothing leaves
    SENT = "sent"  # every mail is sent, failed or withheld
    CANCELLED = "cancelled"
    QUIET = "quiet"  # there was nothing to send


@dataclass(frozen=True, slots=True)
class Digest:
    """The collection of one plan and day (London). ``key`` is ``plan:2026-11-27``, or ``plan:story:7:1``."""

    id: int
    key: str
    plan: str
    day: date
    state: DigestState
    made_at: datetime
    opening: str = ""
    finished_at: datetime | None = None
