"""Make a mail to the team of its templates."""

from functools import cache
from typing import Any

from jinja2 import Environment

from alerts import wording
from alerts.render_draft import place_of
from alerts.templating import inlined, templates
from pipeline.model.mails import Attached, Mail
from pipeline.text.words.dates import in_full

MOST_SUBJECT = 150


def mail_of(kind: str, subject: str, values: dict[str, Any], files: tuple[Attached, ...] = ()) -> Mail:
    """The mail of the templates under ``email/{kind}``, with its subject on one line."""
    text = _environment().get_template(f"email/{kind}/body.txt").render(values).strip() + "\n"
    html = _environment().get_template(f"email/{kind}/body.html").render(values)
    return Mail(_cut(" ".join(subject.split())), text, inlined(html, keep_rules=True), files)


@cache
def _environment() -> Environment:
    return templates(
        day=wording.day,
        day_and_time=wording.day_and_time,
        full_date=in_full,
        size=wording.size_of,
        place=place_of,
    )


def _cut(subject: str) -> str:
    return subject if len(subject) <= MOST_SUBJECT else subject[: MOST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"
