"""Recognise a step back: a Document that says again what it said before an earlier change. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Part, Record, Version
from pipeline.model.redlines import Noticed
from pipeline.text.noticing.fingerprint import content_fingerprint
from pipeline.text.words.dates import on_day

KEPT = frozenset(  # headlines that say more than "reversed" does
    [
        ChangeKind.GONE,
        ChangeKind.MOVED,
        ChangeKind.WITHDRAWN,
        ChangeKind.RESTORED,
        ChangeKind.NOTE_EDITED,
        ChangeKind.RELABELLED,
    ]
)


def earlier_self(record: Record, parts: Sequence[Part], earlier: Sequence[Version]) -> Version | None:
    """Return the newest of ``earlier`` with the same content; None when there is none.

    ``earlier`` are older Versions of the Document without the one that is compared with.
    """
    if not earlier:
        return None
    now = content_fingerprint(record, parts)
    return next((old for old in earlier if content_fingerprint(old.record, old.parts) == now), None)


def as_reversal(noticed: Noticed, self_before: Version) -> Noticed:
    """Return what was noticed as a step back to an earlier Version."""
    if noticed.kind in KEPT:
        return noticed
    said = f"The page says again what it said when it was seen on {on_day(self_before.seen_at)}."
    kinds = (
        ChangeKind.REVERSED,
        *(kind for kind in noticed.findings.kinds if kind is not ChangeKind.REVERSED),
    )
    return replace(
        noticed,
        kind=ChangeKind.REVERSED,
        details=(said, *noticed.details),
        findings=replace(noticed.findings, kinds=kinds),
    )
