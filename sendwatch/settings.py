"""Settings: secrets and places, from the environment. A wrong value is refused with its name and a remedy.

What is watched and when stands in schedules.yaml; see docs/reference/settings.md for each name.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pipeline.model.errors import ConfigError
from sendwatch.mailing_settings import (
    NO_SITE,
    MailingSettings,
    allow_list,
    hook_address,
    listen,
    long_secret,
    mailbox,
    optional,
    site,
)
from sendwatch.model_settings import (
    NO_NAME,
    ModelSettings,
    endpoint,
    model_name,
    model_of,
    secret,
    whole_number,
)
from sendwatch.telling.chat_addresses import chat_addresses

T = TypeVar("T")
PREFIX = "SENDWATCH_"
NO_CONTACT = "https://example.org/no-contact-was-set"
_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+|[^@\s<>,;\"]+@localhost")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked. Times are in seconds. ``smtp_url`` and ``database_url`` may hold passwords."""

    var: Path
    database_url: str = field(repr=False)
    smtp_url: str | None = field(repr=False)
    team: tuple[str, ...]
    operators: tuple[str, ...]
    contact: str
    sender: str
    govuk_url: str
    assets_url: str
    educationhub_url: str
    settle: float
    keep: float  # days; 0 keeps everything for ever
    delay: float
    timeout: float
    schedules: Path | None
    house: Path | None
    lexicon: Path | None
    glossary: Path | None
    mailing: MailingSettings
    model: ModelSettings | None = None

    @property
    def has_contact(self) -> bool:
        """False while the contact is the one that nobody answers."""
        return self.contact != NO_CONTACT

    def shown(self) -> dict[str, str]:
        """Name and value of each setting, fit for a screen: passwords are masked."""
        return {
            "var": str(self.var),
            "database": _masked(self.database_url),
            "smtp": _masked(self.smtp_url) if self.smtp_url else "none",
            "team": ", ".join(self.team) or "nobody",
            "operators": ", ".join(self.operators) or "nobody",
            "contact": self.contact if self.has_contact else "none",
            "from": self.sender,
            "gov.uk": self.govuk_url,
            "assets": self.assets_url,
            "education hub": self.educationhub_url,
            "settle": f"{self.settle:g} s",
            "keep": f"{self.keep:g} days" if self.keep else "everything, for ever",
            "delay": f"{self.delay:g} s",
            "timeout": f"{self.timeout:g} s",
            "site": self.mailing.site,
            "mail allowed": "everybody"
            if self.mailing.allow is None
            else ", ".join(sorted(self.mailing.allow)) or "nobody",
            "bounces": _masked(self.mailing.bounces) or "not read",
            "alert hook": self.mailing.alert_hook_host or "none",
            "chats": self.mailing.chats_shown or "none",
            "model": f"{self.model.name} at {self.model.url}" if self.model else "none",
        }


def read_settings(environ: Mapping[str, str], *, cwd: Path) -> Settings:
    """Read the SENDWATCH_ variables of ``environ``; relative paths start from ``cwd``.

    Raises:
        ConfigError: a value is wrong, or a SENDWATCH_ variable is not one that sendwatch knows.
    """
    given = _Given(environ)
    var = cwd / given.text("VAR", "var")
    contact = given.checked("CONTACT", NO_CONTACT, _contact)
    settings = Settings(
        var=var,
        database_url=given.checked("DATABASE_URL", f"sqlite:///{var / 'sendwatch.db'}", _database),
        smtp_url=given.checked("SMTP_URL", "", _smtp) or None,
        team=given.checked("TEAM", "", _addresses),
        operators=given.checked("OPERATORS", "", _addresses),
        contact=contact,
        sender=given.checked("FROM", "sendwatch@localhost", _sender),
        govuk_url=given.checked("GOVUK_URL", "https://www.gov.uk", _root),
        assets_url=given.checked("ASSETS_URL", "https://assets.publishing.service.gov.uk", _root),
        educationhub_url=given.checked("EDUCATIONHUB_URL", "https://educationhub.blog.gov.uk", _root),
        settle=given.checked("SETTLE", "300", _seconds(86_400)),
        keep=given.checked("KEEP", "0", _days),
        delay=given.checked("DELAY", "1", _seconds(600)),
        timeout=given.checked("TIMEOUT", "30", _seconds(600)),
        schedules=given.checked("SCHEDULES", "", _file(cwd)) or _local_schedules(cwd),
        house=given.checked("HOUSE", "", _file(cwd)),
        lexicon=given.checked("LEXICON", "", _file(cwd)),
        glossary=given.checked("GLOSSARY", "", _file(cwd)),
        mailing=_mailing(given),
        model=model_of(
            given.checked("MODEL_URL", "", endpoint),
            name=given.checked("MODEL_NAME", NO_NAME, model_name),
            key=given.checked("MODEL_KEY", "", secret),
            seconds=given.checked("MODEL_SECONDS", "20", _seconds(120)),
            characters=given.checked("MODEL_CHARACTERS", "24000", whole_number(1000, 200_000, "characters")),
            calls_a_day=given.checked("MODEL_CALLS_A_DAY", "200", whole_number(0, 100_000, "calls")),
        ),
    )
    given.refuse_unknown()
    return settings


