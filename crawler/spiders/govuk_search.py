"""Discover GOV.UK Documents through the Search API: everything written since the cursor, with overlap.

Source: contract, sections 1 and 14. Where the publisher refuses or ignores ``filter_updated_at`` the whole
inventory is read and compared here instead. Never takes a short list for a removal.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from crawler.reading.govuk_content import read_content
from crawler.reading.govuk_search import SearchPage, read_error, read_search
from crawler.spiders.govuk_look import GovukSpider
from crawler.spiders.watching import LISTING_BYTES
from pipeline.model.documents import Entry
from pipeline.model.errors import TransientError, UnexpectedShape
from pipeline.store import documents, entries, memory, sources

OVERLAP = timedelta(minutes=30)  # contract, section 0, rule 4
PAGE = 1500  # the most that one answer holds
FEW = 50  # that many pages may vanish from a list at once and each is looked at; more is a fault
FIELDS = (
    "title,link,content_id,content_store_document_type,public_timestamp,updated_at,"
    "organisations,taxons,description"
)
TAXON_LASTS = timedelta(hours=24)


class FilterRefused(UnexpectedShape):
    """The Search API will not filter by the date of the last write."""


class GovukSearchSpider(GovukSpider):
    """One query of the Search API, watched."""

    name = "govuk_search"

    async def listing(self) -> None:
        """Since the cursor when there is one, the whole inventory otherwise, daily, or when counts differ."""
        where = await self._where()
        with self.context.db.begin() as tx:
            state = sources.state(tx, self.source.key)
        if state.cursor is None or self.context.sweep:
            await self._inventory(where)
            return
        try:
            found = await self._since(where, state.cursor)
        except FilterRefused as error:
            self.report.faults["filter_refused"] = f"{error}; the whole list is compared instead"
            await self._inventory(where)
            return
        self.remember(found)
        self._advance(found)
        if self._takes_everything and await self._total(where) != self._expected_total():
            await self._inventory(where)

    def matters(self, entry: Entry) -> bool:
        """A query for the SEND taxon is about SEND alone; broader ones are matched here."""
        return True if self._takes_everything else self.context.matters(entry)

    @property
    def _takes_everything(self) -> bool:
        return "taxon" in self.source.where

    async def _where(self) -> list[tuple[str, str]]:
        given = self.source.where
        query: list[tuple[str, str]] = []
        if "taxon" in given:
            query += [("filter_all_part_of_taxonomy_tree", await self._taxon_id(str(given["taxon"])))]
        query += [("filter_organisations", str(slug)) for slug in _many(given.get("organisations"))]
        query += [
            ("filter_content_store_document_type", str(kind)) for kind in _many(given.get("document_types"))
        ]
        if given.get("q"):
            query += [("q", str(given["q"]))]
        return query

    async def _since(self, where: list[tuple[str, str]], cursor: datetime) -> list[Entry]:
        start = cursor - OVERLAP
        asked = [*where, ("filter_updated_at", f"from:{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")]
        found = await self._all_pages(asked)
        if any(e.updated is not None and e.updated < start - timedelta(seconds=1) for e in found):
            raise FilterRefused("the Search API ignored the date that was asked for")
        return found

    async def _inventory(self, where: list[tuple[str, str]]) -> None:
        """Read the whole list. What vanished from it is looked at; a list that shrank by half is a fault."""
        found = await self._all_pages(where)
        key = self.source.key
        with self.context.db.begin() as tx:
            listed = entries.count_listed(tx, key)
        self.remember(found)
        self._advance(found)
        expected = max(listed, self.source.expect_entries_min or 0)
        words = f"the list has {len(found)} entries where {expected} were expected"
        if len(found) < expected // 2:
            self.report.faults["shrunken"] = f"{words}; nothing is taken for removed"
        if listed - len(found) > max(FEW, listed // 2):
            return
        with self.context.db.begin() as tx:
            for url in entries.strike_missing(tx, key, {e.url for e in found}):
                row = documents.by_url(tx, url)
                if row is not None:
                    reason = "it dropped out of the list"
                    documents.owe_look(tx, row.id, due_at=self.now(), reason=reason)
            memory.keep(tx, f"skipped:{key}", str(self._last_total - len(found)), self.now())

    async def _all_pages(self, asked: list[tuple[str, str]]) -> list[Entry]:
        found: dict[str, Entry] = {}
        start, total = 0, 1
        while start < total:
            page = await self._page([*asked, ("fields", FIELDS), ("order", "public_timestamp")], start, PAGE)
            if start and page.total != total:
                raise TransientError("the list moved while it was read; it is read again next time")
            found |= {entry.url: entry for entry in page.entries}
            total = page.total
            start += PAGE
        self._last_total = total
        return list(found.values())

    async def _total(self, where: list[tuple[str, str]]) -> int:
        return (await self._page(where, 0, 0)).total

    def _expected_total(self) -> int:
        with self.context.db.begin() as tx:
            skipped = memory.recall(tx, f"skipped:{self.source.key}")
            return entries.count_listed(tx, self.source.key) + int(skipped.value if skipped else 0)

    async def _page(self, asked: list[tuple[str, str]], start: int, count: int) -> SearchPage:
        query = urlencode([*asked, ("start", str(start)), ("count", str(count))])
        root = self.context.places.govuk
        response = await self.fetch(f"{root}/api/search.json?{query}", most=LISTING_BYTES)
        if response.status == 422 and any(name == "filter_updated_at" for name, _ in asked):
            raise FilterRefused(f"the Search API refused the query: {read_error(response.body)}")
        if response.status != 200:
            words = read_error(response.body)
            raise TransientError(f"the Search API answered {response.status}: {words}")
        return read_search(response.body, root=root)

    def _advance(self, found: Sequence[Entry]) -> None:
        """Move the cursor to the newest write that was read, never past now."""
        now = self.now()
        self.note_listing([e.public for e in found if e.public is not None])
        with self.context.db.begin() as tx:
            state = sources.state(tx, self.source.key)
            written = [e.updated for e in found if e.updated is not None]
            known = [*written, *([state.cursor] if state.cursor else [])]
            if known:  # an empty list gives no cursor: the next cycle reads it whole again
                sources.save(tx, replace(state, cursor=min(max(known), now)))

    async def _taxon_id(self, path: str) -> str:
        """The taxon's content id, asked for once a day; a changed one is a fault that people hear of."""
        key, now = f"taxon:{path}", self.now()
        with self.context.db.begin() as tx:
            known = memory.recall(tx, key)
        if known is not None and now - known.kept_at < TAXON_LASTS:
            return known.value
        try:
            found = await self._resolve_taxon(path)
        except (TransientError, UnexpectedShape) as error:
            if known is None:
                raise
            self.report.faults["taxon_unresolved"] = f"the topic's id could not be confirmed: {error}"
            return known.value
        if known is not None and known.value != found:
            self.report.faults["taxon_changed"] = f"the id of the topic /{path} changed: check what it holds"
        with self.context.db.begin() as tx:
            memory.keep(tx, key, found, now)
        return found

    async def _resolve_taxon(self, path: str) -> str:
        url = f"{self.context.places.govuk}/{path.strip('/')}"
        response = await self.fetch(self.content_url(url), most=LISTING_BYTES)
        if response.status != 200:
            raise TransientError(f"the topic /{path} answered {response.status}")
        content_id = read_content(response.body, url=url).record.content_id
        if not content_id:
            raise UnexpectedShape(f"the topic /{path} has no content id")
        return content_id


def _many(value: object) -> Sequence[object]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)
