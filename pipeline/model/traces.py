"""Traces: at which stage a page was lost on its way to people, or how far it got."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where the way of a page ends, in the order of the way."""

    NOT_A_PAGE = "not a page"  # what was pasted is no web address
    NOT_WATCHED = "not watched"  # no source watches that site
    NEVER_LISTED = "never listed"  # no source that watches the site has ever named it
    PASSED_OVER = "passed over"  # listed, and its title did not look like SEND
    NOT_YET_LOOKED = "not yet looked at"
    LOOK_FAILED = "the look failed"
    KNOWN_BEFORE = "known before"  # it was there when the watch began
    NOT_RELEVANT = "not relevant"
    TOO_SLIGHT = "too slight"  # a comma, a tag, the publisher's own notes
    UNDONE = "undone"  # the change was taken back before it was told
    HELD = "held"  # it must last before it is told
    WAITING = "waiting for its Story"
    NO_DRAFT = "no draft"
    NO_MAIL = "no mail"  # drafted, and no mail was made
    MAIL_OWED = "mail owed"
    MAIL_FAILED = "mail failed"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened on the way, in plain words; ``when`` is aware UTC, None for what stands now."""

    when: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The way of one page. ``words`` say how it ended; ``steps`` how it came there, oldest first.

    ``url`` is the address as it was understood. ``document_id`` and ``story_id`` are None where none is.
    ``can_make`` says whether a Story can be made of it now.
    """

    asked: str
    url: str
    stage: Stage
    words: str
    steps: tuple[Step, ...]
    title: str = ""
    document_id: int | None = None
    story_id: int | None = None
    can_make: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What came of asking for a Story: ``words`` say what will happen. ``owed``: a look comes first."""

    done: bool
    words: str
    story_id: int | None = None
    owed: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A Source with the host that it watches."""

    key: str
    title: str
    host: str
