"""What the replayed publisher answers, before it goes on the wire. Pure."""

import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Query = Sequence[tuple[str, str]]

FIVE_MINUTES = "max-age=300, public"
HALF_AN_HOUR = "max-age=1800, public"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body. With ``etag`` or ``modified`` a conditional request may get a 304."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    cache: str = ""
    etag: str = ""
    modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()


def json_answer(status: int, answer: Any, *, cache: str = "", weak_etag: bool = False) -> Answer:
    """Return an answer in JSON."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    tag = weak(body) if weak_etag else ""
    return Answer(status, body, "application/json; charset=utf-8", cache, tag)


def page_answer(status: int, title: str, body: str, *, cache: str = "", head: str = "") -> Answer:
    """Return a page for people. ``title`` is text, ``body`` and ``head`` are HTML."""
    text = (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>{head}</head>\n<body>{body}</body></html>\n"
    )
    return Answer(status, text.encode(), cache=cache, etag=weak(text.encode()) if status == 200 else "")


def moved(status: int, location: str, *, cache: str = "") -> Answer:
    """Return a redirect."""
    return Answer(status, cache=cache, headers=(("Location", location),))


def weak(body: bytes) -> str:
    """Return the weak ETag that Rails gives a body. Source: ActionDispatch, http/cache.rb."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


def one(query: Query, name: str) -> str:
    """Return the last value given for ``name`` or ``name[]``, else an empty text."""
    return next((value for key, value in reversed(query) if key.removesuffix("[]") == name), "")


def many(query: Query, name: str) -> list[str]:
    """Return all values given for ``name`` or ``name[]`` that are not empty."""
    return [value for key, value in query if key.removesuffix("[]") == name and value]
