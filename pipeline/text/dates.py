"""Dates as a news item prints them: 3 September 2026, in London. Pure; no clock."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def on_day(when: datetime) -> str:
    """``3 September 2026``: the day in London on which the aware moment falls."""
    local = when.astimezone(_london())
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def at_time(when: datetime) -> str:
    """``11.59pm on 3 September 2026``, ``midday on ...``; the day alone for midnight."""
    local = when.astimezone(_london())
    if not local.hour and not local.minute:
        return on_day(when)
    hour = local.hour % 12 or 12
    minute = f".{local.minute:02d}" if local.minute else ""
    return f"{hour}{minute}{'am' if local.hour < 12 else 'pm'} on {on_day(when)}"


def read_moment(text: str) -> datetime | None:
    """An ISO 8601 moment as an aware datetime (UTC where it names no zone); None where it is none."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


@cache
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")
