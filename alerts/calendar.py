"""Dates as an iCalendar file that any calendar program takes. Sends nothing and looks at no clock.

A day of its own for each date, without an alarm. The same dates give the same bytes, and a date that is
given again keeps its identity, so that importing twice makes no second entry. Source: RFC 5545, RFC 7986.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.model.digests import Deadline
from pipeline.text.papers.key_dates import KeyDate
from pipeline.text.words.dates import in_full, on_clock

MOST_SUMMARY = 120


def calendar_of(dates: Sequence[KeyDate], *, title: str, url: str, seen_at: datetime) -> bytes:
    """The .ics bytes. ``title`` and ``url`` are the publication's, ``seen_at`` (aware) stamps every entry."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//sendwatch//dates//EN")
    calendar.add("version", "2.0")
    calendar.add("name", title)
    for one in dates:
        event = Event()
        seed = "\0".join((url, one.day.isoformat(), one.what))
        event.add("uid", f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@sendwatch")
        event.add("dtstamp", seen_at)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", _cut(one.what))
        event.add("description", f"{one.in_words}: {one.what}\n\n{title}\n{url}")
        event.add("url", url)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PUBLIC")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def calendar_of_deadlines(
    dates: Sequence[tuple[Deadline, str, str, datetime]], *, name: str, domain: str
) -> bytes:
    """The deadlines of many publications as one calendar, to be read again and again by calendar programs.

    Each date is (deadline, title, address, when it was approved; aware). ``domain`` makes identities unique.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//sendwatch//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for deadline, title, url, approved_at in dates:
        event = Event()
        seed = "\0".join((url, deadline.day.isoformat(), deadline.what))
        event.add("uid", f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{domain}")
        event.add("dtstamp", approved_at)
        event.add("dtstart", deadline.day)
        event.add("dtend", deadline.day + timedelta(days=1))
        event.add("summary", _cut(f"{deadline.what}: {title}" if deadline.what else title))
        hour = f" by {on_clock(deadline.hour)}" if deadline.hour else ""
        event.add("description", f"{in_full(deadline.day)}{hour}: {deadline.what}\n\n{title}\n{url}")
        if url:
            event.add("url", url)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PUBLIC")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SUMMARY else text[: MOST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
