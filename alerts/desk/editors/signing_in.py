"""The way in and out: ask for a link, press the button behind it, sign out. Opening a link changes nothing.

The answer is the same, in words and in time, whether an address is on the team list or not.
"""

import asyncio
import logging
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors import cookies
from alerts.desk.editors.form_keys import ON_THE_WAY_IN, fits, form_key, from_our_own_page
from alerts.desk.editors.guarding import Visit, checked_next, done
from alerts.desk.editors.showing import bare_page
from alerts.desk.guards import network_of
from alerts.desk.limits import SignUpLimits
from alerts.steps.signing_in import ask_for_link, enter, leave, may_enter, new_key, who

logger = logging.getLogger("sendwatch")
MOST_ADDRESS = 254


def routes(desk: Desk) -> list[Route]:
    """GET and POST /desk/sign-in, GET and POST /desk/enter/{token}, POST /desk/sign-out."""
    limits = SignUpLimits(per_network=20, in_all=200)

    async def form(request: Request) -> Response:
        return _form(desk, request, checked_next(request.query_params.get("next", "")))

    async def ask(request: Request) -> Response:
        given = await _given(request)
        onward = checked_next(given.get("next", ""))
        if not _is_ours(desk, request, given.get("key", "")):
            return _form(desk, request, onward, fault="Please press the button once more", status=403)
        address = given.get("address", "").strip()[:MOST_ADDRESS]
        if "@" not in address:
            return _form(desk, request, onward, fault="Enter your email address", status=422)
        await _asked(desk, limits, request, address, onward)
        return bare_page("asked", desk=desk)

    async def look(request: Request) -> Response:
        onward = checked_next(request.query_params.get("next", ""))
        token, browser = request.path_params["token"], cookies.browser_of(desk, request)
        if not await run_in_threadpool(may_enter, desk.db, desk.team, token, browser, desk.now()):
            return bare_page("no_way_in", status=404, desk=desk, onward=quote(onward, safe=""))
        key = form_key(desk.secret, ON_THE_WAY_IN, browser)
        return bare_page("enter", desk=desk, action=f"/desk/enter/{token}", key=key, onward=onward)

    async def come_in(request: Request) -> Response:
        given = await _given(request)
        onward = checked_next(given.get("next", ""))
        token, browser = request.path_params["token"], cookies.browser_of(desk, request)
        ours = _is_ours(desk, request, given.get("key", ""))
        cookie = None
        if ours:
            cookie = await run_in_threadpool(enter, desk.db, desk.team, token, browser, desk.now())
        if cookie is None:
            return bare_page("no_way_in", status=404, desk=desk, onward=quote(onward, safe=""))
        response = RedirectResponse(onward, 303)
        cookies.open_session(desk, response, cookie)
        session = await run_in_threadpool(who, desk.db, desk.team, cookie, desk.now())
        if session is not None:
            cookies.remember_let_in(desk, response, session.address)
        return response

    def go_out(visit: Visit) -> Response:
        leave(desk.db, visit.session, visit.now)
        response = RedirectResponse("/desk/sign-in", 303)
        cookies.end_session(desk, response)
        return response

    return [
        Route("/desk/sign-in", form, methods=["GET"]),
        Route("/desk/sign-in", ask, methods=["POST"]),
        Route("/desk/enter/{token}", look, methods=["GET"]),
        Route("/desk/enter/{token}", come_in, methods=["POST"]),
        done(desk, "/desk/sign-out", go_out),
    ]


async def _asked(desk: Desk, limits: SignUpLimits, request: Request, address: str, onward: str) -> None:
    """Owe the mail, if it is to be owed, and let the same time pass when it is not."""
    loop = asyncio.get_running_loop()
    began, step = loop.time(), desk.least_answer
    now, browser = desk.now(), cookies.browser_of(desk, request)
    known = cookies.let_in_before(desk, browser, address)
    if known or limits.admits(network_of(request), now):
        facts = desk.site.facts
        await run_in_threadpool(
            ask_for_link,
            desk.db,
            desk.team,
            address,
            browser,
            known=known,
            site=facts.site,
            next_page=quote(onward, safe="/"),
            domain=facts.domain,
            now=now,
        )
    else:
        logger.warning("the way in to the desk was asked for too often in an hour")
    if step:  # answers leave only at whole steps: how long the work took is not to be read
        await asyncio.sleep(step - (loop.time() - began) % step)


def _form(desk: Desk, request: Request, onward: str, *, fault: str = "", status: int = 200) -> Response:
    browser = cookies.browser_of(desk, request) or new_key()
    key = form_key(desk.secret, ON_THE_WAY_IN, browser)
    faults = {"address": fault} if fault else {}
    response = bare_page("sign_in", status=status, desk=desk, key=key, onward=onward, faults=faults)
    cookies.know_browser(desk, response, browser)
    return response


async def _given(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=20) as sent:
        return {name: value for name, value in sent.multi_items() if isinstance(value, str)}


def _is_ours(desk: Desk, request: Request, key: str) -> bool:
    """Whether the form came from our own page, in the browser that it was made for."""
    own = from_our_own_page(request.headers, desk.site.facts.site)
    return own and fits(desk.secret, ON_THE_WAY_IN, cookies.browser_of(desk, request), key)
