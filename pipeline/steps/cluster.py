"""Give each Change that is owed to people its Story. One announcement, one Story.

A storm is one announcement, too: when a template rolls over many pages with the very same words, all of them
are one Story and one mail, however many pages it touches.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from pipeline.store import changes, stories
from pipeline.store.changes import Fate, LedgerLine
from pipeline.store.database import Database

STORM = 10  # Documents with the very same edit
STORM_LASTS = timedelta(days=1)


def cluster(db: Database, now: datetime) -> int:
    """Open a Story for each owed Change, or one for each storm, in one transaction. Returns how many."""
    with db.begin() as tx:
        owed = changes.with_fate(tx, [Fate.OWED])
        opened: dict[str, int] = {}
        count = 0
        for line in owed:
            edit = line.change.findings.edit
            story_id = opened.get(edit) if edit else None
            if story_id is None:
                storm = _storm(tx, line, now)
                story_id = next((one.story_id for one in storm[STORM - 1 :] if one.story_id), None)
                if story_id is None:
                    story_id = stories.open_story(tx, _title(line, storm), now)
                    count += 1
                if storm:
                    opened[edit] = story_id
            changes.set_fate(tx, line.change.id, Fate.TOLD, story_id=story_id)
    return count


def _storm(tx: Connection, line: LedgerLine, now: datetime) -> list[LedgerLine]:
    """The day's Changes with the same edit, oldest first, when they are too many to be told one by one."""
    if not line.change.findings.edit:
        return []
    same = changes.with_edit(tx, line.change.findings.edit, now - STORM_LASTS)
    documents = {one.change.document_id for one in same}
    return same if len(documents) >= STORM else []


def _title(line: LedgerLine, storm: list[LedgerLine]) -> str:
    return f"{line.title} and {len(storm) - 1} other pages" if storm else line.title
