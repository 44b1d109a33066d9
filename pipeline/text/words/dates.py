"""Dates as a news item prints them: 3 September 2026, in London. Pure; no clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def on_day(when: datetime) -> str:
    """``3 September 2026``: the day in London on which the aware moment falls."""
    local = when.astimezone(LONDON)
    return in_full(local.date())


def in_full(day: date) -> str:
    """``3 September 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def at_time(when: datetime) -> str:
    """``11.59pm on 3 September 2026``, ``midday on ...``; the day alone for midnight."""
    local = when.astimezone(LONDON)
    if not local.hour and not local.minute:
        return on_day(when)
    return f"{on_clock(local.time())} on {on_day(when)}"


def on_clock(hour: time) -> str:
    """``11.59pm``, ``9am``."""
    minute = f".{hour.minute:02d}" if hour.minute else ""
    return f"{hour.hour % 12 or 12}{minute}{'am' if hour.hour < 12 else 'pm'}"


def read_moment(text: str) -> datetime | None:
    """An ISO 8601 moment as an aware datetime (UTC where it names no zone); None where it is none."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
