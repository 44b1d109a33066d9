"""The desk: who may sit at it, what an editor made of a Draft, and what was done there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """An editor reads, mends and approves; an operator also pauses sources and sees to subscribers."""

    EDITOR = "editor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that signed in. ``address`` is on the team list, in small letters."""

    key: str  # SHA-256 of the cookie: the cookie itself is kept nowhere
    address: str
    role: Role
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit log: who did what to what, and when (aware UTC). Never changed, never let go."""

    at: datetime
    by: str
    what: str
    about: str
    details: str = ""
