"""One cycle: crawl the Sources that are due, then tell people what is owed to them.

The order of the hops is ARCHITECTURE's, section 3. Each hop stands on rows, so that a cycle that is cut
off anywhere is finished by the next.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from alerts.steps.alerting import alert_stories
from alerts.steps.announcing import announce_baseline, announce_problems
from alerts.steps.delivering import Delivered, deliver_owed
from alerts.steps.digesting import Gathered, Newsroom, gather_digests
from alerts.steps.sending import Sent
from crawler.budget import Budget, Caps
from crawler.context import CrawlContext
from crawler.crawl import crawl
from crawler.report import CrawlReport
from pipeline.model.problems import DIGEST
from pipeline.model.sources import Source
from pipeline.steps import watch
from pipeline.steps.cluster import cluster
from pipeline.steps.draft import draft_stories
from pipeline.steps.inbox import fill_inbox
from pipeline.steps.indexing import index_some
from pipeline.steps.settling import release_overdue
from pipeline.steps.story_by_hand import make_wanted
from pipeline.steps.sweep import sweep_old
from pipeline.store import documents, memory, runs
from sendwatch.tending import tend_subscribers
from sendwatch.wiring import Wiring

logger = logging.getLogger("sendwatch")
Progress = Callable[[str], None]


@dataclass(slots=True)
class CycleReport:
    """What one cycle did: a report for each Source, and the mail that went out."""

    crawls: list[CrawlReport] = field(default_factory=list)
    stories: int = 0
    delivered: Delivered = field(default_factory=Delivered)
    digests: Sent = field(default_factory=Sent)  # what `run --once` sent of them; the daemon sends beside

    @property
    def whole(self) -> bool:
        """True when every Source was read to its end and nothing was degraded."""
        return all(report.outcome == "whole" for report in self.crawls) and not self.delivered.again


def quiet(_words: str) -> None:
    """Progress for nobody."""


async def run_cycle(
    wiring: Wiring,
    due: Sequence[Source],
    *,
    sweep: bool = False,
    eager: bool = False,
    progress: Progress = quiet,
    stopping: asyncio.Event | None = None,
) -> CycleReport:
    """Crawl the due Sources one after the other, then speak. Needs the asyncio reactor running."""
    report = CycleReport()
    budget = Budget(_todays_caps(wiring))
    if sweep:
        _begin_sweep(wiring)
    for number, source in enumerate(due):
        if stopping is not None and stopping.is_set():
            break
        line = f"[{number + 1}/{len(due)}] {source.title}"
        progress(line)
        if number:
            await asyncio.sleep(wiring.settings.delay)
        context = wiring.context(budget, sweep=sweep, eager=eager, progress=_within(progress, line))
        report.crawls.append(await _crawl_one(wiring, source, context, stopping))
    progress("drafting and mailing what is owed")
    report.stories, report.delivered = await speak(wiring, stopping=stopping)
    if sweep:
        progress("letting go what nothing stands on")
        keep = timedelta(days=wiring.settings.keep)
        await asyncio.to_thread(sweep_old, wiring.db, keep=keep, now=wiring.clock())
    return report


def _within(progress: Progress, line: str) -> Callable[[int, int], None]:
    return lambda done, of: progress(f"{line}: {done} of {of} documents looked at")


async def speak(wiring: Wiring, *, stopping: asyncio.Event | None = None) -> tuple[int, Delivered]:
    """Everything after the crawl: Stories, Drafts, Alerts and Deliveries that are owed."""
    team, domain = wiring.settings.team, wiring.domain
    release_overdue(wiring.db, wiring.clock())
    await asyncio.to_thread(make_wanted, wiring.db, wiring.clock())
    opened = await asyncio.to_thread(cluster, wiring.db, wiring.clock())
    await asyncio.to_thread(draft_stories, wiring.db, wiring.draft_and_reword, wiring.clock())
    site = wiring.settings.mailing.site if wiring.settings.mailing.has_site else ""
    for owe in (announce_baseline, partial(alert_stories, site=site), announce_problems):
        await asyncio.to_thread(
            owe, wiring.db, team=team, source_title=wiring.source_title, domain=domain, now=wiring.clock()
        )
    await asyncio.to_thread(gather_due, wiring, stopping=stopping)
    halt = stopping.is_set if stopping is not None else (lambda: False)
    await asyncio.to_thread(tend_subscribers, wiring, stop=halt)
    clock = wiring.clock
    delivered = await asyncio.to_thread(deliver_owed, wiring.db, wiring.mailer, clock=clock, stop=halt)
    await asyncio.to_thread(index_some, wiring.db, wiring.clock())
    await asyncio.to_thread(_list_stories, wiring)
    return opened, delivered


def _list_stories(wiring: Wiring) -> None:
    """The desk's inbox, last: whatever trips here must not keep a mail from people."""
    plans = wiring.schedules.plans
    try:
        fill_inbox(wiring.db, wiring.clock(), plan=plans[0].key if plans else "")
    except Exception:
        logger.exception("the inbox of the desk could not be brought up to date")


