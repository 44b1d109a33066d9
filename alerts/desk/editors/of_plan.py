"""What is done below the address of one plan: the page gets the Plan, and there is no page of any other."""

from collections.abc import Callable

from starlette.responses import Response

from alerts.desk.editors.guarding import Visit
from alerts.desk.editors.showing import desk_page
from pipeline.model.plans import Plan, Rhythm

PlanPage = Callable[[Visit, Plan], Response]


def of_plan(page: PlanPage, *, at_once_too: bool = False) -> Callable[[Visit], Response]:
    """``page`` for the plan of ``{plan}``; not for one that is mailed at once, unless ``at_once_too``."""

    def found(visit: Visit) -> Response:
        asked = visit.params.get("plan", "")
        plan = next((one for one in visit.desk.site.facts.plans if one.key == asked), None)
        if plan is None or (plan.rhythm is Rhythm.STORY and not at_once_too):
            return no_such_digest(visit)
        return page(visit, plan)

    return found


def no_such_digest(visit: Visit) -> Response:
    """There is none."""
    return desk_page(visit, "no_such", status=404, words="There is no such digest.", typed=[])
