"""Reviews: what a named editor said of a Story, and how the Story stands by it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What an editor did with a Story."""

    APPROVE = "approve"
    REJECT = "reject"  # not relevant: it is never told to subscribers, not even as a link
    HOLD = "hold"  # not now: it waits until somebody opens it again
    REOPEN = "reopen"  # take back the last word: it waits for a decision again


class Standing(StrEnum):
    """How a Story stands; the values are the words that editors read."""

    WAITING = "waiting"  # nobody has decided yet
    APPROVED = "approved"
    LAPSED = "lapsed"  # was approved, and a page that it cites has changed since
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """One word of an editor on a Story. ``at`` is aware UTC."""

    story_id: int
    at: datetime
    by: str
    act: Act
    why: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """How important an item is: a number, heaviest first, and the reasons in words."""

    number: float
    reasons: tuple[str, ...] = ()


NO_WEIGHT = Weight(0.0)
