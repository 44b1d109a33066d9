"""Missed something? Paste an address: where the page was lost on its way, and a Story of it now.

Looking changes nothing. Asks no publisher: a look that must come first is owed to the watch.
"""

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.asked import address, cleaned
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.guarding import Visit, done, go, shown
from alerts.desk.editors.showing import desk_page
from pipeline.model.traces import Stage
from pipeline.steps.story_by_hand import make_story
from pipeline.steps.tracing import trace

HERE = "/desk/missed"
MOST_URL = 2_000
RULES = "If it is about SEND, make a Story of it: that is kept, and the rules can learn from it."
TO_DO = {
    Stage.NOT_A_PAGE: "Paste the whole address, beginning with https://. For words there is the search.",
    Stage.NOT_WATCHED: (
        "If it is a file, paste the address of the page that offers it. If it is a page, ask an operator to "
        "add a source for this site, if it often has news about SEND."
    ),
    Stage.NEVER_LISTED: "Make a Story of it now: the page is read when its source is looked at next.",
    Stage.PASSED_OVER: RULES,
    Stage.NOT_YET_LOOKED: "Wait for the next round, or ask an operator to run the source now.",
    Stage.LOOK_FAILED: "It is tried again by itself. If it goes on failing, tell an operator.",
    Stage.KNOWN_BEFORE: "If it is news all the same, make a Story of it.",
    Stage.NOT_RELEVANT: RULES,
    Stage.TOO_SLIGHT: "If the change matters, make a Story of it.",
    Stage.UNDONE: "Nothing needs to be done, unless it was news while it stood.",
    Stage.HELD: "Wait until then. If it cannot wait, make a Story of it.",
    Stage.WAITING: "Wait a few minutes: nothing is lost.",
    Stage.NO_DRAFT: "Wait a few minutes. If it goes on, tell an operator.",
    Stage.NO_MAIL: "Tell an operator; the Story itself is in the inbox.",
    Stage.MAIL_OWED: "The mail is tried again by itself; the Story itself is in the inbox.",
    Stage.MAIL_FAILED: "Tell an operator; the Story itself is in the inbox.",
    Stage.TOLD: "Look for the mail, or open the Story.",
}


def routes(desk: Desk) -> list[Route]:
    """GET /desk/missed and POST /desk/missed/story."""
    return [shown(desk, HERE, show), done(desk, f"{HERE}/story", make)]


def show(visit: Visit) -> Response:
    """The form, and the way of the page when an address was pasted."""
    return _page(visit, cleaned(visit.query.get("url", ""), MOST_URL))


def make(visit: Visit) -> Response:
    """Make a Story of it now, and keep that a person missed it."""
    pasted = cleaned(visit.form.get("url", ""), MOST_URL)
    watch = visit.desk.watch
    made = make_story(visit.desk.db, pasted, visit.by, visit.now, sites=watch.sites, here=watch.here)
    if not made.done:
        noted(visit, "said that a page was missed", "missed", pasted)
        return _page(visit, pasted, refused=made.words, status=409)
    about = f"story:{made.story_id}" if made.story_id else "missed"
    noted(visit, "made a story by hand", about, pasted)
    return go(address(HERE, url=pasted), "look-owed" if made.owed else "story-made")


def _page(visit: Visit, pasted: str, *, refused: str = "", status: int = 200) -> Response:
    watch = visit.desk.watch
    found = (
        trace(visit.desk.db, pasted, sites=watch.sites, here=watch.here, score=watch.score)
        if pasted
        else None
    )
    to_do = TO_DO[found.stage] if found else ""
    return desk_page(visit, "missed", status=status, pasted=pasted, found=found, to_do=to_do, refused=refused)
