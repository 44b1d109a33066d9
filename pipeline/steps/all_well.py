"""Whether all is watched and delivered, in a few plain lines, each with what to do. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from pipeline.model.digests import DigestState
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.receipts import SourceHealth
from pipeline.model.sources import Source
from pipeline.steps.alive import LATE, POKED
from pipeline.steps.collect import previous_digest
from pipeline.steps.due_plans import day_owed, due_at, next_day
from pipeline.steps.receipts import lasting
from pipeline.steps.stopping import STOPPED
from pipeline.store import deliveries, digest_progress, memory, runs
from pipeline.store.memory import Remembered
from pipeline.text.words.dates import at_time

GRACE = timedelta(hours=1)  # for a watch that is started by the clock, round by round
SLOW = timedelta(minutes=15)  # a mail that has waited as long does not leave by itself
STUCK = timedelta(minutes=30)
FAILED_SINCE = timedelta(days=7)
SPARE = 1_000_000_000  # bytes of disk
DOCTOR = "ask an operator to run “sendwatch doctor”."
START = "Ask an operator to start it: “sendwatch run”, or “systemctl start sendwatch” where it is a service."

STATES = {
    DigestState.GATHERED: "being made ready",
    DigestState.SENDING: "on its way",
    DigestState.HELD: "stopped",
    DigestState.SENT: "sent",
    DigestState.CANCELLED: "cancelled",
    DigestState.QUIET: "there was nothing to send",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is looked at. Without ``to_do`` nothing needs to be done."""

    what: str
    well: bool
    words: str
    to_do: str = ""


def all_well(
    tx: Connection,
    rows: Sequence[SourceHealth],
    sources: Sequence[Source],
    plans: Sequence[Plan],
    now: datetime,
    free: int | None = None,
) -> tuple[Finding, ...]:
    """The watch, its sources, the team's mail, each digest, and the disk where ``free`` bytes are left."""
    found = [_watch(tx, sources, now), _sources(rows), _mail(tx, now)]
    found += [_digest(tx, plan, now) for plan in plans]
    if free is not None and free < SPARE:
        words = f"{free // 1_000_000:,} MB are left. When it is full, nothing is saved and nothing leaves."
        found.append(Finding("Disk", False, words, "Ask an operator to make room."))
    return tuple(found)


def amiss(
    tx: Connection, sources: Sequence[Source], plans: Sequence[Plan], now: datetime
) -> tuple[Finding, ...]:
    """What an editor has to know before she trusts an empty inbox: the watch stands still, a digest waits.

    A few small looks: this stands on a page that is opened all day.
    """
    held = memory.beginning(tx, STOPPED)
    stopped = [_stopped(plan, held[plan.key]) for plan in plans if plan.key in held and held[plan.key].value]
    watch = _watch(tx, sources, now)
    return tuple(stopped) if watch.well else (watch, *stopped)


def _stopped(plan: Plan, held: Remembered) -> Finding:
    by = held.value.partition("@")[0]
    words = f"Stopped since {at_time(held.kept_at)}, by {by}. Nothing of it leaves."
    return Finding(f"“{plan.title}”", False, words, "Release it on the page “Digest”.")


def _watch(tx: Connection, sources: Sequence[Source], now: datetime) -> Finding:
    """A daemon says every 20 seconds that it is there; a watch by the clock shows by its runs."""
    known, run = memory.recall(tx, POKED), runs.newest(tx)
    poked = known.kept_at if known else None
    begun = run.started_at if run else None
    last = max((one for one in (poked, begun) if one), default=None)
    if last is None:
        return Finding("The watch", False, "It has never run.", START)
    pace = min((max(one.every, one.nights or one.every) for one in sources), default=timedelta())
    by_clock = begun is not None and (poked is None or begun - poked > LATE) and now - begun <= pace + GRACE
    if by_clock or (poked is not None and now - poked <= LATE):
        return Finding("The watch", True, f"It was at work {lasting(now - last)} ago.")
    words = f"It has not run since {at_time(last)}. Since then nothing new is seen, and no mail leaves."
    return Finding("The watch", False, words, START)


