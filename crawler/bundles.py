"""Bundles: what a spider brings home from one Document, before anyone has read it."""

from dataclasses import dataclass

from crawler.reading.govuk_content import ContentPage
from pipeline.model.documents import PartKind


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch: bytes with the validators they were served under, or plain words for why not.

    ``unchanged`` says that the publisher answered 304 and the bytes are those of the last time.
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class FetchedPart:
    """A child or a file of a Document, as its page lists it, with what fetching it gave.

    ``url`` is the public address; ``fetched.url`` is what was asked.
    """

    kind: PartKind
    key: str
    url: str
    title: str
    filename: str
    size: int
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Bundle:
    """The page, its children and its files. ``url`` is the public address of the page.

    ``dialect`` is ``govuk`` (a Content API item) or ``blog`` (a post's HTML page).
    """

    source: str
    dialect: str
    url: str
    page: ContentPage
    fetched: Fetched
    parts: tuple[FetchedPart, ...] = ()
