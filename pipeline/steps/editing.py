"""Save what an editor made of a Draft, in one transaction. Of two at once nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline.model.desk import Act
from pipeline.model.edits import Edit, EditedText
from pipeline.store import desk, edits, stories
from pipeline.store.database import Database
from pipeline.text.editing.merging import Merged, merged
from pipeline.text.editing.typed import as_typed


@dataclass(frozen=True, slots=True)
class Saved:
    """``number`` is that of the text as it stands now; ``changed`` is False when it stood so already."""

    number: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Clashed:
    """Somebody has saved meanwhile, and both changed the same: ``merged`` waits for a person."""

    merged: Merged
    theirs: Edit


def save_text(
    db: Database,
    story_id: int,
    text: EditedText,
    *,
    made_from: int,
    draft_text: Callable[[], EditedText],
    by: str,
    now: datetime,
) -> Saved | Clashed:
    """Save ``text``, which was made from the text with number ``made_from`` (0: the machine's Draft).

    ``draft_text`` gives the machine's own text. Raises KeyError when there is no such Story or number, and
    ValueError when the text is too long.
    """
    mine = as_typed(text)
    machine = as_typed(draft_text())
    with db.begin() as tx:
        story = stories.get(tx, story_id)
        newest = edits.latest(tx, story_id)
        standing = newest.text if newest else machine
        number = newest.number if newest else 0
        if number != made_from:
            base = machine if made_from == 0 else _text(edits.numbered(tx, story_id, made_from))
            both = merged(base, standing, mine)
            if both.clashes and newest:
                return Clashed(both, newest)
            mine = both.text
        if mine == standing:
            return Saved(number, changed=False)
        edits.save(tx, story_id, mine, after=number, revision=story.revision, by=by, now=now)
        desk.note(tx, Act(now, by, "edited", f"story:{story_id}", f"text {number + 1}"))
        return Saved(number + 1, changed=True)


def _text(edit: Edit | None) -> EditedText:
    if edit is None:
        raise KeyError("there is no text with this number")
    return edit.text
