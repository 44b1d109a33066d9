"""Send a digest before its hour: a page that says to how many, a press, and five minutes to think.

Mails nothing: the watch puts the edition together when the five minutes are over.
"""

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.digest import HERE
from alerts.desk.editors.guarding import Visit, done, go, shown, whole
from alerts.desk.editors.of_plan import of_plan
from alerts.desk.editors.showing import desk_page
from pipeline.model.plans import Plan
from pipeline.steps.coming_digest import Coming, coming
from pipeline.steps.hurrying import ask_early, take_back
from pipeline.store import subscriber_lists


def routes(desk: Desk) -> list[Route]:
    """GET and POST /desk/digest/{plan}/send, and POST /desk/digest/{plan}/not-yet."""
    return [
        shown(desk, f"{HERE}/{{plan}}/send", of_plan(ask)),
        done(desk, f"{HERE}/{{plan}}/send", of_plan(send)),
        done(desk, f"{HERE}/{{plan}}/not-yet", of_plan(not_yet)),
    ]


def ask(visit: Visit, plan: Plan) -> Response:
    """To how many it would go, and what stands in it."""
    with visit.desk.db.look() as tx:
        now_shown = coming(tx, plan, visit.now)
        readers = subscriber_lists.counts_by_plan(tx).get(plan.key, 0)
    if not _can(now_shown):
        return go(HERE, "digest-nothing")
    return desk_page(visit, "digest_send", next=now_shown, readers=readers)


def send(visit: Visit, plan: Plan) -> Response:
    """Ask for it, in the order that the editor saw, or not at all."""
    seen = [whole(one) for one in visit.form.get("order", "").split(",")[:500]]
    with visit.desk.db.begin() as tx:
        now_shown = coming(tx, plan, visit.now)
        if not _can(now_shown):
            return go(HERE, "digest-nothing")
        if list(now_shown.order) != seen:
            return go(HERE, "send-stale")
        asked = ask_early(tx, plan.key, visit.by, visit.now)
        if asked:
            noted(visit, "asked to send the digest", f"plan:{plan.key}", visit.form.get("order", ""), tx=tx)
    return go(HERE, "digest-asked" if asked else "digest-asked-again")


def not_yet(visit: Visit, plan: Plan) -> Response:
    """Take it back."""
    with visit.desk.db.begin() as tx:
        taken = take_back(tx, plan.key)
        if taken:
            noted(visit, "took the sending back", f"plan:{plan.key}", tx=tx)
    return go(HERE, "digest-not-yet" if taken else "digest-gone")


def _can(shown_now: Coming) -> bool:
    return bool(shown_now.order) and not shown_now.stopped_by and not shown_now.left_today
