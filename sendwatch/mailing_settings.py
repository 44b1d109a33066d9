"""The settings of the digest: where its public pages are, who may be mailed, and how fast. Checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sendwatch.setting_checks import refuse_port
from sendwatch.telling.chat_addresses import title_of

NO_SITE = "http://127.0.0.1:8025"
_ENTRY = re.compile(r"(?:[^@*\s<>,;\"]+)?@[^@*\s<>,;\"]+")  # no *: it would match nobody, silently


@dataclass(frozen=True, slots=True)
class MailingSettings:
    """All that the digest and its subscribers need besides the mail server.

    ``allow`` holds addresses and ``@domain`` entries; None allows everybody. ``secret`` signs links; empty:
    one is made and kept under the var folder. ``site`` has no slash at its end. ``per_day`` 0: no limit.
    """

    site: str
    secret: str = field(repr=False)
    allow: frozenset[str] | None
    sender: str  # From of digests; empty: SENDWATCH_FROM
    reply_to: str
    bounce_address: str  # user@domain, to which +key is added: the envelope sender; empty: that of From
    bounces: str = field(repr=False)  # imaps://user:password@host/INBOX or maildir:/path; may hold a password
    hook_secret: str = field(repr=False)
    alert_hook: str = field(repr=False)  # its path may be a secret
    chats: tuple[str, ...] = field(repr=False)  # apprise addresses; most of one is a secret
    listen: str  # host:port
    per_second: int
    per_day: int
    connections: int

    @property
    def has_site(self) -> bool:
        """False while nobody has said where the public pages are: then ``run`` does not serve them."""
        return self.site != NO_SITE

    @property
    def alert_hook_host(self) -> str:
        """Where the alert hook is, without what may be a secret: for a screen."""
        parts = urlsplit(self.alert_hook)
        return f"{parts.scheme}://{parts.hostname}/…" if self.alert_hook else ""

    @property
    def chats_shown(self) -> str:
        """Which chats are told, without what may be a secret: for a screen."""
        return ", ".join(title_of(one) for one in self.chats)

    def shown(self) -> dict[str, str]:
        """How digests are sent and their pages served, fit for a screen; the rest is shown in other words."""
        return {
            "listen": self.listen,
            "digest from": self.sender or "the same",
            "reply to": self.reply_to or "the sender",
            "bounce address": self.bounce_address or "the sender",
            "mails a second": str(self.per_second),
            "mails a day": str(self.per_day) if self.per_day else "no limit",
            "connections": str(self.connections),
            "secret": "set" if self.secret else "kept in a file",
            "webhook": "on" if self.hook_secret else "off",
        }

    def allows(self, address: str) -> bool:
        """Whether the digest may be mailed to this address at all."""
        if self.allow is None:
            return True
        plain = address.casefold()
        return plain in self.allow or f"@{plain.rpartition('@')[2]}" in self.allow


def allow_list(value: str) -> frozenset[str] | None:
    """``*``, or addresses and ``@domain`` entries, separated by commas; empty allows nobody."""
    if value == "*":
        return None
    found = frozenset(one.strip().casefold() for one in value.split(",") if one.strip())
    for one in found:
        if not _ENTRY.fullmatch(one):
            raise ValueError(
                f"{one!r} is neither an address nor a domain; write *, or anna@x.example,@y.example"
            )
    return found


def hook_address(value: str) -> str:
    """Where a new alert is POSTed to; never repeated in an error, for it may hold a secret."""
    parts = urlsplit(value)
    near = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and near)):
        raise ValueError("write https://host/path; plain http is for this machine alone")
    refuse_port(value)
    return value


def listen(value: str) -> str:
    """``host:port``."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) <= 65_535:
        raise ValueError(f"{value!r} is not a host and a port; write 127.0.0.1:8025")
    return value


def mailbox(value: str) -> str:
    """Where bounces arrive: an IMAP URL or a Maildir; empty: nowhere."""
    if not value or value.startswith("maildir:/"):
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError("write imaps://user:password@host/INBOX or maildir:/path/to/Maildir")
    refuse_port(value)
    return value


def optional(check: Callable[[str], str]) -> Callable[[str], str]:
    """The check, but an empty value stays empty."""
    return lambda value: check(value) if value else ""


def long_secret(value: str) -> str:
    """A secret that cannot be guessed; never repeated in an error."""
    if value and len(value) < 24:
        raise ValueError(
            "this secret is too short: give 24 characters or more, such as `openssl rand -hex 32` makes"
        )
    return value
