"""What an editor does with a Story: save, approve, hand back, hold, reject, merge, split.

An approval binds to the exact words that stood in the form. Where the text, the Draft or a page has moved
meanwhile, nothing is approved, and a page says what moved.
"""

from collections.abc import Callable

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import Visit, done, go, whole
from alerts.desk.editors.showing import desk_page
from alerts.desk.editors.typing import Kept, keep_text, keep_typed, no_story
from pipeline.model.edits import EditedText
from pipeline.steps.item_of_story import Wording
from pipeline.steps.joining import Joining, merge_stories, split_story
from pipeline.steps.review import Outcome, approve, hold_back, reject, reopen
from pipeline.steps.story_seen import text_numbered
from pipeline.store import stories
from pipeline.text.editing.merging import FIELDS

MOST_REASON = 500
Doing = Callable[[Visit, int, Kept], Response]
NOT_JOINED = {
    Joining.NO_STORY: "There is no Story with that number.",
    Joining.SAME: "That is this Story itself: give the number of another one.",
    Joining.MERGED: "One of the two has gone into another Story already.",
    Joining.STORM: "The same change on many pages is one Story of its own: it cannot be joined or split.",
    Joining.ONLY_ONE: "It is the only document of this Story, so there is nothing to split.",
}


def routes(desk: Desk) -> list[Route]:
    """The POSTs below /desk/stories/{story}."""
    here = "/desk/stories/{story}"
    return [
        done(desk, f"{here}/save", _kept_first(save)),
        done(desk, f"{here}/approve", _kept_first(approve_it)),
        done(desk, f"{here}/stand", _kept_first(stand)),
        done(desk, f"{here}/merge", _kept_first(merge)),
        done(desk, f"{here}/split", _kept_first(split)),
        done(desk, f"{here}/machine", _kept_first(start_again)),
        done(desk, f"{here}/resolve", resolve),
    ]


def save(_visit: Visit, story_id: int, kept: Kept) -> Response:
    """The text is kept already; say how."""
    said = "merged-texts" if kept.others_too else "saved" if kept.changed else "same"
    return go(_page(story_id), said)


def approve_it(visit: Visit, story_id: int, kept: Kept) -> Response:
    """Approve the digest's words for the digest, to the character."""
    if kept.others_too:
        return _moved_on(visit, story_id, ["A colleague has saved another text meanwhile."], kept)
    if not kept.text.digest_title or not kept.text.digest_text:
        words = "Write a title and a text for the digest first: those are the words that are approved."
        return _moved_on(visit, story_id, [words], kept, status=422)
    made = approve(
        visit.desk.db,
        story_id,
        by=visit.by,
        now=visit.now,
        wording=Wording(kept.text.digest_title, kept.text.digest_text),
        revision=kept.revision,
        edit=kept.number,
        as_it_is_now=visit.form.get("looked") == "yes",
    )
    if made.outcome is Outcome.DONE:
        return go(_page(story_id), "approved-warned" if made.warnings else "approved")
    if made.outcome is Outcome.NO_STORY:
        return no_story(visit)
    why = {
        Outcome.NEWER: "There is a newer draft: the page has changed since you opened this Story.",
        Outcome.EDITED: "A colleague has saved another text meanwhile.",
        Outcome.MERGED: "This Story has gone into another one meanwhile.",
        Outcome.NO_DRAFT: "There is no draft yet.",
    }
    told = [one.words for one in made.moved] or [why[made.outcome]]
    return _moved_on(visit, story_id, told, kept, may_go_on=made.outcome is Outcome.MOVED)


def stand(visit: Visit, story_id: int, kept: Kept) -> Response:
    """Hand back, hold, reject with a reason, or open again."""
    if _newest_draft(visit, story_id) != kept.revision:
        return _moved_on(visit, story_id, ["There is a newer draft: look at it before you decide."], kept)
    act, why = visit.form.get("act", ""), " ".join(visit.form.get("why", "").split())[:MOST_REASON]
    deeds = {"reopen": (reopen, "reopened"), "back": (reopen, "handed-back"), "hold": (hold_back, "held")}
    deeds["reject"] = (reject, "rejected")
    if act not in deeds:
        return _moved_on(
            visit, story_id, ["That is nothing that can be done with a Story."], kept, status=422
        )
    if act == "reject" and not why:
        return _moved_on(
            visit, story_id, ["Say in a few words why it is not relevant."], kept, status=422, ask=True
        )
    do, said = deeds[act]
    if do(visit.desk.db, story_id, by=visit.by, why=why, now=visit.now) is Outcome.NO_STORY:
        return no_story(visit)
    return go(_page(story_id), said)


