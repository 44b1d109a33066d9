"""The Sources: how each is, what is wrong, and the receipt of a week. Operators may pause them.

The crawl itself is the daemon's: what is asked for here is owed, and made at its next poke.
"""

from collections.abc import Callable
from datetime import date, timedelta

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.asked import day_of
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.guarding import Visit, done, go, shown
from alerts.desk.editors.showing import desk_page
from pipeline.model.desk import Role
from pipeline.steps.all_well import all_well
from pipeline.steps.health import source_health
from pipeline.steps.pausing import ask_for_run, pause, resume
from pipeline.steps.receipts import last_whole_week, lasting, receipt, week_of
from pipeline.steps.told_elsewhere import standing
from pipeline.store import notices, runs
from pipeline.store.notices import Counts
from pipeline.text.words.dates import LONDON

HERE = "/desk/sources"
FATES = {
    "told": "told to the team",
    "owed": "to be told",
    "held": "must last before they are told",
    "recorded": "recorded and not told",
    "lapsed": "taken back, or told together with a later one",
}

ITSELF = "Nothing is lost: it is tried again by itself."
TO_DO = {  # by the kind of a Problem that stands with no Source
    "server": f"{ITSELF} If it goes on for a day, ask whoever runs the mail server.",
    "refused": f"{ITSELF} Ask whoever runs the mail server why it refuses.",
    "unreadable": f"{ITSELF} If it goes on, an operator runs “sendwatch doctor”.",
    "broken": f"{ITSELF} If it goes on, an operator looks into the log.",
}


def routes(desk: Desk) -> list[Route]:
    """GET /desk/sources and its receipts; what operators do below each Source."""
    one = f"{HERE}/{{source}}"
    return [
        shown(desk, HERE, show),
        shown(desk, f"{HERE}/receipt", show_receipt),
        done(desk, f"{one}/pause", _of_source(pause_it), role=Role.OPERATOR),
        done(desk, f"{one}/resume", _of_source(resume_it), role=Role.OPERATOR),
        done(desk, f"{one}/run", _of_source(run_it), role=Role.OPERATOR),
    ]


def show(visit: Visit) -> Response:
    """One row for each Source, in the order of the schedule."""
    rows = source_health(visit.desk.db, visit.desk.sources, visit.now)
    keys = {row.key for row in rows}
    desk = visit.desk
    free = desk.free() if desk.free else None
    with desk.db.look() as tx:
        told = notices.counts(tx)
        others = [one for one in runs.standing_problems(tx) if one.source not in keys]
        found = all_well(tx, rows, desk.sources, desk.site.facts.plans, visit.now, free)
    return desk_page(
        visit,
        "sources",
        found=found,
        amiss=sum(not one.well for one in found) + len(others),
        rows=[(row, _tag(row.problems, row.outcome, paused=bool(row.paused_since))) for row in rows],
        others=others,
        elsewhere=[(title, standing(told.get(key, Counts()))) for key, title in visit.desk.channels],
        to_do={one.kind: TO_DO.get(one.kind, "") for one in others},
        lasting=lasting,
        operator=visit.session.role is Role.OPERATOR,
    )


def show_receipt(visit: Visit) -> Response:
    """What was checked in the week that holds a day (London); the last week that is over without one."""
    day = day_of(visit.query.get("day", ""))
    begin, end = week_of(_monday(day)) if day else last_whole_week(visit.now)
    monday = begin.date()
    begun = begin < visit.now
    told = receipt(visit.desk.db, visit.desk.sources, begin, end, visit.now) if begun else None
    this_week = _monday(visit.now.astimezone(LONDON).date())
    return desk_page(
        visit,
        "receipt",
        told=told,
        monday=monday,
        sunday=monday + timedelta(days=6),
        earlier=monday - timedelta(days=7),
        later=monday + timedelta(days=7) if monday < this_week else None,
        fates=FATES,
        lasting=lasting,
    )


def pause_it(visit: Visit, key: str) -> str:
    """Ask the Source nothing until it is resumed."""
    if not pause(visit.desk.db, key, visit.by, visit.now):
        return "paused-already"
    noted(visit, "paused", f"source:{key}")
    return "paused"


def resume_it(visit: Visit, key: str) -> str:
    """Let the Source go on."""
    if not resume(visit.desk.db, key):
        return "not-paused"
    noted(visit, "resumed", f"source:{key}")
    return "resumed"


def run_it(visit: Visit, key: str) -> str:
    """Owe the Source a run at the daemon's next poke."""
    if not ask_for_run(visit.desk.db, key, visit.by, visit.now):
        return "paused-no-run"
    noted(visit, "asked for a run", f"source:{key}")
    return "run-owed"


def _of_source(do: Callable[[Visit, str], str]) -> Callable[[Visit], Response]:
    """``do`` for the key of the Source that the address names; back to the list with what ``do`` says."""

    def page(visit: Visit) -> Response:
        asked = visit.params.get("source", "")
        if asked not in {one.key for one in visit.desk.sources}:
            return desk_page(visit, "no_such", status=404, words="There is no such source.", typed=[])
        return go(HERE, do(visit, asked))

    return page


def _tag(problems: tuple[str, ...], outcome: str, *, paused: bool) -> tuple[str, str]:
    """What stands beside the title, and how it looks."""
    if paused:
        return "Paused", "soon"
    if problems or outcome == "failed":
        return "Problem", "soon"
    if not outcome:
        return "Never read yet", "plain"
    return ("Well", "plain") if outcome == "whole" else ("Read in part", "plain")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
