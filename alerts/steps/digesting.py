"""Gather what is due into digests and owe them to people: once for each plan and day, or for each Story.

Each hop is one transaction on rows with unique keys, so that a process that is killed anywhere is finished by
the next. Sends nothing: the team's mails are owed as Alerts are, the subscribers' as digest deliveries.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from alerts.digest_page import DAYS, Frame
from alerts.steps.alerting import message_ids
from alerts.steps.owing import CHUNK, owe_digest
from alerts.steps.proofing import owe_proofs
from alerts.steps.telling import tell_lapsed
from alerts.team_notes import Note, compose_note, quiet_note, stopped_note
from pipeline.model.digests import Digest, DigestState
from pipeline.model.plans import Plan, Quiet, Rhythm
from pipeline.model.reviews import Standing
from pipeline.steps.collect import UNDO, approved_entries, entries_for, first_seen, previous_digest
from pipeline.steps.due_plans import day_owed, next_day
from pipeline.steps.hurrying import early_day, take_back
from pipeline.steps.lapse import lapse_moved
from pipeline.steps.stopping import stopped_by
from pipeline.store import approvals, deliveries, digest_orders, digests, readership, reviews
from pipeline.store.database import Database
from pipeline.store.locks import hold
from pipeline.text.words.dates import LONDON

logger = logging.getLogger("sendwatch")
_ORDER = (Rhythm.STORY, Rhythm.WEEK, Rhythm.MONTH)  # what a person has had already is left out of the next


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Who is told, and what stands around every digest. ``domain``: the right-hand side of Message-IDs."""

    team: tuple[str, ...]
    domain: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one round did: digests that were made, and proofs that were owed to the team."""

    made: tuple[str, ...] = ()  # their keys
    proofs: int = 0


def gather_digests(
    db: Database,
    plans: Sequence[Plan],
    newsroom: Newsroom,
    *,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
    chunk: int = CHUNK,
) -> Gathered:
    """Do all that is due of the plans: proofs, digests, mails at once, and what the team must hear.

    ``chunk`` people are owed in a transaction.

    Does nothing while another process is at it. A second call with the same clock is a no-op.
    """
    with hold(db, "digests") as mine:
        if not mine:
            return Gathered()
        return _gather(db, plans, newsroom, clock, lambda: stop() or not mine.still(), chunk)


def _gather(
    db: Database,
    plans: Sequence[Plan],
    newsroom: Newsroom,
    clock: Callable[[], datetime],
    stop: Callable[[], bool],
    chunk: int,
) -> Gathered:
    with db.begin() as tx:
        for plan in plans:
            first_seen(tx, plan.key, clock())
        lapse_moved(tx, clock())
    team, domain = newsroom.team, newsroom.domain
    proofs = owe_proofs(db, plans, team=team, domain=domain, frame=newsroom.frame, now=clock())
    _finish(db, plans, newsroom, clock, stop, chunk)
    made: list[str] = []
    for plan in sorted(plans, key=lambda one: _ORDER.index(one.rhythm)):
        made += (
            _at_once(db, plan, clock())
            if plan.rhythm is Rhythm.STORY
            else _on_its_day(db, plan, newsroom, clock())
        )
        _finish(db, plans, newsroom, clock, stop, chunk)
    tell_lapsed(db, plans, team=team, domain=domain, now=clock())
    return Gathered(tuple(made), proofs)


def _on_its_day(db: Database, plan: Plan, newsroom: Newsroom, now: datetime) -> list[str]:
    """Assign in one transaction all that is approved and holds; look once more whether it does."""
    with db.begin() as tx:
        since = first_seen(tx, plan.key, now)
        previous = previous_digest(tx, plan.key, now)
        day = day_owed(plan, previous.day if previous else None, since, now)
        early = early_day(tx, plan.key, now) if day is None else None
        day = day or early
        if day is None:
            return []
        take_back(tx, plan.key)
        stopped = stopped_by(tx, plan.key)
        if stopped:
            note = stopped_note(plan.key, plan.title, _day_words(day), stopped)
            _tell(tx, newsroom, f"stopped:{plan.key}:{day}", note, now)
            return []
        lapse_moved(tx, now)
        entries = entries_for(tx, plan, since=since, previous=previous, now=now)
        if early and not any(one.item for one in entries):
            return []  # what it was asked for has lapsed meanwhile
        usual = next_day(plan, now)
        opening = digests.opening(tx, plan.key, day) or (
            digests.opening(tx, plan.key, usual) if early else ""
        )
        quiet = not entries
        line = plan.quiet is Quiet.LINE
        made = digests.make(
            tx,
            key=f"{plan.key}:{day.isoformat()}",
            plan=plan.key,
            day=day,
            state=DigestState.QUIET if quiet and not line else DigestState.GATHERED,
            now=now,
            opening=opening,
            entries=entries,
        )
        if made is None:
            return []
        if early and opening:  # it was this edition's
            digests.set_opening(tx, plan=plan.key, day=usual, words="", by="", now=now)
        digest_orders.clear(tx, plan.key)  # it was this digest's
        if quiet and readership.anybody(tx, plan.key):  # else it is nobody's quiet week
            waiting = sum(one.standing is Standing.WAITING for one in reviews.standings(tx, since=since))
            note = quiet_note(plan.title, _day_words(day), waiting, line=line)
            _tell(tx, newsroom, f"quiet:{made.key}", note, now)
    logger.info("digest %s: %d items", made.key, len(entries))
    return [made.key]


def _at_once(db: Database, plan: Plan, now: datetime) -> list[str]:
    """One digest for each approved Story, five minutes after its approval."""
    made: list[str] = []
    with db.begin() as tx:
        since = first_seen(tx, plan.key, now)
        if stopped_by(tx, plan.key):
            return []
        if not approvals.unassigned(tx, plan.key, since):
            return []
        lapse_moved(tx, now)
        day = now.astimezone(LONDON).date()
        for entry in approved_entries(tx, plan, since=since, until=now - UNDO):
            key = f"{plan.key}:story:{entry.story_id}:{entry.revision}"
            digest = digests.make(
                tx,
                key=key,
                plan=plan.key,
                day=day,
                state=DigestState.GATHERED,
                now=now,
                opening="",
                entries=[entry],
            )
            made += [key] if digest else []
    return made


def _finish(
    db: Database,
    plans: Sequence[Plan],
    newsroom: Newsroom,
    clock: Callable[[], datetime],
    stop: Callable[[], bool],
    chunk: int,
) -> None:
    """Owe every digest that is assigned and not yet owed to all, the oldest first."""
    titles = {plan.key: plan.title for plan in plans}
    with db.begin() as tx:
        waiting: list[Digest] = digests.with_state(tx, DigestState.GATHERED)
    for digest in waiting:
        title = titles.get(digest.plan, digest.plan)
        frame = newsroom.frame
        owe_digest(db, digest, plan_title=title, frame=frame, clock=clock, stop=stop, chunk=chunk)


def _tell(tx: Connection, newsroom: Newsroom, key: str, note: Note, now: datetime) -> None:
    if newsroom.team:
        mail = compose_note(note)
        deliveries.owe(tx, key, mail, message_ids(key, mail, newsroom.team, newsroom.domain, now), now)


def _day_words(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {day:%B %Y}"
