"""Owe the team what is not a Story: that the watch has begun, that something is wrong, that it is over."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.compose_watch import BaselineLine, compose_baseline, compose_cleared, compose_problem
from alerts.steps.alerting import message_ids
from pipeline.model.problems import title_in_the_house
from pipeline.store import deliveries, entries, runs, sources
from pipeline.store.database import Database

NEWEST = 5
STANDS_FOR = timedelta(minutes=30)  # a fault that mends itself within half an hour is nobody's business


def announce_baseline(
    db: Database, *, team: Sequence[str], source_title: Callable[[str], str], domain: str, now: datetime
) -> bool:
    """One mail for all Sources whose first crawl has ended since the last such mail. False when none."""
    with db.begin() as tx:
        begun = [s for s in sources.states(tx) if s.baselined_at is not None and s.announced_at is None]
        keys = [s.key for s in begun]
        newest = entries.newest(tx, keys, limit=NEWEST) if keys else []
        watched = entries.count_watched(tx, keys) if keys else 0
    if not begun or not team:
        return False
    lines = [BaselineLine(title=e.title, url=e.url, public_updated=e.public or e.updated) for e in newest]
    mail = compose_baseline([source_title(k) for k in keys], lines, watched=watched, seen_at=now)
    key = "baseline:" + hashlib.sha256(",".join(keys).encode()).hexdigest()
    with db.begin() as tx:
        owed = deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
        for state in begun:
            sources.save(tx, replace(state, announced_at=now))
    return owed


def announce_problems(
    db: Database, *, team: Sequence[str], source_title: Callable[[str], str], domain: str, now: datetime
) -> int:
    """One mail when a Problem has stood for half an hour, one when it has cleared. Returns how many."""
    if not team:
        return 0
    with db.begin() as tx:
        untold = [p for p in runs.untold_problems(tx) if p.cleared_at or now - p.opened_at >= STANDS_FOR]
    for problem in untold:
        ours = title_in_the_house(problem.source)
        told = (ours or source_title(problem.source), problem.words, problem.opened_at)
        if problem.cleared_at is None:
            mail, key = compose_problem(*told, of_source=not ours), f"problem:{problem.id}"
        else:
            mail = compose_cleared(*told, problem.cleared_at, of_source=not ours)
            key = f"cleared:{problem.id}"
        with db.begin() as tx:
            deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
            runs.mark_told(tx, problem, now)
    return len(untold)
