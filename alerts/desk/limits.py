"""How many sign-ups a network may make in an hour, and all of them together. In memory, and bounded.

Generous: a school has one address for everybody. Forgets everything at a restart.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

MOST_NETWORKS = 10_000
PER_NETWORK, IN_ALL = 30, 600  # an hour


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


class SignUpLimits:
    """A leaky bucket for each network, and one for all. Not for several threads at once."""

    def __init__(self, *, per_network: int = PER_NETWORK, in_all: int = IN_ALL) -> None:
        self._per_network, self._in_all = per_network, in_all
        self._networks: OrderedDict[str, _Bucket] = OrderedDict()
        self._all: _Bucket | None = None

    def admits(self, network: str, now: datetime) -> bool:
        """Whether one more sign-up may come from this network now; if so it is counted."""
        own = self._networks.pop(network, None) or _Bucket(self._per_network, now)
        everybody = self._all or _Bucket(self._in_all, now)
        _refill(own, self._per_network, now)
        _refill(everybody, self._in_all, now)
        admitted = own.left >= 1 and everybody.left >= 1
        if admitted:
            own.left -= 1
            everybody.left -= 1
        self._networks[network], self._all = own, everybody
        while len(self._networks) > MOST_NETWORKS:
            self._networks.popitem(last=False)
        return admitted


def _refill(bucket: _Bucket, most: int, now: datetime) -> None:
    hours = max(0.0, (now - bucket.at).total_seconds()) / 3600
    bucket.left, bucket.at = min(most, bucket.left + hours * most), now
