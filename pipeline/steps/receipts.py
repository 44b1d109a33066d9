"""The silence receipt: what the watch did in a span, so that silence can be told from not looking.

Reads the ledger of Runs and says it in one sentence. Changes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pipeline.model.receipts import Receipt, SourceReceipt
from pipeline.model.sources import Source
from pipeline.steps.pausing import pauses
from pipeline.store import changes, deliveries, runs, stories
from pipeline.store.database import Database
from pipeline.store.runs import RunRow
from pipeline.text.words.dates import LONDON, at_time, on_day

Span = tuple[datetime, datetime]
GOOD = ("whole", "degraded")
SHORTEST_GAP = timedelta(hours=1)  # in which nothing was asked of anybody


def last_whole_week(now: datetime) -> Span:
    """Monday 00:00 to the next Monday 00:00, London time: the last such week that is over."""
    today = now.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    return week_of(monday - timedelta(days=7))


def week_of(monday: date) -> Span:
    """The week that begins on this day; 167, 168 or 169 hours."""
    begin, end = (datetime.combine(day, time(0), LONDON) for day in (monday, monday + timedelta(days=7)))
    return begin, end


def receipt(
    db: Database, sources: Sequence[Source], since: datetime, until: datetime, now: datetime
) -> Receipt:
    """What was done from ``since`` to ``until``, or to ``now`` when that comes first. All aware."""
    until = min(until, now)
    with db.begin() as tx:
        rows = runs.between(tx, since, until)
        before = runs.last_before(tx, since)
        paused = pauses(tx)
        fates = changes.fates_between(tx, since, until)
        opened = stories.opened_between(tx, since, until)
        mails = deliveries.sent_between(tx, since, until)
    titles = {source.key: source.title for source in sources}
    keys = list(dict.fromkeys([*titles, *(row.job for row in rows)]))
    each = []
    for key in keys:
        own = [row for row in rows if row.job == key]
        pause = paused.get(key)
        each.append(
            SourceReceipt(
                key=key,
                title=titles.get(key, key),
                checks=sum(row.outcome in GOOD for row in own),
                failed=sum(row.outcome == "failed" for row in own),
                requests=sum(row.requests for row in own),
                down=_down(own, before.get(key), since, until),
                paused_since=pause.since if pause and pause.since <= until else None,
            )
        )
    gaps = _gaps(rows, bool(before), sources, since, until)
    looked = sum(sum(row.counts.values()) for row in rows)
    counted = {fate.value: number for fate, number in fates.items()}
    words = _words(each, gaps, opened, begun=bool(rows or before))
    return Receipt(
        since=since,
        until=until,
        sources=tuple(each),
        checks=sum(one.checks for one in each),
        requests=sum(one.requests for one in each),
        looked=looked,
        changes=counted,
        stories=opened,
        mails=mails,
        unwatched=gaps,
        words=words,
    )


def _down(own: Sequence[RunRow], before: RunRow | None, since: datetime, until: datetime) -> timedelta:
    """From a Run that failed to the next that did not, or to the end of the span."""
    down = timedelta()
    begun = since if before is not None and before.outcome == "failed" else None
    for row in own:
        if row.outcome == "failed":
            begun = begun or row.started_at
        elif row.outcome in GOOD and begun is not None:
            down += row.started_at - begun
            begun = None
    return down + (until - begun if begun is not None else timedelta())


def _gaps(
    rows: Sequence[RunRow], begun: bool, sources: Sequence[Source], since: datetime, until: datetime
) -> tuple[Span, ...]:
    """Spans in which no Source was asked, and one should have been twice over."""
    if not rows and not begun:
        return ()
    slowest = min((max(s.every, s.nights or s.every) for s in sources), default=SHORTEST_GAP)
    longest = max(SHORTEST_GAP, 2 * slowest)
    asked = [since] if begun else []
    asked += [row.started_at for row in rows]
    ends = [*asked[1:], until]
    return tuple((a, b) for a, b in zip(asked, ends, strict=True) if b - a > longest)


def _words(each: Sequence[SourceReceipt], gaps: Sequence[Span], opened: int, *, begun: bool) -> str:
    checked = [one for one in each if one.checks]
    if not begun:
        return "The watch had not begun."
    times = sum(one.checks for one in checked)
    said = [f"Checked {_count(len(checked), 'source')} {_count(times, 'time')}"]
    down = [one for one in each if one.down]
    if down:
        were = "was" if len(down) == 1 else "were"
        said.append(f"{len(down)} {were} down for {lasting(sum((one.down for one in down), timedelta()))}")
    said.append(f"{opened:,} {'Story' if opened == 1 else 'Stories'}")
    sentences = ["; ".join(said) + "."]
    never = [one.title for one in each if not one.checks and one.paused_since is None]
    if never:
        sentences.append(f"Never checked: {', '.join(never)}.")
    sentences += [
        f"{one.title} is paused since {on_day(one.paused_since)}."
        for one in each
        if one.paused_since is not None
    ]
    sentences += [f"Nothing was checked from {at_time(begin)} to {at_time(end)}." for begin, end in gaps]
    return " ".join(sentences)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def lasting(span: timedelta) -> str:
    """``40 minutes``, ``3 hours``, ``2 days``: what a person would say."""
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return _count(minutes, "minute")
    if minutes < 48 * 60:
        return _count(round(minutes / 60), "hour")
    return _count(round(minutes / 1440), "day")
