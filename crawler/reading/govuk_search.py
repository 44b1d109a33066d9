"""Read answers of the GOV.UK Search API (v1, /api/search.json). Pure: bytes in, Entries out.

Never follows a result, and never takes ``document_type`` (the index's own kind) for the page's type.
Source: alphagov/search-api, docs/using-the-search-api.md, lib/search/presenters.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.reading.html import html_blocks
from crawler.reading.json_shape import (
    JsonObject,
    json_object,
    loose_text,
    moment_at,
    objects_at,
    text_at,
)
from crawler.reading.tidy import decode, site_root, tidy
from pipeline.model.documents import Entry
from pipeline.model.errors import UnexpectedShape

_WHAT = "the GOV.UK search answer"
_ONE = "a GOV.UK search result"
_LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results in the order asked for. ``total`` counts all results, ``start`` is the offset."""

    entries: tuple[Entry, ...]
    total: int
    start: int


def read_search(body: bytes, *, root: str) -> SearchPage:
    """Return the leads of one search answer.

    ``root`` is the site (https://www.gov.uk) that links are relative to. Results on other sites are
    left out, so ``entries`` may be shorter than the page. An Entry's organisations are titles (slugs where
    a title is missing); its taxons are content ids, direct ones and ancestors.

    Raises:
        UnexpectedShape: not JSON, an error answer, no list of results, no total, or a result without a link.
    """
    answer = json_object(body, _WHAT)
    if "error" in answer:
        raise UnexpectedShape(f"{_WHAT} is an error: {read_error(body)}")
    if not isinstance(answer.get("results"), list):
        raise UnexpectedShape(f"{_WHAT} has no list of results")
    found = (_entry(result, root) for result in objects_at(answer, "results", _WHAT))
    entries = tuple(entry for entry in found if entry is not None)
    return SearchPage(entries, _count(answer, "total"), _count(answer, "start") if "start" in answer else 0)


def read_error(body: bytes) -> str:
    """Return the words of an error answer (422 JSON, 429 HTML, 503 plain text) in one short line."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict):
        error = answer.get("error") or answer.get("message") or answer.get("errors") or ""
        return tidy(error if isinstance(error, str) else json.dumps(error))[:_LONGEST_ERROR]
    blocks = html_blocks(decode(body[:20_000]))
    return tidy(" ".join(block.text for block in blocks))[:_LONGEST_ERROR]


def _entry(result: JsonObject, root: str) -> Entry | None:
    link = text_at(result, "link", _ONE)
    if not link:
        raise UnexpectedShape(f"{_ONE} has no link")
    if link.startswith("//") or "://" in link:
        if site_root(link) != site_root(root):
            return None
        url = link
    else:
        url = f"{root.rstrip('/')}/{link.lstrip('/')}"
    return Entry(
        url=url,
        title=text_at(result, "title", _ONE),
        updated=moment_at(result, "updated_at", _ONE),
        public=moment_at(result, "public_timestamp", _ONE),
        content_id=text_at(result, "content_id", _ONE),
        document_type=text_at(result, "content_store_document_type", _ONE),
        organisations=tuple(dict.fromkeys(_organisations(result))),
        taxons=tuple(dict.fromkeys(_taxons(result))),
        text=text_at(result, "description", _ONE),
    )


def _organisations(result: JsonObject) -> Iterator[str]:
    listed = result.get("organisations")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            if name := loose_text(one, "title") or loose_text(one, "slug"):
                yield name
        elif isinstance(one, str) and one:
            yield tidy(one)


def _taxons(result: JsonObject) -> Iterator[str]:
    for key in ("taxons", "part_of_taxonomy_tree"):
        listed = result.get(key)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, str) and one:
                yield tidy(one)


def _count(answer: JsonObject, key: str) -> int:
    value = answer.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UnexpectedShape(f"{_WHAT} has no {key}")
    return value
