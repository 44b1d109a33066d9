"""The walk that all spiders share: read the listing, remember its Entries, look at what is owed.

A listing that fails does not stop the looks that are owed already. Compares nothing, mails nothing.
"""

import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import scrapy
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.bundles import Bundle, Fetched
from crawler.context import CrawlContext
from crawler.report import CrawlReport
from pipeline.model.documents import Entry
from pipeline.model.errors import SourceError, TransientError
from pipeline.model.looks import Look
from pipeline.model.sources import Source
from pipeline.steps import trouble
from pipeline.store import bodies, documents, entries, sources

LISTING_BYTES = 30_000_000
PAGE_BYTES = 15_000_000
FILE_BYTES = 50_000_000  # contract, section 4


DEPARTED_EVERY, DEPARTED_AT_ONCE = timedelta(hours=6), 5  # looks at what was withdrawn or has moved


class WatchingSpider(scrapy.Spider):
    """A Source's crawl. Subclasses say how its listing is read and how one page is brought home."""

    name = "watching"
    dialect = ""

    def __init__(self, source: Source, context: CrawlContext, report: CrawlReport) -> None:
        super().__init__()
        self.source = source
        self.context = context
        self.report = report
        self._done = self._of = 0

    async def listing(self) -> None:
        """Read the Source's listing and remember its Entries. Raises SourceError or TransientError."""
        raise SourceError(f"{self.name} has no listing")

    def page_request(self, url: str) -> Request:
        """The request that looks at the Document at ``url``."""
        return self.request(url, most=PAGE_BYTES)

    async def bring_home(self, response: Response, url: str) -> Bundle | Look | None:
        """Turn the answer for one page, and what hangs below it, into a Bundle."""
        raise SourceError(f"{self.name} cannot look at {url}: {response.status}")

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy's entry: the listing first, then every look that is owed."""
        try:
            await self.listing()
            self.report.listing_read = True
        except SourceError as error:
            self.report.faults[type(error).__name__] = str(error)
        except TransientError as error:
            self.report.faults["Unreachable"] = str(error)
        owed = list(self.owed())
        self._of = len(owed)
        for url in owed:
            yield self._looking(url)

    async def look(self, response: Response, url: str) -> AsyncIterator[Bundle | Look]:
        """Scrapy's callback for one page."""
        self._step()
        try:
            brought = await self.bring_home(response, url)
        except (SourceError, TransientError) as error:
            self.failed(url, str(error))
            return
        if brought is not None:
            yield brought

    def look_failed(self, failure: Any) -> None:
        """Scrapy's errback for one page."""
        self._step()
        self.failed(failure.request.cb_kwargs["url"], plain_failure(failure.value))

    def failed(self, url: str, words: str) -> None:
        """A look failed: the last good state stays, and people can see why."""
        self.report.degraded.append(f"{url}: {words}")
        trouble.note_failure(self.context.db, url, words, self.now())

    async def fetch(self, url: str, *, most: int, kept: bool = False) -> Response:
        """Download through all the downloader middlewares. Raises TransientError in plain words."""
        engine = self.crawler.engine
        assert engine is not None
        try:
            return await engine.download_async(self.request(url, most=most, kept=kept))
        except Exception as error:
            raise TransientError(plain_failure(error)) from error

    def request(self, url: str, *, most: int, kept: bool = True) -> Request:
        """A request for at most ``most`` bytes; redirects are followed, any other status is an answer."""
        meta = {"download_maxsize": most, "kept": kept}
        return Request(url, meta=meta, dont_filter=True)

    def remember(self, listed: Sequence[Entry], *, kept: Fetched | None = None) -> None:
        """Keep a listing's Entries, with its validators, in one transaction."""
        now = self.now()
        with self.context.db.begin() as tx:
            first = sources.state(tx, self.source.key).baselined_at is None
            entries.record(tx, self.source.key, listed, matters=self.matters, baseline=first, now=now)
            entries.answer_known(tx, self.source.key)
            if kept is not None and not kept.unchanged:
                sha256 = hashlib.sha256(kept.body).hexdigest()
                bodies.keep(tx, {sha256: kept.body})
                given = bodies.Validators(kept.url, kept.etag, kept.last_modified, sha256)
                bodies.keep_validators(tx, given, now, listing=True)
        self.report.entries += len(listed)

    def note_listing(self, dates: Sequence[datetime]) -> None:
        """The listing was read to its end: its first time is the baseline."""
        now = self.now()
        with self.context.db.begin() as tx:
            state = sources.state(tx, self.source.key)
            newest = max([*dates, *([state.newest_entry_at] if state.newest_entry_at else [])], default=None)
            seen = entries.count_listed(tx, self.source.key)
            kept = replace(state, newest_entry_at=newest, entries_seen=seen)
            sources.save(tx, replace(kept, baselined_at=state.baselined_at or now))

    def matters(self, entry: Entry) -> bool:
        """Whether an Entry is worth a look. Listings that are about SEND alone take everything."""
        return self.context.matters(entry)

    def now(self) -> datetime:
        """Aware UTC."""
        return self.context.clock()

    def owed(self) -> Iterator[str]:
        """URLs that are owed a look now, within the cycle's caps: news, failures again, our own reasons."""
        key, budget, now = self.source.key, self.context.budget, self.now()
        with self.context.db.begin() as tx:
            most, eager = budget.left("items"), self.context.eager
            wanted = [o.url for o in entries.owed(tx, key, now=now, limit=most, eager=eager)]
            wanted += [d.url for d in documents.due(tx, key, now=now, limit=most, eager=eager)]
            before = now if eager else now - DEPARTED_EVERY
            wanted += [d.url for d in documents.departed(tx, key, seen_before=before, limit=DEPARTED_AT_ONCE)]
        for url in dict.fromkeys(wanted):
            if budget.take("items"):
                yield url

    def _step(self) -> None:
        self._done += 1
        self.context.progress(self._done, self._of)

    def _looking(self, url: str) -> Request:
        return self.page_request(url).replace(
            callback=self.look, errback=self.look_failed, cb_kwargs={"url": url}
        )


def fetched(response: Response, *, url: str = "") -> Fetched:
    """A good answer as a Fetched."""
    return Fetched(
        url=url or response.url,
        body=response.body,
        content_type=header(response, "Content-Type"),
        etag=header(response, "ETag"),
        last_modified=header(response, "Last-Modified"),
        unchanged="not-modified" in response.flags,
    )


def header(response: Response, name: str) -> str:
    """A response header as text, empty when absent."""
    raw = response.headers.get(name)
    return raw.decode("latin-1").strip() if raw else ""


def plain_failure(error: BaseException) -> str:
    """A download's failure in words for the content team and the operator."""
    if isinstance(error, IgnoreRequest):
        return _refusal(str(error))
    kind = type(error).__name__
    known = {
        "TimeoutError": "the publisher took too long to answer",
        "DownloadTimeoutError": "the publisher took too long to answer",
        "CannotResolveHostError": "the publisher's name could not be looked up",
        "DownloadConnectionRefusedError": "the publisher refused the connection",
        "DownloadCancelledError": "the answer is larger than sendwatch takes",
        "ResponseDataLossError": "the answer broke off in the middle",
    }
    return known.get(kind, f"the publisher could not be reached ({kind})")


def _refusal(words: str) -> str:
    """Scrapy's reasons for not going on, and our own, in plain words."""
    if "robots.txt" in words or not words:
        return "robots.txt asks programs not to read this page"
    if "max redirections" in words:
        return "the page only leads from one address to another"
    if words.startswith("Ignored response"):
        return "the answer is larger than sendwatch takes"
    return words
