"""Read what a mail provider's webhook tells: provider and body in, Reports out. Pure; fetches nothing, ever.

Whether the caller may speak at all is decided before, by the shared secret (``is_authorised``). Mailgun and
SendGrid sign their calls besides; the secret is enough here, since without it nothing is read.
"""

import base64
import binascii
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alerts.bounces import providers
from alerts.bounces.keys import Keys
from pipeline.model.bounces import Report

LARGEST = 1_000_000  # bytes
DEEPEST = 32
MOST_EVENTS = 5_000
PROVIDERS: Mapping[str, providers.Reader] = {
    "ses": providers.ses,
    "mailgun": providers.mailgun,
    "postmark": providers.postmark,
    "sendgrid": providers.sendgrid,
    "brevo": providers.brevo,
    "generic": providers.generic,
}
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)  # a text without an end is read once, too


@dataclass(frozen=True, slots=True)
class Told:
    """What a call has told. ``to_confirm`` are words for the operator: a subscription waits for a person."""

    reports: tuple[Report, ...] = ()
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a call is not read: ``status`` is 400, 404 or 413."""

    status: int
    words: str


def is_authorised(headers: Mapping[str, str], secret: str) -> bool:
    """Whether a call holds the shared secret, compared in constant time. Without a secret nobody may call.

    As ``Authorization: Bearer SECRET``, as the password of Basic (RFC 7617; any user name), or in
    ``X-Sendwatch-Secret``. Never in the address, which proxies log. ``headers`` have lower-case names.
    """
    if not secret:
        return False
    scheme, _, given = headers.get("authorization", "").partition(" ")
    offered = headers.get("x-sendwatch-secret", "")
    if scheme.lower() == "bearer":
        offered = given.strip()
    elif scheme.lower() == "basic":
        try:
            offered = base64.b64decode(given.strip(), validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, ValueError):
            offered = ""
    return hmac.compare_digest(offered.encode("utf-8", "replace"), secret.encode())


def read_hook(provider: str, body: bytes, keys: Keys) -> Told | Refused:
    """What the call tells. An event that is none of ours to read is passed over; it is not an error.

    The subscriber is found by the key in the event's metadata or in the envelope sender, else by the address.
    """
    reader = PROVIDERS.get(provider)
    if reader is None:
        return Refused(404, "there is no such provider")
    if len(body) > LARGEST:
        return Refused(413, "more than one megabyte")
    payload = read_json(body)
    if payload is None:
        return Refused(400, "not the JSON that this provider sends")
    if provider == "ses" and isinstance(payload, dict):
        waiting = providers.sns_confirmation(payload)
        if waiting:
            return Told(to_confirm=waiting)
        inner = payload.get("Message")  # SNS wraps what SES says as a text
        if isinstance(inner, str):
            payload["Message"] = read_json(inner.encode("utf-8", "replace"))
    events = payload if isinstance(payload, list) else [payload]
    if len(events) > MOST_EVENTS:
        return Refused(413, f"more than {MOST_EVENTS} events")
    reports = [report for event in events if isinstance(event, dict) for report in reader(event, keys)]
    return Told(tuple(reports[:MOST_EVENTS]))


def read_json(body: bytes) -> dict[str, Any] | list[Any] | None:
    """An object or a list; None for anything else, and for what is nested deeper than any provider's."""
    depth = 0
    for found in _TOKEN.finditer(body):
        first = found[0][:1]
        depth += (first in b"[{") - (first in b"]}")
        if depth > DEEPEST:
            return None
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict | list) else None
