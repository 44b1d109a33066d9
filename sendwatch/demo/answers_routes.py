"""Lead a request to the answer that its site and path have. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sendwatch.demo.answers import Answer, Query, page_answer
from sendwatch.demo.answers_assets import answer_asset, answer_robots
from sendwatch.demo.answers_atom import answer_atom
from sendwatch.demo.answers_blog import answer_blog
from sendwatch.demo.answers_content import API, answer_content, answer_page
from sendwatch.demo.answers_search import answer_search
from sendwatch.demo.items import ASSETS, EDUCATION_HUB, GOVUK
from sendwatch.demo.shelf import Shelf

SITES = ("govuk", "assets", "blog")


@dataclass(frozen=True, slots=True)
class Roots:
    """Where the three sites are served, without a trailing slash."""

    govuk: str
    assets: str
    blog: str


def answer(shelf: Shelf, site: str, path: str, query: Query, *, stale: bool = False) -> Answer:
    """Return what ``site`` (govuk, assets or blog) answers for a path and query. Never raises."""
    with shelf.lock:
        try:
            return _answer(shelf, site, path, query, stale)
        except ValueError:  # a number or date in the query that is none
            return page_answer(400, "Bad request", "<h1>Bad request</h1>")


def at_home(found: Answer, roots: Roots) -> Answer:
    """Return an answer whose addresses are those of the running server.

    Whole JSON values, links of feeds, links to files in GOV.UK's pages and redirects are changed; text
    that an editor wrote, ids and guids name the live hosts still.
    """
    body = found.body
    for old, new in _swaps(found.content_type, roots):
        body = body.replace(old, new)
    headers = tuple(
        (name, _location(value, roots) if name == "Location" else value) for name, value in found.headers
    )
    return replace(found, body=body, headers=headers)


def _answer(shelf: Shelf, site: str, path: str, query: Query, stale: bool) -> Answer:
    if site == "blog":
        return answer_blog(shelf, path, query)
    if path == "/robots.txt":
        return answer_robots()
    if site == "assets":
        return answer_asset(shelf, path)
    if path == "/api/search.json":
        return answer_search(shelf, query)
    if path.startswith(f"{API}/"):
        return answer_content(shelf, path.removeprefix(API), stale=stale)
    if path.endswith(".atom") or path == "/government/feed":
        return answer_atom(shelf, path, query)
    return answer_page(shelf, path)


def _swaps(content_type: str, roots: Roots) -> Sequence[tuple[bytes, bytes]]:
    kind = content_type.partition(";")[0]
    if kind == "application/json":
        pairs = [(f':"{GOVUK}/', f':"{roots.govuk}/'), (f':"{ASSETS}/', f':"{roots.assets}/')]
    elif kind == "application/atom+xml":
        pairs = [(f'href="{GOVUK}', f'href="{roots.govuk}')]
    elif kind == "application/rss+xml":
        pairs = [(f"<link>{EDUCATION_HUB}", f"<link>{roots.blog}")]
    elif kind == "text/html":
        pairs = [(f'<li><a href="{ASSETS}/', f'<li><a href="{roots.assets}/')]
    else:
        pairs = []
    return [(old.encode(), new.encode()) for old, new in pairs]


def _location(value: str, roots: Roots) -> str:
    for live, here in ((ASSETS, roots.assets), (GOVUK, roots.govuk), (EDUCATION_HUB, roots.blog)):
        for old, new in ((live, here), (live.removeprefix("https:"), here.removeprefix("http:"))):
            if value.startswith(f"{old}/"):
                return new + value.removeprefix(old)
    return value
