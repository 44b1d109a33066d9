"""Search all that was ever captured, also what is gone since, and say of each find when it said so."""

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.asked import address, begin_of, day_of, end_of, typed
from alerts.desk.editors.guarding import Visit, shown, whole
from alerts.desk.editors.showing import desk_page
from pipeline.model.documents import DocumentState
from pipeline.model.finding import Within
from pipeline.steps.searching import search

A_PAGE = 20
STATES = {
    "live": "Live",
    "withdrawn": "Withdrawn",
    "gone": "Removed",
    "moved": "Moved",
}


def routes(desk: Desk) -> list[Route]:
    """GET /desk/search."""
    return [shown(desk, "/desk/search", show)]


def show(visit: Visit) -> Response:
    """The form, and a page of finds when something was asked."""
    asked = typed(visit.query, "words", "source", "publisher", "since", "until", "state")
    number = max(1, whole(visit.query.get("page", "1")))
    within = Within(
        source=asked["source"] or None,
        publisher=asked["publisher"] or None,
        since=begin_of(day_of(asked["since"])),
        until=end_of(day_of(asked["until"])),
        state=DocumentState(asked["state"]) if asked["state"] in STATES else None,
    )
    first = (number - 1) * A_PAGE
    hits = (
        search(visit.desk.db, asked["words"], within, limit=A_PAGE, offset=first) if asked["words"] else None
    )
    pages = -(-hits.total // A_PAGE) if hits else 0
    return desk_page(
        visit,
        "search",
        asked=asked,
        hits=hits,
        number=number,
        pages=pages,
        filtered=any(value for name, value in asked.items() if name != "words"),
        sources=[(one.key, one.title) for one in visit.desk.sources],
        states=STATES,
        earlier=address("/desk/search", **asked, page=number - 1) if number > 1 else "",
        later=address("/desk/search", **asked, page=number + 1) if number < pages else "",
    )
