"""The signed moment in the sign-up form: how long somebody had it before them. Keeps nothing.

A robot posts at once. Whoever took longer than a day is a person with an old tab, and is shown the form anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from itsdangerous import BadSignature, Signer

LEAST = timedelta(seconds=1)
MOST = timedelta(days=1)


class Pace(StrEnum):
    ROBOT = "robot"  # quicker than a person can be, or a moment that we never wrote
    PERSON = "person"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class FormMoments:
    """Writes and reads moments, signed with HMAC-SHA-1 (itsdangerous)."""

    secret: str

    def make(self, now: datetime) -> str:
        """The moment, for a hidden field."""
        return self._signer().sign(str(int(now.timestamp() * 1000))).decode()

    def pace(self, moment: str, now: datetime) -> Pace:
        """How long it took, judged."""
        try:
            made = int(self._signer().unsign(moment[:100])) / 1000
        except (BadSignature, ValueError):
            return Pace.ROBOT
        took = now.timestamp() - made
        if took < LEAST.total_seconds():
            return Pace.ROBOT
        return Pace.STALE if took > MOST.total_seconds() else Pace.PERSON

    def _signer(self) -> Signer:
        return Signer(self.secret, salt="sendwatch.form", key_derivation="hmac")
