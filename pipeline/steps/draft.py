"""Propose a Draft for each Story that has none. Drafting runs outside any transaction.

One Story that trips over something keeps no other one from people: it is told without a draft, and a Problem
says so.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Citation, Draft, Piece, PieceKind, Sentence
from pipeline.model.redlines import Noticed
from pipeline.steps.broken import no_draft, note_broken
from pipeline.steps.story_facts import StoryFacts, story_facts
from pipeline.store import stories
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow
from pipeline.text.papers.passages import titled

logger = logging.getLogger("sendwatch")
Drafter = Callable[[Record, Sequence[Part], Noticed | None], Draft]
MOST_WORDS = 260  # of a Draft, with its links
MOST_LINKS = 5  # to the other documents of a Story


def draft_stories(db: Database, drafter: Drafter, now: datetime) -> int:
    """Draft every Story that is owed a Draft. Returns how many were drafted."""
    with db.begin() as tx:
        waiting = stories.undrafted(tx)
    return sum(_draft_one(db, story, drafter, now) for story in waiting)


def _draft_one(db: Database, story: StoryRow, drafter: Drafter, now: datetime) -> bool:
    try:
        facts = story_facts(db, story, story.revision)
        draft = no_draft(facts.record, facts.broken) if facts.broken else _drafted(facts, drafter)
    except Exception as error:
        words = f"it could not be drafted ({type(error).__name__}) and is tried again"
        if note_broken(db, story, words, now):  # once, and not at every poke
            logger.exception("Story %s could not be drafted", story.id)
        return False
    with db.begin() as tx:
        stories.keep_draft(tx, story, draft, now)
    note_broken(db, story, facts.broken, now)
    return True


def _drafted(facts: StoryFacts, drafter: Drafter) -> Draft:
    """A text that trips the drafter must not keep the news from people: they get it without a draft."""
    try:
        return _with_links(drafter(facts.record, facts.parts, facts.noticed), facts)
    except Exception:
        logger.exception("no draft could be made of %s", facts.record.url)
        words = "the text of this page tripped the drafting; please read the page itself."
        return no_draft(facts.record, words)


def _with_links(draft: Draft, facts: StoryFacts) -> Draft:
    """The Draft with a link to each other document of the Story, under its own title."""
    others = [
        member.record
        for member in facts.members
        if member.record.url != facts.record.url and not member.line.is_copy and member.record.title
    ]
    pieces, words = list(draft.pieces), draft.words
    for record in others[:MOST_LINKS] if pieces else ():
        words += len(record.title.split())
        if words <= MOST_WORDS:
            cites: tuple[Citation, ...] = (titled(record),)
            pieces.append(Piece(PieceKind.LINK, (Sentence(record.title, cites),), link=record.url))
    return replace(draft, pieces=tuple(pieces))
