"""What became of a publisher's change history: a new note, one that was edited, one taken away. Pure.

Never takes a note for new because of its date alone: publishers edit, backdate and delete notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.documents import ChangeNote, Record
from pipeline.text.words.dates import on_day
from pipeline.text.words.normalise import clean, for_comparison


@dataclass(frozen=True, slots=True)
class NoteSteps:
    """``new`` is the publisher's own note for this step, else empty; ``details`` tell of the older ones."""

    new: str
    details: tuple[str, ...]
    moved: bool  # anything at all happened to the history


def note_steps(old: Record, new: Record) -> NoteSteps:
    """Compare two change histories.

    A note is new when the history grew, or when the page's public date moved to the note's date; otherwise
    what looks new is an older note, edited.
    """
    gone, come = _left(old.change_notes, new.change_notes), _left(new.change_notes, old.change_notes)
    grew = len(new.change_notes) - len(old.change_notes)
    moved_to = new.public_updated if new.public_updated != old.public_updated else None
    dates = {note.when for note in gone}
    fresh = [note for note in come if note.when not in dates]
    fresh = [note for n, note in enumerate(fresh) if n < grew or (moved_to and note.when == moved_to)]
    edited = [note for note in come if note not in fresh]
    details = []
    for was, now in zip(gone, edited, strict=False):
        details.append(_edited(was, now))
    details += [
        f"The publisher took away its note of {on_day(note.when)}: “{clean(note.note)}”"
        for note in gone[len(edited) :]
    ]
    details += [
        f"An older note was added, dated {on_day(note.when)}: “{clean(note.note)}”"
        for note in edited[len(gone) :]
    ]
    words = dict.fromkeys(clean(note.note) for note in fresh if clean(note.note))
    return NoteSteps(" / ".join(words), tuple(details), bool(gone or come))


def _left(mine: Sequence[ChangeNote], theirs: Sequence[ChangeNote]) -> list[ChangeNote]:
    others = [(note.when, for_comparison(note.note)) for note in theirs]
    known = set(others)
    return [note for note in mine if (note.when, for_comparison(note.note)) not in known]


def _edited(was: ChangeNote, now: ChangeNote) -> str:
    before, after = clean(was.note), clean(now.note)
    if for_comparison(before) == for_comparison(after):
        return f"The date of the note “{after}” was changed from {on_day(was.when)} to {on_day(now.when)}."
    return (
        f"The publisher's note of {on_day(was.when)} was edited. It said: “{before}” It now says: “{after}”"
    )
