"""One process does it all: Scrapy and APScheduler on one asyncio loop, over the same table of steps.

The scheduler only pokes; ``pipeline.steps.due_sources`` decides what is due, from the ledger, so that work
missed while the process was down is found at the next start. A lock keeps a second process out.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from alerts.steps.delivering import deliver_owed
from pipeline.model.sources import Source
from pipeline.steps.alive import POKED
from pipeline.steps.due_sources import due_sources
from pipeline.store import memory
from sendwatch.alone import Alone, AlreadyRunning, alone
from sendwatch.bounce_rounds import BounceRoom, poll_bounces
from sendwatch.cycle import CycleReport, Progress, quiet, run_cycle, speak
from sendwatch.sending_terms import send_owed_digests
from sendwatch.telling.channels import Telling, begin_telling
from sendwatch.wiring import Wiring, now

logger = logging.getLogger("sendwatch")
ZONE = "Europe/London"
Job = Callable[[], Awaitable[None]]
POKE_SECONDS = 20
BOUNCE_SECONDS = 600
POST_SECONDS = 5
FAULT_RESTS = timedelta(minutes=15)  # after a refusal that is about us, and not about one person


async def once(
    wiring: Wiring, sources: list[Source], *, sweep: bool, progress: Progress = quiet
) -> CycleReport:
    """Read what came back, crawl these Sources, tell and send what is owed. Raises AlreadyRunning.

    SIGTERM or SIGINT ends it soon: the mails in hand are finished, the rest stays owed.
    """
    with alone(wiring), _asked_to_stop() as stopping:
        channels = await asyncio.to_thread(begin_telling, wiring)
        if wiring.settings.mailing.bounces:
            progress("reading what came back of digests")
            room = BounceRoom(wiring.db, wiring.settings.mailing, wiring.tokens, wiring.clock)
            await asyncio.to_thread(poll_bounces, room, stopping.is_set)
        report = await run_cycle(
            wiring, sources, sweep=sweep, eager=True, progress=progress, stopping=stopping
        )
        progress("sending what digests owe")
        report.digests = await asyncio.to_thread(send_owed_digests, wiring, stopping.is_set)
        telling = Telling(wiring.db, channels, clock=wiring.clock, stop=stopping.is_set)
        await telling.poke()
        await telling.finish()
        return report


@contextmanager
def _asked_to_stop() -> Iterator[asyncio.Event]:
    """Set by SIGTERM or SIGINT. Without it a thread that sends would outlive the loop that waits for it."""
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    signs = (signal.SIGTERM, signal.SIGINT)
    for sign in signs:
        loop.add_signal_handler(sign, stopping.set)
    try:
        yield stopping
    finally:
        for sign in signs:
            loop.remove_signal_handler(sign)


class Daemon:
    """Watches for months. ``stopping`` is set by SIGTERM or SIGINT; work in hand is finished or left owed.

    ``beside`` is what runs as long as it does: the public pages. Whoever signs up there has their mail within
    seconds, and not after the crawl.
    """

    def __init__(
        self, wiring: Wiring, beside: Callable[[], AbstractContextManager[object]] | None = None
    ) -> None:
        self.wiring = wiring
        self._beside = beside
        self.stopping = asyncio.Event()
        self._alone: Alone | None = None
        self._ousted = False
        self._busy = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._posting = asyncio.Lock()
        self._sending: asyncio.Task[None] | None = None
        self._send_again_at: datetime | None = None

    async def run(self) -> None:
        """Poke until asked to stop. Holds the crawl lock all the while.

        Raises AlreadyRunning, also when the lock was lost to another process meanwhile.
        """
        with alone(self.wiring) as mine, self._beside() if self._beside else nullcontext():
            self._alone = mine
            if mine.cut_off:
                logger.warning(
                    "%d run(s) were cut off by the last stop; what they owed is done now", mine.cut_off
                )
            channels = begin_telling(self.wiring)
            db, clock, stop = self.wiring.db, self.wiring.clock, self.stopping.is_set
            telling = Telling(db, channels, clock=clock, stop=stop)
            scheduler = self._scheduler()
            if channels:
                _every(scheduler, telling.poke, "tell", seconds=POST_SECONDS)
            scheduler.start()
            for sign in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(sign, self.stopping.set)
            logger.info("watching %d sources", len(self.wiring.schedules.sources))
            await self.stopping.wait()
            logger.info("stopping: the mail in hand is finished, the rest stays owed")
            scheduler.shutdown(wait=False)
            async with self._busy, self._reading, self._posting:
                pass
            await telling.finish()
            if self._sending is not None:
                await self._sending
        if self._ousted:
            raise AlreadyRunning

    async def post(self) -> None:
        """Deliver what is due now, beside whatever else is being done."""
        if self._posting.locked() or self.stopping.is_set():
            return
        async with self._posting:
            db, clock, stop = self.wiring.db, self.wiring.clock, self.stopping.is_set
            await asyncio.to_thread(deliver_owed, db, self.wiring.mailer, clock=clock, stop=stop)

    async def poke(self) -> None:
        """Do what is due, if nothing is being done already."""
        await asyncio.to_thread(self._note_poke)
        if self._busy.locked() or self.stopping.is_set():
            return
        async with self._busy:
            if not await self._is_alone():
                return
            due, sweep = due_sources(self.wiring.db, self.wiring.schedules.sources, self.wiring.clock())
            if due:
                report = await run_cycle(self.wiring, due, sweep=sweep, stopping=self.stopping)
                for crawl in report.crawls:
                    words = "; ".join([*crawl.faults.values(), *crawl.degraded])
                    logger.info("%s: %s %s %s", crawl.source, crawl.outcome, dict(crawl.intakes), words)
            else:
                await speak(self.wiring, stopping=self.stopping)

    async def _is_alone(self) -> bool:
        """Whether nobody else crawls. PostgreSQL frees the lock when it is restarted: it is taken again."""
        if self._alone is None or await asyncio.to_thread(self._alone.regained):
            return True
        logger.error("the lock was lost with its connection, and another sendwatch has it: this one stops")
        self._ousted = True
        self.stopping.set()
        return False

    def _note_poke(self) -> None:
        """For /healthz: the watch is alive, however long what it is doing takes."""
        with self.wiring.db.begin() as tx:
            memory.keep(tx, POKED, "alive", self.wiring.clock())

    async def read_bounces(self) -> None:
        """Read what came back, beside whatever is being crawled; a mailbox out of reach becomes a Problem."""
        if self._reading.locked() or self.stopping.is_set():
            return
        async with self._reading:
            wiring = self.wiring
            room = BounceRoom(wiring.db, wiring.settings.mailing, wiring.tokens, wiring.clock)
            await asyncio.to_thread(poll_bounces, room, self.stopping.is_set)

    async def poke_sending(self) -> None:
        """Send what digests owe, beside everything else: it may take hours, and holds nothing else up."""
        if self.stopping.is_set() or (self._sending is not None and not self._sending.done()):
            return
        if self._send_again_at is not None and self.wiring.clock() < self._send_again_at:
            return
        self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        try:
            done = await asyncio.to_thread(send_owed_digests, self.wiring, self.stopping.is_set)
        except Exception:
            logger.exception("sending the digest failed and is tried again")
            return
        self._send_again_at = self.wiring.clock() + FAULT_RESTS if done.is_fault else None
        if done.tally.sent or done.is_fault:
            logger.info("digests: %d sent, %d owed still. %s", done.tally.sent, done.owed, done.stopped)

    def _scheduler(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone=ZONE)
        _at_once(scheduler, self.poke, "poke", seconds=POKE_SECONDS)
        if self.wiring.settings.mailing.bounces:
            _at_once(scheduler, self.read_bounces, "bounces", seconds=BOUNCE_SECONDS)
        if self._beside:
            _every(scheduler, self.post, "post", seconds=POST_SECONDS)
        _at_once(scheduler, self.poke_sending, "send", seconds=POKE_SECONDS)
        scheduler.add_listener(self._job_failed, EVENT_JOB_ERROR)
        return scheduler

    def _job_failed(self, event: JobExecutionEvent) -> None:
        logger.error("a job failed and is tried again: %s", event.exception, exc_info=event.exception)


def _every(scheduler: AsyncIOScheduler, job: Job, name: str, *, seconds: int, **more: object) -> None:
    """Do it every so many seconds, for the first time when they have passed; what was missed makes one."""
    trigger = IntervalTrigger(seconds=seconds, timezone=ZONE)
    scheduler.add_job(job, trigger, id=name, coalesce=True, max_instances=1, misfire_grace_time=None, **more)


def _at_once(scheduler: AsyncIOScheduler, job: Job, name: str, *, seconds: int) -> None:
    """The same, and for the first time now."""
    _every(scheduler, job, name, seconds=seconds, next_run_time=now())
