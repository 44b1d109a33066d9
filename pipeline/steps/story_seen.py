"""All that the desk shows of one Story, put together; and the text that stands in its form.

Reads alone. A sentence of an editor's text is shown with the passages it rests on and with the gate's
warnings, which refuse nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from pipeline.model.desk import Act
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Draft
from pipeline.model.edits import Backed, Edit, EditedText
from pipeline.model.redlines import Noticed
from pipeline.model.short_forms import ShortForms
from pipeline.steps.lapse import Moved, what_moved
from pipeline.steps.story_facts import StoryFacts, story_facts
from pipeline.store import desk, edits, reviews, stories
from pipeline.store.database import Database
from pipeline.store.reviews import StoryStanding
from pipeline.store.stories import StoryRow
from pipeline.text.drafting.short_forms import short_forms
from pipeline.text.editing.backing import Backing
from pipeline.text.editing.typed import as_draft, as_text, as_typed, proofs_of
from pipeline.text.papers.key_dates import KeyDate, key_dates


@dataclass(frozen=True, slots=True)
class StorySeen:
    """One Story as an editor sees it.

    ``draft`` is the machine's newest, ``text`` what stands in the form, ``edit`` the editor's text that it
    is; None: it is the machine's own. ``paragraphs`` begin with the headline. ``moved`` is what happened to
    the pages that an approval rests on.
    """

    story: StoryRow
    standing: StoryStanding | None
    draft: Draft
    forms: ShortForms | None
    facts: StoryFacts
    edit: Edit | None
    text: EditedText
    item: Draft  # the text in the shape of a Draft: for copying and for .docx
    paragraphs: tuple[tuple[Backed, ...], ...]
    digest: tuple[Backed, ...]
    dates: tuple[KeyDate, ...]
    moved: tuple[Moved, ...]
    drafts: tuple[tuple[int, datetime], ...]
    edits: tuple[Edit, ...]
    acts: tuple[Act, ...]

    @property
    def number(self) -> int:
        """The number of the text in the form; 0 is the machine's."""
        return self.edit.number if self.edit else 0


def see_story(db: Database, story_id: int) -> StorySeen | StoryRow | None:
    """The Story; its row alone while it has no Draft or when it was merged; None when there is none."""
    with db.look() as tx:
        try:
            story = stories.get(tx, story_id)
        except KeyError:
            return None
        if story.drafted == 0 or story.merged_into is not None:
            return story
        draft = stories.draft_of(tx, story_id, story.drafted)
        standing = reviews.standing_of(tx, story_id)
        approval = standing.approval if standing else None
        moved = tuple(what_moved(tx, approval)) if approval and approval.lapsed_at else ()
        made = tuple(stories.drafts_made(tx, story_id))
        saved = tuple(edits.history(tx, story_id))
        acts = tuple(act for _, act in desk.log(tx, about=f"story:{story_id}"))
    facts = story_facts(db, replace(story, alerted=story.drafted - 1), story.drafted)
    edit = saved[0] if saved else None
    text = edit.text if edit else machine_text(draft)
    dates = _dates(facts.record, facts.parts, facts.line.change.seen_at)
    forms = None if draft.empty_because else _forms(draft, facts.noticed, dates)
    item, digest = _read(text, draft, facts.parts)
    return StorySeen(
        story=story,
        standing=standing,
        draft=draft,
        forms=forms,
        facts=facts,
        edit=edit,
        text=text,
        item=item,
        paragraphs=proofs_of(item, draft),
        digest=_digest_proofs(digest, draft, forms),
        dates=dates,
        moved=moved,
        drafts=made,
        edits=saved,
        acts=acts,
    )


@lru_cache(maxsize=64)
def machine_text(draft: Draft) -> EditedText:
    """The machine's own text as it stands in the form."""
    return as_typed(as_text(draft, None if draft.empty_because else short_forms(draft)))


def text_numbered(db: Database, story_id: int, number: int, revision: int) -> EditedText:
    """The text with this number; with 0 the machine's of that revision. KeyError when there is none."""
    with db.look() as tx:
        if number == 0:
            return machine_text(stories.draft_of(tx, story_id, revision))
        edit = edits.numbered(tx, story_id, number)
    if edit is None:
        raise KeyError(number)
    return edit.text


@lru_cache(maxsize=64)  # a page is looked at again after each press of a button
def _dates(record: Record, parts: tuple[Part, ...], after: datetime) -> tuple[KeyDate, ...]:
    return tuple(key_dates(record, parts, after=after))


@lru_cache(maxsize=64)
def _forms(draft: Draft, noticed: Noticed | None, dates: tuple[KeyDate, ...]) -> ShortForms:
    return short_forms(draft, noticed=noticed, dates=dates)


@lru_cache(maxsize=64)
def _read(text: EditedText, draft: Draft, parts: tuple[Part, ...]) -> tuple[Draft, Draft]:
    """The website's item and the digest's own words, each sentence with its passages."""
    backing = Backing(draft, parts)
    digest = EditedText(text.digest_title, text.digest_text, "", "", "")
    return as_draft(text, draft, parts, backing), as_draft(digest, draft, parts, backing)


def _digest_proofs(digest: Draft, draft: Draft, forms: ShortForms | None) -> tuple[Backed, ...]:
    """The digest's own words looked at in the same way; what the machine wrote there is its own."""
    own: set[str] = set()
    if forms is not None:
        own = {forms.digest.title.text, *(sentence.text for sentence in forms.digest.sentences)}
    found = (one for group in proofs_of(digest, draft) for one in group)
    return tuple(replace(one, warnings=(), own=True) if one.sentence.text in own else one for one in found)
