"""Lay out a digest for reading: groups by topic, bare links, what closes soon. Pure; knows no markup.

The mail, its plain text, the proof and the web version all show this one page. Nothing is left out silently:
what is not printed is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from urllib.parse import urlsplit

from alerts.slots import without_slots
from pipeline.model.digests import ApprovedItem, BareLink, Closing, DigestEntry, Topic
from pipeline.model.drafts import StandingBlock
from pipeline.store.packing import from_json, to_json
from pipeline.text.drafting.digest_topics import first_topic
from pipeline.text.words.dates import in_full, on_clock

MOST_SUBJECT = 78  # RFC 5322, section 2.1.1
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every digest: the charity, its standing words, and the root of its public pages."""

    charity: str
    standing: tuple[StandingBlock, ...]
    site: str  # without a slash at its end


@dataclass(frozen=True, slots=True)
class Place:
    """One item as it is printed. ``anchor`` is its place on the web version."""

    title: str
    paragraphs: tuple[str, ...]
    link: str
    link_text: str  # says where it leads
    publisher: str
    is_update: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Group:
    """The items under one topic, the most important first."""

    topic: str
    items: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """A whole digest, ready to be put into markup. ``unprinted`` items stand on the web version alone."""

    plan_title: str
    day: date
    heading: str
    subject: str
    opening: tuple[str, ...]
    groups: tuple[Group, ...]
    links: tuple[BareLink, ...]
    closing: tuple[Closing, ...]
    frame: Frame
    unprinted: int = 0

    @property
    def count(self) -> int:
        """How many items and links there are, printed or not."""
        return sum(len(group.items) for group in self.groups) + len(self.links) + self.unprinted

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles in the order of the page."""
        return tuple(item.title for group in self.groups for item in group.items)

    @property
    def quiet(self) -> bool:
        """Whether there is no news."""
        return not self.count


def digest_page(
    entries: Sequence[DigestEntry],
    closing: Sequence[Closing],
    *,
    plan_title: str,
    day: date,
    opening: str,
    frame: Frame,
    most: int | None = None,
) -> DigestPage:
    """Lay out entries, which come in order of importance; at most ``most`` of them are printed."""
    entries = from_json(without_slots(to_json(tuple(entries))), tuple[DigestEntry, ...])
    closing = from_json(without_slots(to_json(tuple(closing))), tuple[Closing, ...])
    opening = without_slots(opening)
    printed = entries if most is None else entries[:most]
    grouped: dict[Topic, list[Place]] = {}
    for one in printed:
        if one.item is not None:
            grouped.setdefault(first_topic(one.item.topics), []).append(_place(one.item, one.story_id))
    return DigestPage(
        plan_title=plan_title,
        day=day,
        heading=f"SEND news, {DAYS[day.weekday()]} {in_full(day)}",
        subject=subject_of(entries, frame.charity),
        opening=tuple(part.strip() for part in opening.split("\n\n") if part.strip()),
        groups=tuple(Group(topic.value, tuple(grouped[topic])) for topic in Topic if topic in grouped),
        links=tuple(one.bare for one in printed if one.bare is not None),
        closing=tuple(closing),
        frame=frame,
        unprinted=len(entries) - len(printed),
    )


def subject_of(entries: Sequence[DigestEntry], charity: str) -> str:
    """The top item's title and how many more, in 78 characters; never cut within a word."""
    titles = [held.title for one in entries if (held := one.item or one.bare) is not None]
    if not titles:
        return f"A quiet week: no SEND news from {charity}"[:MOST_SUBJECT]
    more = len(titles) - 1
    tail = f", and {more} more" if more else ""
    return _cut(" ".join(titles[0].split()), MOST_SUBJECT - len(tail)) + tail


def closing_words(one: Closing) -> str:
    """``Friday 11 December 2026``, with the hour where there is one."""
    day = f"{DAYS[one.deadline.day.weekday()]} {in_full(one.deadline.day)}"
    hour: time | None = one.deadline.hour
    return day if hour is None else f"{day}, {on_clock(hour)}"


def place_name(link: str) -> str:
    """Where a link leads, in a word: GOV.UK, or the host; nothing where that is a mere number."""
    try:
        host = (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:  # no address: it becomes no link either
        return ""
    if not any(letter.isalpha() for letter in host):
        return ""
    return "GOV.UK" if host == "gov.uk" else host


def fewer(page: DigestPage, entries: Sequence[DigestEntry], most: int) -> DigestPage:
    """The same page with at most ``most`` of its entries printed."""
    made = digest_page(
        entries,
        page.closing,
        plan_title=page.plan_title,
        day=page.day,
        opening="\n\n".join(page.opening),
        frame=page.frame,
        most=most,
    )
    return replace(made, heading=page.heading)


def _place(item: ApprovedItem, story_id: int) -> Place:
    where = place_name(item.link)
    text = item.link_text.rstrip(". ")
    if where and where.casefold() not in text.casefold():
        text = f"{text} on {where}"
    paragraphs = tuple(" ".join(part.split()) for part in item.text.split("\n\n") if part.strip())
    return Place(item.title, paragraphs, item.link, text, item.publisher, item.is_update, f"item-{story_id}")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
