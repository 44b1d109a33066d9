"""The blocks of two states that can be held side by side, and those of some parts alone. Pure.

A part that could not be read is left out: a text against nothing is no comparison.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from pipeline.model.blocks import Block, ReadStatus
from pipeline.model.documents import Part, PartKind
from pipeline.model.redlines import BlockChange, Redline
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.noticing.files import PartPair, paired_parts, same_bytes


def redline_between(old: Sequence[Part], new: Sequence[Part]) -> Redline:
    """Return the redline of page, children and files. Parts that could not be read are left out."""
    pairs, _, went = paired_parts(old, new)
    return compare_blocks(*blocks_to_compare(new, pairs, went))


def blocks_to_compare(
    new: Sequence[Part], pairs: Sequence[PartPair], went: Sequence[Part]
) -> tuple[list[Block], list[Block]]:
    """The blocks to compare, each with its part's key; a part that lived on has its new key on both sides."""
    earlier: list[Block] = []
    said: dict[int, tuple[Block, ...]] = {}
    taken = {part.key for part in new}
    for was, now in pairs:
        before, after = was.blocks, now.blocks
        if not _readable(was, now):
            before = after = ()
        elif same_bytes(was, now):  # however well they were read that day
            before = after = now.blocks or was.blocks
        said[id(now)] = after
        earlier += [replace(block, part=now.key) for block in before]
    for part in went:
        key = f"{part.key} (earlier)" if part.key in taken else part.key
        earlier += [replace(block, part=key) for block in part.blocks]
    later = [replace(block, part=part.key) for part in new for block in said.get(id(part), part.blocks)]
    return earlier, later


def only_parts(redline: Redline, keys: set[str], heirs: Set[str] = frozenset()) -> Redline:
    """Return the Redline of the parts with these keys; of ``heirs`` only what stood in an earlier part too.

    An heir is a part that came: a web page in the place of a PDF says again what the PDF said, and what it
    says otherwise is a change; what it says anew is told with the part itself.
    """
    return Redline(
        tuple(
            change
            for change in redline.changes
            if (key := _part(change)) in keys or (key in heirs and change.old and change.new)
        )
    )


def _readable(was: Part, now: Part) -> bool:
    """A text against nothing is no comparison, unless it is a page, where nothing is something too."""
    if now.kind is PartKind.FILE and not same_bytes(was, now):
        return all(part.status is ReadStatus.READ and bool(part.blocks) for part in (was, now))
    return now.status is ReadStatus.READ or bool(now.blocks)


def _part(change: BlockChange) -> str:
    block = change.new or change.old
    return block.part if block else ""
