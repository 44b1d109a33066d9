"""How each Source is: when it was last read, what is new in it, and what is wrong. Changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.model.receipts import SourceHealth
from pipeline.model.sources import Source
from pipeline.steps.due import next_due
from pipeline.steps.pausing import pauses, runs_asked_for
from pipeline.steps.receipts import lasting
from pipeline.store import runs, sources
from pipeline.store.database import Database
from pipeline.text.words.dates import at_time

DAY = timedelta(hours=24)


def source_health(db: Database, watched: Sequence[Source], now: datetime) -> tuple[SourceHealth, ...]:
    """One row for each Source that is watched, in the order of the schedule. ``now`` is aware."""
    with db.begin() as tx:
        last = {source.key: runs.last(tx, source.key) for source in watched}
        states = {state.key: state for state in sources.states(tx)}
        good, today = runs.last_good(tx), runs.between(tx, now - DAY, now)
        standing, paused, asked = runs.standing_problems(tx), pauses(tx), runs_asked_for(tx)
    rows = []
    for source in watched:
        run, state, pause = last[source.key], states.get(source.key), paused.get(source.key)
        begun = run.started_at if run else None
        wish = asked.get(source.key)
        owed = wish if wish and (begun is None or begun < wish) else None
        own = [one for one in today if one.job == source.key]
        failed = sum(one.outcome == "failed" for one in own)
        problems = tuple(p.words for p in standing if p.source == source.key)
        due = None if pause else next_due(source, begun, now)
        row = SourceHealth(
            key=source.key,
            title=source.title,
            last_good=good.get(source.key),
            outcome=run.outcome if run else "",
            newest_entry=state.newest_entry_at if state else None,
            entries=state.entries_seen if state else 0,
            every=source.every,
            nights=source.nights,
            silent_for=source.silent_for,
            next_due=due,
            requests_today=sum(one.requests for one in own),
            failed_today=failed,
            error=run.words if run and run.outcome != "whole" else "",
            problems=problems,
            paused_since=pause.since if pause else None,
            paused_by=pause.by if pause else "",
            run_asked=owed,
            words="",
        )
        rows.append(row)
    return tuple(_told(row, now) for row in rows)


def _told(row: SourceHealth, now: datetime) -> SourceHealth:
    if row.paused_since is not None:
        by = f" by {row.paused_by}" if row.paused_by else ""
        return replace(row, words=f"paused since {at_time(row.paused_since)}{by}")
    if row.last_good is None:
        return replace(row, words="never read yet" + (f": {row.error}" if row.error else ""))
    ago = lasting(now - row.last_good)
    if row.problems or row.outcome == "failed":
        why = "; ".join(row.problems) or row.error
        return replace(row, words=f"last read {ago} ago; {why}")
    owed = "; a run is owed" if row.run_asked else ""
    return replace(row, words=f"well; last read {ago} ago{owed}")
