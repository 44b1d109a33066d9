"""Subscribers: who has asked for a digest, what of it, and since when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.model.digests import Topic

PHASES = ("early years", "school", "post-16")
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


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
    asked_at: datetime | None = None  # a confirmation was asked for and has not come yet
    left_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a confirmation would count: somebody has signed up and the person has not answered."""
        return self.state is not SubscriberState.ACTIVE and self.asked_at is not None


class Way(StrEnum):
    """By which way a person, or somebody for them, changed what is on record; kept with each consent."""

    FORM = "form"
    API = "api"
    LINK = "link"
    ONE_CLICK = "one-click"  # RFC 8058
    MAIL = "mail"  # to the address in List-Unsubscribe
    IMPORT = "import"
    COMMAND = "command"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One line of a person's log: when (aware UTC), by which way, and what."""

    at: datetime
    way: str
    what: str


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held about one person. ``digests`` are subject, plan and day (London), oldest first."""

    subscriber: Subscriber
    log: tuple[ConsentLine, ...]
    digests: tuple[tuple[str, str, date], ...]


@dataclass(frozen=True, slots=True)
class SubscriberCounts:
    """How many people stand in each state."""

    pending: int = 0
    active: int = 0
    suspended: int = 0
    left: int = 0
