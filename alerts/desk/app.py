"""Build the public pages of one Site as an ASGI application. Serves nothing itself: the front door does."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from alerts.desk.guards import Guards
from alerts.desk.limits import SignUpLimits
from alerts.desk.machines.description import description_routes
from alerts.desk.machines.feeds import feed_routes
from alerts.desk.machines.health import health_routes
from alerts.desk.machines.metrics import metrics_routes
from alerts.desk.pages import fault, problem, style
from alerts.desk.public.archive import archive_routes
from alerts.desk.public.confirming import confirming_routes
from alerts.desk.public.leaving import leaving_routes
from alerts.desk.public.preferences import preferences_routes
from alerts.desk.public.sign_up import sign_up_routes
from alerts.desk.site import Site

Lost = Callable[[Request, int], Awaitable[Response | None]]


def build_app(
    site: Site,
    *,
    limits: SignUpLimits | None = None,
    more: Sequence[BaseRoute] = (),
    lost: Lost | None = None,
) -> ASGIApp:
    """The pages behind their guards; ``more`` are routes of other rooms, such as webhooks and the desk.

    ``lost`` may have a page of its own for a request that leads nowhere, by its status code.
    """

    async def home(_request: Request) -> Response:
        return RedirectResponse("/subscribe" if site.facts.plans else "/desk", 307)

    async def stylesheet(_request: Request) -> Response:
        return style(site)

    async def logo(_request: Request) -> Response:
        if site.logo is None:
            raise HTTPException(404)
        kept = {"Cache-Control": "public, max-age=3600"}
        return Response(site.logo.body, media_type=site.logo.content_type, headers=kept)

    def turned_away(status: int, path: str) -> Response:
        return fault(status) if path.startswith("/api/") else problem(site, status)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        own = await lost(request, error.status_code) if lost else None
        response = own or turned_away(error.status_code, request.scope["path"])
        response.headers.update(error.headers or {})
        return response

    async def broken(request: Request, _error: Exception) -> Response:
        return turned_away(500, request.scope["path"])

    inner = Starlette(
        routes=[
            Route("/", home, methods=["GET"]),
            Route("/style.css", stylesheet, methods=["GET"]),
            Route("/logo", logo, methods=["GET"]),
            *(sign_up_routes(site, limits or SignUpLimits()) if site.facts.plans else ()),
            *confirming_routes(site),
            *preferences_routes(site),
            *leaving_routes(site),
            *archive_routes(site),
            *description_routes(site),
            *feed_routes(site),
            *health_routes(site),
            *metrics_routes(site),
            *more,
        ],
        exception_handlers={HTTPException: refused, Exception: broken},
    )
    inner.router.redirect_slashes = False  # no redirect is built from what a client sent
    return Guards(inner, site.facts.site, turned_away)
