"""The two cookies of the desk: one knows the browser, one is the session. Neither says who somebody is.

Both are HttpOnly and SameSite=Lax; over https they are Secure, and their names begin with ``__Host-`` so that
no neighbouring host can set them (RFC 6265bis, section 4.1.3.2).
"""

from starlette.requests import Request
from starlette.responses import Response

from alerts.desk.desk import Desk
from alerts.steps.signing_in import SESSION_LASTS

BROWSER_LASTS = 400 * 86_400  # seconds; browsers keep none longer


def browser_of(desk: Desk, request: Request) -> str:
    """The cookie that knows this browser; empty when there is none yet."""
    return request.cookies.get(_name(desk, "browser"), "")[:100]


def session_cookie(desk: Desk, request: Request) -> str:
    """The cookie of the session; empty when there is none."""
    return request.cookies.get(_name(desk, "desk"), "")[:200]


def know_browser(desk: Desk, response: Response, value: str) -> None:
    """Give this browser a name of its own."""
    _set(desk, response, "browser", value, BROWSER_LASTS)


def open_session(desk: Desk, response: Response, value: str) -> None:
    """Give the session to the browser."""
    _set(desk, response, "desk", value, int(SESSION_LASTS.total_seconds()))


def end_session(desk: Desk, response: Response) -> None:
    """Take the session from the browser."""
    _set(desk, response, "desk", "", 0)


def _set(desk: Desk, response: Response, what: str, value: str, seconds: int) -> None:
    secure = desk.site.facts.secure
    name = _name(desk, what)
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def _name(desk: Desk, what: str) -> str:
    return f"__Host-{what}" if desk.site.facts.secure else what
