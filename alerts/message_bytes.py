"""The message of a digest as bytes: built once for many people, finished for one by joining its pieces.

Never looks at a clock or a database. Whatever comes from outside goes through the standard library's header
encoding or is refused, so that no value can add a header; and the same person and digest are the same bytes
every time.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from email.utils import format_datetime
from urllib.parse import quote

from email_validator import EmailNotValidError, validate_email

from alerts.mailers import one_line, told_line
from alerts.slots import LEAVE_SLOT, PREFERENCES_SLOT, leave_link
from alerts.smtp_opening import bare_address
from alerts.tokens import Purpose, Tokens
from pipeline.model.mails import Mail

_SLOTS = re.compile(f"({LEAVE_SLOT}|{PREFERENCES_SLOT})")
_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@\x00-\x20\x7f-\x9f]+@[^\s<>()\[\]\\,;:\"@\x00-\x20\x7f-\x9f]+")
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,75}")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,32}")
_QP_LINE = 75  # a soft line break takes the 76th (RFC 2045, 6.7)


class Unsuitable(ValueError):
    """This can never become a message. The words hold nobody's address."""


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What the headers say of a digest. ``made_at`` (aware) is the Date, the same for everybody."""

    key: str
    plan: str
    day: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. ``bounce_address`` empty: the envelope sender is that of ``sender``. ``site``: no slash."""

    sender: str
    charity: str
    site: str
    reply_to: str = ""
    bounce_address: str = ""

    @property
    def domain(self) -> str:
        """The domain of From: the right-hand side of Message-IDs and of List-Id."""
        return bare_address(self.sender).rpartition("@")[2].lower() or "localhost"

    def envelope(self, key: str) -> str:
        """The envelope sender of one person's mail, ``local+key@domain`` (VERP): a bounce is known by it."""
        local, _, domain = bare_address(self.bounce_address).rpartition("@")
        return f"{local}+{key}@{domain}" if local else bare_address(self.sender)


@dataclass(frozen=True, slots=True)
class Person:
    """The one whom a message is for: a subscriber's random key and address."""

    key: str
    address: str


def message_id(digest_key: str, subscriber_key: str, domain: str) -> str:
    """The Message-ID of one person's mail of one digest: stable over every retry (RFC 5322, 3.6.4)."""
    seed = f"{digest_key}\0{subscriber_key}".encode()
    return f"<{hashlib.sha256(seed).hexdigest()[:32]}@{domain}>"


def on_the_wire(address: str) -> str:
    """The address as servers without SMTPUTF8 take it, where there is such a form; else as it is.

    A domain beyond ASCII has one (RFC 5891); a mailbox's name beyond ASCII has none (RFC 6531).
    """
    if address.isascii():
        return address
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return address
    return found.ascii_email or address


class MessageTemplate:
    """One row of digest_mails, ready to be finished for a person."""

    def __init__(self, mail: Mail, digest: DigestFacts, sender: Sender, tokens: Tokens) -> None:
        """Raises Unsuitable for a mail with attachments: a digest has none."""
        if mail.attachments:
            raise Unsuitable("a digest carries no attachments")
        self._digest = digest
        self._sender = sender
        self._tokens = tokens
        self._fixed = _fixed_headers(mail, digest, sender)
        self._pieces = [piece.encode("ascii") for piece in _SLOTS.split(_body(mail, digest))]

    def for_person(self, person: Person) -> bytes:
        """The finished message (RFC 5322), lines ended by CR LF; 7-bit but for an address that is not ASCII.

        Raises Unsuitable for an address or a key that no header can hold.
        """
        if not (_ADDRESS.fullmatch(person.address) and _KEY.fullmatch(person.key)):
            raise Unsuitable("the address cannot stand in a header")
        # The moment in a token is the digest's, so that a second try is the same to the byte.
        when = self._digest.made_at
        leave = self._tokens.make(Purpose.LEAVE, person.key, when)
        preferences = self._tokens.make(Purpose.PREFERENCES, person.key, when)
        if not (_TOKEN.fullmatch(leave) and _TOKEN.fullmatch(preferences)):
            raise Unsuitable("the link cannot stand in a mail")
        known = {LEAVE_SLOT.encode(): leave.encode(), PREFERENCES_SLOT.encode(): preferences.encode()}
        own = "".join(f"{line}\r\n" for line in self._own_headers(person, leave))
        body = [known.get(piece, piece) for piece in self._pieces]
        return b"".join((own.encode(), self._fixed, *body))

    def id_for(self, person: Person) -> str:
        """The Message-ID of this person's mail."""
        return message_id(self._digest.key, person.key, self._sender.domain)

    def _own_headers(self, person: Person, leave: str) -> tuple[str, ...]:
        sender = self._sender
        written = bare_address(sender.bounce_address or sender.reply_to or sender.sender)
        if sender.bounce_address:
            written = sender.envelope(person.key)
        subject = quote(f"leave {leave}")
        return (
            f"Message-ID: {self.id_for(person)}",
            f"To: {person.address}",
            # RFC 2369 wants the address that is to be used first; RFC 8058 needs https and the next header,
            # and both covered by the relay's DKIM signature.
            f"List-Unsubscribe: <{leave_link(sender.site, leave)}>,",
            f" <mailto:{quote(written, safe='@+')}?subject={subject}>",
        )


