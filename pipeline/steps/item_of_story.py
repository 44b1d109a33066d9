"""Make the digest's item of a Story from its Draft, or with an editor's own words. Keeps nothing.

Topics, nations, phases, deadlines, weight and link are worked out here and approved together with the words.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection

from pipeline.model.changes import ChangeKind
from pipeline.model.digests import ApprovedItem, Deadline
from pipeline.model.documents import Record
from pipeline.model.drafts import Draft
from pipeline.model.reviews import Weight
from pipeline.steps.kindred import ROTTEN
from pipeline.steps.story_facts import StoryFacts, story_facts
from pipeline.store import changes, stories, versions
from pipeline.store.changes import LedgerLine
from pipeline.store.database import Database
from pipeline.store.stories import StoryRow
from pipeline.text.drafting.digest_deadlines import closing_dates
from pipeline.text.drafting.digest_topics import topics_of
from pipeline.text.drafting.digest_weight import weight_of
from pipeline.text.drafting.short_forms import short_forms
from pipeline.text.papers.key_dates import key_dates
from pipeline.text.papers.kinds import kind_of
from pipeline.text.papers.main_text import main_text
from pipeline.text.words.dates import LONDON


class NoText(Exception):
    """There is no Draft to take the item from, and the editor gave no words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An editor's own words; an empty one leaves the Draft's."""

    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item, why it is as heavy as it is, and the (document id, version id) pairs that it rests on."""

    item: ApprovedItem
    weight: Weight
    sources: tuple[tuple[int, int], ...]


def item_of_story(db: Database, story: StoryRow, *, wording: Wording | None, now: datetime) -> Item:
    """Return the item of a Story's newest Draft. Raises NoText; LookupError for a Story without Changes."""
    with db.look() as tx:
        draft = stories.draft_of(tx, story.id, story.drafted)
        lines = [one for one in changes.of_story(tx, story.id) if one.told_in <= story.drafted]
    facts = story_facts(db, replace(story, alerted=story.drafted - 1), story.drafted)
    given = wording or Wording()
    title, text, link_text = _words(draft, given)
    change = facts.line.change
    today = now.astimezone(LONDON).date()
    deadlines = _deadlines(facts, today, now)
    said = f"{title}. {text}"
    kind = kind_of(facts.record, facts.parts, holds_letter=_is_letter(facts))
    weight = weight_of(
        kind,
        facts.record,
        said,
        change=change.kind,
        significance=change.significance,
        verdict=change.relevance.verdict,
        deadlines=deadlines,
        today=today,
        findings=change.findings,
    )
    kinds = (change.kind, *change.findings.kinds)
    item = ApprovedItem(
        title=title,
        text=text,
        link=draft.url,
        link_text=link_text,
        publisher=publisher_of(facts.record),
        topics=topics_of(kind, facts.record, said, changes=kinds, deadlines=len(deadlines)),
        nations=frozenset(change.relevance.nations),
        phases=frozenset(change.relevance.phases),
        importance=weight.number,
        deadlines=deadlines,
        is_update=change.kind is not ChangeKind.NEW or story.drafted > 1,
        others=tuple((m.record.title, m.record.url) for m in facts.members if m.record.url != draft.url),
    )
    with db.look() as tx:
        sources = _sources(tx, draft, facts, lines)
    return Item(item, weight, sources)


def publisher_of(record: Record) -> str:
    """The publishers' names as people read them; the host of the page when it names none."""
    if record.publishers:
        *first, last = record.publishers[:4]
        return f"{', '.join(first)} and {last}" if first else last
    return urlsplit(record.url).hostname or ""


def _words(draft: Draft, given: Wording) -> tuple[str, str, str]:
    """Title, text and the words of the link."""
    text = "\n\n".join(" ".join(part.split()) for part in given.text.split("\n\n") if part.strip())
    if draft.empty_because:
        if not text:
            raise NoText
        return " ".join(given.title.split()) or draft.headline.text, text, "Read it in full"
    form = short_forms(draft).digest
    own = " ".join(sentence.text for sentence in form.sentences)
    return " ".join(given.title.split()) or form.title.text, text or own, form.link_text


def _deadlines(facts: StoryFacts, today: date, now: datetime) -> tuple[Deadline, ...]:
    dates = key_dates(facts.record, facts.parts, after=now)
    return closing_dates(dates, facts.record.title, today)


def _is_letter(facts: StoryFacts) -> bool:
    return main_text(facts.record, facts.parts).letter is not None


def _sources(
    tx: Connection, draft: Draft, facts: StoryFacts, lines: list[LedgerLine]
) -> tuple[tuple[int, int], ...]:
    """The newest Version, as of this Draft, of each document that the Draft cites."""
    cited = {one.url.partition("#")[0] for s in draft.sentences for one in s.citations}
    cited |= {draft.url, *(piece.link for piece in draft.pieces)}
    newest = {line.change.document_id: line for line in lines if not line.is_copy}
    newest.setdefault(facts.line.change.document_id, facts.line)
    found = []
    for document, line in newest.items():
        version = line.change.to_version
        if document == facts.line.change.document_id or cited & _addresses(tx, line):
            found.append((document, version))
    return tuple(sorted(found))


def _addresses(tx: Connection, line: LedgerLine) -> set[str]:
    """The addresses under which a document can be cited: its own, its children's and its files'."""
    try:
        version = versions.get(tx, line.change.to_version)
    except ROTTEN:
        return {line.url}
    return {line.url, version.record.url, *(part.url for part in version.parts)} - {""}
