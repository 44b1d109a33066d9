"""Read feeds: GOV.UK Atom in both dialects, and WordPress RSS. Pure: bytes in, Entries out.

Never takes an error page, a torn feed or a retired feed for a quiet day. Never keys on an Atom id: one
dialect changes it with every update.
Source: alphagov/collections, app/views/feeds; alphagov/finder-frontend, app/views/finders/*.atom.builder;
WordPress core, wp-includes/feed-rss2.php.
"""

from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import feedparser

from crawler.reading.html import html_blocks
from crawler.reading.tidy import absolute, tidy
from pipeline.model.documents import Entry
from pipeline.model.errors import FeedEnded, FeedMalformed

LARGEST_FEED = 20_000_000
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)
_ENDINGS = (b"</feed>", b"</rss>", b"</rdf:rdf>")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read: entries in the publisher's order, ``updated`` aware UTC or None when empty.

    ``bodies`` holds the HTML of entries that carry their whole text, by the Entry's ``content_id`` (guid).
    """

    title: str
    entries: tuple[Entry, ...]
    updated: datetime | None = None
    bodies: Mapping[str, str] = field(default_factory=dict)


def read_feed(body: bytes, *, url: str) -> Feed:
    """Return the entries of a feed. ``url`` is the feed's own address, for relative links.

    Atom: ``updated`` and ``public`` are both the entry's date (GOV.UK gives its public timestamp there),
    ``content_id`` is empty, and a display type before the title ("Correspondence: ") becomes the
    ``document_type``. RSS: ``content_id`` is the guid, ``public`` the pubDate, which no edit moves, and
    ``updated`` is None; categories are the taxons. ``text`` is plain text.

    Raises:
        FeedMalformed: not a feed, cut off, or an entry has no link, title or date.
        FeedEnded: the publisher's tombstone entry (its id ends in ``/feed-ended``).
    """
    _refuse_hostile(body, url)
    parsed = feedparser.parse(BytesIO(body))  # bare bytes would be opened as a path or URL
    if not parsed.get("version"):
        raise FeedMalformed(f"{url} answered something that is not a feed")
    if parsed.get("bozo") and not body.rstrip().lower().endswith(_ENDINGS):
        raise FeedMalformed(f"the feed at {url} is cut off")
    items = parsed.entries
    if any(str(item.get("id", "")).endswith("/feed-ended") for item in items):
        raise FeedEnded(f"the publisher has retired the feed at {url}")
    is_rss = str(parsed.version).startswith("rss")
    entries = tuple(_entry(item, url, is_rss=is_rss) for item in items)
    bodies = {
        entry.content_id: html
        for entry, item in zip(entries, items, strict=True)
        if entry.content_id and (html := _body(item))
    }
    return Feed(tidy(str(parsed.feed.get("title", ""))), entries, _moment(parsed.feed, "updated"), bodies)


def _refuse_hostile(body: bytes, url: str) -> None:
    if not body.strip():
        raise FeedMalformed(f"{url} answered with an empty body")
    if len(body) > LARGEST_FEED:
        raise FeedMalformed(f"the feed at {url} is larger than {LARGEST_FEED // 1_000_000} MB")
    if b"<!entity" in body.replace(b"\0", b"").lower():  # the parser would expand them without end
        raise FeedMalformed(f"the feed at {url} declares XML entities")


def _entry(item: Any, url: str, *, is_rss: bool) -> Entry:
    title, kind = _title(item)
    link = absolute(_link(item, is_rss=is_rss), url)
    public = _moment(item, "published") if is_rss else _moment(item, "updated")
    for value, name in ((link, "link"), (title, "title"), (public, "date")):
        if not value:
            raise FeedMalformed(f"an entry of the feed at {url} has no {name}: {title or link or 'unnamed'}")
    return Entry(
        url=link,
        title=title,
        updated=None if is_rss else public,
        public=public,
        content_id=tidy(str(item.get("id", ""))) if is_rss else "",
        document_type=kind,
        taxons=_categories(item) if is_rss else (),
        text=_text(item),
    )


def _link(item: Any, *, is_rss: bool) -> str:
    for one in item.get("links", ()):
        if one.get("rel") == "alternate" and one.get("href"):
            return str(one["href"])
    return str(item.get("link", "")) if is_rss else ""  # the parser would lend an Atom entry its id


def _title(item: Any) -> tuple[str, str]:
    """Return (title, document type) with a display type taken off the front of the title."""
    title = " ".join(block.text for block in html_blocks(str(item.get("title", ""))))
    for term in _categories(item):
        if title.startswith(f"{term}: "):
            return title[len(term) + 2 :], term.lower().replace(" ", "_")
    return title, ""


def _categories(item: Any) -> tuple[str, ...]:
    terms = (tidy(str(tag.get("term") or "")) for tag in item.get("tags", ()))
    return tuple(dict.fromkeys(term for term in terms if term))


def _body(item: Any) -> str:
    contents = item.get("content") or ()
    return next((str(one.get("value")) for one in contents if one.get("value")), "")


def _text(item: Any) -> str:
    blocks = html_blocks(_body(item) or str(item.get("summary", "")))
    return "\n".join(block.text for block in blocks)


def _moment(item: Any, name: str) -> datetime | None:
    if name not in item:  # the parser would lend an absent date another one
        return None
    parsed = item.get(f"{name}_parsed")
    try:
        return _DAWN + timedelta(seconds=timegm(parsed)) if parsed else None
    except (OverflowError, ValueError, TypeError):
        return None
