"""Leave the list: a page with one button, and the one click of a mail program (RFC 8058). Asks nothing.

GET shows, POST leaves; it needs no session, answers 200, and a second time is as good as the first. A POST
with neither the button nor the one-click body is a scanner's, and shows.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.forms import pressed
from alerts.desk.pages import page
from alerts.desk.site import Site
from alerts.steps.leaving import leave
from alerts.tokens import Purpose
from pipeline.model.subscribers import Way

ONE_CLICK = re.compile(rb"List-Unsubscribe(?:=|\"\s+)One-Click")  # urlencoded, or multipart: RFC 8058, 3.2


def leaving_routes(site: Site) -> list[Route]:
    """GET and POST /leave/{token}."""

    async def show(request: Request) -> Response:
        token = request.path_params["token"]
        if site.tokens.read(Purpose.LEAVE, token, site.clock()) is None:
            return page(site, "ended", status=404)
        return page(site, "leave", token=token)

    async def post(request: Request) -> Response:
        token = request.path_params["token"]
        body = await request.body()
        one_click = ONE_CLICK.search(body) is not None
        if not (one_click or pressed(body)):
            return await show(request)
        way = Way.ONE_CLICK if one_click else Way.LINK
        if not await run_in_threadpool(leave, site.db, site.tokens, token, way, site.clock()):
            return page(site, "ended", status=404)
        return page(site, "left")

    return [
        Route("/leave/{token}", show, methods=["GET"]),
        Route("/leave/{token}", post, methods=["POST"]),
    ]
