"""Watch a GOV.UK Atom feed: the heartbeat, and the way in while the Search API is down.

Source: contract, section 3. Minor updates never show in a feed, so a feed alone is never the record.
"""

from dataclasses import replace
from urllib.parse import urlencode

from crawler.reading.feeds import read_feed
from crawler.spiders.govuk_look import GovukSpider
from crawler.spiders.watching import LISTING_BYTES, fetched
from pipeline.model.errors import TransientError


class GovukFeedSpider(GovukSpider):
    """One organisation's or finder's Atom feed, watched with its stored validators."""

    name = "govuk_feed"

    async def listing(self) -> None:
        """An unchanged feed ends the listing happily; a retired one is a fault, not a quiet day."""
        url = self._url()
        response = await self.fetch(url, most=LISTING_BYTES, kept=True)
        if response.status != 200:
            raise TransientError(f"the feed answered {response.status}")
        feed = read_feed(response.body, url=url)
        places = self.context.places
        listed = [replace(entry, url=places.here(entry.url)) for entry in feed.entries]
        inside = [entry for entry in listed if entry.url.startswith(f"{places.govuk}/")]
        self.remember(inside, kept=fetched(response, url=url))
        self.note_listing([e.updated for e in inside if e.updated is not None])

    def _url(self) -> str:
        path, query = str(self.source.where["path"]), self.source.where.get("query")
        pairs = query.items() if isinstance(query, dict) else ()
        tail = urlencode([(name, value) for name, value in pairs], doseq=True)
        return f"{self.context.places.govuk}{path}" + (f"?{tail}" if tail else "")
