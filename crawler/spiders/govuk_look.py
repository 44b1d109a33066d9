"""Look at one GOV.UK Document: its Content API item, its HTML children and its attached files.

Children and files are asked for whenever the page is. Reads no text of files and compares nothing.
"""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.bundles import Bundle, Fetched, FetchedPart
from crawler.reading.govuk_content import ChildLink, ContentPage, FileLink, read_content
from crawler.reading.govuk_search import read_error
from crawler.spiders.watching import FILE_BYTES, PAGE_BYTES, WatchingSpider, fetched
from pipeline.model.documents import DocumentState, PartKind, Record
from pipeline.model.errors import TransientError, UnexpectedShape
from pipeline.model.looks import Look
from pipeline.steps import trouble


class GovukSpider(WatchingSpider):
    """What all GOV.UK sources share: the way to one Document. Source: contract, sections 2 and 4."""

    dialect = "govuk"

    def page_request(self, url: str) -> Request:
        """Ask the Content API for the record of a public page."""
        return self.request(self.content_url(url), most=PAGE_BYTES)

    def content_url(self, url: str) -> str:
        """The Content API's address of a public page."""
        return f"{self.context.places.govuk}/api/content{urlsplit(url).path}"

    async def bring_home(self, response: Response, url: str) -> Bundle | Look | None:
        """Live, withdrawn, moved and gone pages are facts; anything else is a failure."""
        if response.status == 404:
            return trouble.note_not_found(self.context.db, url, self.now())
        if response.status == 410 and not response.body.strip():
            page = ContentPage(Record(url=url, title="", state=DocumentState.GONE), ())
        elif response.status in (200, 410):
            page = read_content(response.body, url=url)
        else:
            raise UnexpectedShape(f"the Content API answered {response.status}: {read_error(response.body)}")
        children = [await self._child(child) for child in page.children]
        files = [await self._file(file) for file in page.files]
        return Bundle(self.source.key, self.dialect, url, page, fetched(response), (*children, *files))

    async def _child(self, child: ChildLink) -> FetchedPart:
        url = f"{self.context.places.govuk}{child.path}"
        brought = await self._part(self.content_url(url), "children", PAGE_BYTES)
        return FetchedPart(PartKind.CHILD, child.key, url, child.title, "", 0, brought)

    async def _file(self, file: FileLink) -> FetchedPart:
        url = self.context.places.here(file.url)
        if file.size > FILE_BYTES:
            words = f"the file is larger than {FILE_BYTES // 1_000_000} MB"
            brought = Fetched(url, failure=words)
        else:
            brought = await self._part(url, "files", FILE_BYTES)
        return FetchedPart(PartKind.FILE, file.key, url, file.title, file.filename, file.size, brought)

    async def _part(self, url: str, what: str, most: int) -> Fetched:
        if not self.context.budget.take(what):
            return Fetched(url, failure="it waits for the next cycle: this one has asked for enough")
        try:
            response = await self.fetch(url, most=most, kept=True)
        except TransientError as error:
            return Fetched(url, failure=str(error))
        if response.status != 200:
            return Fetched(url, failure=_part_words(response.status))
        if not response.body:
            return Fetched(url, failure="the publisher's answer was empty")
        return fetched(response, url=url)


def _part_words(status: int) -> str:
    words = {
        403: "it is not public (403)",
        404: "it is not there yet, or no longer (404)",
        410: "the publisher has deleted it (410)",
        429: "the publisher asked us to slow down (429)",
    }
    return words.get(status, f"the publisher answered {status}")
