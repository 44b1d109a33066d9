"""Watch a WordPress blog through its RSS feed; each post is looked at as the page that people read.

Source: contract, section 10. A post's date never moves on an edit: the daily sweep finds those.
"""

from dataclasses import replace

from scrapy.http import Response

from crawler.bundles import Bundle
from crawler.reading.blog import read_post
from crawler.reading.feeds import read_feed
from crawler.reading.govuk_content import ContentPage
from crawler.spiders.watching import LISTING_BYTES, WatchingSpider, fetched
from pipeline.model.documents import DocumentState, Entry, Record
from pipeline.model.errors import TransientError
from pipeline.model.looks import Look
from pipeline.steps import trouble
from pipeline.store import entries

MOST_PAGES = 5


class BlogFeedSpider(WatchingSpider):
    """One blog. When every post in the window is new, older pages of the feed are read as well."""

    name = "blog_feed"
    dialect = "blog"

    async def listing(self) -> None:
        """Read the feed's first page, and further ones while they hold nothing but news."""
        path = str(self.source.where.get("path", "/feed/"))
        url = f"{self.context.places.educationhub}{path}"
        response = await self.fetch(url, most=LISTING_BYTES, kept=True)
        if response.status != 200:
            raise TransientError(f"the feed answered {response.status}")
        listed = self._read(response, url)
        with self.context.db.begin() as tx:
            seen = entries.urls_of(tx, self.source.key)
        for number in range(2, MOST_PAGES + 1):
            if not seen or seen & {entry.url for entry in listed}:
                break
            older = await self.fetch(f"{url}?paged={number}", most=LISTING_BYTES)
            if older.status != 200:
                break
            listed += self._read(older, url)
        self.remember(listed, kept=fetched(response, url=url))
        self.note_listing([e.public for e in listed if e.public is not None])

    async def bring_home(self, response: Response, url: str) -> Bundle | Look | None:
        """A post is its article; a 404 is a doubt first and a removal later."""
        if response.status == 404:
            return trouble.note_not_found(self.context.db, url, self.now())
        if response.status == 410:
            page = ContentPage(Record(url=url, title="", state=DocumentState.GONE), ())
        elif response.status == 200:
            page = read_post(response.body, url=url, entry=self._entry(url))
        else:
            raise TransientError(f"the blog answered {response.status}")
        return Bundle(self.source.key, self.dialect, url, page, fetched(response))

    def _read(self, response: Response, url: str) -> list[Entry]:
        feed = read_feed(response.body, url=url)
        places = self.context.places
        here = [replace(entry, url=places.here(entry.url)) for entry in feed.entries]
        return [entry for entry in here if entry.url.startswith(f"{places.educationhub}/")]

    def _entry(self, url: str) -> Entry | None:
        with self.context.db.begin() as tx:
            return entries.find(tx, self.source.key, url)
