"""A Story's page: the text as a form, each sentence beside its passage, all there is to know. Only shows."""

from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from starlette.responses import Response
from starlette.routing import Route

from alerts import wording
from alerts.change_told import told, weighty_sentences
from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import Visit, shown, whole
from alerts.desk.editors.inbox import SHELVES
from alerts.desk.editors.showing import clean, desk_page
from alerts.desk.editors.story_stand import stand_of
from alerts.desk.editors.typing import FIELD_NAMES, no_story
from alerts.redline_html import redline_fragment
from alerts.redline_mail import with_titles
from alerts.render_draft import draft_html, draft_markdown
from pipeline.model.changes import ChangeKind
from pipeline.model.edits import Backed, EditedText
from pipeline.model.redlines import Run
from pipeline.steps.inbox import fill_inbox
from pipeline.steps.story_seen import StorySeen, see_story, text_numbered
from pipeline.store import edits, inbox, stories
from pipeline.store.stories import StoryRow
from pipeline.text.drafting.short_forms import DIGEST_WORDS, MOST_POST
from pipeline.text.editing.merging import FIELDS
from pipeline.text.editing.typed import MOST_CHARACTERS
from pipeline.text.papers.letter_facts import facts_of_letter
from pipeline.text.words.readability import measure
from pipeline.text.words.word_runs import word_runs
from pipeline.text.words.wording import word_count

BODY_WORDS = (120, 260)
MOST_EDITS = 25  # of a redline
LONGEST = 120  # words of a passage that came or went
NEAR, NEAR_AMONG = 8, 120
MOST_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class Length:
    """How long a form is, and how long it is meant to be."""

    name: str
    counted: str
    aim: str
    off: bool


def routes(desk: Desk) -> list[Route]:
    """GET /desk/stories/{story} and what an editor's text changed."""
    return [
        shown(desk, "/desk/stories/{story}", show),
        shown(desk, "/desk/stories/{story}/texts/{number}", show_text),
    ]


def show(visit: Visit) -> Response:
    """The Story."""
    seen = see_story(visit.desk.db, visit.number("story"))
    if seen is None:
        return no_story(visit)
    if isinstance(seen, StoryRow):
        with visit.desk.db.look() as tx:
            home, edit = stories.home_of(tx, seen.id), edits.latest(tx, seen.id)
        return desk_page(visit, "story_bare", story=seen, home=home, edit=edit, names=FIELD_NAMES)
    return desk_page(
        visit, "story", script=True, other=whole(visit.query.get("other", "")), **_values(visit, seen)
    )


def show_text(visit: Visit) -> Response:
    """What one saved text changed, and the whole of it; 0 is the machine's newest."""
    story_id, number = visit.number("story"), visit.number("number")
    seen = see_story(visit.desk.db, story_id)
    edit = None
    if isinstance(seen, StorySeen):
        edit = next((one for one in seen.edits if one.number == number), None)
    if not isinstance(seen, StorySeen) or (edit is None and visit.params.get("number") != "0"):
        return desk_page(visit, "no_such", status=404, words="There is no such text.", typed=[])
    revision = edit.revision if edit else seen.story.drafted
    text = edit.text if edit else text_numbered(visit.desk.db, story_id, 0, revision)
    before = text_numbered(visit.desk.db, story_id, number - 1, max(revision, 1)) if edit else text
    return desk_page(
        visit,
        "text",
        number=story_id,
        edit=edit,
        whole=[(FIELD_NAMES[name], getattr(text, name)) for name in FIELDS],
        stands=text == seen.text,
        newest=seen.number,
        revision=seen.story.drafted,
        changed=_changed(before, text),
    )


