"""Open a connection to the mail server: where it is, TLS, login. Sends no mail and retries nothing.

TLS is used wherever it is offered, and a login never goes without it, except to this machine itself.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from alerts.this_machine import LOOPBACK
from pipeline.model.errors import ConfigError, TransientError


@dataclass(frozen=True, slots=True)
class SmtpPlace:
    """Where and how to hand mail over. ``password`` is never shown."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    ca: str = ""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def parse_smtp_url(url: str) -> SmtpPlace:
    """Read smtp://user:password@host:587 (STARTTLS) or smtps://… (TLS). Raises ConfigError."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ConfigError("SENDWATCH_SMTP_URL: write smtp://user:password@host:587 or smtps://…:465")
    tls = parts.scheme == "smtps"
    return SmtpPlace(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587 if parts.username else 25),
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ca=parse_qs(parts.query).get("ca", [""])[0],
    )


def open_smtp(place: SmtpPlace, seconds: float) -> smtplib.SMTP:
    """A connection that has greeted, is safe where it can be, and is logged in.

    Each answer may take ``seconds``. Raises smtplib.SMTPException, OSError, or TransientError for a login
    that would go in the open.
    """
    if place.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            place.host, place.port, timeout=seconds, context=_context(place)
        )
    else:
        server = smtplib.SMTP(place.host, place.port, timeout=seconds)
    try:
        server.ehlo_or_helo_if_needed()
        if not place.tls and server.has_extn("starttls"):
            server.starttls(context=_context(place))
            server.ehlo()
        elif not place.tls and place.user and place.host not in LOOPBACK:
            words = f"{place.host} offers no TLS: the password is not sent in the open"
            raise TransientError(words)  # noqa: TRY301 - the connection is closed below
        if place.user:
            server.login(place.user, place.password)
    except BaseException:
        server.close()
        raise
    return server


def _context(place: SmtpPlace) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=place.ca or None)


def bare_address(sender: str) -> str:
    """The address in ``Name <address>``, or the address itself."""
    return sender.rpartition("<")[2].rstrip("> ").strip()
