"""Which Sources are due now, and whether the daily sweep is: from the ledger, so that nothing is missed."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.model.sources import Source
from pipeline.steps.due import is_due, sweep_due
from pipeline.steps.pausing import pauses, runs_asked_for
from pipeline.store import memory, runs
from pipeline.store.database import Database


def due_sources(db: Database, watched: Sequence[Source], now: datetime) -> tuple[list[Source], bool]:
    """The Sources to be crawled now (``now`` is aware), and whether as a sweep: then all but paused ones."""
    with db.begin() as tx:
        last = {source.key: runs.last(tx, source.key) for source in watched}
        swept = memory.recall(tx, "sweep")
        paused, asked = pauses(tx), runs_asked_for(tx)
        if swept is None:  # a first start is a baseline; the first sweep comes the night after
            memory.keep(tx, "sweep", "not yet", now)
    if swept is not None and sweep_due(swept.kept_at, now):
        return [source for source in watched if source.key not in paused], True
    due = []
    for source in watched:
        run = last[source.key]
        last_run, wish = run.started_at if run else None, asked.get(source.key)
        if is_due(source, last_run, now, paused=source.key in paused, asked=wish):
            due.append(source)
    return due, False