def _values(visit: Visit, seen: StorySeen) -> dict[str, Any]:
    facts, text, draft = seen.facts, seen.text, seen.draft
    record, change = facts.record, facts.line.change
    item = seen.item
    warned = [one for group in (*seen.paragraphs, seen.digest) for one in group if one.warnings]
    numbered = _numbered(seen.paragraphs)
    shelf, near = _among_others(visit, seen)
    return {
        "seen": seen,
        "record": record,
        "change": change,
        "tag": wording.tag_of(change.kind, record, change.findings.verdict),
        "happened": wording.happened(change.kind, record, change.findings.verdict),
        "verdict": wording.VERDICTS[change.relevance.verdict],
        "weight": wording.WEIGHTS[change.significance] if change.kind is not ChangeKind.NEW else "",
        "type_of": wording.type_of,
        "told": told(
            change.kind, facts.noticed.details if facts.noticed else change.details, change.findings
        ),
        "shelf": shelf,
        "stand": stand_of(visit, seen),
        "groups": numbered,
        "warned": len(warned),
        "digest_warned": [one for one in seen.digest if one.warnings],
        "lengths": _lengths(text),
        "most": MOST_CHARACTERS,
        "empty": [words for name, words in FIELD_NAMES.items() if not getattr(text, name)],
        "reads": measure([s.text for piece in item.pieces for s in (*piece.sentences, *piece.items)]),
        "redline": clean(_redline(seen)),
        "dates": seen.dates,
        "letter": facts_of_letter(record, facts.parts),
        "evidence": _evidence(seen),
        "source_title": visit.desk.source_title(facts.line.source),
        "documents": _documents(seen),
        "near": near,
        "html": draft_html(item),
        "markdown": draft_markdown(item),
        "newer_than_text": seen.edit is not None and seen.edit.revision < seen.story.drafted,
        "link": draft.url,
    }


def _numbered(groups: tuple[tuple[Backed, ...], ...]) -> list[list[tuple[int, Backed]]]:
    """Each sentence with its number in reading order, paragraph by paragraph."""
    found, number = [], 0
    for group in groups:
        row = []
        for one in group:
            number += 1
            row.append((number, one))
        found.append(row)
    return found


def _among_others(visit: Visit, seen: StorySeen) -> tuple[str, list[tuple[int, str]]]:
    """On which shelf it lies, and other Stories that it may belong to: the likest titles among the newest."""
    db, own = visit.desk.db, seen.story.id
    plans = visit.desk.site.facts.plans
    fill_inbox(db, visit.now, plan=plans[0].key if plans else "", most=20)
    with db.look() as tx:
        line = inbox.known(tx, [own]).get(own)
        newest = inbox.newest_titles(tx, NEAR_AMONG)
    others = [one for one in newest if one[0] != own]
    others.sort(key=lambda one: -fuzz.token_set_ratio(seen.story.title, one[1]))
    return SHELVES[line.shelf] if line else "Not decided", others[:NEAR]


def _lengths(text: EditedText) -> list[Length]:
    body = word_count(text.body)
    digest = word_count(text.digest_text)
    post = len(text.post)
    return [
        Length(
            "Text",
            f"{body} words",
            "{} to {}".format(*BODY_WORDS),
            not BODY_WORDS[0] <= body <= BODY_WORDS[1],
        ),
        Length(
            "Digest",
            f"{digest} words",
            "{} to {}".format(*DIGEST_WORDS),
            not DIGEST_WORDS[0] <= digest <= DIGEST_WORDS[1],
        ),
        Length("Post", f"{post} characters", f"at most {MOST_POST}", post > MOST_POST),
    ]


def _redline(seen: StorySeen) -> str:
    noticed = seen.facts.noticed
    redline = with_titles(noticed.redline, seen.facts.parts) if noticed and noticed.redline else None
    if redline is None:
        return ""
    weighty = weighty_sentences(seen.facts.line.change.findings.facts)
    return redline_fragment(redline, most=MOST_EDITS, weighty=weighty, longest=LONGEST, heading="h3")


def _evidence(seen: StorySeen) -> list[tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for one in seen.facts.line.change.relevance.evidence:
        found.setdefault(one.term.lower(), (one.term, one.where, one.quote))
    return list(found.values())[:MOST_EVIDENCE]


def _documents(seen: StorySeen) -> list[dict[str, Any]]:
    """The Story's documents: the one that the draft is about first, each with why it belongs there."""
    facts = seen.facts
    if not facts.members:
        lines = [facts.line, *facts.others]
        return [
            {
                "id": one.change.document_id,
                "title": one.title,
                "url": one.url,
                "joined": "",
                "main": number == 0,
            }
            for number, one in enumerate(lines)
        ]
    return [
        {
            "id": member.line.change.document_id,
            "title": member.record.title,
            "url": member.record.url,
            "joined": member.line.joined,
            "main": member.main,
        }
        for member in facts.members
    ]


def _changed(before: EditedText, after: EditedText) -> list[tuple[str, tuple[Run, ...]]]:
    found = []
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append((FIELD_NAMES[name], tuple(word_runs(old, new))))
    return found
