"""The inbox: every Story on the shelf where it lies, newest first, with filters. Changes no Story."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from alerts import wording
from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import Visit, shown, whole
from alerts.desk.editors.showing import desk_page
from pipeline.model.changes import ChangeKind
from pipeline.model.digests import Topic
from pipeline.model.inbox import InboxFilter, InboxLine, Shelf
from pipeline.steps.all_well import amiss
from pipeline.steps.inbox import fill_inbox, overview
from pipeline.store import inbox as rows
from pipeline.text.words.dates import LONDON

A_PAGE = 25
A_FEW = 20  # Stories that one look at the inbox makes rows for; each cycle of the watch makes the rest
SOON = timedelta(days=28)
SHELVES = {
    Shelf.NEW: "Not decided",
    Shelf.QUIET: "Not decided",
    Shelf.UPDATE: "News of an approved one",
    Shelf.WAITING: "Waiting",
    Shelf.HELD: "Held back",
    Shelf.NEXT: "In the next digest",
    Shelf.APPROVED: "Approved",
    Shelf.LAPSED: "Lapsed",
    Shelf.REJECTED: "Not relevant",
}
LISTS: Mapping[str, tuple[str, tuple[Shelf, ...], str]] = {  # words, shelves, what to say when it is empty
    "new": ("New", (Shelf.NEW,), "Nothing new waits for a decision."),
    "quiet": ("Quiet changes", (Shelf.QUIET,), "No page has changed without a word."),
    "updates": ("Updates of approved ones", (Shelf.UPDATE,), "Nothing has happened to what is approved."),
    "lapsed": ("Lapsed", (Shelf.LAPSED,), "Every approval holds."),
    "waiting": ("Waiting", (Shelf.WAITING, Shelf.HELD), "Nothing was handed back or held."),
    "next": ("In the next digest", (Shelf.NEXT,), "Nothing is approved for the next digest yet."),
    "approved": ("Approved", (Shelf.NEXT, Shelf.APPROVED), "Nothing is approved yet."),
    "rejected": ("Not relevant", (Shelf.REJECTED,), "Nothing was marked as not relevant."),
    "all": ("All", (), "There is no Story yet. The first ones come after the first crawl."),
}


def routes(desk: Desk) -> list[Route]:
    """GET /desk."""
    return [shown(desk, "/desk", inbox)]


def inbox(visit: Visit) -> Response:
    """One list of Stories, a page at a time."""
    asked = {
        name: visit.query.get(name, "")[:200] for name in ("topic", "source", "publisher", "since", "until")
    }
    name = visit.query.get("list", "new")
    name = name if name in LISTS else "new"
    number = max(1, whole(visit.query.get("page", "1")))
    wanted = _wanted(asked, LISTS[name][1])
    plans = visit.desk.site.facts.plans
    db = visit.desk.db
    to_come = fill_inbox(db, visit.now, plan=plans[0].key if plans else "", most=A_FEW)
    beside = overview(db)
    with db.look() as tx:
        wrong = amiss(tx, visit.desk.sources, plans, visit.now)
        page = rows.page(tx, wanted, first=(number - 1) * A_PAGE, most=A_PAGE, counts=beside.counts)
    pages = max(1, -(-page.found // A_PAGE))
    kept = {key: value for key, value in asked.items() if value}
    today = visit.now.astimezone(LONDON).date()
    return desk_page(
        visit,
        "inbox",
        name=name,
        title=LISTS[name][0],
        empty=LISTS[name][2],
        lists=[
            (key, words, sum(page.counts.get(shelf, 0) for shelf in shelves or Shelf))
            for key, (words, shelves, _) in LISTS.items()
        ],
        lines=[(line, _tag(line), _deadline(line, today)) for line in page.lines],
        shelves=SHELVES,
        found=page.found,
        number=number,
        pages=pages,
        earlier=_address(name, kept, number - 1) if number > 1 else "",
        later=_address(name, kept, number + 1) if number < pages else "",
        asked=asked,
        filtered=bool(kept),
        topics=[(topic.name.lower(), topic.value) for topic in Topic],
        sources=[(one.key, one.title) for one in visit.desk.sources],
        publishers=beside.publishers,
        to_come=to_come,
        amiss=wrong,
    )


def _wanted(asked: Mapping[str, str], shelves: tuple[Shelf, ...]) -> InboxFilter:
    until = _day(asked["until"])
    return InboxFilter(
        shelves=shelves,
        topic=Topic.__members__.get(asked["topic"].upper()),
        source=asked["source"],
        publisher=asked["publisher"],
        since=_midnight(_day(asked["since"])),
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _tag(line: InboxLine) -> str:
    """What happened, in the words of a subject: ``New letter``, ``Quiet change``."""
    if not line.kind:
        return "New"
    kind = ChangeKind(line.kind)
    if kind is ChangeKind.NEW:
        return f"New {wording.TYPES.get(line.document_type, line.document_type.replace('_', ' ') or 'page')}"
    return wording.TAGS.get(kind, "Change")


def _deadline(line: InboxLine, today: date) -> date | None:
    """The deadline, if it is soon."""
    return line.deadline if line.deadline and today <= line.deadline <= today + SOON else None


def _address(name: str, kept: Mapping[str, str], number: int) -> str:
    return f"/desk?{urlencode({'list': name, **kept, 'page': number})}"


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2200 else None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), LONDON).astimezone(UTC) if day else None