def _fixed_headers(mail: Mail, digest: DigestFacts, sender: Sender) -> bytes:
    subject = told_line(mail.subject)
    # For the width see alerts.mailers.build_message.
    headers = EmailMessage(policy=SMTP.clone(max_line_length=998) if subject.isascii() else SMTP)
    headers["Date"] = format_datetime(digest.made_at)
    headers["From"] = one_line(sender.sender)
    if sender.reply_to:
        headers["Reply-To"] = one_line(sender.reply_to)
    headers["Subject"] = subject
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    headers["List-Id"] = f"{_phrase(sender.charity)} <{_label(digest.plan)}.{sender.domain}>"  # RFC 2919
    headers["Feedback-ID"] = f"{_label(digest.plan)}:{digest.day.isoformat()}:sendwatch:{sender.domain}"
    # RFC 3834, section 5: made by a periodic process, and no answer to anybody. It keeps holiday messages
    # from answering; old ones look at Precedence alone; Exchange at its own header, which must not be "All",
    # or it would keep back the bounces that we need.
    headers["Auto-Submitted"] = "auto-generated"
    headers["Precedence"] = "bulk"
    headers["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    headers["Content-Language"] = "en-GB"
    headers["MIME-Version"] = "1.0"
    return headers.as_bytes().rstrip(b"\r\n") + b"\r\n"


def _body(mail: Mail, digest: DigestFacts) -> str:
    """From the last headers on: text alone, or text and HTML, the poorer first (RFC 2046, 5.1.4)."""
    if not mail.html:
        return _part("plain", mail.text)
    seed = "\0".join((digest.key, mail.subject, mail.text, mail.html))
    boundary = (
        f"=_{hashlib.sha256(seed.encode('utf-8', 'replace')).hexdigest()[:32]}"  # quoted-printable has no =_
    )
    return (
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\n{_part('plain', mail.text)}\r\n"
        f"--{boundary}\r\n{_part('html', mail.html)}\r\n"
        f"--{boundary}--\r\n"
    )


def _part(subtype: str, text: str) -> str:
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{quoted_printable(text)}\r\n"
    )


def quoted_printable(text: str) -> str:
    """Quoted-printable in lines of at most 76 characters, whatever up to 75 characters fill a slot.

    Each slot stands on a line of its own between two soft line breaks, which no reader sees.
    """
    pieces = _SLOTS.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        f"=\r\n{piece}=\r\n" if place % 2 else _encoded(piece) for place, piece in enumerate(pieces)
    )


def _encoded(piece: str) -> str:
    octets = piece.encode("utf-8", "replace").decode("latin-1")
    return body_encode(octets, maxlinelen=_QP_LINE, eol="\r\n") if octets else ""


def _phrase(words: str) -> str:
    """A name as a header's phrase: in quotation marks where it needs them."""
    plain = told_line(words).replace("\\", "").replace('"', "").replace("<", "").replace(">", "").strip()
    return (
        plain
        if re.fullmatch(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*", plain) or not plain.isascii()
        else f'"{plain}"'
    )


def _label(plan: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", plan) or "digest"
