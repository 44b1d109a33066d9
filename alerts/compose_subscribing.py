"""Compose the mails about a subscription: please confirm, the one reminder, and "you are on the list".

Short, plain words, one button. No address stands in a link, and nothing that a stranger typed in the text.
"""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from alerts.mailing_facts import MailingFacts
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
    import css_inline

    values = {**values, "facts": facts, "subject": subject}
    text = _environment().get_template(f"email/{kind}/body.txt").render(values).strip() + "\n"
    html = _environment().get_template(f"email/{kind}/body.html").render(values)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True, keep_at_rules=True)
    return Mail(subject, text, inliner.inline(html))


def _day(moment: datetime) -> str:
    return in_full(moment.astimezone(LONDON).date())


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
