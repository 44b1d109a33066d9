"""Plans: the digests that schedules.yaml declares, each with its rhythm. A plan's key is for ever."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum


class Rhythm(StrEnum):
    """How often a plan is mailed. ``STORY`` is at once: one mail for each approved Story."""

    WEEK = "week"
    MONTH = "month"  # on the first such weekday of the month
    STORY = "story"


class Unreviewed(StrEnum):
    """What becomes of Stories that no editor has dealt with."""

    LEAVE_OUT = "leave out"
    LINK = "link"  # the publisher's own title, the publisher and the link, nothing more


class Quiet(StrEnum):
    """What subscribers get in a week without news."""

    NOTHING = "nothing"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Plan:
    """One digest. ``weekday`` is 0 for Monday; ``at`` is London time, outside 01:00 to 02:00.

    The team gets the proof ``proof`` before it, by the clock on the wall. ``Rhythm.STORY`` has none of these.
    """

    key: str
    title: str
    rhythm: Rhythm
    weekday: int = 4
    at: time = time(12)
    proof: timedelta = timedelta(hours=21)
    unreviewed: Unreviewed = Unreviewed.LEAVE_OUT
    quiet: Quiet = Quiet.NOTHING
