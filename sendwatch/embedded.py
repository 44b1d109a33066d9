"""One process does it all: Scrapy and APScheduler on one asyncio loop, over the same table of steps.

The scheduler only pokes; ``pipeline.steps.due`` decides what is due, from the ledger, so that work missed
while the process was down is found at the next start. A lock keeps a second process from the same work.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from scrapy.utils.reactor import install_reactor

from pipeline.model.sources import Source
from pipeline.steps.due import is_due, sweep_due
from pipeline.store import deliveries, memory, runs
from pipeline.store.locks import hold
from sendwatch.cycle import CycleReport, Progress, quiet, run_cycle, speak
from sendwatch.newsdesk import whole_app
from sendwatch.serving import serving
from sendwatch.wiring import Wiring, now

logger = logging.getLogger("sendwatch")
T = TypeVar("T")
POKE_SECONDS = 20


class AlreadyRunning(Exception):
    """Another process is crawling into the same database."""


def run_on_reactor(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run one coroutine on the reactor, to its end, and stop. Once per process: a reactor cannot restart."""
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed

    reactor: Any = installed

    outcome: list[T] = []
    failure: list[BaseException] = []

    async def guarded() -> None:
        try:
            outcome.append(await work())
        except BaseException as error:
            failure.append(error)
        finally:
            reactor.callFromThread(reactor.stop)

    reactor.callWhenRunning(lambda: asyncio.ensure_future(guarded()))
    reactor.run(installSignalHandlers=False)
    if failure:
        raise failure[0]
    return outcome[0]


async def once(
    wiring: Wiring, sources: list[Source], *, sweep: bool, progress: Progress = quiet
) -> CycleReport:
    """Crawl these Sources now, tell what is owed, and come back. Raises AlreadyRunning."""
    with alone(wiring):
        return await run_cycle(wiring, sources, sweep=sweep, eager=True, progress=progress)


@contextmanager
def alone(wiring: Wiring) -> Iterator[int]:
    """Hold the crawl lock while the block runs, so that whatever a killed process held is free.

    Gives how many runs had been cut off. Raises AlreadyRunning.
    """
    with hold(wiring.db, "crawl") as mine:
        if not mine:
            raise AlreadyRunning
        with wiring.db.begin() as tx:
            deliveries.free_leases(tx)
            cut_off = runs.abandon_running(tx, wiring.clock())
        yield cut_off


class Daemon:
    """Watches for months. ``stopping`` is set by SIGTERM or SIGINT; work in hand is finished or left owed."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.stopping = asyncio.Event()
        self._busy = asyncio.Lock()

    async def run(self) -> None:
        """Poke until asked to stop. Holds the crawl lock all the while; raises AlreadyRunning."""
        with alone(self.wiring) as cut_off:
            if cut_off:
                logger.warning("%d run(s) were cut off by the last stop; what they owed is done now", cut_off)
            scheduler = self._scheduler()
            scheduler.start()
            for sign in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(sign, self.stopping.set)
            logger.info("watching %d sources", len(self.wiring.schedules.sources))
            with self._pages():
                await self.stopping.wait()
            logger.info("stopping: the mail in hand is finished, the rest stays owed")
            scheduler.shutdown(wait=False)
            async with self._busy:
                pass

    def _pages(self) -> AbstractContextManager[object]:
        """The public pages and the desk, once it is said where they are."""
        mailing = self.wiring.settings.mailing
        return serving(whole_app(self.wiring), mailing.listen) if mailing.has_site else nullcontext()

    async def poke(self) -> None:
        """Do what is due, if nothing is being done already."""
        if self._busy.locked() or self.stopping.is_set():
            return
        async with self._busy:
            due, sweep = self._due()
            if due:
                report = await run_cycle(self.wiring, due, sweep=sweep, stopping=self.stopping)
                for crawl in report.crawls:
                    words = "; ".join([*crawl.faults.values(), *crawl.degraded])
                    logger.info("%s: %s %s %s", crawl.source, crawl.outcome, dict(crawl.intakes), words)
            else:
                await speak(self.wiring, stopping=self.stopping)

    def _scheduler(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone="Europe/London")
        scheduler.add_job(
            self.poke,
            IntervalTrigger(seconds=POKE_SECONDS, timezone="Europe/London"),
            id="poke",
            next_run_time=now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.add_listener(self._job_failed, EVENT_JOB_ERROR)
        return scheduler

    def _job_failed(self, event: JobExecutionEvent) -> None:
        logger.error("a cycle failed and is tried again: %s", event.exception, exc_info=event.exception)

    def _due(self) -> tuple[list[Source], bool]:
        moment = self.wiring.clock()
        with self.wiring.db.begin() as tx:
            last = {s.key: runs.last(tx, s.key) for s in self.wiring.schedules.sources}
            swept = memory.recall(tx, "sweep")
            if swept is None:  # a first start is a baseline; the first sweep comes the night after
                memory.keep(tx, "sweep", "not yet", moment)
        if swept is not None and sweep_due(swept.kept_at, moment):
            return list(self.wiring.schedules.sources), True
        due = []
        for source in self.wiring.schedules.sources:
            run = last[source.key]
            if is_due(source, run.started_at if run else None, moment):
                due.append(source)
        return due, False
