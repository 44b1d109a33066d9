"""Take an editor's word on a Story: approve it, reject it, hold it back, or open it again.

An approval keeps the exact bytes and the Versions that they rest on. Nothing is mailed here, and nothing that
the page no longer says can be approved by accident.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from pipeline.model.changes import Verdict
from pipeline.model.desk import Act as Deed
from pipeline.model.digests import Approval
from pipeline.model.reviews import NO_WEIGHT, Act, Review, Weight
from pipeline.steps.item_of_story import Item, NoText, Wording, item_of_story
from pipeline.steps.label_page import label_page
from pipeline.steps.lapse import Moved, moved_since
from pipeline.store import approvals, desk, documents, edits, reviews, stories
from pipeline.store.database import Database
from pipeline.text.drafting.short_forms import DIGEST_WORDS
from pipeline.text.words.wording import word_count

DONE_IN_WORDS = {
    Act.APPROVE: "approved",
    Act.REJECT: "rejected",
    Act.HOLD: "held back",
    Act.REOPEN: "opened again",
}


class Outcome(StrEnum):
    """What became of an editor's word."""

    DONE = "done"
    NO_STORY = "no story"
    NO_DRAFT = "no draft"  # nothing could be drafted: the editor's own words are needed
    NEWER = "newer"  # there is a newer Draft than the one that the editor names
    MOVED = "moved"  # the page has changed since the Draft was made
    EDITED = "edited"  # somebody has saved another text since
    MERGED = "merged"  # the Story has gone into another one


@dataclass(frozen=True, slots=True)
class Approving:
    """What became of an approval. ``warnings`` are for the editor, and refuse nothing."""

    outcome: Outcome
    approval: Approval | None = None
    weight: Weight = NO_WEIGHT
    warnings: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()


def approve(
    db: Database,
    story_id: int,
    *,
    by: str,
    now: datetime,
    wording: Wording | None = None,
    revision: int | None = None,
    edit: int | None = None,
    as_it_is_now: bool = False,
) -> Approving:
    """Approve a Story's text in its digest form, or other words that are given as ``wording``.

    The text is what an editor saved last; where nobody saved one, the newest Draft.
    ``revision`` is the Draft that the editor has read, ``edit`` the number of the text (0: the machine's
    own): with another one as the newest nothing is approved.
    ``as_it_is_now`` says that the editor has looked at the pages as they are now: the approval then rests on
    their newest Versions. A later approval of the same Story replaces an earlier one.
    """
    with db.begin() as tx:
        try:
            story = stories.get(tx, story_id)
        except KeyError:
            return Approving(Outcome.NO_STORY)
        saved = edits.latest(tx, story_id)
    if saved is not None and wording is None:
        wording, edit = Wording(saved.text.digest_title, saved.text.digest_text), saved.number
    if story.merged_into is not None:
        return Approving(Outcome.MERGED)
    if story.drafted == 0:
        return Approving(Outcome.NO_DRAFT)
    if revision is not None and revision != story.drafted:
        return Approving(Outcome.NEWER)
    try:
        made: Item = item_of_story(db, story, wording=wording, now=now)
    except NoText:
        return Approving(Outcome.NO_DRAFT)
    with db.begin() as tx:
        sources = made.sources
        if stories.get(tx, story_id).drafted != story.drafted:
            return Approving(Outcome.NEWER)
        newest_edit = edits.latest(tx, story_id)
        if edit is not None and edit != (newest_edit.number if newest_edit else 0):
            return Approving(Outcome.EDITED)
        if as_it_is_now:
            newest = documents.version_ids(tx, [document for document, _ in sources])
            sources = tuple((document, newest.get(document) or version) for document, version in sources)
        moved = [one for document, version in sources if (one := moved_since(tx, document, version))]
        if moved:
            return Approving(Outcome.MOVED, moved=tuple(moved))
        kept = approvals.keep(
            tx, story_id=story_id, revision=story.drafted, at=now, by=by, item=made.item, sources=sources
        )
        _note(tx, Review(story_id, now, by, Act.APPROVE), _of_which(story.drafted, edit, wording))
    return Approving(Outcome.DONE, kept, made.weight, _warnings(kept))


def reject(db: Database, story_id: int, *, by: str, why: str, now: datetime) -> Outcome:
    """Say that a Story is not relevant: no digest holds it, and a label says so of its page."""
    with db.begin() as tx:
        try:
            story = stories.get(tx, story_id)
        except KeyError:
            return Outcome.NO_STORY
        _note(tx, Review(story_id, now, by, Act.REJECT, why))
        if story.main_document_id is not None:
            url = documents.get(tx, story.main_document_id).url
            label_page(tx, url, Verdict.NOT, why=why, by=by, now=now)
    return Outcome.DONE


def hold_back(db: Database, story_id: int, *, by: str, why: str, now: datetime) -> Outcome:
    """Keep a Story out of every digest until somebody opens it again."""
    return _noted(db, Review(story_id, now, by, Act.HOLD, why))


def reopen(db: Database, story_id: int, *, by: str, why: str, now: datetime) -> Outcome:
    """Take back the last word on a Story: it waits for a decision again."""
    return _noted(db, Review(story_id, now, by, Act.REOPEN, why))


def _noted(db: Database, review: Review) -> Outcome:
    with db.begin() as tx:
        try:
            stories.get(tx, review.story_id)
        except KeyError:
            return Outcome.NO_STORY
        _note(tx, review)
    return Outcome.DONE


def _note(tx: Connection, review: Review, details: str = "") -> None:
    """Keep the word, and write it down in the log of acts."""
    reviews.note(tx, review)
    done = DONE_IN_WORDS[review.act]
    desk.note(tx, Deed(review.at, review.by, done, f"story:{review.story_id}", details or review.why))


def _of_which(revision: int, edit: int | None, wording: Wording | None) -> str:
    if edit:
        return f"text {edit}, from draft {revision}"
    by_machine = edit == 0 or wording is None
    return f"draft {revision}, {'as it stood' if by_machine else 'in words given with it'}"


def _warnings(approval: Approval) -> tuple[str, ...]:
    words = word_count(approval.item.text)
    fewest, most = DIGEST_WORDS
    if fewest <= words <= most:
        return ()
    which = "short" if words < fewest else "long"
    return (f"the text has {words} words, which is {which}: {fewest} to {most} read well in a digest",)
