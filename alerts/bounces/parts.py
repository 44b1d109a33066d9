"""Take a mail apart within bounds: bytes in, headers and parts out. Pure; never raises, opens no archive.

The standard library's parser is not used here: it has no bound on depth, parts or headers, and what comes
back to a bounce address is whatever anybody likes to send. RFC 5322, RFC 2045, RFC 2046.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 1_000_000  # bytes that are looked at; a report says what it has to say at its beginning
DEEPEST, MOST_PARTS, MOST_HEADERS, LONGEST_HEADERS = 5, 40, 400, 64_000
_FOLD = re.compile(r"\r?\n[ \t]+")
_BOUNDARY = re.compile(r"boundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r?\n$")
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
# Python has codecs that are no charsets, and some (punycode) whose cost grows with the square of the length.
_KNOWN = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d\d?|(?:windows-|cp)\d{3,4}|koi8-[ru]|gb\d{4,5}|gbk|big5|euc-(?:jp|kr)"
    r"|shift_jis|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers as (lower-case name, value) in order, its body still encoded, its depth."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    depth: int

    def every(self, name: str) -> list[str]:
        """All values of a header, in order."""
        return [value for key, value in self.headers if key == name]

    def first(self, name: str) -> str:
        """The first value of a header, or empty."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def content_type(self) -> str:
        """``text/plain`` where it says nothing. RFC 2045, 5.2."""
        kind = self.first("content-type").partition(";")[0].strip().lower()
        return kind if "/" in kind else "text/plain"

    def decoded(self) -> bytes:
        """The body without its transfer encoding; broken encodings give what can be had."""
        way = self.first("content-transfer-encoding").strip().lower()
        if way == "base64":
            whole = re.sub(rb"[^A-Za-z0-9+/]", b"", self.body)
            try:
                return binascii.a2b_base64(whole[: len(whole) // 4 * 4])
            except binascii.Error:
                return b""
        return quopri.decodestring(self.body) if way == "quoted-printable" else self.body

    def text(self) -> str:
        """The decoded body as text, by its charset if that is a known one."""
        raw = self.decoded()
        named = _CHARSET.search(self.first("content-type"))
        charset = named[1] if named and _KNOWN.fullmatch(named[1]) else "utf-8"
        try:
            return raw.decode(charset, "replace")
        except LookupError:
            return raw.decode("latin-1")


def take_apart(raw: bytes) -> list[Part]:
    """The mail itself, then its parts in reading order, multiparts before what they hold."""
    found: list[Part] = []
    for part in _walk(raw[:LARGEST], 0):
        found.append(part)
        if len(found) >= MOST_PARTS:
            break
    return found


def read_headers(raw: bytes) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The header fields of ``raw``, unfolded, and what follows the blank line."""
    if raw[:1] in (b"\n", b"\r"):
        return (), raw.lstrip(b"\r\n")
    end = _BLANK.search(raw, 0, LONGEST_HEADERS)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw[:LONGEST_HEADERS], b"")
    fields = []
    for line in _FOLD.sub(" ", head.decode("utf-8", "replace")).splitlines()[:MOST_HEADERS]:
        name, colon, value = line.partition(":")
        if colon and name and " " not in name.strip():
            fields.append((name.strip().lower(), value.strip()))
    return tuple(fields), body


def _walk(raw: bytes, depth: int) -> Iterator[Part]:
    headers, body = read_headers(raw)
    part = Part(headers, body, depth)
    yield part
    if depth >= DEEPEST or not part.content_type.startswith("multipart/"):
        return
    found = _BOUNDARY.search(part.first("content-type"))
    if not found:
        return
    mark = b"--" + (found[1] or found[2]).encode("utf-8", "replace")
    pieces = (b"\n" + body).split(b"\n" + mark, MOST_PARTS + 1)
    for piece in pieces[1 : MOST_PARTS + 1]:
        if piece.startswith(b"--"):
            break
        _, newline, within = piece.partition(b"\n")
        if newline:
            yield from _walk(within, depth + 1)
