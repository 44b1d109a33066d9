"""Propose a Draft for each Story that has none. Drafting runs outside any transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Part, Record, Version
from pipeline.model.drafts import Citation, Draft, Sentence
from pipeline.model.redlines import Noticed
from pipeline.store import changes, stories, versions
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.text.noticing_blocks import redline_between

logger = logging.getLogger("sendwatch")
Drafter = Callable[[Record, Sequence[Part], Noticed | None], Draft]


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """All that a Draft and an Alert rest on: the ledger's line, the Version, and what changed.

    ``others`` are the other Changes of the Story, oldest first: the rest of a storm.
    """

    line: LedgerLine
    version: Version
    noticed: Noticed | None
    others: tuple[LedgerLine, ...] = ()


def draft_stories(db: Database, drafter: Drafter, now: datetime) -> int:
    """Draft every Story that is owed a Draft. Returns how many were drafted."""
    with db.begin() as tx:
        waiting = stories.undrafted(tx)
    for story in waiting:
        with db.begin() as tx:
            facts = story_facts(tx, story.id)
        draft = _drafted(facts, drafter)
        with db.begin() as tx:
            stories.keep_draft(tx, story, draft, now)
    return len(waiting)


def _drafted(facts: StoryFacts, drafter: Drafter) -> Draft:
    """A text that trips the drafter must not keep the news from people: they get it without a draft."""
    record = facts.version.record
    try:
        return drafter(record, facts.version.parts, facts.noticed)
    except Exception:
        logger.exception("no draft could be made of %s", record.url)
        headline = Sentence(record.title, (Citation(f"Title: {record.title}", url=record.url),))
        words = "the text of this page tripped the drafting; please read the page itself."
        return Draft(headline, (), (), record.url, empty_because=words)


def story_facts(tx: Connection, story_id: int) -> StoryFacts:
    """The newest Change of a Story with its Version and the redline from the Version before."""
    *others, line = changes.of_story(tx, story_id)
    change = line.change
    version = versions.get(tx, change.to_version)
    if change.kind is ChangeKind.NEW or change.from_version is None:
        return StoryFacts(line, version, None, tuple(others))
    before = versions.get(tx, change.from_version)
    redline = redline_between(before.parts, version.parts)
    noticed = Noticed(
        change.kind, change.details, change.significance, change.public_note, redline, change.findings
    )
    return StoryFacts(line, version, noticed, tuple(others))
