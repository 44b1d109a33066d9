"""What another program is told of an Alert, in a few words. Changes nothing."""

from dataclasses import dataclass

from pipeline.steps.item_of_story import publisher_of
from pipeline.steps.kindred import ROTTEN
from pipeline.store import documents, stories, versions
from pipeline.store.database import Database
from pipeline.text.drafting.short_forms import short_forms


@dataclass(frozen=True, slots=True)
class Told:
    """``url`` is the publisher's page; ``summary`` the draft's own words for a digest, or empty."""

    story_id: int
    revision: int
    title: str
    url: str
    publisher: str
    summary: str


def told_of(db: Database, key: str) -> Told | None:
    """The Alert ``story:7:1``, from the Draft that it was about; None when that cannot be read any more."""
    word, _, rest = key.partition(":")
    number, _, revision = rest.partition(":")
    if word != "story" or not (number.isdecimal() and revision.isdecimal()):
        return None
    with db.look() as tx:
        try:
            story = stories.get(tx, int(number))
            draft = stories.draft_of(tx, story.id, int(revision))
            main = documents.get(tx, story.main_document_id) if story.main_document_id else None
            record = versions.get(tx, main.version_id).record if main and main.version_id else None
        except ROTTEN:
            return None
    words = "" if draft.empty_because else " ".join(s.text for s in short_forms(draft).digest.sentences)
    publisher = publisher_of(record) if record else ""
    return Told(story.id, int(revision), draft.headline.text, draft.url, publisher, words)
