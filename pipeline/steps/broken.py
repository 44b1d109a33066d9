"""What is done about a Story that cannot be told as it should: a headline alone, and a Problem in words."""

from datetime import datetime

from pipeline.model.documents import Record
from pipeline.model.drafts import Draft, Sentence
from pipeline.model.problems import of_story
from pipeline.store import runs
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow
from pipeline.text.papers.passages import titled

BROKEN = "broken"


def note_broken(db: Database, story: StoryRow, words: str, now: datetime) -> bool:
    """Keep as a Problem what is wrong with one Story; empty words clear it. True when it is a new Problem."""
    with db.begin() as tx:
        if words:
            return runs.open_problem(tx, of_story(story.id), BROKEN, f"“{story.title}”: {words}", now)
        runs.clear_problem(tx, of_story(story.id), BROKEN, now)
    return False


def no_draft(record: Record, words: str) -> Draft:
    """A headline alone, and why there is no more."""
    headline = Sentence(record.title, (titled(record),))
    return Draft(headline, (), (), record.url, empty_because=words)
