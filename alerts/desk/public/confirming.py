"""The page behind the link in a confirmation mail: a button that confirms. Opening it changes nothing.

It has no script, so that a scanner that runs scripts confirms nobody: docs/decisions/0010-subscribers.md.
"""

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.forms import pressed
from alerts.desk.pages import page
from alerts.desk.site import Site
from alerts.slots import preferences_link
from alerts.steps.subscribing import Answer, confirm, person_behind
from alerts.tokens import Purpose
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.subscribers import Subscriber, SubscriberState
from pipeline.steps.due_plans import next_day


def confirming_routes(site: Site) -> list[Route]:
    """GET and POST /confirm/{token}."""

    async def show(request: Request) -> Response:
        token = request.path_params["token"]
        person = await run_in_threadpool(person_behind, site.db, site.tokens, token, site.clock())
        if person is not None and person.is_open:
            return page(site, "confirm", token=token)
        if person is not None and person.state is SubscriberState.ACTIVE:
            return _confirmed(site, person)
        return page(site, "ended", status=404)

    async def post(request: Request) -> Response:
        if not pressed(await request.body()):
            return await show(request)
        token = request.path_params["token"]
        now = site.clock()
        answer = await run_in_threadpool(confirm, site.db, site.tokens, site.facts, token, now)
        person = await run_in_threadpool(person_behind, site.db, site.tokens, token, now)
        if answer is Answer.ENDED or person is None:
            return page(site, "ended", status=404)
        return _confirmed(site, person)

    return [
        Route("/confirm/{token}", show, methods=["GET"]),
        Route("/confirm/{token}", post, methods=["POST"]),
    ]


def _confirmed(site: Site, person: Subscriber) -> Response:
    now = site.clock()
    plans = [plan for plan in site.facts.plans if plan.key in person.preferences.plans]
    link = preferences_link("", site.tokens.make(Purpose.PREFERENCES, person.key, now))
    return page(site, "confirmed", plans=[(plan, _next(plan, site)) for plan in plans], link=link)


def _next(plan: Plan, site: Site) -> date | None:
    return None if plan.rhythm is Rhythm.STORY else next_day(plan, site.clock())
