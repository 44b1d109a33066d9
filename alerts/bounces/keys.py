"""Find in a report whom it is about: by the key of the envelope sender, never by an address. Pure.

The key stands in the address that the report came to, ``local+KEY@domain`` (VERP). It is compared exactly;
a mail that names several is about nobody.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from alerts.bounces.parts import Part

# Where the servers on the way leave the envelope's recipient, the surest first.
_TO = ("x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to")
_FROM = ("return-path", "x-envelope-from", "original-mail-from", "x-returnpath")
_NOTHING = re.compile(r"(?!)()")
_LEAVE = re.compile(r"/leave/([A-Za-z0-9_.\-]{20,200})")

_WISH = re.compile(r"\s*leave\s+([A-Za-z0-9_.\-]{20,200})\s*", re.IGNORECASE)


def _no_token(_token: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Keys:
    """Reads keys. ``bounce_address`` is ``local@domain``; ``leaver`` reads the token of a leave link."""

    bounce_address: str
    leaver: Callable[[str], str | None] = _no_token
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        local, _, domain = self.bounce_address.rpartition("@")
        # The local part and the key keep their case (RFC 5321, 2.4); a domain has none.
        before, after = r"(?<![\w.+\-])", r"(?![\w\-]|\.\w)"
        key = r"([A-Za-z0-9_\-]{22})"
        whole = rf"{before}{re.escape(local)}\+{key}@(?i:{re.escape(domain)}){after}"
        pattern = re.compile(whole) if local else None
        object.__setattr__(self, "_pattern", pattern or _NOTHING)

    def among(self, values: Iterable[str]) -> str:
        """The one key in these header values; empty when there is none, or more than one."""
        found = {key for value in values for key in self._pattern.findall(value[:20_000])}
        return found.pop() if len(found) == 1 else ""

    def of_leaving(self, subject: str) -> str:
        """The key in the subject ``leave TOKEN``: the signed token alone says who wants to leave."""
        found = _WISH.fullmatch(subject[:400])
        return (self.leaver(found[1]) or "") if found else ""

    def of_envelope(self, part: Part) -> str:
        """The key in the address that a mail came to."""
        return self.among(value for name in _TO for value in part.every(name)[:20])

    def of_original(self, headers: Iterable[tuple[str, str]]) -> str:
        """The key in the headers of a mail of ours that a report brings back, or in its fields."""
        fields = list(headers)
        key = self.among(value for name, value in fields if name in _FROM)
        if key:
            return key
        tokens = {
            token
            for name, value in fields
            if name == "list-unsubscribe"
            for token in _LEAVE.findall(value[:5_000])
        }
        return (self.leaver(tokens.pop()) or "") if len(tokens) == 1 else ""
