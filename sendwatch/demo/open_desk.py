"""The desk on the demonstration's own data, for one browser that is signed in without a mail.

The address is printed once, holds once, and only for a database that the demonstration made.
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
from alerts.desk.editors.routes import desk_routes
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
        app = build_app(site, more=[*desk_routes(desk), _once(desk, token)])
        with serving(app, "127.0.0.1:0") as root:
            say("")
            say("The desk is open. This address signs one browser in, once:")
            say(f"  {root}/desk/demo/{token}")
            say("It is served until you press Ctrl-C.")
            until.wait()
    finally:
        wiring.db.close()


def _once(desk: Desk, token: str) -> Route:
    left = [token]

    async def come_in(request: Request) -> Response:
        given = request.path_params["token"].encode("utf-8", "replace")
        if not left or not hmac.compare_digest(left[0].encode(), given):
            raise HTTPException(404)
        left.clear()
        response = RedirectResponse("/desk", 303)
        cookies.open_session(desk, response, enter_without_mail(desk.db, desk.team, EDITOR, desk.now()))
        return response

    return Route("/desk/demo/{token}", come_in, methods=["GET"])
