"""Read what a person has filled in into Preferences, or say beside each field what is amiss. Pure.

Words that are not on the page (a topic that does not exist) are left out, as a browser would never send them;
of a program they are a slip.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pipeline.model.digests import Topic
from pipeline.model.plans import Plan
from pipeline.model.subscribers import NATIONS, PHASES, Preferences

LONGEST_PAUSE = timedelta(days=366)
_PRESSED = re.compile(rb"(?:^|&)press=yes(?:&|$)")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in; ``faults`` are by field and empty when all is well."""

    wishes: Preferences
    faults: Mapping[str, str] = field(default_factory=dict)


def slug(topic: Topic) -> str:
    """The word for a topic in forms and JSON: ``letters``, ``law``."""
    return topic.name.lower()


def pressed(body: bytes) -> bool:
    """Whether a form that is nothing but its button was sent by that button. Scanners of mail send none.

    A POST without it changes nothing: some scanners try each link with an empty one.
    """
    return _PRESSED.search(body) is not None


def read_wishes(
    topics: Collection[str], phases: Collection[str], plans: Collection[str], offered: Sequence[Plan]
) -> Preferences:
    """What somebody asks for at sign-up. Nothing named, or everything, means all; no plan: the usual one."""
    keys = frozenset(plan.key for plan in offered if plan.key in plans)
    usual = frozenset(plan.key for plan in offered[:1])
    return Preferences(topics=_topics(topics), phases=_phases(phases), plans=keys or usual)


def unknown_in(
    topics: Collection[str], phases: Collection[str], plans: Collection[str], offered: Sequence[Plan]
) -> str:
    """Of what a program asks for, what is not on offer, as words for its author; empty when all of it is.

    A person's browser sends what is on the page. A program with a slip in it would sign people up for all.
    """
    if any(not _topics_named([word]) for word in topics):
        return f"a topic is one of: {', '.join(slug(topic) for topic in Topic)}"
    if any(not _phases_named([word]) for word in phases):
        return f"a phase is one of: {', '.join(PHASES)}"
    if not set(plans) <= {plan.key for plan in offered}:
        return "there is no such digest"
    return ""


def read_preferences(
    topics: Collection[str],
    phases: Collection[str],
    nations: Collection[str],
    plans: Collection[str],
    pause: str,
    plain: bool,
    *,
    before: Preferences,
    offered: Sequence[Plan],
    today: date,
) -> Filled:
    """The page of preferences as it was sent. ``today`` is London's. Digests no longer offered stay."""
    faults: dict[str, str] = {}
    if not _topics_named(topics):
        faults["topics"] = "Choose at least one topic, or leave the list below"
    if not set(phases) & set(PHASES):
        faults["phases"] = "Choose at least one age group"
    if not set(nations) & set(NATIONS):
        faults["nations"] = "Choose at least one nation"
    keys = frozenset(plan.key for plan in offered)
    chosen = keys & set(plans)
    if keys and not chosen:
        faults["plans"] = "Choose at least one email, or leave the list below"
    until = _day(pause)
    if pause.strip() and until is None:
        faults["pause"] = "Enter the day like 2026-12-31, or leave it empty"
    elif until is not None and until > today + LONGEST_PAUSE:
        faults["pause"] = "Choose a day within the next year, or leave the list below"
    elif until is not None and until <= today:
        if until != before.paused_until:
            faults["pause"] = "Choose a day that is still to come"
        else:
            until = None  # it was over before the page was opened
    wishes = replace(
        before,
        topics=_topics(topics),
        phases=_phases(phases),
        nations=_nations(nations),
        plans=chosen | (before.plans - keys),
        paused_until=until,
        plain=plain,
    )
    return Filled(wishes, faults)


def _topics_named(words: Collection[str]) -> frozenset[Topic]:
    given = {word.strip().lower() for word in words}
    return frozenset(topic for topic in Topic if slug(topic) in given or topic.value.lower() in given)


def _topics(words: Collection[str]) -> frozenset[Topic]:
    named = _topics_named(words)
    return frozenset() if len(named) == len(Topic) else named


def _phases_named(words: Collection[str]) -> frozenset[str]:
    given = {word.strip().lower() for word in words}
    return frozenset(phase for phase in PHASES if phase in given)


def _phases(words: Collection[str]) -> frozenset[str]:
    named = _phases_named(words)
    return frozenset() if len(named) == len(PHASES) else named


def _nations(words: Collection[str]) -> frozenset[str]:
    named = frozenset(NATIONS) & set(words)
    return frozenset() if len(named) == len(NATIONS) else named


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.isascii() else None
    except ValueError:
        return None
