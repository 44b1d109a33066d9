"""Tidy text from outside: bytes to characters, odd characters out, spaces evened. Pure.

Never guesses at meaning: no word is changed, and a dash or quotation mark stays what it was.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]"
)
_LONE = re.compile("[\ud800-\udfff]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_PLAIN_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}\S*)(?: ?([+-]\d{2}:?\d{2}|UTC|Z))?$")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def tidy(text: str) -> str:
    """Return one line of text: NFC, unseen characters (soft hyphens, direction marks) out, spaces evened."""
    text = _LONE.sub("\ufffd", text)
    text = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def join_tidy(pieces: Iterable[str]) -> str:
    """Return the pieces as one tidy line, with nothing between them."""
    return tidy("".join(pieces))


def decode(body: bytes) -> str:
    """Return the characters of a page or text file: byte order mark, declared charset, UTF-8, Windows-1252.

    A wrong declaration never loses the text: bytes that do not fit are shown as U+FFFD.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = body[:4096]
    declared = _CHARSET.search(head) or _XML_ENCODING.search(head)
    for name in (declared.group(1).decode("ascii") if declared else "", "cp1252"):
        if name and name.lower() not in {"utf-8", "utf8"}:
            try:
                return body.decode(name, "replace")
            except (LookupError, ValueError):
                continue
    return body.decode("utf-8", "replace")


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 date-time as aware UTC, or None where the text is not one.

    GOV.UK mixes ``Z``, ``+00:00``, ``+01:00`` and fractions of a second; no zone means UTC.
    """
    found = _PLAIN_DATE.match(text.strip())
    if not found:
        return None
    day, time, zone = found.groups("")
    try:
        when = datetime.fromisoformat(f"{day}T{time}{zone.replace('UTC', 'Z')}")
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def site_root(url: str) -> str:
    """Return scheme and host of a URL without a closing slash; empty where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""


def absolute(link: str, base: str) -> str:
    """Return the link as an absolute http(s) URL, or "" for mailto, javascript and broken links."""
    link = tidy(link).replace(" ", "%20")
    try:
        url = urljoin(base, link) if base else link
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if link and parts.scheme in {"http", "https"} and parts.netloc else ""
