"""What somebody asked for in the address of a page: days, and pages of a list. Pure; raises for nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from pipeline.text.words.dates import LONDON

MOST_TYPED = 300


def typed(query: Mapping[str, str], *names: str) -> dict[str, str]:
    """These fields of the address, cleaned and cut to a length that nobody types."""
    return {name: cleaned(query.get(name, ""), MOST_TYPED) for name in names}


def cleaned(text: str, most: int) -> str:
    """Text as somebody typed it, without blanks around it and without NUL, which PostgreSQL refuses."""
    return text.replace("\0", "").strip()[:most]


def day_of(text: str) -> date | None:
    """A day as a form for dates sends it, 2026-11-27; None for anything else."""
    try:
        found = date.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2200 else None


def begin_of(day: date | None) -> datetime | None:
    """When a day in London begins (aware UTC)."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC) if day else None


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day in London (aware UTC)."""
    begin = begin_of(day + timedelta(days=1)) if day else None
    return begin - timedelta(microseconds=1) if begin else None


def address(path: str, **fields: object) -> str:
    """A path of ours with the fields that say something."""
    kept = {name: str(value) for name, value in fields.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
