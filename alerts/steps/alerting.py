"""Owe the content team a mail for each drafted Story, once. Sends nothing itself.

One Story that trips over something keeps no other one from people.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from alerts.compose import AlertFacts, compose_alert
from alerts.story_told import story_told
from pipeline.model.drafts import Draft
from pipeline.model.mails import Mail
from pipeline.steps.broken import no_draft, note_broken
from pipeline.steps.kindred import ROTTEN
from pipeline.steps.story_facts import StoryFacts, story_facts
from pipeline.store import deliveries, documents, stories
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow

logger = logging.getLogger("sendwatch")
Titles = Callable[[str], str]


def alert_stories(
    db: Database, *, team: Sequence[str], source_title: Titles, domain: str, now: datetime
) -> int:
    """Compose and owe the Alert of each drafted Story. One transaction each; returns how many.

    ``domain`` is the right-hand side of Message-IDs. With an empty ``team`` nothing is owed, and the
    Stories wait until there is one.
    """
    if not team:
        return 0
    with db.begin() as tx:
        waiting = stories.unalerted(tx)
    count = 0
    for story in waiting:
        try:
            facts = story_facts(db, story, story.drafted)
            mail = _composed(db, story, facts, source_title)
        except Exception as error:
            words = f"the mail about it could not be made ({type(error).__name__}) and is tried again"
            if note_broken(db, story, words, now):  # once, and not at every poke
                logger.exception("the mail about Story %s could not be made", story.id)
            continue
        key = f"story:{story.id}:{story.drafted}"
        with db.begin() as tx:
            deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
            stories.mark_alerted(tx, story)
        note_broken(db, story, facts.broken, now)
        count += 1
    return count


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


def _composed(db: Database, story: StoryRow, facts: StoryFacts, source_title: Titles) -> Mail:
    with db.begin() as tx:
        document = documents.get(tx, facts.line.change.document_id)
        draft = _draft(tx, story, facts)
    told = _alert_facts(facts, draft, source_title(facts.line.source), document.degraded)
    told = replace(told, approve=f"sendwatch stories approve {story.id} --revision {story.drafted} --by NAME")
    try:
        return compose_alert(told)
    except Exception:  # a text that trips the composing must not keep the news from people
        logger.exception("the whole mail about Story %s could not be made; it goes out bare", story.id)
        bare = no_draft(facts.record, "the text of this page tripped the mail; please read the page itself.")
        return compose_alert(replace(told, draft=bare, redline=None, parts=()))


def _draft(tx: Connection, story: StoryRow, facts: StoryFacts) -> Draft:
    try:
        return stories.draft_of(tx, story.id, story.drafted)
    except ROTTEN:
        logger.exception("the draft of Story %s cannot be read", story.id)
        return no_draft(facts.record, "It was made, but what is kept of it cannot be read any more.")


def _alert_facts(facts: StoryFacts, draft: Draft, source_title: str, degraded: str) -> AlertFacts:
    change, noticed = facts.line.change, facts.noticed
    return AlertFacts(
        record=facts.record,
        parts=facts.parts,
        kind=change.kind,
        details=noticed.details if noticed else change.details,
        significance=change.significance,
        public_note=change.public_note,
        relevance=change.relevance,
        draft=draft,
        redline=noticed.redline if noticed else None,
        source_title=source_title,
        seen_at=change.seen_at,
        degraded=degraded,
        findings=change.findings,
        others=tuple((line.title, line.url) for line in facts.others),
        story=story_told(facts),
    )
