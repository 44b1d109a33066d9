"""Give each Change that is owed to people its Story. One announcement, one Story."""

from datetime import datetime

from pipeline.store import changes, stories
from pipeline.store.changes import Fate
from pipeline.store.database import Database


def cluster(db: Database, now: datetime) -> int:
    """Open a Story for each owed Change, in one transaction. Returns how many were opened."""
    with db.begin() as tx:
        owed = changes.with_fate(tx, [Fate.OWED])
        for line in owed:
            story_id = stories.open_story(tx, line.title, now)
            changes.set_fate(tx, line.change.id, Fate.TOLD, story_id=story_id)
    return len(owed)
