"""Bounces: what a mail server or a provider says became of a mail, and what follows for the person."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

LADDER = tuple(timedelta(hours=2**step) for step in range(1, 7))  # 2, 4, 8, 16, 32, 64 hours of rest
QUIET_AFTER = timedelta(days=7)  # a mail of which nothing is heard for so long has arrived


class Kind(StrEnum):
    """What a report says. ``FOREIGN`` is a mail that is no report about a mail of ours at all."""

    HARD = "hard"  # there is no such mailbox
    SOFT = "soft"  # not now, or not from us
    COMPLAINT = "complaint"  # the person has called it spam
    LEAVE = "leave"  # the person has written the mail that List-Unsubscribe offers (RFC 2369)
    DELAYED = "delayed"  # the server is still trying
    OTHER = "other"  # delivered, an answering machine, or nothing that can be told
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``subscriber_key`` is whom it is about; empty when it does not say.

    ``status`` is an enhanced status code (RFC 3463) or empty; ``words`` are one line without any address.
    ``address`` is filled by providers' webhooks alone, which come from behind a secret: never by a mail.
    ``mark`` is the provider's own name of the event, for telling a replay.
    """

    kind: Kind
    subscriber_key: str = ""
    status: str = ""
    words: str = ""
    address: str = field(default="", repr=False)
    mark: str = ""


class Outcome(StrEnum):
    """What became of a report; the values are the words of the summary."""

    SUSPENDED = "suspended"
    RESTING = "resting"
    LEFT = "left after a complaint"
    LEFT_BY_MAIL = "left by mail"
    NOTED = "noted, nothing to do"
    NOBODY = "about nobody we know"
    AGAIN = "read before"
    FOREIGN = "no report, left alone"
