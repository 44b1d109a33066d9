"""Read an item of the GOV.UK Content API: live, withdrawn, gone or moved. Pure: bytes in, records out.

Never drops an unknown ``schema_name`` or ``document_type``: it is read generically. Never treats a body
that is not a content item as a removal: that is an UnexpectedShape, and the world stays as it was.
Source: alphagov/content-store, app/presenters; alphagov/publishing-api, content_schemas.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.reading.govuk_facts import facts_of
from crawler.reading.govuk_files import ChildLink, FileLink, children_of, external_facts, files_of
from crawler.reading.govuk_links import links_of, people_of, publishers_of, taxons_of
from crawler.reading.govuk_text import body_html, change_notes_of, page_blocks, plain
from crawler.reading.json_shape import JsonObject, json_object, moment_at, object_at, objects_at, text_at
from crawler.reading.tidy import absolute, site_root
from pipeline.model.blocks import Block
from pipeline.model.documents import DocumentState, Record
from pipeline.model.errors import UnexpectedShape

__all__ = ["ChildLink", "ContentPage", "FileLink", "read_content"]

_WHAT = "the GOV.UK content item"


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page as its publisher gives it: facts, text, and what hangs below it."""

    record: Record
    blocks: tuple[Block, ...]
    children: tuple[ChildLink, ...] = ()
    files: tuple[FileLink, ...] = ()


def read_content(body: bytes, *, url: str) -> ContentPage:
    """Return the page that a Content API answer (200 or 410 with a body) describes.

    ``url`` is the public page's URL (https://www.gov.uk/government/...): its host makes links absolute,
    its path chooses among the rules of a redirect. ``Record.url`` is the host with ``base_path``.

    Raises:
        UnexpectedShape: not JSON, not an object, no ``base_path``, no ``title`` on a live page, or a
            field of the wrong type.
    """
    item = json_object(body, _WHAT)
    base_path = text_at(item, "base_path", _WHAT)
    if not base_path.startswith("/"):
        raise UnexpectedShape(f"{_WHAT} has no base_path")
    root = site_root(url)
    if not root:
        raise UnexpectedShape(f"{url!r} is not the address of a web page")
    schema = text_at(item, "schema_name", _WHAT)
    kind = text_at(item, "document_type", _WHAT)
    shared = {
        "url": root + base_path,
        "content_id": text_at(item, "content_id", _WHAT),
        "locale": text_at(item, "locale", _WHAT) or "en",
        "description": text_at(item, "description", _WHAT),
        "document_type": kind,
        "schema_name": schema,
        "first_published": moment_at(item, "first_published_at", _WHAT),
        "public_updated": moment_at(item, "public_updated_at", _WHAT),
        "system_updated": moment_at(item, "updated_at", _WHAT),
    }
    if "redirect" in {schema, kind}:
        return _moved(item, shared, root, url)
    if "gone" in {schema, kind}:
        return _gone(item, shared, root)
    return _page(item, shared, root)


def _page(item: JsonObject, shared: dict[str, Any], root: str) -> ContentPage:
    title = text_at(item, "title", _WHAT)
    if not title:
        raise UnexpectedShape(f"{_WHAT} at {shared['url']} has no title")
    details = object_at(item, "details", _WHAT)
    links = object_at(item, "links", _WHAT)
    notice = object_at(item, "withdrawn_notice", _WHAT)
    facts = facts_of(details) + external_facts(details, root)
    state, state_note = DocumentState.LIVE, ""
    if notice:
        state, state_note = DocumentState.WITHDRAWN, plain(notice.get("explanation"))
        when = moment_at(notice, "withdrawn_at", "the withdrawal notice")
        facts += (("withdrawn_at", when.isoformat()),) if when else ()
    record = Record(
        title=title,
        state=state,
        state_note=state_note,
        publishers=publishers_of(links, details),
        people=people_of(links, details),
        taxons=taxons_of(links),
        links=links_of(links),
        change_notes=change_notes_of(details),
        facts=tuple(sorted(set(facts))),
        **shared,
    )
    base_path = record.url.removeprefix(root)
    return ContentPage(
        record,
        page_blocks(details, links),
        children_of(details, links, root, base_path),
        files_of(details, body_html(details), record.url),
    )


def _gone(item: JsonObject, shared: dict[str, Any], root: str) -> ContentPage:
    details = object_at(item, "details", _WHAT)
    alternative = text_at(details, "alternative_path", "the removal notice")
    record = Record(
        title=text_at(item, "title", _WHAT),
        state=DocumentState.GONE,
        state_note=plain(details.get("explanation")),
        moved_to=absolute(alternative, f"{root}/") if alternative else "",
        **shared,
    )
    return ContentPage(record, ())


def _moved(item: JsonObject, shared: dict[str, Any], root: str, url: str) -> ContentPage:
    asked = urlsplit(url).path.rstrip("/") or "/"
    rules = objects_at(item, "redirects", _WHAT)
    target = ""
    for path in dict.fromkeys((asked, shared["url"].removeprefix(root))):
        target = target or _destination(rules, path)
    if not target and rules:
        target = text_at(rules[0], "destination", "the redirect")
    moved_to = absolute(target, f"{root}/") if target else ""
    if not moved_to:
        raise UnexpectedShape(f"{_WHAT} at {shared['url']} is a redirect that leads nowhere")
    record = Record(
        title=text_at(item, "title", _WHAT), state=DocumentState.MOVED, moved_to=moved_to, **shared
    )
    return ContentPage(record, ())


def _destination(rules: list[JsonObject], path: str) -> str:
    """Return where ``path`` leads: an exact rule first, then the longest prefix; "" where none fits.

    A prefix rule keeps the rest of the path unless ``segments_mode`` is ``ignore``.
    Source: alphagov/publishing-api, content_schemas, definition ``route_redirects``.
    """
    prefixes: list[tuple[int, str]] = []
    for rule in rules:
        start = text_at(rule, "path", "the redirect").rstrip("/")
        goal = text_at(rule, "destination", "the redirect")
        if rule.get("type") != "prefix":
            if start == path.rstrip("/"):
                return goal
        elif path == start or path.startswith(f"{start}/"):
            rest = "" if rule.get("segments_mode") == "ignore" else path[len(start) :]
            cut = next((i for i, letter in enumerate(goal) if letter in "?#"), len(goal))
            kept = goal[:cut].rstrip("/") + rest + goal[cut:] if rest else goal
            prefixes.append((len(start), kept))
    return max(prefixes, key=lambda found: found[0])[1] if prefixes else ""
