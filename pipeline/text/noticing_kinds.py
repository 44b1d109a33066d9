"""All kinds of Change that one step is, below its headline. Pure."""

import hashlib
from collections.abc import Sequence

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Record
from pipeline.model.facts import FactChange, FactKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, RunKind
from pipeline.text.normalise import for_comparison
from pipeline.text.noticing_facts import stage_kind
from pipeline.text.noticing_files import PartStep


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


def mark_of(redline: Redline) -> str:
    """Return a mark that is equal for equal edits, wherever they were made; empty without an edit of text."""
    said = sorted({_words(change) for change in redline.edits if change.kind is not BlockChangeKind.MOVED})
    if not said:
        return ""
    return hashlib.sha256("\n".join("\t".join(pair) for pair in said).encode("utf-8", "replace")).hexdigest()[
        :32
    ]


def _words(change: BlockChange) -> tuple[str, str]:
    if change.kind is BlockChangeKind.CHANGED:
        gone, come = (
            " ".join(run.text for run in change.runs if run.kind is kind)
            for kind in (RunKind.REMOVED, RunKind.ADDED)
        )
        return for_comparison(gone), for_comparison(come)
    return (
        for_comparison(change.old.text) if change.old else "",
        for_comparison(change.new.text) if change.new else "",
    )
