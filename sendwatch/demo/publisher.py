"""The replayed publisher: a small HTTP server on loopback that speaks the source contract.

It serves what a Shelf holds as GOV.UK, its assets host and the Education Hub, on three ports, and keeps
a log of what it was asked. Never speaks to anybody first, and never to another machine by default.
"""

import asyncio
import threading
import time
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import TracebackType
from typing import Self

from sendwatch.demo.answers import Answer, page_answer
from sendwatch.demo.answers_routes import SITES, Roots, answer, at_home
from sendwatch.demo.faults import FaultKind
from sendwatch.demo.shelf import Shelf
from sendwatch.demo.wire import LONGEST_HEAD, Heard, conditional, hear, spoiled, tell, tell_wrongly

MOST_REMEMBERED = 50_000
MOST_CONNECTIONS = 200
_PATIENCE = 10.0  # seconds to start or stop


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it was answered. ``when`` is in seconds on the monotonic clock; ``status`` is 0 when
    the answer never came. Header names are in lower case.
    """

    when: float
    site: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    status: int


class Publisher:
    """Serves a Shelf while its ``with`` block runs, from a thread of its own.

    With ``port`` 0 the three ports are free ones; otherwise they are ``port``, ``port + 1``, ``port + 2``.
    """

    def __init__(self, shelf: Shelf, host: str = "127.0.0.1", port: int = 0) -> None:
        self.shelf = shelf
        self.counts: Counter[str] = Counter()  # by site, by status ("304"), and "total"
        self._host = host
        self._port = port
        self._log: deque[Asked] = deque(maxlen=MOST_REMEMBERED)
        self._roots = Roots("", "", "")
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="replayed publisher", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(_PATIENCE):
            raise RuntimeError("the replayed publisher did not start")
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Close every connection and both ends of the thread. May be called twice."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_PATIENCE)

    @property
    def govuk_url(self) -> str:
        """The root that stands for https://www.gov.uk, without a trailing slash."""
        return self._roots.govuk

    @property
    def assets_url(self) -> str:
        """The root that stands for the assets host."""
        return self._roots.assets

    @property
    def blog_url(self) -> str:
        """The root that stands for the Education Hub."""
        return self._roots.blog

    @property
    def requests(self) -> list[Asked]:
        """What was asked, oldest first; the newest 50,000 are kept."""
        with self.shelf.lock:
            return list(self._log)

    def asked_for(self, pattern: str) -> list[Asked]:
        """Return the requests whose path is like a shell pattern."""
        return [one for one in self.requests if fnmatchcase(one.path, pattern)]

    def forget_requests(self) -> None:
        """Empty the log and the counts."""
        with self.shelf.lock:
            self._log.clear()
            self.counts.clear()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:  # a port that is taken: told to whoever waits in __enter__
            self._failure = error
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        servers: list[asyncio.Server] = []
        try:
            for offset, site in enumerate(SITES):
                servers.append(await self._listen(site, self._port and self._port + offset))
            ports = [server.sockets[0].getsockname()[1] for server in servers]
            self._roots = Roots(*(f"http://{self._host}:{port}" for port in ports))
            self._ready.set()
            await self._stopping.wait()
        finally:
            for server in servers:
                server.close()
            open_now = list(self._connections)
            for task in open_now:
                task.cancel()
            await asyncio.gather(*open_now, return_exceptions=True)

    async def _listen(self, site: str, port: int) -> asyncio.Server:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None  # a coroutine that runs always is in one
            self._connections.add(task)
            try:
                if len(self._connections) <= MOST_CONNECTIONS:
                    await self._converse(site, reader, writer)
            except (ConnectionError, asyncio.CancelledError):
                pass  # the other side left, or the publisher is stopping
            finally:
                self._connections.discard(task)
                writer.close()
                with suppress(ConnectionError, asyncio.CancelledError):
                    await writer.wait_closed()

        return await asyncio.start_server(connected, self._host, port, limit=LONGEST_HEAD)

    async def _converse(self, site: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (heard := await hear(reader)) is not None:
            if heard.method not in ("GET", "HEAD"):
                refusal = page_answer(405, "Method not allowed", "<h1>Method not allowed</h1>")
                self._remember(site, heard, refusal.status)
                await tell(writer, refusal, heard)
                return
            if not await self._respond(site, heard, writer) or not heard.keeps_alive:
                return

    async def _respond(self, site: str, heard: Heard, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection can be used again."""
        with self.shelf.lock:
            fault = self.shelf.faults.take(heard.path)
        stale = fault is not None and fault.kind is FaultKind.STALE
        found = at_home(answer(self.shelf, site, heard.path, heard.query, stale=stale), self._roots)
        told: Answer | None = conditional(found, heard)
        if fault is not None and not stale:
            told = spoiled(fault, found, heard)
        if told is not None:
            self._remember(site, heard, told.status)
            await tell(writer, told, heard)
            return True
        assert fault is not None  # only a fault leaves nothing to tell
        self._remember(site, heard, 0 if fault.kind is FaultKind.HANG else found.status)
        await tell_wrongly(writer, fault, found)
        return False

    def _remember(self, site: str, heard: Heard, status: int) -> None:
        when = time.monotonic()
        with self.shelf.lock:
            asked = Asked(when, site, heard.method, heard.path, heard.query, heard.headers, status)
            self._log.append(asked)
            self.counts.update(("total", site, str(status)))