def gather_due(wiring: Wiring, *, stopping: asyncio.Event | None = None) -> Gathered:
    """Proofs, digests and mails at once that are due: assigned and owed, not sent.

    What trips here keeps no Alert from the team: it is a Problem, and is tried again with the next round.
    """
    newsroom = Newsroom(wiring.settings.team, wiring.domain, wiring.frame)
    halt = stopping.is_set if stopping is not None else (lambda: False)
    db, plans = wiring.db, wiring.schedules.plans
    try:
        gathered = gather_digests(db, plans, newsroom, clock=wiring.clock, stop=halt)
    except Exception as error:
        words = (
            f"it cannot be put together ({type(error).__name__}) and is tried again; nothing of it is lost"
        )
        with db.begin() as tx:
            if runs.open_problem(tx, DIGEST, "broken", words, wiring.clock()):  # once, and not at every poke
                logger.exception("the digest cannot be put together")
        return Gathered()
    with db.begin() as tx:
        runs.clear_problem(tx, DIGEST, "broken", wiring.clock())
    return gathered


async def _crawl_one(
    wiring: Wiring, source: Source, context: CrawlContext, stopping: asyncio.Event | None
) -> CrawlReport:
    with wiring.db.begin() as tx:
        run_id = runs.begin(tx, source.key, wiring.clock())
    try:
        report = await crawl(source, context, stopping=stopping)
    except BaseException:
        with wiring.db.begin() as tx:
            runs.end(tx, run_id, wiring.clock(), outcome="failed", words="the crawl was cut off")
        raise
    watch.note_faults(wiring.db, source, report.faults, wiring.clock())
    words = "; ".join([*report.faults.values(), *report.degraded[:5]])
    with wiring.db.begin() as tx:
        runs.end(
            tx,
            run_id,
            wiring.clock(),
            outcome=report.outcome,
            requests=report.requests,
            counts=dict(report.intakes),
            words=words,
        )
    return report


def _todays_caps(wiring: Wiring) -> Caps:
    caps = wiring.caps
    with wiring.db.begin() as tx:
        spent = runs.requests_since(tx, wiring.clock() - timedelta(hours=24))
    left = max(0, wiring.schedules.limits.requests_per_day - spent)
    return Caps(min(caps.requests, left), caps.items, caps.children, caps.files)


def _begin_sweep(wiring: Wiring) -> None:
    """Owe a look to every Document that was not seen for a day; contract, section 13."""
    with wiring.db.begin() as tx:
        day_ago = wiring.clock() - timedelta(hours=20)
        documents.owe_looks(tx, unseen_since=day_ago, now=wiring.clock(), reason="the daily sweep")
        memory.keep(tx, "sweep", "begun", wiring.clock())
