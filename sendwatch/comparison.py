"""Two papers held side by side: files of any form, pages, or one page at two dates."""

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Part, PartKind, Record, Version
from pipeline.model.redlines import Noticed
from pipeline.text.noticing.notice import notice
from pipeline.text.words.normalise import NORMALISER
from sendwatch.paper import Paper

_SAID = (ChangeKind.QUIETLY_UPDATED, ChangeKind.UPDATED)


def compare_papers(old: Paper, new: Paper) -> Noticed | None:
    """Return what happened between two papers, or None when no reader would see a difference.

    Pages of GOV.UK are compared as pages: facts, notes, files and all. Anything else is compared by its title
    and its text, whatever form it comes in; a file has no publisher who could have announced a change, so the
    headline is plain ``updated`` and there is no verdict on a note.
    """
    if old.record is not None and new.record is not None:
        return notice(_version(old.record, old.parts), new.record, new.parts)
    titled = bool(old.reading.title and new.reading.title)
    mixed = old.reading.format != new.reading.format
    before, after = (_as_page(paper, titled=titled, mixed=mixed) for paper in (old, new))
    found = notice(_version(*before), *after)
    if found is None or found.redline is None or not (found.redline.edits or _title_changed(found)):
        return None
    own = [kind for kind in found.findings.kinds if kind not in (*_SAID, ChangeKind.RELABELLED)]
    kinds = (ChangeKind.UPDATED, *own) if found.redline.edits else tuple(own)
    details = tuple(line for line in found.details if not line.startswith("The publisher gave no note"))
    findings = replace(found.findings, kinds=kinds, verdict=None)
    return replace(found, kind=kinds[0], details=details, findings=findings)


def _title_changed(found: Noticed) -> bool:
    return ChangeKind.TITLE_CHANGED in found.findings.kinds


def _as_page(paper: Paper, *, titled: bool, mixed: bool) -> tuple[Record, tuple[Part, ...]]:
    reading = paper.reading
    title = reading.title if titled else ""
    blocks = tuple(replace(_unruled(block) if mixed else block, part="") for block in reading.blocks)
    part = Part(PartKind.PAGE, "", "", title, reading.status, "", paper.size, blocks, reading.format)
    return Record(url="", title=title), (part,)


def _unruled(block: Block) -> Block:
    """A row of a table without the bars between its cells: not every format knows where a cell ends."""
    if block.kind is not BlockKind.TABLE_ROW:
        return block
    return replace(block, text=" ".join(block.text.replace(" | ", " ").split()))


def _version(record: Record, parts: tuple[Part, ...]) -> Version:
    return Version(0, 0, datetime(2000, 1, 1, tzinfo=UTC), "", NORMALISER, record, parts)
