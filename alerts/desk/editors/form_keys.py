"""The key that each form of the desk carries, so that no other site can send it. Pure; keeps nothing.

HMAC-SHA-256 under the site's secret over a purpose and what the form is bound to: a session, or on the way in
the browser. Compared in constant time.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers

WITH_SESSION, ON_THE_WAY_IN, LET_IN = "session", "way in", "let in"


def form_key(secret: str, purpose: str, bound_to: str) -> str:
    """64 hex digits for the hidden field ``key``."""
    message = f"sendwatch.desk.form\0{purpose}\0{bound_to}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def fits(secret: str, purpose: str, bound_to: str, given: str) -> bool:
    """Whether ``given`` is the key of this form."""
    expected = form_key(secret, purpose, bound_to)
    return bool(bound_to) and hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def from_our_own_page(headers: Headers, site: str) -> bool:
    """Whether the browser says that this POST comes from one of our pages; old browsers say nothing.

    Sec-Fetch-Site (W3C Fetch Metadata) goes before Origin (RFC 6454), which is ``null`` from some pages.
    """
    fetched = headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in ("same-origin", "none") and _same(headers, site, null_too=True)
    return _same(headers, site, null_too=False)


def _same(headers: Headers, site: str, *, null_too: bool) -> bool:
    origin = headers.get("origin")
    if origin is None or (origin == "null" and null_too):
        return True
    try:
        place = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return bool(place) and place in (headers.get("host", "").lower(), urlsplit(site).netloc.lower())
