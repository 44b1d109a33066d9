"""Ask a publisher's host for its robots.txt, to see whether it can be reached. Remembers nothing."""

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from crawler.spiders.watching import plain_failure


class _Probe(scrapy.Spider):
    name = "probe"

    def __init__(self, url: str, faults: list[str]) -> None:
        super().__init__()
        self.start_urls = [url]
        self._faults = faults

    def parse(self, response: Response) -> None:
        """Any answer below 500 means that somebody is at home."""
        if response.status >= 500:
            self._faults.append(f"it answered {response.status}")

    def errback(self, failure: object) -> None:
        """No answer."""
        self._faults.append(plain_failure(failure.value))  # type: ignore[attr-defined]

    async def start(self):  # type: ignore[no-untyped-def]
        """One request."""
        yield Request(self.start_urls[0], errback=self.errback, dont_filter=True)


async def probe(root: str, user_agent: str) -> str:
    """Plain words for why ``root`` cannot be reached; empty when it can. Needs the asyncio reactor."""
    faults: list[str] = []
    settings = {
        "USER_AGENT": user_agent,
        "HTTPERROR_ALLOW_ALL": True,
        "RETRY_ENABLED": False,
        "DOWNLOAD_TIMEOUT": 15,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
    }
    await AsyncCrawlerRunner(settings).crawl(_Probe, url=f"{root}/robots.txt", faults=faults)
    return "; ".join(faults)
