"""What stands before every page: whose name was called, how much was sent, and the headers of each answer.

Changes nothing, keeps nothing. Trusts X-Forwarded-For from this machine alone.
"""

import ipaddress
import logging
import traceback
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alerts.this_machine import LOOPBACK

logger = logging.getLogger("sendwatch")
MOST_BYTES = 100_000
MOST_OF_THE_DESK = 400_000  # an editor's text of 40,000 characters, as forms write them
MOST_OF_HOOKS = 1_000_000  # a provider tells of many mails at a time
MOST_FIELDS = 1_000  # reading 400,000 empty ones took a second, in which nobody else was served
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
PRIVATE = (
    "/confirm/",
    "/preferences/",
    "/leave/",
    "/desk",
)  # keys to somebody's subscription; the team's own
Problem = Callable[[int, str], Response]


class Guards:
    """Wraps the pages. ``problem`` makes the answer for a status code and a path."""

    def __init__(self, app: ASGIApp, site: str, problem: Problem) -> None:
        self._app = app
        self._secure = site.startswith("https://")
        self._hosts = LOOPBACK | {(urlsplit(site).hostname or "").lower()}
        self._problem = problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it here."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        path: str = scope["path"]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), path)
            await send(message)

        most = _most_of(path)
        refused = self._refused(headers, most)
        if refused:
            await self._problem(refused, path)(scope, receive, send_guarded)
            return
        body = await _body(receive, most)
        if body is None:
            await self._problem(413, path)(scope, receive, send_guarded)
            return
        if _is_form(headers) and body.count(b"&") > MOST_FIELDS:
            await self._problem(400, path)(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, _replay(body, receive), send_guarded)
        except Exception as error:  # the boundary; uvicorn would log its words, which may hold an address
            told = told_failure(error)
            logger.error("a page failed: %s %r: %s", scope["method"], _room_of(path), told)  # noqa: TRY400 - no words of it

    def _refused(self, headers: Headers, most: int) -> int:
        """The status code with which a request is turned away unread; 0: let it in."""
        host = headers.get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return 400
        if name.lower() not in self._hosts or any(c in host for c in "/\\@?# "):
            return 400
        said = headers.get("content-length", "0")
        if not said.isdecimal() or ("transfer-encoding" in headers and "content-length" in headers):
            return 400  # two lengths: the proxy before us may believe the other one (RFC 9112, 6.1)
        kind = headers.get("content-type", "").lower()
        if kind.startswith("multipart/") and "charset" in kind:
            return 415  # browsers name none; any codec of Python could be named, punycode takes minutes
        return 413 if int(said[:12]) > most else 0

    def _dress(self, headers: MutableHeaders, path: str) -> None:
        headers.setdefault(
            "Content-Security-Policy", POLICY
        )  # a page of the desk may have a narrower or wider one
        # the links in mails are in the address; under no-referrer the desk's forms would come from nowhere
        headers["Referrer-Policy"] = "same-origin" if path.startswith("/desk") else "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if self._secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if path.startswith(PRIVATE):
            headers["X-Robots-Tag"] = "noindex, nofollow"
        headers.setdefault("Cache-Control", "no-store")


def told_failure(error: BaseException) -> str:
    """What went wrong and where in the code, for a log: never the words of the error itself."""
    names: list[str] = []
    found: BaseException | None = error
    while found is not None and len(names) < 5:
        names.append(type(found).__name__)
        found = found.__cause__ or found.__context__
    return " because of ".join(names) + "\n" + "".join(traceback.format_tb(error.__traceback__)).rstrip()


def _is_form(headers: Headers) -> bool:
    return headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded")


def _room_of(path: str) -> str:
    """The first word of the path: what follows may be the key to somebody's subscription."""
    return "/" + path.lstrip("/").partition("/")[0][:20]


def _most_of(path: str) -> int:
    """How many bytes a request for this path may have."""
    if path.startswith("/hooks/"):
        return MOST_OF_HOOKS
    return MOST_OF_THE_DESK if path.startswith("/desk/") else MOST_BYTES


def network_of(request: Request) -> str:
    """The client's network: an IPv4 /24 or an IPv6 /56, as a household or a school has it.

    Behind a proxy on this machine it is the last entry of X-Forwarded-For, which the proxy itself wrote.
    """
    told = request.client.host if request.client else ""
    if told in LOOPBACK:
        written = ",".join(request.headers.getlist("x-forwarded-for"))
        told = written.rpartition(",")[2].strip() or told
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 56), strict=False))


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body; None when it is larger than it may be. What is cut off by the client is empty."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
