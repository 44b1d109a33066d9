"""Ask the replayed publisher over real sockets, one kept connection a site."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from sendwatch.demo.items import DFE_LINK, EDUCATION_LINK, SEND_LINK, Item, Linked, organisation, page, topic
from sendwatch.demo.publisher import Publisher
from sendwatch.demo.shelf import Shelf

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, tzinfo=UTC)
OFSTED = Linked("/government/organisations/ofsted", "Ofsted", "organisation")
SEND_ID = "11111111-1111-4111-8111-111111111111"
EDUCATION_ID = "c58fdadd-7743-46d6-9629-90bb3ccc4ef0"
LETTER = "/government/publications/letter"


@dataclass(frozen=True)
class Told:
    """What came back. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """A plain client of one site that follows no redirects."""

    def __init__(self, root: str) -> None:
        self.connection = http.client.HTTPConnection(root.removeprefix("http://"), timeout=10)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Told:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, headers=sent)
        answer = self.connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Told(answer.status, named, answer.read())

    def search(self, *pairs: tuple[str, str]) -> Told:
        return self.ask(f"/api/search.json?{urlencode(pairs)}")

    def links(self, *pairs: tuple[str, str]) -> list[str]:
        """The paths that a search finds, in its order."""
        told = self.search(*pairs)
        assert told.status == 200, told.text
        return [result["link"] for result in told.json["results"]]


@dataclass(frozen=True)
class Served:
    """A running publisher with a client for each of its sites."""

    publisher: Publisher
    govuk: Client
    assets: Client
    blog: Client

    @property
    def shelf(self) -> Shelf:
        return self.publisher.shelf


@contextmanager
def served(shelf: Shelf) -> Iterator[Served]:
    """Serve a shelf while the block runs."""
    with Publisher(shelf) as publisher:
        clients = [Client(url) for url in (publisher.govuk_url, publisher.assets_url, publisher.blog_url)]
        try:
            yield Served(publisher, *clients)
        finally:
            for client in clients:
                client.connection.close()


def a_shelf(*items: Item) -> Shelf:
    """A shelf with the department, its topics and the given pages."""
    shelf = Shelf()
    shelf.publish(organisation(DFE_LINK, NOON))
    shelf.publish(topic(EDUCATION_LINK, NOON))
    shelf.publish(topic(SEND_LINK, NOON, parent=EDUCATION_LINK))
    for item in items:
        shelf.publish(item)
    return shelf


def a_letter(**given: Any) -> Item:
    """A page of correspondence at LETTER, dated NOON; anything may be given instead."""
    facts: dict[str, Any] = {"document_type": "correspondence", "at": NOON, "body": "<p>Dear colleague</p>"}
    return page(given.pop("path", LETTER), given.pop("title", "A letter about SEND"), **(facts | given))