def _sources(rows: Sequence[SourceHealth]) -> Finding:
    bad = [row for row in rows if not row.paused_since and (row.problems or row.outcome == "failed")]
    paused = sum(1 for row in rows if row.paused_since)
    unread = sum(1 for row in rows if row.last_good is None and not row.paused_since and row not in bad)
    words = f"{len(rows) - len(bad) - paused - unread} of {len(rows)} are well."
    words += f" {paused} {'is' if paused == 1 else 'are'} paused." if paused else ""
    words += f" {unread} {'was' if unread == 1 else 'were'} never read yet." if unread else ""
    if not bad:
        return Finding("Sources", not paused, words, "Resume what was paused by mistake." if paused else "")
    named = ", ".join(f"“{row.title}”" for row in bad[:3]) + (" and others" if len(bad) > 3 else "")
    words += f" {len(bad)} {'has' if len(bad) == 1 else 'have'} a problem: {named}."
    to_do = "Each is tried again by itself. If one is down for a day, open its page at the publisher."
    return Finding("Sources", False, words, to_do)


def _mail(tx: Connection, now: datetime) -> Finding:
    late = deliveries.overdue(tx, now - SLOW)
    if late.number:
        since = f", the oldest since {at_time(late.since)}" if late.since else ""
        why = f" The mail server said: “{late.words}”." if late.words else ""
        words = f"{_mails(late.number)} did not leave{since}.{why}"
        to_do = f"Nothing is lost: it is tried again by itself. If it goes on, {DOCTOR}"
        return Finding("Mail to the team", False, words, to_do)
    refused = deliveries.refused_since(tx, now - FAILED_SINCE)
    if refused.number:
        words = f"{_mails(refused.number)} of the last 7 days could not be delivered: “{refused.words}”."
        to_do = "Look at the team's addresses. The Stories themselves are in the inbox."
        return Finding("Mail to the team", False, words, to_do)
    return Finding("Mail to the team", True, "All of it was taken by the mail server.")


def _mails(number: int) -> str:
    return "1 mail" if number == 1 else f"{number:,} mails"


def _digest(tx: Connection, plan: Plan, now: datetime) -> Finding:
    what = f"“{plan.title}”"
    stopped = memory.recall(tx, STOPPED + plan.key)
    if stopped and stopped.value:
        return _stopped(plan, stopped)
    for one in digest_progress.open_digests(tx, plan.key):
        standing = digest_progress.standing_of(tx, one.id, now)
        if standing.owed and not standing.rate and now - one.made_at > STUCK:
            words = f"{_mails(standing.owed)} of it are owed, and none has left in five minutes."
            words += f" {standing.sent:,} have left."
            to_do = f"Nothing is lost: it goes on by itself. If it does not, {DOCTOR}"
            return Finding(what, False, words, to_do)
        if standing.owed:
            words = f"It is being sent: {standing.sent:,} have left, {standing.owed:,} are to go."
            return Finding(what, True, words)
    if plan.rhythm is Rhythm.STORY:
        return Finding(what, True, "Nothing is owed.")
    known, previous = memory.recall(tx, f"plan:{plan.key}"), previous_digest(tx, plan.key, now)
    owed = day_owed(plan, previous.day if previous else None, known.kept_at, now) if known else None
    if owed and now - due_at(plan, owed) > SLOW:
        words = f"It was due at {at_time(due_at(plan, owed))}, and is not put together yet."
        return Finding(what, False, words, "The watch makes it when it runs. If it runs, ask an operator.")
    sent = f"The last one: {STATES[previous.state]}. " if previous else ""
    return Finding(what, True, f"{sent}The next one is due at {at_time(due_at(plan, next_day(plan, now)))}.")
