"""What stands below /desk where no page is: the desk's own words for who is signed in.

Everybody else gets the public page, which says nothing of what there is at the desk and what not.
"""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import HOME, Visit, visit_of
from alerts.desk.editors.showing import desk_page

WORDS = {
    404: ("There is no such page", "If you typed the address, check it."),
    405: ("There is nothing to look at here", "Forms are sent to this address. Nothing was done."),
}


def lost_at(desk: Desk) -> Callable[[Request, int], Awaitable[Response | None]]:
    """For ``build_app``: a page for an address below /desk that leads nowhere; None: the public one."""

    async def page(request: Request, status: int) -> Response | None:
        if status not in WORDS or not request.url.path.startswith(f"{HOME}/"):
            return None
        visit = await visit_of(desk, request)
        return await run_in_threadpool(_shown, visit, status) if visit else None

    return page


def _shown(visit: Visit, status: int) -> Response:
    title, words = WORDS[status]
    return desk_page(visit, "lost", status=status, title=title, words=words)
