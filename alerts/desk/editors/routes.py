"""All routes of the desk, page by page, for ``build_app``. A new page adds its module to PAGES."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors import (
    digest,
    digest_early,
    digest_order,
    document,
    inbox,
    missed,
    searching,
    signing_in,
    sources,
    story,
    story_acts,
    story_item,
    subscribers,
)
from alerts.desk.editors.showing import asset

PAGES = (
    signing_in,
    inbox,
    story_item,
    story,
    story_acts,
    document,
    searching,
    sources,
    missed,
    digest,
    digest_early,
    digest_order,
    subscribers,
)


def desk_routes(desk: Desk) -> list[Route]:
    """Every page of the desk, with its style and its script."""

    async def style(_request: Request) -> Response:
        return asset("desk.css", "text/css")

    async def script(_request: Request) -> Response:
        return asset("desk.js", "text/javascript")

    return [
        Route("/desk/desk.css", style, methods=["GET"]),
        Route("/desk/desk.js", script, methods=["GET"]),
        *(route for page in PAGES for route in page.routes(desk)),
    ]
