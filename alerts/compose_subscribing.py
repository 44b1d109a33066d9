"""Compose the mails about a subscription: please confirm, the one reminder, and "you are on the list".

Short, plain words, one button. No address stands in a link, and nothing that a stranger typed in the text.
"""

from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment

from alerts.mailing_facts import MailingFacts
from alerts.templating import inlined, templates
from pipeline.model.mails import Mail
from pipeline.text.words.dates import LONDON, in_full


def compose_confirm(facts: MailingFacts, link: str, *, ends: datetime) -> Mail:
    """The mail that asks whether it was really they who signed up. ``ends`` is when the link stops."""
    subject = f"Please confirm: SEND news from {facts.charity}"
    return _mail("confirm", subject, facts, {"link": link, "ends": _day(ends), "again": False})


def compose_reminder(facts: MailingFacts, link: str, *, ends: datetime) -> Mail:
    """The same, once more and for the last time; at ``ends`` the address is deleted."""
    subject = f"Do you still want SEND news from {facts.charity}?"
    return _mail("confirm", subject, facts, {"link": link, "ends": _day(ends), "again": True})


def compose_known(facts: MailingFacts, preferences: str) -> Mail:
    """Somebody signed up with an address that gets the digest already."""
    subject = f"You already get SEND news from {facts.charity}"
    return _mail("known", subject, facts, {"link": preferences})


def _mail(kind: str, subject: str, facts: MailingFacts, values: dict[str, Any]) -> Mail:
    values = {**values, "facts": facts, "subject": subject}
    text = _environment().get_template(f"email/{kind}/body.txt").render(values).strip() + "\n"
    html = _environment().get_template(f"email/{kind}/body.html").render(values)
    return Mail(subject, text, inlined(html, keep_rules=True))


def _day(moment: datetime) -> str:
    return in_full(moment.astimezone(LONDON).date())


@cache
def _environment() -> Environment:
    return templates()
