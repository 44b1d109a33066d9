"""Crawl one Source on the running asyncio reactor, with Scrapy, and say how it went."""

import asyncio

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from crawler.context import CrawlContext
from crawler.report import CrawlReport
from crawler.spiders.blog_feed import BlogFeedSpider
from crawler.spiders.govuk_feed import GovukFeedSpider
from crawler.spiders.govuk_search import GovukSearchSpider
from crawler.spiders.single import SingleSpider
from crawler.spiders.watching import WatchingSpider
from pipeline.model.sources import Source

HTTP = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
SPIDERS: dict[str, type[WatchingSpider]] = {
    spider.name: spider for spider in (GovukSearchSpider, GovukFeedSpider, BlogFeedSpider, SingleSpider)
}


async def crawl(
    source: Source, context: CrawlContext, *, stopping: asyncio.Event | None = None
) -> CrawlReport:
    """Crawl one Source to its end, or until ``stopping`` is set. Never raises for what a publisher does.

    Needs Twisted's asyncio reactor installed and running. One crawl per host at a time is the caller's
    duty, and so is one at a time per Source. What a stopped crawl did not look at stays owed.
    """
    report = CrawlReport(source.key)
    crawler = Crawler(SPIDERS[source.spider], scrapy_settings(context))
    runner = AsyncCrawlerRunner()
    crawling = runner.crawl(crawler, source=source, context=context, report=report)
    watcher = asyncio.ensure_future(_stop_when(stopping, crawler)) if stopping else None
    try:
        await crawling
    finally:
        if watcher is not None:
            watcher.cancel()
    stats = crawler.stats
    assert stats is not None
    report.requests = int(stats.get_value("downloader/request_count", 0))
    for name, error in _bugs(stats.get_stats()):
        report.faults[name] = error
    return report


def scrapy_settings(context: CrawlContext) -> Settings:
    """Scrapy's settings, with its generous defaults lowered. Source: docs.scrapy.org, settings."""
    return Settings(
        {
            "USER_AGENT": context.user_agent,
            "ROBOTSTXT_OBEY": True,
            "COOKIES_ENABLED": False,
            # Scrapy imports every extension and scheme that is named, even those that are switched off:
            # a crawl that has little to do should cost little.
            "EXTENSIONS_BASE": {"scrapy.extensions.corestats.CoreStats": 0},
            "DOWNLOAD_HANDLERS_BASE": dict.fromkeys(("http", "https"), HTTP),
            "RETRY_ENABLED": False,  # BackOff waits as publishers ask; Scrapy's own does not wait
            "REDIRECT_MAX_TIMES": 5,
            "HTTPERROR_ALLOW_ALL": True,
            "DOWNLOAD_DELAY": context.delay.total_seconds(),
            "DOWNLOAD_DELAY_JITTER": 0,
            "DOWNLOAD_TIMEOUT": context.timeout.total_seconds(),
            "CONCURRENT_REQUESTS": 4,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "CONCURRENT_ITEMS": 4,
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
            "LOGSTATS_INTERVAL": 0,
            "DOWNLOADER_MIDDLEWARES": {
                "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
                "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
                "crawler.politeness.AllowedPlaces": 50,
                "crawler.politeness.RememberedRobots": 100,
                "crawler.politeness.BackOff": 560,
                "crawler.politeness.StoredValidators": 590,
            },
            "ITEM_PIPELINES": {
                "crawler.item_pipelines.ReadParts": 100,
                "crawler.item_pipelines.TakeIn": 200,
            },
        },
        priority="project",
    )


async def _stop_when(stopping: asyncio.Event, crawler: Crawler) -> None:
    await stopping.wait()
    await crawler.stop_async()


def _bugs(stats: dict[str, object]) -> list[tuple[str, str]]:
    """Exceptions that came out of our own callbacks: faults to be shown, never silence."""
    found = [name for name in stats if name.startswith("spider_exceptions/")]
    return [("Unexpected", f"the spider itself failed ({name.partition('/')[2]})") for name in found]
