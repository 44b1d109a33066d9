"""The desk on the demonstration's own data, for one browser that is signed in without a mail.

The address is printed once, its button works once, and only for a database that the demonstration made.
"""

import hmac
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from alerts.desk.app import build_app
from alerts.desk.desk import Desk
from alerts.desk.editors import cookies
from alerts.desk.editors.form_keys import ON_THE_WAY_IN, fits, form_key
from alerts.desk.editors.lost import lost_at
from alerts.desk.editors.routes import desk_routes
from alerts.desk.editors.showing import bare_page
from alerts.steps.signing_in import enter_without_mail, new_key
from pipeline.model.errors import ConfigError
from sendwatch.demo.story import EDITOR, MARK
from sendwatch.newsdesk import newsdesk
from sendwatch.public_pages import public_site
from sendwatch.schedules import read_schedules
from sendwatch.serving import serving
from sendwatch.settings import read_settings
from sendwatch.wiring import wire


def open_desk(folder: Path, *, say: Callable[[str], None], stopping: threading.Event | None = None) -> None:
    """Serve on a free port of this machine until Ctrl-C or ``stopping``."""
    if not (folder / MARK).is_file():
        raise ConfigError(f"--desk: {folder} was not made by the demonstration")
    until = stopping or threading.Event()
    if stopping is None:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda _sign, _frame: until.set())
    environment = {"SENDWATCH_VAR": str(folder), "SENDWATCH_TEAM": EDITOR, "SENDWATCH_OPERATORS": EDITOR}
    wiring = wire(read_settings(environment, cwd=folder), read_schedules(None))
    try:
        site = public_site(wiring)
        desk, token = newsdesk(wiring, site), new_key()
        app = build_app(site, more=[*desk_routes(desk), *_once(desk, token)], lost=lost_at(desk))
        with serving(app, "127.0.0.1:0") as root:
            say("")
            say("The desk is open. The button at this address signs one browser in, once:")
            say(f"  {root}/desk/demo/{token}")
            say("It is served until you press Ctrl-C.")
            until.wait()
    finally:
        wiring.db.close()


def _once(desk: Desk, token: str) -> list[Route]:
    """Looking at the address changes nothing, as with the links in mails; its button signs in, once."""
    path, left = "/desk/demo/{token}", [token]

    def holds(request: Request) -> bool:
        given = request.path_params["token"].encode("utf-8", "replace")
        return bool(left) and hmac.compare_digest(left[0].encode(), given)

    async def look(request: Request) -> Response:
        if not holds(request):
            raise HTTPException(404)
        browser = cookies.browser_of(desk, request) or new_key()
        key = form_key(desk.secret, ON_THE_WAY_IN, browser)
        response = bare_page("enter", desk=desk, action=request.url.path, key=key, onward="/desk")
        cookies.know_browser(desk, response, browser)
        return response

    async def come_in(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=10) as sent:
            key = str(sent.get("key", ""))
        ours = fits(desk.secret, ON_THE_WAY_IN, cookies.browser_of(desk, request), key)
        if not (ours and holds(request)):
            raise HTTPException(404)
        left.clear()
        response = RedirectResponse("/desk", 303)
        cookies.open_session(desk, response, enter_without_mail(desk.db, desk.team, EDITOR, desk.now()))
        return response

    return [Route(path, look, methods=["GET"]), Route(path, come_in, methods=["POST"])]
