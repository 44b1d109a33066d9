"""Read the ``digests`` of schedules.yaml. Refuses what it does not know, with file, line and key."""

import re
from datetime import time, timedelta
from enum import StrEnum
from typing import TypeVar

from pipeline.model.plans import Plan, Quiet, Rhythm, Unreviewed
from sendwatch.yaml_places import Placed

E = TypeVar("E", bound=StrEnum)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_LEAD = re.compile(r"(\d{1,3}) hours? before")
_KNOWN = frozenset({"title", "every", "on", "at", "proof", "unreviewed", "quiet"})


def read_plans(placed: Placed) -> tuple[Plan, ...]:
    """The plans, in the order of the file. Raises ConfigError."""
    if not isinstance(placed.value, dict) or not placed.value:
        raise placed.refuse("name at least one digest, or leave the key out")
    return tuple(_plan(key, value) for key, value in placed.value.items())


def _plan(key: str, placed: Placed) -> Plan:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", key):
        raise placed.refuse("a digest's key is made of small letters, digits and hyphens")
    keys = placed.mapping(_KNOWN, frozenset({"title", "every"}))
    title = keys["title"].value
    if not isinstance(title, str) or not title.strip() or "\n" in title.strip():
        raise keys["title"].refuse("this must be one line of text")
    rhythm = _one_of(keys["every"], Rhythm)
    if rhythm is Rhythm.STORY:
        for name in ("on", "at", "proof", "quiet", "unreviewed"):
            if name in keys:
                raise keys[name].refuse("what is mailed for every story has no such time or week")
        return Plan(key, title.strip(), rhythm)
    return Plan(
        key,
        title.strip(),
        rhythm,
        weekday=_weekday(keys["on"]) if "on" in keys else 4,
        at=_clock(keys["at"]) if "at" in keys else time(12),
        proof=_lead(keys["proof"]) if "proof" in keys else timedelta(hours=21),
        unreviewed=_one_of(keys["unreviewed"], Unreviewed) if "unreviewed" in keys else Unreviewed.LEAVE_OUT,
        quiet=_one_of(keys["quiet"], Quiet) if "quiet" in keys else Quiet.NOTHING,
    )


def _one_of(placed: Placed, kind: type[E]) -> E:
    try:
        return kind(str(placed.value).strip())
    except ValueError:
        raise placed.refuse(f"{placed.value!r} is none of {', '.join(kind)}") from None


def _weekday(placed: Placed) -> int:
    word = str(placed.value).strip().lower()
    if word not in DAYS:
        raise placed.refuse(f"{placed.value!r} is not a day of the week")
    return DAYS.index(word)


def _clock(placed: Placed) -> time:
    match = _CLOCK.fullmatch(str(placed.value).strip())
    if not match:
        raise placed.refuse(f'{placed.value!r} is not a time; write "12:00", in quotation marks')
    at = time(int(match[1]), int(match[2]))
    if at.hour == 1:
        raise placed.refuse("between 01:00 and 02:00 an hour happens twice or never when the clocks change")
    return at


def _lead(placed: Placed) -> timedelta:
    match = _LEAD.fullmatch(str(placed.value).strip())
    if not match or not 1 <= int(match[1]) <= 144:
        raise placed.refuse(f"{placed.value!r} is no lead; write 21 hours before (1 to 144)")
    return timedelta(hours=int(match[1]))
