"""The clock, which every command hands to what it calls. Nothing else looks at one."""

from datetime import UTC, datetime


def now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that looks at a clock
