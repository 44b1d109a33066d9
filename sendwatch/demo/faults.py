"""Faults by rule: which answers of the replayed publisher go wrong, how, and how often. Pure: no sockets."""

import gzip
import io
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache

MEGABYTE = 1_000_000


class FaultKind(StrEnum):
    """How an answer goes wrong. What each needs is in the fields of Fault."""

    UNAVAILABLE = "503"  # plain text
    SERVER_ERROR = "500"  # HTML
    SLOW_DOWN = "429"  # HTML, with Retry-After
    UNPROCESSABLE = "422"
    FORBIDDEN = "403"
    HANG = "hang"  # nothing is answered for `seconds`, then the connection closes
    DROP = "drop"  # the connection breaks half-way through the body
    MALFORMED = "malformed"  # the right type, cut off half-way through, whole as far as HTTP can tell
    ODD_SHAPE = "odd_shape"  # JSON that parses and is not what the contract promises
    EMPTY = "empty"  # 200 with no body
    HTML_INSTEAD = "html_instead"  # 200 with a page for people where data was asked for
    WRONG_TYPE = "wrong_type"  # the right bytes under a wrong Content-Type
    REDIRECT_LOOP = "redirect_loop"
    ELSEWHERE = "elsewhere"  # 302 to `location`, a host that nobody allowed
    GZIP_BOMB = "gzip_bomb"  # a small body that unpacks to `size` bytes
    HUGE = "huge"  # `size` bytes of HTML, streamed without a length
    SLOW_DRIP = "slow_drip"  # the right answer in small pieces, over `seconds`
    STALE = "stale"  # the copy of the page from before its last edit, as a mirror would give
    NOT_FOUND = "404"


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule. ``pattern`` is a shell pattern for the path, query left out; ``times`` None is for ever.

    ``retry_after`` is what the header of a 429 or 503 says: seconds or an HTTP date; empty leaves it out.
    """

    pattern: str
    kind: FaultKind
    times: int | None = 1
    retry_after: str = "2"
    seconds: float = 30.0
    size: int = 120 * MEGABYTE
    location: str = "https://elsewhere.example/not-allowed"
    content_type: str = "application/octet-stream"


class Faults:
    """The rules in force, oldest first. A rule that has gone wrong often enough is dropped."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def add(self, rule: Fault) -> None:
        """Put a rule in force."""
        self._rules.append(rule)

    def clear(self, pattern: str = "") -> None:
        """Drop the rules made with ``pattern``, or all of them."""
        self._rules = [rule for rule in self._rules if pattern and rule.pattern != pattern]

    def take(self, path: str) -> Fault | None:
        """Return the first rule for ``path``, one use of which is spent by this."""
        for place, rule in enumerate(self._rules):
            if not fnmatchcase(path, rule.pattern):
                continue
            if rule.times is not None:
                left = replace(rule, times=rule.times - 1)
                self._rules[place : place + 1] = [left] if left.times else []
            return rule
        return None

    @property
    def pending(self) -> tuple[Fault, ...]:
        """The rules that are still in force, with the uses that are left."""
        return tuple(self._rules)


@cache
def gzip_bomb(size: int) -> bytes:
    """Return a small gzip stream that unpacks to ``size`` zeros."""
    packed = io.BytesIO()
    nothing = bytes(MEGABYTE)
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        for start in range(0, size, MEGABYTE):
            stream.write(nothing[: min(MEGABYTE, size - start)])
    return packed.getvalue()
