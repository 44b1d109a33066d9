"""Days and moments as people type them: London time, unless they say otherwise."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import click

LONDON = ZoneInfo("Europe/London")


class Moment(click.ParamType[datetime]):
    """A day or a moment in London time: 2026-11-24, 2026-11-24T09:30, or with its own offset."""

    name = "date"

    def __init__(self, *, end_of_day: bool = False) -> None:
        self._end_of_day = end_of_day

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            if len(value) == 10:
                clock = time(23, 59, 59, 999_999) if self._end_of_day else time(0)
                given = datetime.combine(date.fromisoformat(value), clock)
            else:
                given = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write 2026-11-24 or 2026-11-24T09:30", param, ctx)
        return (given if given.tzinfo else given.replace(tzinfo=LONDON)).astimezone(UTC)
