"""Look at one GOV.UK page, once, because a person asked for it. Watches nothing."""

from collections.abc import Iterator

from crawler.spiders.govuk_look import GovukSpider


class SingleSpider(GovukSpider):
    """One look at ``source.where["url"]``."""

    name = "single"

    async def listing(self) -> None:
        """There is none: a person named the page."""

    def owed(self) -> Iterator[str]:
        """The page that was asked for."""
        yield str(self.source.where["url"])
