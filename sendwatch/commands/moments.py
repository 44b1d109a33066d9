"""Days and moments as people type them: London time, unless they say otherwise."""

import re
from datetime import UTC, date, datetime, time

import click

from pipeline.text.words.dates import LONDON

_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?")


class Moment(click.ParamType[datetime]):
    """A day or a moment in London time: 2026-11-24, 2026-11-24T09:30, or with its own offset.

    With ``end`` it is the end of the day, minute or second that was written, so that a moment that is copied
    from a list means what was seen then; without, the beginning.
    """

    name = "date"

    def __init__(self, *, end: bool = False) -> None:
        self._end = end

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            if len(value) == 10:
                clock = time(23, 59, 59, 999_999) if self._end else time(0)
                given = datetime.combine(date.fromisoformat(value), clock)
            else:
                given = datetime.fromisoformat(value)
                given = _end_of(given, value) if self._end else given
        except ValueError:
            self.fail(f"{value!r} is not a date; write 2026-11-24 or 2026-11-24T09:30", param, ctx)
        return (given if given.tzinfo else given.replace(tzinfo=LONDON)).astimezone(UTC)


def on_the_clock(moment: datetime) -> str:
    """A moment as a terminal shows it, in London: ``Fri 27 Nov 12:00``."""
    return f"{moment.astimezone(LONDON):%a %d %b %H:%M}"


def let_go_words(url: str, seen_at: datetime) -> str:
    """What to say of a state whose text retention has let go."""
    return (
        f"the text of {url} as it was seen on {seen_at.astimezone(LONDON):%Y-%m-%d %H:%M} was let go "
        "(SENDWATCH_KEEP); `sendwatch history` still says when it changed, and how"
    )


def _end_of(given: datetime, written: str) -> datetime:
    """The last moment of the minute or second that was written."""
    if _MINUTE.fullmatch(written):
        return given.replace(second=59, microsecond=999_999)
    return given.replace(microsecond=given.microsecond or 999_999)
