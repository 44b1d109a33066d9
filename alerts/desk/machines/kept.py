"""Answers that may be kept for five minutes. Whoever has the bytes already is told so (RFC 9110, ETag)."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.site import Site

KEPT = "public, max-age=300"


def kept_route(site: Site, path: str, content_type: str, make: Callable[[datetime], bytes]) -> Route:
    """GET ``path``: what ``make`` gives at this moment, or 304 when the reader has these bytes."""

    async def get(request: Request) -> Response:
        body = await run_in_threadpool(make, site.clock())
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": KEPT}
        asked = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
        if asked == ["*"] or etag in [one.removeprefix("W/") for one in asked]:
            return Response(status_code=304, headers=headers)
        return Response(body, headers={**headers, "Content-Type": content_type})

    return Route(path, get, methods=["GET"])
