"""Scrapy item pipelines: a Bundle is read into a Look, a Look is taken in. They fetch nothing.

One Document that cannot be read or stored never sinks its siblings: it is marked degraded.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.bundles import Bundle, FetchedPart
from crawler.reading.apart import read_apart
from crawler.reading.govuk_content import read_content
from crawler.spiders.watching import WatchingSpider
from crawler.stored import read_stored
from pipeline.model.blocks import ReadStatus
from pipeline.model.documents import DocumentState, Part, PartKind, Version
from pipeline.model.errors import Conflict, SourceError
from pipeline.model.looks import Look
from pipeline.steps import intake, trouble
from pipeline.store import documents, entries, sources, versions

__all__ = ["ReadParts", "TakeIn", "read_stored"]

# A file that is whole and gives no text (a scan, a password) is what readers now get: a change. One that is
# broken may be our own fault: the last good state stays.
SOUND = frozenset([ReadStatus.READ, ReadStatus.UNSUPPORTED, ReadStatus.NO_TEXT, ReadStatus.ENCRYPTED])
GRACE = timedelta(hours=1)  # a page can go live before its files; contract, section 4


class _Pipeline:
    def __init__(self, crawler: Crawler) -> None:
        assert isinstance(crawler.spider, WatchingSpider)
        self.context = crawler.spider.context
        self.report = crawler.spider.report

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def give_up(self, url: str, words: str) -> DropItem:
        self.report.degraded.append(f"{url}: {words}")
        trouble.note_failure(self.context.db, url, words, self.context.clock())
        return DropItem(words)


class ReadParts(_Pipeline):
    """Bytes to blocks. Files are read in a child process; a part that fails keeps its last good state."""

    async def process_item(self, item: Any) -> Look:
        """A Bundle becomes a Look; a Look goes through as it is."""
        if isinstance(item, Look):
            return item
        assert isinstance(item, Bundle)
        now = self.context.clock()
        identity, last = self._last(item)
        raw = {} if not item.fetched.body else {_sha256(item.fetched.body): item.fetched.body}
        parts = [self._page(item)]
        worries: list[str] = []
        for given in item.parts:
            before = _same_part(last, given)
            part, worry = await self._part(given, before)
            if worry:
                worries.append(worry)
            if part is not None:
                parts.append(part)
                if part.sha256 == _sha256(given.fetched.body):
                    raw[part.sha256] = given.fetched.body
        degraded = " ".join(worries)
        removed = item.page.record.state in (DocumentState.GONE, DocumentState.MOVED)
        if last is None and degraded and not removed and self._may_still_come(item, now):
            raise self.give_up(item.url, f"{degraded} It is new: sendwatch waits up to an hour for the rest.")
        return Look(
            source=item.source,
            identity=identity,
            dialect=item.dialect,
            seen_at=now,
            record=item.page.record,
            parts=tuple(parts),
            raw=raw,
            degraded=degraded,
            asked=item.url,
        )

    def _last(self, bundle: Bundle) -> tuple[str, Version | None]:
        record = bundle.page.record
        own = f"{record.content_id}:{record.locale}" if record.content_id else bundle.url
        with self.context.db.begin() as tx:
            row = documents.find(tx, own)
            if row is None and record.state in (DocumentState.GONE, DocumentState.MOVED):
                row = documents.by_url(tx, bundle.url)
            if row is None or row.version_id is None:
                return own, None
            return row.identity, versions.get(tx, row.version_id)

    def _may_still_come(self, bundle: Bundle, now: datetime) -> bool:
        with self.context.db.begin() as tx:
            since = entries.first_seen(tx, bundle.url)
        return since is not None and now - since < GRACE

    @staticmethod
    def _page(bundle: Bundle) -> Part:
        got = bundle.fetched
        return Part(
            kind=PartKind.PAGE,
            key="",
            url=got.url,
            title=bundle.page.record.title,
            status=ReadStatus.READ,
            sha256=_sha256(got.body),
            size=len(got.body),
            blocks=bundle.page.blocks,
            format=bundle.dialect,
            etag=got.etag,
            last_modified=got.last_modified,
        )

    async def _part(self, given: FetchedPart, before: Part | None) -> tuple[Part | None, str]:
        name = given.title or given.filename or given.key
        if given.fetched.failure:
            return before or _absent(given), f"“{name}” could not be fetched: {given.fetched.failure}."
        if (
            before is not None
            and before.sha256 == _sha256(given.fetched.body)
            and before.status is ReadStatus.READ
        ):
            return replace(before, url=given.url, title=given.title, filename=given.filename), ""
        if given.kind is PartKind.CHILD:
            return self._child(given, before, name)
        return await self._file(given, before, name)

    def _child(self, given: FetchedPart, before: Part | None, name: str) -> tuple[Part | None, str]:
        try:
            page = read_content(given.fetched.body, url=given.url)
        except SourceError as error:
            return before or _absent(given), f"“{name}” could not be read: {error}."
        written = page.record.system_updated
        if before is not None and written and before.written and written < before.written:
            return before, f"“{name}” came as an older copy than the one that is known."
        blocks = tuple(replace(block, part=given.key) for block in page.blocks)
        return replace(_part_of(given), blocks=blocks, format="govuk", written=written), ""

    async def _file(self, given: FetchedPart, before: Part | None, name: str) -> tuple[Part | None, str]:
        got = given.fetched
        reading = await read_apart(got.body, filename=given.filename, content_type=got.content_type)
        blocks = tuple(replace(block, part=given.key) for block in reading.blocks)
        part = replace(
            _part_of(given),
            status=reading.status,
            blocks=blocks,
            format=reading.format,
            note=reading.note,
            pages=reading.pages,
        )
        if reading.status in SOUND:
            return part, ""
        if before is not None and before.status is ReadStatus.READ:
            return before, f"“{name}” was replaced by a file that cannot be read: {reading.note}"
        return part, ""


class TakeIn(_Pipeline):
    """A Look goes into the ledger."""

    def process_item(self, item: Look) -> Look:
        """Take it in, once; a Conflict means that another process was faster."""
        with self.context.db.begin() as tx:
            baseline = sources.state(tx, item.source).baselined_at is None
        try:
            outcome = intake.take_in(self.context.db, item, self.context.terms, baseline=baseline)
        except Conflict as error:
            raise self.give_up(item.record.url, str(error)) from error
        self.report.intakes[outcome.value] += 1
        if item.degraded:
            self.report.degraded.append(f"{item.record.url}: {item.degraded}")
        return item


def _same_part(last: Version | None, given: FetchedPart) -> Part | None:
    if last is None:
        return None
    same = [p for p in last.parts if p.kind is given.kind and p.key == given.key]
    return same[0] if same else None


def _part_of(given: FetchedPart) -> Part:
    got = given.fetched
    return Part(
        kind=given.kind,
        key=given.key,
        url=given.url,
        title=given.title,
        status=ReadStatus.READ,
        sha256=_sha256(got.body),
        size=len(got.body),
        filename=given.filename,
        etag=got.etag,
        last_modified=got.last_modified,
    )


def _absent(given: FetchedPart) -> Part | None:
    """A part that the page lists and that could not be had: it stands there without text."""
    note = f"This file could not be fetched: {given.fetched.failure or 'its answer made no sense'}."
    return replace(_part_of(given), status=ReadStatus.BROKEN, sha256="", size=given.size, note=note)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
