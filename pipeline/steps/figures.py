"""The figures of the watch for monitoring: counts and moments, and nobody's name. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.steps.alive import POKED
from pipeline.store import deliveries as alert_deliveries
from pipeline.store import digest_progress, documents, inbox, memory, notices, runs, subscriber_lists
from pipeline.store.database import Database

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Figures:
    """Instants are aware UTC. ``alerts``, ``digests`` and ``subscribers`` are counts by state."""

    documents: int
    stories: Mapping[str, int]  # by shelf of the inbox
    alerts: Mapping[str, int]
    digests: Mapping[str, int]
    subscribers: Mapping[str, int]
    notices: Mapping[tuple[str, ...], int]  # by channel and state
    problems: int
    last_good: Mapping[str, datetime]  # by Source
    requests: Mapping[str, int]  # of 24 hours, by Source
    failed_runs: Mapping[str, int]
    last_poke: datetime | None


def figures(db: Database, now: datetime) -> Figures:
    """Count, in one transaction that only reads."""
    with db.look() as tx:
        today = runs.between(tx, now - DAY, now)
        poked = memory.recall(tx, POKED)
        owed = alert_deliveries.counts(tx)
        people = subscriber_lists.counts(tx)
        good = runs.last_good(tx)
        jobs = sorted({*good, *(run.job for run in today)})
        return Figures(
            documents=documents.count(tx),
            stories={shelf.value: number for shelf, number in inbox.count(tx).items()},
            alerts={"owed": owed.owed, "sent": owed.sent, "failed": owed.failed},
            digests=digest_progress.counts_of_all(tx),
            subscribers={
                "active": people.active,
                "pending": people.pending,
                "suspended": people.suspended,
                "left": people.left,
            },
            notices={
                (channel, state): number
                for channel, counts in notices.counts(tx).items()
                for state, number in counts.by_state.items()
            },
            problems=len(runs.standing_problems(tx)),
            last_good=good,
            requests={job: sum(run.requests for run in today if run.job == job) for job in jobs},
            failed_runs={
                job: sum(run.outcome == "failed" for run in today if run.job == job) for job in jobs
            },
            last_poke=poked.kept_at if poked else None,
        )
