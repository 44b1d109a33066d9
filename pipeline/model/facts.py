"""Facts that changed in kind, not only in words; and who said so: the note, the page, the files."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What kind of thing a weighty word is."""

    OBLIGATION = "obligation"  # must, should, may, is required to
    NEGATION = "negation"
    DATE = "date"
    DEADLINE = "deadline"
    PERIOD = "period"  # within 20 weeks
    MONEY = "money"
    PERCENTAGE = "percentage"
    AGE = "age"  # ages, year groups, key stages
    LAW = "law"  # section and regulation numbers, Acts
    BODY = "body"  # a named body: Ofsted, the First-tier Tribunal
    TELEPHONE = "telephone"
    EMAIL = "email"
    LINK = "link"
    NUMBER = "number"
    LIMIT = "limit"  # only, all, unless, mandatory
    PLACE = "place"  # another place in a document: annex B


class Turn(StrEnum):
    """Which way a fact moved."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    WEAKENED = "weakened"  # a duty binds less
    STRENGTHENED = "strengthened"
    REVERSED = "reversed"  # must to must not
    EARLIER = "earlier"
    LATER = "later"
    RAISED = "raised"
    LOWERED = "lowered"


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact in both states: the words themselves and the sentences they stand in.

    A sentence of more than 600 characters is given in those of its words that stand around the fact.

    ``old`` is empty for what was added, ``new`` for what was taken out; the sentences likewise, unless the
    sentence itself stayed. ``part`` is the key of the Part (see Block), the pages count from 1, None where
    there are none.
    """

    kind: FactKind
    turn: Turn
    old: str
    new: str
    old_sentence: str
    new_sentence: str
    part: str = ""
    old_page: int | None = None
    new_page: int | None = None


class Announcement(StrEnum):
    """Did the publisher say what was done?"""

    ANNOUNCED = "announced"
    QUIET = "quiet"
    NOT_COVERED = "note does not cover all changes"


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """Three witnesses of one update, each in plain words, and what to make of them.

    ``note`` is the publisher's own change note, empty when there is none; ``page`` says what the text of the
    page and its HTML children shows, ``files`` what the text of the attachments shows. ``uncovered`` are the
    differences that the note does not speak of.
    """

    note: str
    page: str
    files: str
    judgement: Announcement
    uncovered: tuple[str, ...] = ()
