"""Sources, Entries, Documents, Parts and Versions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipeline.model.blocks import Block, ReadStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed or search result: a lead to follow, not yet a fact.

    ``updated`` is the system date (last index write), ``public`` the date shown to readers; aware UTC.
    ``content_id`` is GOV.UK's identity, else the feed's guid, else empty. ``text`` is what the line
    itself holds (title, summary, body of a blog post), used for matching only.
    """

    url: str
    title: str
    updated: datetime | None = None
    public: datetime | None = None
    content_id: str = ""
    document_type: str = ""
    organisations: tuple[str, ...] = ()
    taxons: tuple[str, ...] = ()
    text: str = ""


class DocumentState(StrEnum):
    LIVE = "live"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    MOVED = "moved"


class PartKind(StrEnum):
    PAGE = "page"
    CHILD = "child"  # an HTML publication below a GOV.UK page
    FILE = "file"  # an attachment in a native format


@dataclass(frozen=True, slots=True)
class Part:
    """The page itself, one HTML child or one attached file, as read.

    ``key`` is stable while the part stays the same thing: "" for the page, the path of a child, the
    attachment's title or position for a file. ``sha256`` is of the raw bytes. ``size`` is in bytes.
    ``etag`` and ``last_modified`` are the stored validators.
    """

    kind: PartKind
    key: str
    url: str
    title: str
    status: ReadStatus
    sha256: str
    size: int
    blocks: tuple[Block, ...] = ()
    format: str = ""
    filename: str = ""
    etag: str = ""
    last_modified: str = ""
    note: str = ""
    pages: int = 0
    written: datetime | None = None  # the publisher's last write of a child, aware UTC


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """One line of a GOV.UK change history: when (aware UTC) and the publisher's words."""

    when: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person the publisher links to the document, with the role if the publisher gives one."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of a document as its publisher gives them; everything but the text.

    Dates are aware UTC. ``content_id`` with ``locale`` is the identity on GOV.UK; elsewhere it is the
    guid or the URL. ``system_updated`` is the publisher's last write and never proves a change.
    """

    url: str
    title: str
    content_id: str = ""
    locale: str = "en"
    description: str = ""
    document_type: str = ""
    schema_name: str = ""
    state: DocumentState = DocumentState.LIVE
    state_note: str = ""  # withdrawal or removal explanation, in plain text
    moved_to: str = ""
    first_published: datetime | None = None
    public_updated: datetime | None = None
    system_updated: datetime | None = None
    publishers: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    taxons: tuple[str, ...] = ()  # titles
    links: tuple[str, ...] = ()  # "taxons:<content id>" and the like, sorted
    change_notes: tuple[ChangeNote, ...] = ()  # newest first
    facts: tuple[tuple[str, str], ...] = ()  # the publisher's other dated or named details, sorted by key


@dataclass(frozen=True, slots=True)
class Version:
    """A distinct state of a Document and of its parts. ``fingerprint`` is a hex SHA-256."""

    id: int
    document_id: int
    seen_at: datetime
    fingerprint: str
    normaliser: int
    record: Record
    parts: tuple[Part, ...] = field(default=())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, the page's own first, then each part's in the publisher's order."""
        return tuple(block for part in self.parts for block in part.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """A published thing that lives on through edits. ``identity`` is unique; see Record."""

    id: int
    identity: str
    source: str
    url: str
    title: str
    state: DocumentState
    first_seen: datetime
    last_seen: datetime
    degraded: str = ""  # plain words; empty when the last look was whole
