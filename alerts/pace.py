"""How fast digests leave: so many a second, and a gate that shuts while the mail server asks to wait.

Shared by all threads of one sending. The time is a monotonic one in seconds, and is handed in.
"""

import threading
from collections.abc import Callable, Sequence

PAUSES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0)


class Pace:
    """Hands out moments, evenly spaced: no second sees more than ``per_second`` of them."""

    def __init__(self, per_second: float, ticks: Callable[[], float]) -> None:
        self._spacing = 1.0 / per_second
        self._ticks = ticks
        self._lock = threading.Lock()
        self._next = ticks()

    def reserve(self) -> float:
        """Reserve the next moment, and say in how many seconds it is; 0 when it is now."""
        with self._lock:
            now = self._ticks()
            mine = max(self._next, now)
            self._next = mine + self._spacing
            return max(0.0, mine - now)


class Gate:
    """Shut for a while after the server said that it is busy, longer each time, until it takes mail again."""

    def __init__(self, ticks: Callable[[], float], pauses: Sequence[float] = PAUSES) -> None:
        self._ticks = ticks
        self._pauses = pauses
        self._lock = threading.Lock()
        self._shut_until = 0.0
        self._turn = 0

    def shut(self) -> float:
        """Shut the gate; several threads that are told the same thing at once count as one. Gives seconds."""
        with self._lock:
            now = self._ticks()
            if now < self._shut_until:
                return self._shut_until - now
            seconds = self._pauses[min(self._turn, len(self._pauses) - 1)]
            self._turn += 1
            self._shut_until = now + seconds
            return seconds

    def served(self) -> None:
        """The server took a mail: the next pause is a short one again."""
        with self._lock:
            if self._ticks() >= self._shut_until:
                self._turn = 0

    def seconds_left(self) -> float:
        """How long the gate stays shut; 0 when it is open."""
        with self._lock:
            return max(0.0, self._shut_until - self._ticks())