def merge(visit: Visit, story_id: int, kept: Kept) -> Response:
    """Put this Story into another one: by its number, or one of those near it."""
    into = whole(visit.form.get("into", "").strip().lstrip("#")) or whole(visit.form.get("near", ""))
    if not into:
        words = "Choose the Story that this one belongs to, or give its number."
        return _moved_on(visit, story_id, [words], kept, status=422)
    joining = merge_stories(visit.desk.db, story_id, into, by=visit.by, now=visit.now)
    twice = joining is Joining.MERGED and _merged_into(visit, story_id) == into
    if joining is not Joining.DONE and not twice:
        return _moved_on(visit, story_id, [NOT_JOINED[joining]], kept, status=422)
    return go(_page(into), "merged")


def split(visit: Visit, story_id: int, kept: Kept) -> Response:
    """Give a document a Story of its own."""
    document = whole(visit.form.get("document", ""))
    joining, made = split_story(visit.desk.db, story_id, document, by=visit.by, now=visit.now)
    if joining is Joining.NO_DOCUMENT:  # the second press of two
        return go(_page(story_id), "split-already")
    if made is None:
        return _moved_on(visit, story_id, [NOT_JOINED[joining]], kept, status=422)
    return go(f"{_page(story_id)}?other={made}", "split")


def start_again(visit: Visit, story_id: int, kept: Kept) -> Response:
    """Save an older text as the newest (0: the machine's own); what stood stays in the history."""
    number, revision = whole(visit.form.get("number", "")), _newest_draft(visit, story_id)
    if not revision:
        return no_story(visit)
    try:
        older = text_numbered(visit.desk.db, story_id, number, revision)
    except KeyError:
        return no_story(visit)
    again = keep_text(visit, story_id, older, made_from=kept.number, revision=revision)
    return again if isinstance(again, Response) else go(_page(story_id), "saved")


def resolve(visit: Visit) -> Response:
    """A clash was looked at: of each place theirs, mine, or what was written."""
    story_id = visit.number("story")
    chosen = {}
    for name in FIELDS:
        way = visit.form.get(f"{name}.choice", "")
        source = {"theirs": f"{name}.theirs", "mine": f"{name}.mine", "own": f"{name}.own"}.get(way, name)
        chosen[name] = visit.form.get(source, "")
    made_from, revision = whole(visit.form.get("edit", "")), whole(visit.form.get("revision", ""))
    kept = keep_text(visit, story_id, EditedText(**chosen), made_from=made_from, revision=revision)
    return kept if isinstance(kept, Response) else save(visit, story_id, kept)


def _kept_first(do: Doing) -> Callable[[Visit], Response]:
    """Whatever is to be done: what was typed is kept before it."""

    def page(visit: Visit) -> Response:
        kept = keep_typed(visit)
        return kept if isinstance(kept, Response) else do(visit, visit.number("story"), kept)

    return page


def _moved_on(
    visit: Visit,
    story_id: int,
    told: list[str],
    kept: Kept,
    *,
    status: int = 409,
    may_go_on: bool = False,
    ask: bool = False,
) -> Response:
    return desk_page(
        visit,
        "moved_on",
        status=status,
        conflict=status == 409,
        told=told,
        kept=kept,
        number=story_id,
        may_go_on=may_go_on,
        ask=ask,
    )


def _newest_draft(visit: Visit, story_id: int) -> int:
    with visit.desk.db.look() as tx:
        try:
            return stories.get(tx, story_id).drafted
        except KeyError:
            return 0


def _merged_into(visit: Visit, story_id: int) -> int | None:
    with visit.desk.db.look() as tx:
        return stories.get(tx, story_id).merged_into


def _page(story_id: int) -> str:
    return f"/desk/stories/{story_id}"
