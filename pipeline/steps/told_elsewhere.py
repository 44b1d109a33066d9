"""What another program or a chat is told of an Alert, and how its telling stands. Changes nothing."""

from dataclasses import dataclass

from pipeline.steps.item_of_story import publisher_of
from pipeline.steps.kindred import ROTTEN
from pipeline.store import documents, stories, versions
from pipeline.store.database import Database
from pipeline.store.notices import Counts
from pipeline.text.drafting.short_forms import short_forms


@dataclass(frozen=True, slots=True)
class Told:
    """``url`` is the publisher's page; ``sentences`` are the draft's own words for a digest, or none."""

    story_id: int
    revision: int
    title: str
    url: str
    publisher: str
    sentences: tuple[str, ...]


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
    said = () if draft.empty_because else tuple(s.text for s in short_forms(draft).digest.sentences)
    publisher = publisher_of(record) if record else ""
    return Told(story.id, int(revision), draft.headline.text, draft.url, publisher, said)


def standing(counts: Counts) -> str:
    """How a channel stands, for people."""
    words = f"{counts.sent:,} told, {counts.owed:,} owed, {counts.failed:,} given up"
    return f"{words}; the last trouble: {counts.trouble}" if counts.trouble else words
