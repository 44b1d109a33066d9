"""Sources: what is watched, as schedules.yaml declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or search that is watched. ``key`` is for ever: history hangs on it.

    ``where`` is what the spider of this kind needs to find it. ``every`` holds by day (07:00-20:00 London
    time), ``nights`` otherwise; without it ``every`` holds always. A listing with fewer than
    ``expect_entries_min`` entries, or nothing new for ``silent_for``, is a Problem. A change must last
    for ``settle`` before it is told; None leaves that to SENDWATCH_SETTLE.
    """

    key: str
    title: str
    spider: str
    where: Mapping[str, Any] = field(default_factory=dict)
    every: timedelta = timedelta(minutes=15)
    nights: timedelta | None = None
    expect_entries_min: int | None = None
    silent_for: timedelta | None = None
    settle: timedelta | None = None
