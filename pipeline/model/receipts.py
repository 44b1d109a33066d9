"""Receipts and health: what the watch did in a span of time, and how each Source is."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class SourceReceipt:
    """What became of one Source in the span. ``checks`` are Runs that read its listing to the end.

    ``down`` is for how long in all it could not be read; ``paused_since`` is set while it is paused.
    """

    key: str
    title: str
    checks: int
    failed: int
    requests: int
    down: timedelta
    paused_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the watch did from ``since`` to ``until`` (aware UTC). ``words`` say it in plain sentences.

    ``looked`` counts looks at documents; ``changes`` the Changes that were seen, by their fate; ``mails``
    those to the team that the mail server accepted. ``unwatched`` are spans in which nobody was asked.
    """

    since: datetime
    until: datetime
    sources: tuple[SourceReceipt, ...]
    checks: int
    requests: int
    looked: int
    changes: dict[str, int]
    stories: int
    mails: int
    unwatched: tuple[tuple[datetime, datetime], ...]
    words: str


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One row of the page about Sources. Instants are aware UTC; ``words`` say how it is.

    ``last_good`` is when the last Run was begun that read the listing to its end; ``newest_entry`` the newest
    public date in it; ``every`` and ``nights`` its rhythm; ``run_asked`` when a run was asked for.
    """

    key: str
    title: str
    last_good: datetime | None
    outcome: str
    newest_entry: datetime | None
    entries: int
    every: timedelta
    nights: timedelta | None
    silent_for: timedelta | None
    next_due: datetime | None
    requests_today: int  # in 24 hours
    failed_today: int
    error: str
    problems: tuple[str, ...]
    paused_since: datetime | None
    paused_by: str
    run_asked: datetime | None
    words: str
