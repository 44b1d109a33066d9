"""Whether all is well, for a machine that asks every minute: 200, or 503 with which of two things is not.

Says no more than that: no name, no address, no setting, no words of an error.
"""

import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from alerts.desk.site import Site
from pipeline.steps.alive import alive

logger = logging.getLogger("sendwatch")


def health_routes(site: Site) -> list[Route]:
    """GET /healthz."""

    async def get(_request: Request) -> Response:
        try:
            found = await run_in_threadpool(alive, site.db, site.clock())
        except (SQLAlchemyError, OSError) as error:
            logger.warning("healthz: the database does not answer (%s)", type(error).__name__)
            return JSONResponse({"ok": False, "database": False, "watch": None}, 503)
        last = found.last_poke.isoformat(timespec="seconds") if found.last_poke else None
        told = {"ok": found.well, "database": True, "watch": found.well, "last_poke": last}
        return JSONResponse(told, 200 if found.well else 503)

    return [Route("/healthz", get, methods=["GET"])]
