"""The order of the next digest: by buttons, by dragging, or by weight again. Sends nothing."""

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.digest import HERE
from alerts.desk.editors.guarding import Visit, done, go, whole
from alerts.desk.editors.of_plan import of_plan
from pipeline.model.plans import Plan
from pipeline.steps.coming_digest import Ordering, Step, move_entry, order_topic
from pipeline.store import digest_orders

DRAGGED = "order"  # what the script sends as ``move`` in place of a step
MOVED = {Ordering.DONE: "moved", Ordering.STALE: "order-stale", Ordering.NOWHERE: "moved-nowhere"}


def routes(desk: Desk) -> list[Route]:
    """POST /desk/digest/{plan}/move and /desk/digest/{plan}/by-weight."""
    plan = f"{HERE}/{{plan}}"
    return [done(desk, f"{plan}/move", of_plan(move)), done(desk, f"{plan}/by-weight", of_plan(by_weight))]


def move(visit: Visit, plan: Plan) -> Response:
    """Move one item up, down, or into the subject, or put a topic in order by dragging.

    On the page that the editor saw, or not at all. The fields: ``order`` is what she saw, ``move`` is
    ``up:ID``, ``down:ID``, ``first:ID`` or ``order:ID,ID,...`` with every item of one topic; ``moved`` is the
    one that was dragged.
    """
    word, _, told = visit.form.get("move", "").partition(":")
    seen, named, now = _numbers(visit.form.get("order", "")), _numbers(told), visit.now
    dragged = whole(visit.form.get("moved", ""))
    moved, story = Ordering.STALE, named[0]
    with visit.desk.db.begin() as tx:
        if word == DRAGGED:
            moved, story = order_topic(tx, plan, named, seen=seen, now=now), dragged
        elif word in list(Step):
            moved = move_entry(tx, plan, story, Step(word), seen=seen, now=now)
        if moved is Ordering.DONE:
            noted(visit, "ordered the digest", f"plan:{plan.key}", f"story {story}: {word}", tx=tx)
    at = f"{plan.key}-{story}" if moved is Ordering.DONE and story in seen else ""
    return go(HERE, MOVED[moved], at=at)


def by_weight(visit: Visit, plan: Plan) -> Response:
    """Forget the editors' order."""
    with visit.desk.db.begin() as tx:
        digest_orders.clear(tx, plan.key)
        noted(visit, "ordered the digest", f"plan:{plan.key}", "by weight again", tx=tx)
    return go(HERE, "by-weight")


def _numbers(text: str) -> list[int]:
    return [whole(one) for one in text[:5_000].split(",")[:500]]
