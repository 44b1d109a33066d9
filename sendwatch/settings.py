"""Settings: secrets and places, from the environment. A wrong value is refused with its name and a remedy.

What is watched and when stands in schedules.yaml; see docs/reference/settings.md for each name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sendwatch.given import Given
from sendwatch.mailing_settings import (
    NO_SITE,
    MailingSettings,
    allow_list,
    hook_address,
    listen,
    long_secret,
    mailbox,
    optional,
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
from sendwatch.setting_checks import (
    addresses,
    contact,
    database,
    days,
    file_from,
    masked,
    root,
    seconds,
    sender,
    smtp,
)
from sendwatch.telling.chat_addresses import chat_addresses

NO_CONTACT = "https://example.org/no-contact-was-set"


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

    def _files(self) -> tuple[tuple[str, Path | None], ...]:
        own = (self.schedules, self.house, self.lexicon, self.glossary)
        return tuple(zip(("schedules", "house", "lexicon", "glossary"), own, strict=True))

    def shown(self) -> dict[str, str]:
        """Name and value of each setting, fit for a screen: passwords are masked."""
        return {
            "var": str(self.var),
            "database": masked(self.database_url),
            "smtp": masked(self.smtp_url) if self.smtp_url else "none",
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
            **{name: str(file or "the one that comes along") for name, file in self._files()},
            **self.mailing.shown(),
            "site": self.mailing.site,
            "mail allowed": "everybody"
            if self.mailing.allow is None
            else ", ".join(sorted(self.mailing.allow)) or "nobody",
            "bounces": masked(self.mailing.bounces) or "not read",
            "alert hook": self.mailing.alert_hook_host or "none",
            "chats": self.mailing.chats_shown or "none",
            "model": f"{self.model.name} at {self.model.url}" if self.model else "none",
        }


def read_settings(environ: Mapping[str, str], *, cwd: Path) -> Settings:
    """Read the SENDWATCH_ variables of ``environ``; relative paths start from ``cwd``.

    Raises:
        ConfigError: a value is wrong, or a SENDWATCH_ variable is not one that sendwatch knows.
    """
    given = Given(environ)
    var = cwd / given.text("VAR", "var")
    govuk = root("https://www.gov.uk")
    settings = Settings(
        var=var,
        database_url=given.checked("DATABASE_URL", f"sqlite:///{var / 'sendwatch.db'}", database),
        smtp_url=given.checked("SMTP_URL", "", smtp) or None,
        team=given.checked("TEAM", "", addresses),
        operators=given.checked("OPERATORS", "", addresses),
        contact=given.checked("CONTACT", NO_CONTACT, contact),
        sender=given.checked("FROM", "sendwatch@localhost", sender),
        govuk_url=given.checked("GOVUK_URL", "https://www.gov.uk", govuk),
        assets_url=given.checked("ASSETS_URL", "https://assets.publishing.service.gov.uk", govuk),
        educationhub_url=given.checked("EDUCATIONHUB_URL", "https://educationhub.blog.gov.uk", govuk),
        settle=given.checked("SETTLE", "300", seconds(86_400)),
        keep=given.checked("KEEP", "0", days),
        delay=given.checked("DELAY", "1", seconds(600)),
        timeout=given.checked("TIMEOUT", "30", seconds(600, least=1)),
        schedules=given.checked("SCHEDULES", "", file_from(cwd)) or _local_schedules(cwd),
        house=given.checked("HOUSE", "", file_from(cwd)),
        lexicon=given.checked("LEXICON", "", file_from(cwd)),
        glossary=given.checked("GLOSSARY", "", file_from(cwd)),
        mailing=_mailing(given),
        model=model_of(
            given.checked("MODEL_URL", "", endpoint),
            name=given.checked("MODEL_NAME", NO_NAME, model_name),
            key=given.checked("MODEL_KEY", "", secret),
            seconds=given.checked("MODEL_SECONDS", "20", seconds(120)),
            characters=given.checked("MODEL_CHARACTERS", "24000", whole_number(1000, 200_000, "characters")),
            calls_a_day=given.checked("MODEL_CALLS_A_DAY", "200", whole_number(0, 100_000, "calls")),
        ),
    )
    given.refuse_unknown()
    return settings


def _mailing(given: Given) -> MailingSettings:
    return MailingSettings(
        site=given.checked("SITE_URL", NO_SITE, root("https://news.charity.example")),
        secret=given.checked("SECRET", "", long_secret),
        allow=given.checked("MAIL_ALLOW", "", allow_list),
        sender=given.checked("DIGEST_FROM", "", optional(sender)),
        reply_to=given.checked("REPLY_TO", "", optional(sender)),
        bounce_address=given.checked("BOUNCE_ADDRESS", "", optional(sender)),
        bounces=given.checked("BOUNCES", "", mailbox),
        hook_secret=given.checked("HOOK_SECRET", "", long_secret),
        alert_hook=given.checked("ALERT_HOOK", "", optional(hook_address)),
        chats=given.checked("CHAT", "", chat_addresses),
        listen=given.checked("LISTEN", "127.0.0.1:8025", listen),
        per_second=given.checked("MAIL_PER_SECOND", "10", whole_number(1, 10_000, "mails a second")),
        per_day=given.checked("MAIL_PER_DAY", "0", whole_number(0, 100_000_000, "mails a day")),
        connections=given.checked("MAIL_CONNECTIONS", "4", whole_number(1, 50, "connections")),
    )


def _local_schedules(cwd: Path) -> Path | None:
    return cwd / "schedules.yaml" if (cwd / "schedules.yaml").is_file() else None
