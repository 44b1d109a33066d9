"""Two editors at once: lay one's text beside the other's, so that nothing is lost. Pure; chooses nothing.

What only one of them changed is taken. A body is looked at paragraph by paragraph; what both changed in
different ways is a clash, and a person decides.
"""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline.model.edits import EditedText

FIELDS = ("title", "body", "digest_title", "digest_text", "post")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: what it was, what the other has saved, what this one sends."""

    field: str
    before: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    """``text`` holds all that needs no decision; of a clash it holds ``theirs``, which is saved already."""

    text: EditedText
    clashes: tuple[Clash, ...]


def merged(before: EditedText, theirs: EditedText, mine: EditedText) -> Merged:
    """Merge ``mine`` into ``theirs``; both were made from ``before``."""
    taken: dict[str, str] = {}
    clashes = []
    for field in FIELDS:
        old, other, own = (getattr(text, field) for text in (before, theirs, mine))
        one = _one(old, other, own)
        if one is None and field == "body":
            one = _by_paragraph(old, other, own)
        if one is None:
            clashes.append(Clash(field, old, other, own))
        taken[field] = other if one is None else one
    return Merged(replace(theirs, **taken), tuple(clashes))


def _one(old: str, other: str, own: str) -> str | None:
    """The one text that there is no doubt about."""
    if own in (old, other):
        return other
    return own if other == old else None


def _by_paragraph(old: str, other: str, own: str) -> str | None:
    """The body with the edits of both, where they touch different paragraphs; None where they meet."""
    base = old.split("\n\n")
    edits = sorted([*_edits(base, other.split("\n\n")), *_edits(base, own.split("\n\n"))])
    made, at = [], 0
    for index, (start, end, new) in enumerate(edits):
        if index and edits[index - 1] == (start, end, new):
            continue  # both made the very same edit
        if start < at or (index and start == edits[index - 1][0]):
            return None
        made += [*base[at:start], *new]
        at = end
    return "\n\n".join([*made, *base[at:]])


def _edits(base: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """(from, to, new paragraphs) for each run of paragraphs of ``base`` that was changed."""
    found = SequenceMatcher(None, base, new, autojunk=False).get_opcodes()
    return [(i1, i2, tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in found if tag != "equal"]
