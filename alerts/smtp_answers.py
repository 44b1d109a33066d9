"""What an answer of a mail server means for a digest. Pure: stage, code and words in, a verdict out.

Codes are RFC 5321's, enhanced codes RFC 3463's (X.1 address, X.2 mailbox, X.3 the mail system, X.4 the
network, X.7 policy). Where an answer may be about us and not about the person, nobody loses a mail by it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESS = re.compile(r"<?[^\s<>\"'(),:;=]+@[^\s<>\"'(),:;]+>?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
MOST_WORDS = 300


class Stage(StrEnum):
    """Where in the conversation the answer came."""

    OPENING = "the connection"
    LOGIN = "the login"
    SENDER = "the sender"  # MAIL FROM, and RSET before it
    RECIPIENT = "the recipient"  # RCPT TO
    DATA = "the mail"  # DATA, and its end


class Fate(StrEnum):
    """What becomes of the mail."""

    SENT = "sent"
    LATER = "later"  # this address, another time
    REFUSED = "refused"  # this address, for good
    UNKNOWN = "unknown"  # there is no such mailbox: RFC 3463, X.1.1
    UNSUITABLE = "unsuitable"  # this mail can never go this way; the address is not to blame
    BUSY = "busy"  # the server: all wait
    BROKEN = "broken"  # the connection is gone
    OURS = "ours"  # about us: nothing can be sent until the operator has mended it


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict on one mail. ``words`` hold nobody's address. ``policy``: an X.7 refusal of one recipient.

    ``unsure`` is set when the connection went after the whole mail was handed over: the one moment in which
    the server may have it all the same.
    """

    fate: Fate
    words: str = ""
    policy: bool = False
    tried: bool = False  # it came when the server knew the recipient
    unsure: bool = False


def read_answer(stage: Stage, code: int, said: str | bytes) -> Answer:
    """The verdict on an answer that is not the wished-for one.

    552 is "exceeded storage allocation" (RFC 5321, 4.2.3): a full mailbox empties, and RFC 3463 (X.2.2)
    calls that temporary, so it is tried again; only X.3.4, or 552 to the sender, says that our mail is too
    large. An unknown mailbox (X.1.1, moved X.1.6, or a domain without mail X.1.10) is not tried again.
    """
    text = clean(said)
    words = f"the mail server answered {code} to {stage}: {text}"
    found = _ENHANCED.search(text)
    enhanced = (int(found[2]), int(found[3])) if found else None
    if code in (530, 534, 535, 538) or stage is Stage.LOGIN:
        return Answer(Fate.BUSY if 400 <= code < 500 else Fate.OURS, words)
    about_one = stage in (Stage.RECIPIENT, Stage.DATA)
    if 400 <= code < 500:
        whole_server = code == 421 or not about_one or (enhanced is not None and enhanced[0] == 3)
        return Answer(Fate.BUSY if whole_server else Fate.LATER, words, tried=about_one)
    if not about_one or enhanced == (3, 4):
        return Answer(Fate.OURS, words)
    if enhanced == (2, 2) or (code == 552 and enhanced is None):
        return Answer(Fate.LATER, words)
    if code == 554 and enhanced is None and stage is Stage.DATA:
        return Answer(
            Fate.REFUSED, words, policy=True
        )  # "transaction failed": as a rule the mail, not the person
    if enhanced in {(1, 1), (1, 6), (1, 10)} and stage is Stage.RECIPIENT:
        return Answer(Fate.UNKNOWN, words)
    return Answer(Fate.REFUSED, words, policy=bool(enhanced and enhanced[0] in (3, 4, 6, 7)))


def clean(said: str | bytes) -> str:
    """A server's words on one line, cut, and without anybody's address."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = " ".join(_CONTROL.sub(" ", text).split())
    return _ADDRESS.sub("(an address)", text)[:MOST_WORDS]
