"""Runs and Problems: what was executed, and which standing faults people know about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from pipeline.store.packing import from_json, to_json
from pipeline.store.tables import problems, runs


@dataclass(frozen=True, slots=True)
class RunRow:
    """One execution of a job. ``outcome`` is running, whole, degraded, failed or abandoned."""

    id: int
    job: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    requests: int
    counts: dict[str, int]
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A standing fault. People are told when it opens and again when it clears."""

    id: int
    source: str
    kind: str
    opened_at: datetime
    cleared_at: datetime | None
    words: str
    told_at: datetime | None
    told_clear_at: datetime | None


def begin(tx: Connection, job: str, now: datetime) -> int:
    """Open a Run and return its id."""
    values = {"job": job, "started_at": now, "outcome": "running", "requests": 0, "counts": "{}", "words": ""}
    key = tx.execute(insert(runs).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def end(
    tx: Connection,
    run_id: int,
    now: datetime,
    *,
    outcome: str,
    requests: int = 0,
    counts: dict[str, int] | None = None,
    words: str = "",
) -> None:
    """Close a Run."""
    values = {
        "ended_at": now,
        "outcome": outcome,
        "requests": requests,
        "counts": to_json(counts or {}),
        "words": words,
    }
    tx.execute(update(runs).where(runs.c.id == run_id).values(values))


def abandon_running(tx: Connection, now: datetime) -> int:
    """At a start: Runs that never ended were cut off. Say so; return how many there were."""
    words = "the process stopped in the middle of this run"
    values = {"ended_at": now, "outcome": "abandoned", "words": words}
    return tx.execute(update(runs).where(runs.c.outcome == "running").values(values)).rowcount


def last(tx: Connection, job: str) -> RunRow | None:
    """The newest Run of a job that came to an end, well or not; one that was cut off does not count."""
    query = select(runs).where(runs.c.job == job, runs.c.outcome.in_(["whole", "degraded", "failed"]))
    row = tx.execute(query.order_by(runs.c.id.desc()).limit(1)).one_or_none()
    return _run(row) if row else None


def newest(tx: Connection) -> RunRow | None:
    """The newest Run of any job, whatever became of it."""
    row = tx.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).one_or_none()
    return _run(row) if row else None


def requests_since(tx: Connection, when: datetime) -> int:
    """How many requests all Runs since ``when`` have made."""
    return int(tx.execute(select(func.sum(runs.c.requests)).where(runs.c.started_at >= when)).scalar() or 0)


def open_problem(tx: Connection, source: str, kind: str, words: str, now: datetime) -> bool:
    """Open a Problem, or renew the words of one that stands. True when it is new."""
    standing = (problems.c.source == source, problems.c.kind == kind, problems.c.cleared_at.is_(None))
    if tx.execute(update(problems).where(*standing).values(words=words)).rowcount:
        return False
    values = {"source": source, "kind": kind, "opened_at": now, "words": words}
    tx.execute(insert(problems).values(values))
    return True


def clear_problem(tx: Connection, source: str, kind: str, now: datetime) -> bool:
    """Clear a standing Problem. False when there was none."""
    standing = (problems.c.source == source, problems.c.kind == kind, problems.c.cleared_at.is_(None))
    return tx.execute(update(problems).where(*standing).values(cleared_at=now)).rowcount > 0


def stands(tx: Connection, source: str, kind: str) -> bool:
    """Whether a Problem of this kind stands."""
    standing = (problems.c.source == source, problems.c.kind == kind, problems.c.cleared_at.is_(None))
    return tx.execute(select(problems.c.id).where(*standing).limit(1)).first() is not None


def standing_problems(tx: Connection) -> list[Problem]:
    """All Problems that stand, oldest first."""
    query = select(problems).where(problems.c.cleared_at.is_(None)).order_by(problems.c.id)
    return [Problem(**row._asdict()) for row in tx.execute(query)]


def untold_problems(tx: Connection) -> list[Problem]:
    """Problems whose opening, or whose clearing after they were told, nobody was told of yet."""
    fresh = problems.c.cleared_at.is_(None) & problems.c.told_at.is_(None)
    over = problems.c.cleared_at.is_not(None) & problems.c.told_at.is_not(None)
    query = (
        select(problems).where(fresh | (over & problems.c.told_clear_at.is_(None))).order_by(problems.c.id)
    )
    return [Problem(**row._asdict()) for row in tx.execute(query)]


def mark_told(tx: Connection, problem: Problem, now: datetime) -> None:
    """The mail about this Problem's opening or clearing is owed now."""
    column = "told_at" if problem.cleared_at is None else "told_clear_at"
    tx.execute(update(problems).where(problems.c.id == problem.id).values({column: now}))


def _run(row: Row[Any]) -> RunRow:
    return RunRow(**{**row._asdict(), "counts": from_json(row.counts, dict[str, int])})


def between(tx: Connection, since: datetime, until: datetime) -> list[RunRow]:
    """The Runs that were begun in this time, oldest first."""
    within = (runs.c.started_at >= since, runs.c.started_at <= until)
    return [
        _run(row) for row in tx.execute(select(runs).where(*within).order_by(runs.c.started_at, runs.c.id))
    ]


def last_before(tx: Connection, when: datetime) -> dict[str, RunRow]:
    """Of each job the newest Run before then that came to an end, well or not."""
    ended = runs.c.outcome.in_(["whole", "degraded", "failed"])
    newest = select(func.max(runs.c.id)).where(runs.c.started_at < when, ended).group_by(runs.c.job)
    return {row.job: _run(row) for row in tx.execute(select(runs).where(runs.c.id.in_(newest)))}


def last_good(tx: Connection) -> dict[str, datetime]:
    """Of each job when the newest Run was begun that read its listing to the end."""
    good = runs.c.outcome.in_(["whole", "degraded"])
    query = select(runs.c.job, func.max(runs.c.started_at)).where(good).group_by(runs.c.job)
    return {row[0]: row[1] for row in tx.execute(query)}
