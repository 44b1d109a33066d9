"""All kinds of Change that one step is, below its headline. Pure."""

import hashlib
from collections.abc import Sequence

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Record
from pipeline.model.facts import FactChange, FactKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, Run, RunKind
from pipeline.text.noticing.facts import stage_kind
from pipeline.text.noticing.files import PartStep
from pipeline.text.words.normalise import for_comparison

BESIDE = 4  # words on each side of a short edit
SPEAKS_ALONE = 8  # words that came and went from which an edit needs no others to be known by
LEAST_MARKED = 6  # words in all; "Contact us" is added to many pages
_OF_TEXT = frozenset(
    {
        ChangeKind.UPDATED,
        ChangeKind.QUIETLY_UPDATED,
        ChangeKind.CHILD_CHANGED,
        ChangeKind.DEADLINE_MOVED,
        ChangeKind.NOTE_EDITED,
    }
)


def kinds_of(
    headline: ChangeKind,
    old: Record,
    new: Record,
    *,
    steps: Sequence[PartStep],
    facts: Sequence[FactChange],
    child: bool,
    note_edited: bool,
) -> tuple[ChangeKind, ...]:
    """Return every kind that fits, the headline first. ``child`` says that the text of a child changed."""
    kinds = [headline, *([stage] if (stage := stage_kind(old, new)) else [])]
    if for_comparison(old.title) != for_comparison(new.title):
        kinds.append(ChangeKind.TITLE_CHANGED)
    if any(fact.kind is FactKind.DEADLINE and fact.old and fact.new for fact in facts):
        kinds.append(ChangeKind.DEADLINE_MOVED)
    kinds += [step.kind for step in steps if step.kind]
    if child:
        kinds.append(ChangeKind.CHILD_CHANGED)
    if note_edited:
        kinds.append(ChangeKind.NOTE_EDITED)
    return tuple(dict.fromkeys(kinds))


def mark_of(redline: Redline, kinds: Sequence[ChangeKind], *, facts: bool) -> str:
    """Return a mark that is equal for equal edits, wherever they were made; empty where there is none.

    A few words are an edit only together with the words beside them: "May" becomes "June" on many pages that
    have nothing else in common. A page with another change besides, of a file, a title, a fact of the record
    (``facts``) or its state, has no mark: it must be told by itself.
    """
    said = sorted({_words(change) for change in redline.edits})
    length = sum(len(words.split()) for gone_and_come in said for words in gone_and_come)
    if facts or length < LEAST_MARKED or not _OF_TEXT.issuperset(kinds):
        return ""
    return hashlib.sha256("\n".join("\t".join(pair) for pair in said).encode("utf-8", "replace")).hexdigest()[
        :32
    ]


def _words(change: BlockChange) -> tuple[str, str]:
    """What went and what came; of an edit of a few words with what stands beside them, on both sides."""
    if change.kind is BlockChangeKind.CHANGED:
        gone, come = (_of_kind(change.runs, kind) for kind in (RunKind.REMOVED, RunKind.ADDED))
        if len(gone.split()) + len(come.split()) < SPEAKS_ALONE:
            gone, come = (_beside(change.runs, kind) for kind in (RunKind.REMOVED, RunKind.ADDED))
        return for_comparison(gone), for_comparison(come)
    return (
        for_comparison(change.old.text) if change.old else "",
        for_comparison(change.new.text) if change.new else "",
    )


def _of_kind(runs: Sequence[Run], kind: RunKind) -> str:
    return " ".join(run.text for run in runs if run.kind is kind)


def _beside(runs: Sequence[Run], kind: RunKind) -> str:
    """The words of one kind, each run between the last words before it and the first ones after it."""
    said = []
    for at, run in enumerate(runs):
        if run.kind is kind:
            before = next((one.text for one in reversed(runs[:at]) if one.kind is RunKind.SAME), "")
            after = next((one.text for one in runs[at + 1 :] if one.kind is RunKind.SAME), "")
            said += [*before.split()[-BESIDE:], run.text, *after.split()[:BESIDE]]
    return " ".join(said)
