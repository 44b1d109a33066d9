"""Decide what is due. Pure: the ledger's last run and the clock in, yes or no out.

Local time (Europe/London) is looked at here and where people read times, and nowhere else.
"""

from datetime import UTC, datetime, time, timedelta

from pipeline.model.sources import Source
from pipeline.text.words.dates import LONDON

DAY_BEGINS, DAY_ENDS = time(7), time(20)  # contract, section 13
SWEEP_AT = time(3, 10)  # clear of 01:00-02:00, which happens twice or never when the clocks change


def is_due(
    source: Source,
    last_run: datetime | None,
    now: datetime,
    *,
    paused: bool = False,
    asked: datetime | None = None,
) -> bool:
    """True when ``source`` should be crawled. A Source that never ran is due; missed turns make one.

    A ``paused`` one never is. ``asked`` is when a person last asked for a run of it: it is owed until one was
    begun after that.
    """
    if paused:
        return False
    if asked is not None and (last_run is None or last_run < asked):
        return True
    return next_due(source, last_run, now) <= now


def next_due(source: Source, last_run: datetime | None, now: datetime) -> datetime:
    """When ``source`` falls due next (aware UTC); ``now`` at the latest when a turn was missed."""
    if last_run is None or last_run > now:  # a clock that was set back must not silence a Source
        return now
    by_day = last_run + source.every
    if source.nights is None or _is_day(now):
        return by_day
    by_night = last_run + source.nights
    morning = _next_at(DAY_BEGINS, now)
    return min(by_night, max(by_day, morning))


def sweep_due(last_sweep: datetime, now: datetime) -> bool:
    """True when the daily sweep (03:10 London time) has not been made since it last fell due.

    Also when the last one lies in the future: a clock that was set back must not put it off until then.
    """
    return last_sweep > now or last_sweep < _last_at(SWEEP_AT, now)


def _is_day(moment: datetime) -> bool:
    return DAY_BEGINS <= moment.astimezone(LONDON).time() < DAY_ENDS


def _last_at(clock: time, now: datetime) -> datetime:
    local = now.astimezone(LONDON)
    today = datetime.combine(local.date(), clock, LONDON)
    chosen = today if today <= local else datetime.combine(local.date() - timedelta(days=1), clock, LONDON)
    return chosen.astimezone(UTC)


def _next_at(clock: time, now: datetime) -> datetime:
    local = now.astimezone(LONDON)
    today = datetime.combine(local.date(), clock, LONDON)
    chosen = today if today > local else datetime.combine(local.date() + timedelta(days=1), clock, LONDON)
    return chosen.astimezone(UTC)
