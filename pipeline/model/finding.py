"""Finding: what a person asks of all that was ever captured, and what is found."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.model.documents import DocumentState


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must be there, or must not: stems in a row; ``prefix`` begins the word after them."""

    stems: tuple[str, ...]
    prefix: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, as it was understood. Every clause must be met."""

    clauses: tuple[Clause, ...]

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """What must be there."""
        return tuple(clause for clause in self.clauses if not clause.left_out)

    @property
    def left_out(self) -> tuple[Clause, ...]:
        """What must not be there."""
        return tuple(clause for clause in self.clauses if clause.left_out)


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look. ``source`` is a key; ``publisher`` a part of a name, in any case; None: everywhere.

    ``since`` and ``until`` (aware) hold for a Version when its public date or the moment at which it was seen
    lies between them, both ends included.
    """

    source: str | None = None
    publisher: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    state: DocumentState | None = None


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one Version is found by: stems in order, and the ``forms`` of words that are not their stem."""

    title: tuple[str, ...]
    description: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; ``marked`` when it is what was asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One Document that was found, by its newest Version that holds what was asked. Instants are aware UTC.

    ``stood_until`` is when the next Version was seen; ``present`` says whether the newest Version holds what
    was asked, too. ``words`` says so in plain words. Without ``text_kept`` retention has let the text go, and
    ``snippet`` is empty. ``public`` is the date that the publisher shows.
    """

    document_id: int
    version_id: int
    title: tuple[Run, ...]
    url: str
    source: str
    publishers: str
    state: DocumentState
    seen_at: datetime
    public: datetime | None
    stood_until: datetime | None
    present: bool
    text_kept: bool
    snippet: tuple[Run, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found, best first. ``total`` counts Documents; with ``capped`` there are more.

    ``note`` says in plain words what the reader should know: nothing was asked, or the index is still filled.
    """

    hits: tuple[Hit, ...]
    total: int
    offset: int = 0
    capped: bool = False
    note: str = ""
