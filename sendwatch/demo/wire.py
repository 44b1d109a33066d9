"""HTTP/1.1 on a connection: hear a request, tell an answer, or let it go wrong. Knows nothing of pages.

Only GET and HEAD without a body are understood. Source: RFC 9110 and RFC 9112.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from sendwatch.demo.answers import Answer, json_answer, moved, page_answer
from sendwatch.demo.faults import Fault, FaultKind, gzip_bomb

LONGEST_HEAD = 65_536
PIECE = 65_536
DRIPS = 20

_ODD_JSON = {"results": {"surprise": [1, 2]}, "details": ["unexpected"], "links": "none", "title": 7}
_ODD_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<menu><dish>soup</dish></menu>\n'


@dataclass(frozen=True, slots=True)
class Heard:
    """A request. ``path`` is decoded, ``query`` in the order given, header names are in lower case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]

    @property
    def keeps_alive(self) -> bool:
        """Whether the connection is wanted for a further request."""
        return self.headers.get("connection", "").lower() != "close"


async def hear(reader: asyncio.StreamReader) -> Heard | None:
    """Return the next request of a connection, None when there is none or it cannot be understood."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[1].startswith("/"):
        return None
    target = urlsplit(f"http://here{words[1]}")
    fields = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    query = tuple(parse_qsl(target.query, keep_blank_values=True))
    return Heard(words[0], unquote(target.path), query, headers)


def conditional(found: Answer, heard: Heard) -> Answer:
    """Return 304 instead of ``found`` where the request's validators say that nothing changed."""
    if found.status != 200:
        return found
    if asked := heard.headers.get("if-none-match"):
        known = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        same = bool(found.etag) and (found.etag.removeprefix("W/") in known or "*" in known)
    elif (asked := heard.headers.get("if-modified-since")) and found.modified:
        same = found.modified.replace(microsecond=0) <= _http_date(asked, found.modified)
    else:
        same = False
    return replace(found, status=304, body=b"") if same else found


async def tell(writer: asyncio.StreamWriter, found: Answer, heard: Heard) -> None:
    """Write an answer whole."""
    body = found.body if heard.method != "HEAD" else b""
    writer.write(_head(found, str(len(found.body)) if found.status != 304 else "") + body)
    await writer.drain()


def spoiled(fault: Fault, found: Answer, heard: Heard) -> Answer | None:
    """Return the wrong answer that a fault makes of the right one; None where it is told wrongly instead."""
    bare = replace(found, status=200, etag="", modified=None, headers=())
    wait = (("Retry-After", fault.retry_after),) if fault.retry_after else ()
    match fault.kind:
        case FaultKind.UNAVAILABLE:
            return Answer(503, b"Service Unavailable\n", "text/plain", headers=wait)
        case FaultKind.SERVER_ERROR:
            return page_answer(500, "Sorry", "<h1>Sorry, there is a problem with the service</h1>")
        case FaultKind.SLOW_DOWN:
            page = page_answer(429, "Too many requests", "<h1>Sorry, there have been too many attempts</h1>")
            return replace(page, headers=wait)
        case FaultKind.UNPROCESSABLE:
            return json_answer(422, {"error": "Unexpected parameters: invented"})
        case FaultKind.FORBIDDEN:
            return page_answer(403, "Forbidden", "<h1>Forbidden</h1>")
        case FaultKind.NOT_FOUND:
            return Answer(404)
        case FaultKind.MALFORMED:
            return replace(bare, body=found.body[: len(found.body) // 2] or b"{")
        case FaultKind.ODD_SHAPE:
            if "xml" in found.content_type:
                return replace(bare, body=_ODD_XML)
            return json_answer(200, _ODD_JSON)
        case FaultKind.EMPTY:
            return replace(bare, body=b"")
        case FaultKind.HTML_INSTEAD:
            return page_answer(200, "Sign in", "<main><h1>Sign in to use this network</h1></main>")
        case FaultKind.WRONG_TYPE:
            return replace(bare, content_type=fault.content_type)
        case FaultKind.REDIRECT_LOOP:
            again = int(dict(heard.query).get("again", "0")[:9] or 0) + 1
            return moved(302, f"{heard.path}?again={again}")
        case FaultKind.ELSEWHERE:
            return moved(302, fault.location)
        case FaultKind.GZIP_BOMB:
            packed = gzip_bomb(fault.size)
            return replace(bare, body=packed, headers=(("Content-Encoding", "gzip"),))
        case FaultKind.STALE:
            return found
        case _:
            return None


async def tell_wrongly(writer: asyncio.StreamWriter, fault: Fault, found: Answer) -> int:
    """Tell an answer in the way that a fault says, after which the connection is of no use.

    Returns the status that was sent, 0 when none was.
    """
    match fault.kind:
        case FaultKind.HANG:
            await asyncio.sleep(fault.seconds)
            return 0
        case FaultKind.DROP:
            writer.write(_head(found, str(len(found.body) + 1000)) + found.body[: len(found.body) // 2])
            await writer.drain()
            await asyncio.sleep(0.05)  # let what was written arrive before the connection breaks
            writer.transport.abort()
        case FaultKind.HUGE:
            await _stream(writer, fault.size)
        case _:
            writer.write(_head(found, str(len(found.body))))
            step = max(1, len(found.body) // DRIPS)
            for start in range(0, len(found.body), step):
                await asyncio.sleep(fault.seconds / DRIPS)
                writer.write(found.body[start : start + step])
                await writer.drain()
    return found.status


async def _stream(writer: asyncio.StreamWriter, size: int) -> None:
    line = b"<p>The same invented paragraph, again and again, for as long as anybody listens.</p>\n"
    start = b"<!DOCTYPE html><html><head><title>Huge</title></head><body><main>\n"
    writer.write(_head(Answer(200), "") + _chunk(start))
    piece = _chunk(line * (PIECE // len(line)))
    for _ in range(size // len(piece) + 1):
        writer.write(piece)
        await writer.drain()
    writer.write(_chunk(b""))
    await writer.drain()


def _chunk(piece: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(piece), piece)


def _head(found: Answer, length: str) -> bytes:
    reason = HTTPStatus(found.status).phrase
    lines = [f"HTTP/1.1 {found.status} {reason}"]
    if found.status != 304:
        lines.append(f"Content-Length: {length}" if length else "Transfer-Encoding: chunked")
        if found.body or not length:
            lines.append(f"Content-Type: {found.content_type}")
    if found.cache:
        lines.append(f"Cache-Control: {found.cache}")
    if found.etag:
        lines.append(f"ETag: {found.etag}")
    if found.modified:
        lines.append(f"Last-Modified: {format_datetime(found.modified.replace(microsecond=0), usegmt=True)}")
    lines += [f"{name}: {value}" for name, value in found.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _http_date(text: str, like: datetime) -> datetime:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return like.replace(year=1)
