"""Subscribers: who has asked for a digest, what of it, and since when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.model.digests import Topic

PHASES = ("early years", "school", "post-16")


class SubscriberState(StrEnum):
    PENDING = "pending"  # has signed up, has not confirmed
    ACTIVE = "active"
    SUSPENDED = "suspended"  # mail to the address is refused
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person wants. Empty ``topics`` or ``phases`` mean all of them; so do empty ``nations``.

    ``paused_until`` is a day in London: nothing is sent before it. ``plans`` are keys of plans.
    """

    topics: frozenset[Topic] = frozenset()
    nations: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    paused_until: date | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """On what ground mail is sent: where it was given, when (aware UTC), in what words."""

    source: str
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One person. ``key`` is random and stands for the person in links and envelope senders."""

    id: int
    key: str
    address: str
    state: SubscriberState
    created_at: datetime
    preferences: Preferences
    consent: Consent | None = None
    confirmed_at: datetime | None = None
    reminded_at: datetime | None = None
    suspended_because: str = ""
