"""Compose what the team is told beside Alerts: the watch has begun, a Problem, its end, a way into the desk.

Sends nothing and looks at no clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.team_mail import mail_of
from pipeline.model.mails import Mail


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """One of the newest Documents in the mail that says the watch has begun."""

    title: str
    url: str
    public_updated: datetime | None


def compose_baseline(
    source_titles: Sequence[str], newest: Sequence[BaselineLine], *, watched: int, seen_at: datetime
) -> Mail:
    """The mail that says the watch has begun: how many documents, and the newest."""
    noun = "document" if watched == 1 else "documents"
    values = {
        "sources": source_titles,
        "newest": newest,
        "watched": watched,
        "noun": noun,
        "seen_at": seen_at,
    }
    return mail_of("baseline", f"[sendwatch] Now watching {watched:,} {noun}", values)


def compose_problem(title: str, words: str, opened_at: datetime, *, of_source: bool = True) -> Mail:
    """The mail that says a source cannot be watched properly, or that something in the house is wrong."""
    values = {
        "title": title,
        "words": words,
        "opened_at": opened_at,
        "cleared_at": None,
        "of_source": of_source,
    }
    return mail_of("problem", f"[sendwatch: problem] {title}", values)


def compose_cleared(
    title: str, words: str, opened_at: datetime, cleared_at: datetime, *, of_source: bool = True
) -> Mail:
    """The mail that says the problem is over."""
    values = {
        "title": title,
        "words": words,
        "opened_at": opened_at,
        "cleared_at": cleared_at,
        "of_source": of_source,
    }
    return mail_of("problem", f"[sendwatch: all well again] {title}", values)


def compose_sign_in(address: str, *, minutes: int) -> Mail:
    """The mail with a link into the desk."""
    return mail_of("sign_in", "[sendwatch] Your way in to the desk", {"address": address, "minutes": minutes})
