"""Make a Story of a page because a person says that it should have been caught; and keep that as a label.

What was never looked at is owed a look first, and becomes a Story when it is read. Drafts and mails nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from pipeline.model.changes import ALERTED, Change, ChangeKind, Relevance, Significance, Verdict
from pipeline.model.traces import Made, Site
from pipeline.steps.pages import Here, Meant, meant, watching
from pipeline.store import changes, documents, labels, listings, stories, versions
from pipeline.store.changes import Fate, LedgerLine
from pipeline.store.database import Database
from pipeline.store.documents import DocumentRow
from pipeline.store.labels import Label

WHY = "should have been caught"
JOINED = "an editor asked for it"
NEXT = "It is drafted and mailed to the team in the next cycle."


def make_story(
    db: Database, pasted: str, by: str, now: datetime, *, sites: Sequence[Site], here: Here
) -> Made:
    """Open a Story of the page now, or owe it the look that must come first. Twice does no harm."""
    with db.begin() as tx:
        found = meant(tx, pasted, here)
        if not found.url:
            return Made(False, "That is no web address.")
        if found.row is not None and found.row.version_id is not None:
            return _story(tx, found.row, by, now)
        return _look(tx, found, by, now, watching(found.url, sites))


def make_wanted(db: Database, now: datetime) -> int:
    """Open a Story of each page that was asked for and has been read since. Returns how many."""
    made = 0
    with db.begin() as tx:
        for url, by in listings.wanted(tx):
            row = documents.by_url(tx, url)
            if row is not None and row.version_id is not None:
                made += _story(tx, row, by, now).story_id is not None
                listings.no_longer_wanted(tx, [url])
    return made


def _story(tx: Connection, row: DocumentRow, by: str, now: datetime) -> Made:
    lines = changes.of_document(tx, row.id)
    newest = lines[-1] if lines else None
    story = stories.get(tx, newest.story_id) if newest and newest.story_id is not None else None
    if story is not None and newest is not None and not newest.is_copy and not story.edit:
        if story.alerted >= newest.told_in:
            return Made(False, f"Story {story.id} has told of it already.", story.id)
        return Made(False, f"Story {story.id} is open: {NEXT}", story.id)
    change_id = _change(tx, row, newest, alone=bool(story and story.edit), now=now)
    title = row.title or row.url
    story_id = stories.open_story(tx, title, now, main_document_id=row.id)
    changes.join(tx, change_id, story_id, told_in=1, words=JOINED)
    _label(tx, row, by, now)
    return Made(True, f"Story {story_id} is open: “{title}”. {NEXT}", story_id)


def _change(
    tx: Connection, row: DocumentRow, newest: LedgerLine | None, *, alone: bool, now: datetime
) -> int:
    """The newest Change when it says something, else the newest Version as a new one."""
    assert row.version_id is not None
    if newest is not None and not alone and _says_something(newest.change):
        return newest.change.id
    relevance = newest.change.relevance if newest else Relevance(Verdict.NOT, 0.0)
    change = Change(
        id=0,
        document_id=row.id,
        from_version=None,
        to_version=row.version_id,
        seen_at=now,
        kind=ChangeKind.NEW,
        details=(),
        significance=Significance.SUBSTANTIVE,
        public_note="",
        relevance=relevance,
    )
    changes.add(tx, change, Fate.OWED)
    first = (None, row.version_id)
    line = next(
        one
        for one in changes.of_document(tx, row.id)
        if (one.change.from_version, one.change.to_version) == first
    )
    changes.tell_as_new(tx, line.change.id)
    return line.change.id


def _says_something(change: Change) -> bool:
    return change.kind in ALERTED and change.significance is not Significance.TYPOGRAPHICAL


def _label(tx: Connection, row: DocumentRow, by: str, now: datetime) -> None:
    assert row.version_id is not None
    seen = dict(versions.dates(tx, row.id)).get(row.version_id)
    print_now = versions.fingerprint_of(tx, row.version_id)
    made = Label(
        row.url, now, Verdict.RELEVANT, WHY, by, row.title, row.version_id, print_now, seen, row.verdict
    )
    labels.add(tx, made)


def _look(tx: Connection, found: Meant, by: str, now: datetime, sites: Sequence[Site]) -> Made:
    labels.add(tx, Label(found.url, now, Verdict.RELEVANT, WHY, by))
    if not sites:
        words = (
            "No source watches that site: add one, or draft from the page by hand (`sendwatch draft URL`)."
        )
        return Made(False, f"{words} That it should have been caught is kept.")
    listed = {one.source: one.url for one in found.lists}
    site = next((one for one in sites if one.key in listed), sites[0])
    listings.want(tx, site.key, listed.get(site.key, found.url), by, now)
    words = f"It was never read. It is looked at when “{site.title}” is read next, then it becomes a Story."
    return Made(True, f"{words} If it cannot be read, `sendwatch missed` says why.", owed=True)