def _mailing(given: "_Given") -> MailingSettings:
    return MailingSettings(
        site=given.checked("SITE_URL", NO_SITE, site),
        secret=given.checked("SECRET", "", long_secret),
        allow=given.checked("MAIL_ALLOW", "", allow_list),
        sender=given.checked("DIGEST_FROM", "", optional(_sender)),
        reply_to=given.checked("REPLY_TO", "", optional(_sender)),
        bounce_address=given.checked("BOUNCE_ADDRESS", "", optional(_sender)),
        bounces=given.checked("BOUNCES", "", mailbox),
        hook_secret=given.checked("HOOK_SECRET", "", long_secret),
        alert_hook=given.checked("ALERT_HOOK", "", optional(hook_address)),
        chats=given.checked("CHAT", "", chat_addresses),
        listen=given.checked("LISTEN", "127.0.0.1:8025", listen),
        per_second=given.checked("MAIL_PER_SECOND", "10", whole_number(1, 10_000, "mails a second")),
        per_day=given.checked("MAIL_PER_DAY", "0", whole_number(0, 100_000_000, "mails a day")),
        connections=given.checked("MAIL_CONNECTIONS", "4", whole_number(1, 50, "connections")),
    )


class _Given:
    """The environment, and which of its names were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._known: set[str] = set()

    def text(self, name: str, default: str) -> str:
        self._known.add(PREFIX + name)
        return self._environ.get(PREFIX + name, "").strip() or default

    def checked(self, name: str, default: str, check: Callable[[str], T]) -> T:
        try:
            return check(self.text(name, default))
        except ValueError as error:
            raise ConfigError(f"environment: {PREFIX}{name}: {error}") from None

    def refuse_unknown(self) -> None:
        foreign = {"SENDWATCH_SHARED", "SENDWATCH_TEST_MODEL"}  # where the tests find corpus and model
        for name in sorted(n for n in self._environ if n.startswith(PREFIX)):
            if name not in self._known | foreign:
                near = difflib.get_close_matches(name, self._known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise ConfigError(f"environment: {name}: sendwatch has no such setting{hint}")


def _days(value: str) -> float:
    try:
        days = float(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a number of days; 0 keeps everything") from None
    if not (days == 0 or 30 <= days <= 36_500):
        raise ValueError("write 0 to keep everything for ever, or 30 days and more")
    return days


def _contact(value: str) -> str:
    if value.startswith(("https://", "http://", "mailto:")) or _ADDRESS.fullmatch(value):
        if any(c in value for c in "\r\n()"):
            raise ValueError("write it on one line, without brackets")
        return value
    raise ValueError(
        f"{value!r} is neither a web page nor an e-mail address; write one that publishers can use"
    )


def _database(value: str) -> str:
    if value.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
        return value.replace("postgres://", "postgresql://", 1) if value.startswith("postgres://") else value
    kind = value.partition(":")[0]
    raise ValueError(
        f"{kind!r} is not a database that sendwatch keeps its memory in; write sqlite:///var/sendwatch.db "
        "or postgresql://user:password@host/name"
    )


def _smtp(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(
            "write smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465 (TLS)"
        )
    try:
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        raise ValueError("the port is not a number between 1 and 65535") from None
    return value


def _addresses(value: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(a.strip() for a in value.split(",") if a.strip()))
    for address in found:
        if not _ADDRESS.fullmatch(address):
            raise ValueError(f"{address!r} is not an e-mail address; separate addresses by commas")
    return found


def _sender(value: str) -> str:
    bare = value.rpartition("<")[2].rstrip(">").strip()
    if "\n" in value or "\r" in value or not _ADDRESS.fullmatch(bare):
        raise ValueError(f"{value!r} is not an e-mail address; write sendwatch@charity.example")
    return value


def _root(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{value!r} is not the root of a website; write https://www.gov.uk")
    return value.rstrip("/")


def _seconds(most: int) -> Callable[[str], float]:
    def check(value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            raise ValueError(f"{value!r} is not a number of seconds") from None
        if not 0 <= number <= most:
            raise ValueError(f"{value} is outside 0 to {most} seconds")
        return number

    return check


def _file(cwd: Path) -> Callable[[str], Path | None]:
    def check(value: str) -> Path | None:
        if not value:
            return None
        path = cwd / Path(value).expanduser()
        if not path.is_file():
            raise ValueError(f"there is no file {path}")
        return path

    return check


def _local_schedules(cwd: Path) -> Path | None:
    return cwd / "schedules.yaml" if (cwd / "schedules.yaml").is_file() else None


def _masked(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", ":…@", 1)
