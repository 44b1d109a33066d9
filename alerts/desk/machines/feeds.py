"""Approved Stories as Atom (RFC 4287) and JSON Feed 1.1, and their deadlines as iCalendar (RFC 5545).

Public: shows what subscribers are sent, in the words that an editor approved, and nothing else. The same
items give the same bytes, so that a reader that asks again is told that nothing changed since.
"""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from starlette.routing import Route

from alerts.calendar import calendar_of_deadlines
from alerts.desk.machines.kept import kept_route
from alerts.desk.site import Site
from alerts.templating import safe_link
from pipeline.steps.published import Published, deadlines, published
from pipeline.text.words.dates import LONDON

MOST = 50
ATOM = "http://www.w3.org/2005/Atom"
TAG_YEAR = "2026"  # of the tag URIs (RFC 4151): never changed, or readers show everything again
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_routes(site: Site) -> list[Route]:
    """GET /feed.atom, /feed.json and /deadlines.ics."""
    return [
        kept_route(site, "/feed.atom", "application/atom+xml", lambda now: atom(site, now)),
        kept_route(site, "/feed.json", "application/feed+json", lambda now: json_feed(site, now)),
        kept_route(site, "/deadlines.ics", "text/calendar; charset=utf-8", lambda now: _calendar(site, now)),
    ]


def atom(site: Site, now: datetime) -> bytes:
    """The Atom feed. Without items it was updated at the beginning of today."""
    items = published(site.db, now, most=MOST)
    Xml.register_namespace("", ATOM)
    feed = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    newest = max((one.at for one in items), default=now.replace(hour=0, minute=0, second=0, microsecond=0))
    _add(feed, "id", _tag(site, "feed"))
    _add(feed, "title", _title(site))
    _add(feed, "updated", _moment(newest))
    _link(feed, rel="self", type="application/atom+xml", href=f"{site.facts.site}/feed.atom")
    _link(feed, rel="alternate", type="text/html", href=f"{site.facts.site}/archive")
    _add(Xml.SubElement(feed, f"{{{ATOM}}}author"), "name", site.facts.charity or "sendwatch")
    for one in items:
        entry = Xml.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "id", _tag(site, f"story-{one.story_id}"))
        _add(entry, "title", one.item.title)
        _add(entry, "updated", _moment(one.at))
        if safe_link(one.item.link):
            _link(entry, rel="alternate", href=safe_link(one.item.link))
        for topic in sorted(topic.value for topic in one.item.topics):
            Xml.SubElement(entry, f"{{{ATOM}}}category", {"term": topic})
        content = Xml.SubElement(entry, f"{{{ATOM}}}content", {"type": "text"})
        content.text = _NOT_XML.sub("", one.item.text)
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(site: Site, now: datetime) -> bytes:
    """The JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(site),
        "home_page_url": f"{site.facts.site}/archive",
        "feed_url": f"{site.facts.site}/feed.json",
        "language": "en-GB",
        "authors": [{"name": site.facts.charity or "sendwatch"}],
        "items": [_json_item(site, one) for one in published(site.db, now, most=MOST)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(site: Site, one: Published) -> dict[str, Any]:
    link = safe_link(one.item.link)
    return {
        "id": _tag(site, f"story-{one.story_id}"),
        **({"url": link} if link else {}),
        "title": one.item.title,
        "content_text": one.item.text,
        "date_modified": _moment(one.at),
        "tags": sorted(topic.value for topic in one.item.topics),
    }


def _calendar(site: Site, now: datetime) -> bytes:
    found = deadlines(site.db, now.astimezone(LONDON).date(), now)
    dates = [(day, one.item.title, safe_link(one.item.link), one.at) for one, day in found]
    return calendar_of_deadlines(dates, name=f"Deadlines: {_title(site)}", domain=_host(site))


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("", text)


def _link(parent: Xml.Element, **attributes: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}link", attributes)


def _title(site: Site) -> str:
    return f"SEND news from {site.facts.charity}" if site.facts.charity else "SEND news"


def _tag(site: Site, what: str) -> str:
    return f"tag:{_host(site)},{TAG_YEAR}:{what}"


def _host(site: Site) -> str:
    return urlsplit(site.facts.site).hostname or "sendwatch"


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")
