"""Signed links: what a person may do without a password. Pure; the secret is handed in, and so is the clock.

A token holds the subscriber's random key, never an address. One salt for each purpose, so that a link that
leaves cannot confirm.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from itsdangerous import BadSignature, Signer

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Purpose(StrEnum):
    CONFIRM = "confirm"
    PREFERENCES = "preferences"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes and reads tokens. The signature is HMAC-SHA-1 over key, moment and purpose (itsdangerous)."""

    secret: str

    def make(self, purpose: Purpose, key: str, now: datetime) -> str:
        """The token: at most 75 characters of ``A-Za-z0-9_-.``, so that no mail breaks it."""
        return self._signer(purpose).sign(f"{key}.{_base36(int(now.timestamp()))}").decode()

    def read(
        self, purpose: Purpose, token: str, now: datetime, *, lasting: timedelta | None = None
    ) -> str | None:
        """The key in ``token``; None when it is forged, of another purpose, or older than ``lasting``."""
        if len(token) > 200:
            return None
        try:
            key, _, moment = self._signer(purpose).unsign(token).decode().rpartition(".")
            age = now.timestamp() - int(moment, 36)
        except (BadSignature, ValueError):
            return None
        return key if lasting is None or age <= lasting.total_seconds() else None

    def _signer(self, purpose: Purpose) -> Signer:
        return Signer(self.secret, salt=f"sendwatch.{purpose}", key_derivation="hmac")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
