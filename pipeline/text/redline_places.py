"""Where the edits of a Redline stand: part, heading and page, with some of what stayed around them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline


@dataclass(frozen=True, slots=True)
class Place:
    """Edits under one heading. ``name`` is empty where there is nothing to say of the place.

    ``changes`` are (gap, change): gap says that unchanged blocks were left out before it.
    """

    name: str
    changes: tuple[tuple[bool, BlockChange], ...]

    @property
    def edits(self) -> tuple[BlockChange, ...]:
        """Those that did not stay the same."""
        return tuple(change for _, change in self.changes if change.kind is not BlockChangeKind.SAME)


def places(redline: Redline, *, most: int | None = None, context: int = 1) -> tuple[Place, ...]:
    """Return the first ``most`` edits (None: all) by place, with ``context`` unchanged blocks around each."""
    changes = redline.changes
    edits = [at for at, change in enumerate(changes) if change.kind is not BlockChangeKind.SAME]
    told = set(edits if most is None else edits[:most])
    hidden = set(edits) - told
    near = {at + step for at in told for step in range(-context, context + 1)} - hidden
    near = {at for at in near if at in told or (0 <= at < len(changes) and not _is_heading(changes[at]))}
    several = len({block_of(change).part for change in changes}) > 1
    found: list[tuple[str, list[tuple[bool, BlockChange]]]] = []
    last, key = -1, None
    for at, heading, change in _with_headings(changes):
        if at not in near:
            continue
        block = block_of(change)
        if key != (block.part, heading, _pages(change)) and (at > last + 1 or key is None or at in told):
            name = _name(change, heading, several=several)
            if not found or found[-1][0] != name:
                found.append((name, []))
            key = (block.part, heading, _pages(change))
        found[-1][1].append((at > last + 1 and last >= 0, change))
        last = at
    return tuple(Place(name, tuple(rows)) for name, rows in found)


def block_of(change: BlockChange) -> Block:
    """Return the block as it is now, or as it was. Raises ValueError for a change of no block."""
    block = change.new or change.old
    if block is None:
        raise ValueError("a change of no block")
    return block


def part_name(key: str) -> str:
    """Return a part's key as people read it: a file's title; the last piece of a child's path."""
    return key.rstrip("/").rpartition("/")[2].replace("-", " ") if key.startswith("/") else key


def page_words(change: BlockChange) -> str:
    """Return both page numbers of a block in a paged file: "page 3 (page 2 before)"; empty without pages."""
    old, new = _pages(change)
    if old and new:
        return f"page {new}" if old == new else f"page {new} (page {old} before)"
    if new:
        return f"page {new}"
    return f"page {old} before" if old else ""


def _is_heading(change: BlockChange) -> bool:
    return block_of(change).kind is BlockKind.HEADING


def _with_headings(changes: tuple[BlockChange, ...]) -> Iterator[tuple[int, str, BlockChange]]:
    heading, part = "", None
    for at, change in enumerate(changes):
        block = block_of(change)
        if block.part != part:
            heading, part = "", block.part
        if _is_heading(change) and change.kind is not BlockChangeKind.REMOVED:
            heading = block.text
            yield at, "", change
            continue
        yield at, heading, change


def _name(change: BlockChange, heading: str, *, several: bool) -> str:
    block = block_of(change)
    words = []
    if several:
        words.append(f"In “{part_name(block.part)}”" if block.part else "On the page itself")
    if pages := page_words(change):
        words.append(pages)
    if heading:
        words.append(f"under “{heading}”")
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def _pages(change: BlockChange) -> tuple[int | None, int | None]:
    return (change.old.page if change.old else None, change.new.page if change.new else None)
