"""From settings to the terms on which digests are sent, and one sending on them for the daemon."""

import time
from collections.abc import Callable
from email.utils import formataddr
from pathlib import Path
from typing import TYPE_CHECKING

from alerts.message_bytes import Sender
from alerts.smtp_line import EmlLine, Line, SmtpLine
from alerts.smtp_opening import parse_smtp_url
from alerts.steps.sending import Sent, send_digests
from alerts.steps.sending_terms import SendingTerms
from alerts.tokens import Tokens
from sendwatch.settings import Settings

if TYPE_CHECKING:
    from sendwatch.wiring import Wiring


def sending_terms(settings: Settings, tokens: Tokens, charity: str) -> SendingTerms:
    """The terms of these settings; without a mail server messages are written to files.

    Raises ConfigError for a wrong SMTP URL.
    """
    mailing = settings.mailing
    place = parse_smtp_url(settings.smtp_url) if settings.smtp_url else None

    def open_line() -> Line:
        return SmtpLine(place) if place else EmlLine(mail_folder(settings))

    return SendingTerms(
        sender=Sender(
            sender=public_sender(settings, charity),
            charity=charity,
            site=mailing.site,
            reply_to=mailing.reply_to,
            bounce_address=mailing.bounce_address,
        ),
        tokens=tokens,
        allows=allowed(settings),
        open_line=open_line,
        ticks=time.monotonic,
        per_second=mailing.per_second,
        per_day=mailing.per_day,
        connections=mailing.connections,
    )


def allowed(settings: Settings) -> Callable[[str], bool]:
    """Whether an address may be mailed at all. The team may, whatever the allow-list says."""
    team = frozenset(address.casefold() for address in settings.team)
    return lambda address: settings.mailing.allows(address) or address.casefold() in team


def mail_folder(settings: Settings) -> Path:
    """Where mail is written when there is no mail server."""
    return settings.var / "mail"


def public_sender(settings: Settings, charity: str) -> str:
    """From of all that subscribers get. An address without a name bears the charity's: who is "sendwatch"?"""
    sender = settings.mailing.sender or settings.sender
    return sender if "<" in sender else formataddr((charity, sender))


def send_owed_digests(wiring: "Wiring", stop: Callable[[], bool]) -> Sent:
    """Send what is owed now, on the terms of this house; gives at once when another process is sending."""
    terms = sending_terms(wiring.settings, wiring.tokens, wiring.house.charity)
    return send_digests(wiring.db, terms, clock=wiring.clock, stop=stop)
