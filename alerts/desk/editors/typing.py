"""What an editor has typed, taken out of the form and kept before anything else is done with it.

Every button of a Story's page sends the whole form, so that no press of any of them loses a word.
"""

from dataclasses import dataclass

from starlette.responses import Response

from alerts.desk.editors.guarding import Visit, whole
from alerts.desk.editors.showing import desk_page
from pipeline.model.edits import EditedText
from pipeline.steps.editing import Clashed, Saved, save_text
from pipeline.steps.story_seen import text_numbered
from pipeline.text.editing.merging import FIELDS
from pipeline.text.editing.typed import MOST_CHARACTERS, as_typed

FIELD_NAMES = {
    "title": "Title",
    "body": "Text",
    "digest_title": "Title in the digest",
    "digest_text": "Text in the digest",
    "post": "Social post",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """The text is kept, and these are the exact words that the editor saw when she pressed the button.

    ``number`` is that of the text as it stands now; ``others_too`` says that it holds a colleague's words
    which this editor has not seen.
    """

    text: EditedText
    number: int
    revision: int
    changed: bool = False
    others_too: bool = False


def keep_typed(visit: Visit) -> Kept | Response:
    """Keep the text of the form; a page where that cannot be: a clash, a text without end, no such Story."""
    story_id = visit.number("story")
    made_from, revision = whole(visit.form.get("edit", "")), whole(visit.form.get("revision", ""))
    if not all(name in visit.form for name in FIELDS):
        try:
            return Kept(text_numbered(visit.desk.db, story_id, made_from, revision), made_from, revision)
        except KeyError:
            return no_story(visit)
    typed = EditedText(*(visit.form[name] for name in FIELDS))
    return keep_text(visit, story_id, typed, made_from=made_from, revision=revision)


def keep_text(
    visit: Visit, story_id: int, typed: EditedText, *, made_from: int, revision: int
) -> Kept | Response:
    """Keep a text that was made from the one with the number ``made_from``."""
    db = visit.desk.db
    try:
        mine = as_typed(typed)
    except ValueError:
        fields = [(name, getattr(typed, name)) for name in FIELDS]
        return desk_page(
            visit,
            "too_long",
            status=413,
            fields=fields,
            has=sum(len(text) for _, text in fields),
            most=MOST_CHARACTERS,
            number=story_id,
            edit=made_from,
            revision=revision,
        )
    try:
        outcome = save_text(
            db,
            story_id,
            mine,
            made_from=made_from,
            draft_text=lambda: text_numbered(db, story_id, 0, revision),
            by=visit.by,
            now=visit.now,
        )
        if isinstance(outcome, Clashed):
            return clash_page(visit, story_id, outcome, revision)
        standing = text_numbered(db, story_id, outcome.number, revision)
    except KeyError:
        return no_story(visit)
    return _kept(outcome, standing, mine, revision)


def clash_page(visit: Visit, story_id: int, clashed: Clashed, revision: int) -> Response:
    """Both texts side by side for each place that both changed: choose, or write."""
    clashes = {clash.field: clash for clash in clashed.merged.clashes}
    rest = [(name, getattr(clashed.merged.text, name)) for name in FIELDS if name not in clashes]
    return desk_page(
        visit,
        "clash",
        status=409,
        number=story_id,
        theirs=clashed.theirs,
        clashes=[(FIELD_NAMES[name], clash) for name, clash in clashes.items()],
        rest=rest,
        revision=revision,
        undone=not visit.path.endswith(("/save", "/resolve")),
    )


def no_story(visit: Visit) -> Response:
    """There is no such Story; what was typed is shown, so that it can be copied."""
    typed = [(name, visit.form[name]) for name in FIELDS if visit.form.get(name)]
    return desk_page(visit, "no_such", status=404, words="There is no Story with this number.", typed=typed)


def _kept(outcome: Saved, standing: EditedText, mine: EditedText, revision: int) -> Kept:
    return Kept(standing, outcome.number, revision, outcome.changed, others_too=standing != mine)
