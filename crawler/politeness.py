"""Downloader middlewares: who may be asked, how often, and "is it still the same?".

They decide about requests and never about content.
"""

import asyncio
import logging
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from crawler.context import CrawlContext
from crawler.spiders.watching import WatchingSpider
from pipeline.store import bodies, memory

logger = logging.getLogger(__name__)

MOST_PATIENCE = timedelta(seconds=30)  # a longer Retry-After ends the wait: the host is paused instead
ROBOTS_LAST = timedelta(hours=24)
TRIES = 3


class Refused(IgnoreRequest):
    """This request may not be made; the text says why in plain words."""


def context_of(crawler: Crawler) -> CrawlContext:
    """The context of the crawl that a middleware serves: Scrapy makes the spider first."""
    assert isinstance(crawler.spider, WatchingSpider)
    return crawler.spider.context


class _Middleware:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.context = context_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)


class AllowedPlaces(_Middleware):
    """Only the declared hosts are spoken to, redirects included, and only within the cycle's caps."""

    def process_request(self, request: Request) -> None:
        netloc = urlsplit(request.url).netloc
        if netloc not in self.context.places.netlocs():
            raise Refused(f"{netloc} is not one of the hosts that sendwatch may speak to")
        if self.context.pauses.is_paused(netloc, self.context.clock()):
            raise Refused(f"{netloc} asked us to wait; sendwatch tries again in a later cycle")
        if not self.context.budget.take("requests"):
            raise Refused("this cycle has made all the requests that it may; the rest waits for the next")


class BackOff(_Middleware):
    """Try again after 429, 500, 502, 503 and 504: waits 1 s, then 2 s, or what Retry-After asks."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        host = urlsplit(request.url).netloc
        if response.status not in (429, 500, 502, 503, 504):
            self.context.pauses.relent(host)
            return response
        asked = self._retry_after(response)
        tries = int(request.meta.get("tries", 1))
        wait = asked if asked is not None else timedelta(seconds=2 ** (tries - 1))
        if tries >= TRIES or wait > MOST_PATIENCE:
            if response.status in (429, 503):
                self.context.pauses.pause(host, self.context.clock(), asked)
            return response
        self._count("sendwatch/waits")
        await asyncio.sleep(wait.total_seconds())
        again = request.replace(dont_filter=True)
        again.meta["tries"] = tries + 1
        return again

    def _retry_after(self, response: Response) -> timedelta | None:
        raw = (response.headers.get("Retry-After") or b"").decode("ascii", "replace").strip()
        if raw.isdigit():
            return timedelta(seconds=min(int(raw), 86_400))
        try:
            return max(timedelta(0), parsedate_to_datetime(raw) - self.context.clock()) if raw else None
        except (ValueError, TypeError):
            return None

    def _count(self, name: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(name)


class StoredValidators(_Middleware):
    """Ask "changed since?" with the validators kept in the store; a 304 becomes the stored bytes again.

    Such a response carries the flag ``not-modified``. Only requests with ``meta["kept"]`` take part.
    """

    def process_request(self, request: Request) -> None:
        if not request.meta.get("kept"):
            return
        with self.context.db.begin() as tx:
            known = bodies.validators_of(tx, request.url)
        if known is None:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status != 304 or not request.meta.get("kept"):
            return response
        with self.context.db.begin() as tx:
            known = bodies.validators_of(tx, request.url)
            body = bodies.fetch(tx, known.sha256) if known else None
        if known is None or body is None:  # the bytes are lost: ask again without validators
            again = request.replace(dont_filter=True, meta={**request.meta, "kept": False})
            again.headers.pop("If-None-Match", None)
            again.headers.pop("If-Modified-Since", None)
            return again
        headers = {
            "ETag": response.headers.get("ETag") or known.etag,
            "Last-Modified": response.headers.get("Last-Modified") or known.last_modified,
        }
        kind = TextResponse if b"\0" not in body[:1024] else Response
        return kind(
            request.url, status=200, headers=headers, body=body, flags=["not-modified"], request=request
        )


class RememberedRobots(RobotsTxtMiddleware):
    """robots.txt, asked once a day for each host and remembered between crawls; RFC 9309, section 2.4.

    A robots.txt that could not be had leaves the last known one in force.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._context = context_of(crawler)

    async def robot_parser(self, request: Request):  # type: ignore[no-untyped-def]
        netloc = urlsplit(request.url).netloc
        if netloc not in self._parsers:
            with self._context.db.begin() as tx:
                known = memory.recall(tx, f"robots:{netloc}")
            if known and self._context.clock() - known.kept_at < ROBOTS_LAST:
                self._parsers[netloc] = self._parserimpl.from_crawler(self.crawler, known.value.encode())
        return await super().robot_parser(request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        with self._context.db.begin() as tx:
            if response.status == 200:
                text = response.body[:500_000].decode("utf-8", "replace").replace("\0", "")
                memory.keep(tx, f"robots:{netloc}", text, self._context.clock())
            elif 400 <= response.status < 500:
                memory.keep(tx, f"robots:{netloc}", "", self._context.clock())
            known = memory.recall(tx, f"robots:{netloc}")
        body = known.value.encode() if known else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)
