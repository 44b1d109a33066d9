"""Owe the content team a mail for each drafted Story, once. Sends nothing itself."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from alerts.compose import AlertFacts, compose_alert
from pipeline.model.drafts import Draft
from pipeline.model.mails import Mail
from pipeline.steps.draft import StoryFacts, story_facts
from pipeline.store import deliveries, documents, stories
from pipeline.store.database import Database


def alert_stories(
    db: Database, *, team: Sequence[str], source_title: Callable[[str], str], domain: str, now: datetime
) -> int:
    """Compose and owe the Alert of each drafted Story. One transaction each; returns how many.

    ``domain`` is the right-hand side of Message-IDs. With an empty ``team`` nothing is owed, and the
    Stories wait until there is one.
    """
    if not team:
        return 0
    with db.begin() as tx:
        waiting = stories.unalerted(tx)
    for story in waiting:
        with db.begin() as tx:
            facts = story_facts(tx, story.id)
            draft = stories.draft_of(tx, story.id, story.drafted)
            document = documents.get(tx, facts.line.change.document_id)
        mail = compose_alert(_alert_facts(facts, draft, source_title(facts.line.source), document.degraded))
        key = f"story:{story.id}:{story.drafted}"
        with db.begin() as tx:
            deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
            stories.mark_alerted(tx, story)
    return len(waiting)


def message_ids(
    key: str, mail: Mail, recipients: Sequence[str], domain: str, now: datetime
) -> list[tuple[str, str]]:
    """Each address with the Message-ID of its Delivery: made once, stored, and never made again.

    The address itself cannot be read from it. RFC 5322, section 3.6.4.
    """
    made = []
    for address in dict.fromkeys(recipients):
        seed = "\0".join((key, mail.subject, now.isoformat(), address.lower()))
        made.append((address, f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{domain}>"))
    return made


def _alert_facts(facts: StoryFacts, draft: Draft, source_title: str, degraded: str) -> AlertFacts:
    change = facts.line.change
    return AlertFacts(
        record=facts.version.record,
        parts=facts.version.parts,
        kind=change.kind,
        details=change.details,
        significance=change.significance,
        public_note=change.public_note,
        relevance=change.relevance,
        draft=draft,
        redline=facts.noticed.redline if facts.noticed else None,
        source_title=source_title,
        seen_at=change.seen_at,
        degraded=degraded,
        findings=change.findings,
        others=tuple((line.title, line.url) for line in facts.others),
    )
