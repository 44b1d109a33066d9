"""The archive: the digests that were sent, for everybody. Shows nothing that was not sent."""

from datetime import date

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.pages import page
from alerts.desk.site import Site
from pipeline.model.plans import Plan, Rhythm

OPEN = {"Cache-Control": "public, max-age=300"}


def archive_routes(site: Site) -> list[Route]:
    """GET /archive, /archive/{plan} and /archive/{plan}/{day}."""
    plans = [plan for plan in site.facts.plans if plan.rhythm is not Rhythm.STORY]

    async def all_plans(_request: Request) -> Response:
        lists = [(plan, (await run_in_threadpool(site.archive.days, plan.key))[:10]) for plan in plans]
        return _open(page(site, "archive", lists=lists, whole=False))

    async def one_plan(request: Request) -> Response:
        plan = _plan(plans, request.path_params["plan"])
        days = await run_in_threadpool(site.archive.days, plan.key)
        return _open(page(site, "archive", lists=[(plan, days)], whole=True))

    async def one_day(request: Request) -> Response:
        plan, day = _plan(plans, request.path_params["plan"]), _day(request.path_params["day"])
        inner = await run_in_threadpool(site.archive.page, plan.key, day)
        if inner is None:
            raise HTTPException(404)
        shown = Markup(inner)  # noqa: S704 - alerts.digest_web escapes what it renders
        return _open(page(site, "archived", plan=plan, day=day, inner=shown))

    return [
        Route("/archive", all_plans, methods=["GET"]),
        Route("/archive/{plan}", one_plan, methods=["GET"]),
        Route("/archive/{plan}/{day}", one_day, methods=["GET"]),
    ]


def _plan(plans: list[Plan], key: str) -> Plan:
    for plan in plans:
        if plan.key == key:
            return plan
    raise HTTPException(404)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise HTTPException(404) from None
    if day.isoformat() != text:  # one page has one address
        raise HTTPException(404)
    return day


def _open(response: Response) -> Response:
    response.headers.update(OPEN)
    return response
