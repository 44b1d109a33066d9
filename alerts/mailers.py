"""Hand one mail to one recipient: over SMTP, or as an .eml file. For the team's mails, one at a time.

One message has one recipient, so that no address is ever shown to another. Retries nothing itself.
"""

import hashlib
import os
import re
import smtplib
import ssl
from collections.abc import Collection
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from alerts.smtp_opening import bare_address, open_smtp, parse_smtp_url
from pipeline.model.errors import DeliveryRefused, TransientError
from pipeline.model.mails import Mail

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


class Mailer(Protocol):
    """Hands over one mail, or raises TransientError or DeliveryRefused."""

    def send(self, recipient: str, mail: Mail, *, message_id: str, date: datetime) -> None:
        """Hand ``mail`` over for ``recipient``. ``date`` is aware; it becomes the Date header."""


def build_message(
    recipient: str, mail: Mail, *, sender: str, message_id: str, date: datetime, reply_to: str = ""
) -> EmailMessage:
    """The mail as RFC 5322 wants it: text and HTML alternatives, attachments, one recipient.

    Without ``reply_to`` answers go to ``sender``.
    """
    # Folded at 78, a subject of a certain length would leave its first line empty and come back with a blank
    # in front (CPython's folder). It has 200 characters at most; a line may have 998 (RFC 5322, 2.1.1).
    # Other scripts are folded as encoded words, of 75 characters at most (RFC 2047).
    wide = SMTP.clone(max_line_length=998) if mail.subject.isascii() else SMTP
    # The width of the policy is also that of encoded bodies, which may have 76 (RFC 2045, 6.7 and 6.8):
    # SpamAssassin counts longer ones against a mail.
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(date)
    message["From"] = sender
    if reply_to:
        message["Reply-To"] = one_line(reply_to)
    message["To"] = recipient
    message["Subject"] = told_line(mail.subject)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for attached in mail.attachments:
        kind, _, subtype = attached.content_type.partition("/")
        words = {"charset": "utf-8"} if kind == "text" else {}
        message.add_attachment(
            attached.body, maintype=kind, subtype=subtype, filename=attached.filename, params=words
        )
    boundary = hashlib.sha256(message_id.encode()).hexdigest()[:24]
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=={boundary}{number}==")  # the same mail is the same bytes every time
    message.policy = wide
    return message


def one_line(text: str) -> str:
    """A header's worth of text: nothing that breaks a line or turns the reading direction."""
    return " ".join(_CONTROL.sub(" ", text).split())[:200]


def told_line(text: str) -> str:
    """The same of words that are not ours, with nothing in it that a header decodes.

    The standard library decodes an encoded word (RFC 2047) that it is given: one with a line break in it
    became a header of its own.
    """
    return one_line(text.replace("=?", "= ?"))


class TwoSenders:
    """The team hears from one sender, everybody else (subscribers) from another."""

    def __init__(self, team: Mailer, public: Mailer, of_the_team: Collection[str]) -> None:
        self._team, self._public = team, public
        self._of_the_team = frozenset(address.casefold() for address in of_the_team)

    def send(self, recipient: str, mail: Mail, *, message_id: str, date: datetime) -> None:
        """Hand it to the one whose the recipient is."""
        mailer = self._team if recipient.casefold() in self._of_the_team else self._public
        mailer.send(recipient, mail, message_id=message_id, date=date)


class EmlMailer:
    """Writes each mail to a folder. The same Message-ID is the same file, so a replay adds nothing."""

    def __init__(self, folder: Path, sender: str, reply_to: str = "") -> None:
        self.folder = folder
        self._from = {"sender": sender, "reply_to": reply_to}

    def send(self, recipient: str, mail: Mail, *, message_id: str, date: datetime) -> None:
        """Write the mail, whole or not at all."""
        message = build_message(recipient, mail, **self._from, message_id=message_id, date=date)
        slug = re.sub(r"[^a-z0-9]+", "-", mail.subject.lower()).strip("-")[:60] or "mail"
        digest = hashlib.sha256(message_id.encode()).hexdigest()[:10]
        target = self.folder / f"{date:%Y%m%dT%H%M%SZ}-{slug}-{digest}.eml"
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        try:
            with unfinished.open("wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except OSError as error:
            raise TransientError(f"{self.folder}: {error.strerror or error}") from None


class SmtpMailer:
    """Speaks to one mail server. TLS is used wherever it is offered, and a login never goes without it."""

    def __init__(self, url: str, sender: str, reply_to: str = "", *, seconds: float = 30) -> None:
        self._place = parse_smtp_url(url)
        self._from = {"sender": sender, "reply_to": reply_to}
        self._seconds = seconds

    def send(self, recipient: str, mail: Mail, *, message_id: str, date: datetime) -> None:
        """Hand the mail to the server; ``DeliveryRefused`` for its 5xx, ``TransientError`` for the rest."""
        message = build_message(recipient, mail, **self._from, message_id=message_id, date=date)
        envelope = bare_address(self._from["sender"])
        try:
            with open_smtp(self._place, self._seconds) as server:
                server.send_message(message, from_addr=envelope, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refusal(code, words) from None
        except (smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:  # about us, and not the recipient
            said = f"the mail server answered {error.smtp_code} to the connection"
            raise TransientError(f"{self._place}: {said}") from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise TransientError(f"{self._place}: {error}") from None

    def greet(self) -> str:
        """Connect, log in, and say what was found. Sends nothing."""
        try:
            with open_smtp(self._place, self._seconds) as server:
                server.noop()
                safe = isinstance(server.sock, ssl.SSLSocket)
        except (smtplib.SMTPException, OSError) as error:
            raise TransientError(f"{self._place}: {error}") from None
        return f"{self._place} answers {'with' if safe else 'without'} TLS"


def _refusal(code: int, words: bytes | str) -> DeliveryRefused | TransientError:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    text = f"the mail server answered {code}: {one_line(said)}"
    login = code in (
        530,
        534,
        535,
        538,
    )  # our credentials, not the recipient: mend the setting, keep the mail
    return DeliveryRefused(text) if 500 <= code < 600 and not login else TransientError(text)
