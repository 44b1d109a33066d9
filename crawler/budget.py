"""How much may be asked of publishers in one cycle, and which hosts asked us to wait. Pure counting."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 4, 8, 15))  # contract, section 0, rule 6


@dataclass(frozen=True, slots=True)
class Caps:
    """Caps of one cycle, in requests. Defaults: the sources' contract, section 13."""

    requests: int = 250
    items: int = 120
    children: int = 60
    files: int = 30


@dataclass(slots=True)
class Budget:
    """What is left of a cycle's caps. One Budget is shared by all crawls of a cycle."""

    caps: Caps
    spent: Counter[str] = field(default_factory=Counter)

    def take(self, what: str) -> bool:
        """Spend one ``requests``, ``items``, ``children`` or ``files``; False when none is left."""
        if self.spent[what] >= getattr(self.caps, what):
            return False
        self.spent[what] += 1
        return True

    def left(self, what: str) -> int:
        """How many are left."""
        return max(0, int(getattr(self.caps, what)) - self.spent[what])


@dataclass(slots=True)
class HostPauses:
    """Hosts that answered 429 or 503 too often: left alone for 1, 2, 4, 8, then 15 minutes.

    Lives as long as the daemon; a fresh process starts with none.
    """

    until: dict[str, datetime] = field(default_factory=dict)
    streak: Counter[str] = field(default_factory=Counter)

    def is_paused(self, host: str, now: datetime) -> bool:
        """True while the host is to be left alone."""
        return host in self.until and now < self.until[host]

    def pause(self, host: str, now: datetime, asked: timedelta | None = None) -> datetime:
        """Leave a host alone, at least as long as its Retry-After asked for (an hour at most)."""
        wait = PAUSES[min(self.streak[host], len(PAUSES) - 1)]
        self.streak[host] += 1
        self.until[host] = now + min(max(wait, asked or wait), timedelta(hours=1))
        return self.until[host]

    def relent(self, host: str) -> None:
        """The host answered well again."""
        self.streak.pop(host, None)
        self.until.pop(host, None)
