"""The two cookies of the desk: one knows the browser, one is the session. Neither says who somebody is.

Both are HttpOnly and SameSite=Lax; over https they are Secure, and their names begin with ``__Host-`` so that
no neighbouring host can set them (RFC 6265bis, section 4.1.3.2).
"""

from starlette.requests import Request
from starlette.responses import Response

from alerts.desk.desk import Desk
from alerts.desk.editors.form_keys import LET_IN, fits, form_key
from alerts.steps.signing_in import SESSION_LASTS, new_key

BROWSER_LASTS = 400 * 86_400  # seconds; browsers keep none longer


def browser_of(desk: Desk, request: Request) -> str:
    """The cookie that knows this browser; empty when there is none yet."""
    return request.cookies.get(_name(desk, "browser"), "")[:200]


def session_cookie(desk: Desk, request: Request) -> str:
    """The cookie of the session; empty when there is none."""
    return request.cookies.get(_name(desk, "desk"), "")[:200]


def let_in_before(desk: Desk, browser: str, address: str) -> bool:
    """Whether this browser was let in as this person: its cookie carries a proof that only we can make."""
    key, _, proof = browser.partition(".")
    return fits(desk.secret, LET_IN, f"{key}\0{address.strip().casefold()}", proof)


def remember_let_in(desk: Desk, response: Response, address: str) -> None:
    """Give this browser a new name, with the proof that it was let in as this person."""
    key = new_key()
    proof = form_key(desk.secret, LET_IN, f"{key}\0{address}")
    know_browser(desk, response, f"{key}.{proof}")


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
