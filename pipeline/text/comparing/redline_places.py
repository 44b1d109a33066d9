"""Where the edits of a Redline stand: part, heading and page, with some of what stayed around them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.redlines import LAYOUT, BlockChange, BlockChangeKind, Redline

SECTION = 2  # moved blocks in a row from which the rest are counted and not printed


@dataclass(frozen=True, slots=True)
class Row:
    """One block to show, and what was left out before it.

    ``same_before`` counts unchanged blocks but no headings, ``edits_before`` edits that a cap held back;
    ``with_it`` counts blocks that moved along behind this one.
    """

    change: BlockChange
    same_before: int = 0
    edits_before: int = 0
    with_it: int = 0

    @property
    def edits(self) -> int:
        """How many edits this row stands for."""
        return 0 if self.change.kind in LAYOUT else 1 + self.with_it


@dataclass(frozen=True, slots=True)
class Place:
    """Edits under one heading. ``name`` is empty where there is nothing to say of the place."""

    name: str
    rows: tuple[Row, ...]

    @property
    def edits(self) -> int:
        """How many edits stand here."""
        return sum(row.edits for row in self.rows)


def places(
    redline: Redline, *, most: int | None = None, context: int = 1, weighty: Sequence[str] = ()
) -> tuple[Place, ...]:
    """Return up to ``most`` edits (None: all) by place, with ``context`` unchanged blocks around each.

    Under a cap those come first that hold one of the ``weighty`` sentences; all stand in reading order.
    """
    changes = redline.changes
    edits = [at for at, change in enumerate(changes) if change.kind not in LAYOUT]
    told = set(edits if most is None else _weightiest(changes, edits, most, weighty))
    near = {
        at + step for at in told for step in range(0 if _is_heading(changes[at]) else -context, context + 1)
    }
    near -= set(edits) - told
    near = {at for at in near if at in told or (0 <= at < len(changes) and not _is_heading(changes[at]))}
    several = len({block_of(change).part for change in changes}) > 1
    found: list[tuple[str, list[Row]]] = []
    key, same, held = None, 0, 0
    for at, before, heading, change in _with_headings(changes):
        if at not in near:
            if change.kind not in LAYOUT:
                held += 1
            elif not _is_heading(change):
                same += 1
            continue
        block = block_of(change)
        titled = _is_heading(change)
        here = (block.part, heading, _pages(change))
        if key != here and (same or held or key is None or at in told):
            name = _name(change, ("after", before) if titled else ("under", heading), several=several)
            if not found or found[-1][0] != name:
                found.append((name, []))
            key = here
        found[-1][1].append(Row(change, same, held))
        same = held = 0
    return tuple(Place(name, tuple(_counted(rows))) for name, rows in found)


def block_of(change: BlockChange) -> Block:
    """Return the block as it is now, or as it was. Raises ValueError for a change of no block."""
    block = change.new or change.old
    if block is None:
        raise ValueError("a change of no block")
    return block


def part_name(key: str) -> str:
    """Return a part's key as people read it: a file's title; the last piece of a child's path."""
    if not key.startswith("/"):
        return key
    name = key.rstrip("/").rpartition("/")[2].replace("-", " ")
    return name[:1].upper() + name[1:]


def page_words(change: BlockChange) -> str:
    """Return both page numbers of a block in a paged file: "page 3 (page 2 before)"; empty without pages."""
    old, new = _pages(change)
    if old and new:
        return f"page {new}" if old == new else f"page {new} (page {old} before)"
    if new:
        return f"page {new}"
    return f"page {old} before" if old else ""


def left_out(row: Row) -> str:
    """What a fold hides, in words: "12 paragraphs unchanged"; empty where nothing is hidden."""
    words = []
    if row.same_before:
        words.append(f"{row.same_before} paragraph{'s' if row.same_before > 1 else ''} unchanged")
    if row.edits_before:
        words.append(f"{row.edits_before} more change{'s' if row.edits_before > 1 else ''} not shown")
    return ", ".join(words)


def left_at_the_end(redline: Redline, shown: Sequence[Place]) -> str:
    """The edits that a cap held back behind the last place, in words; empty when all were told."""
    rows = [row for place in shown for row in place.rows]
    rest = len(redline.edits) - sum(row.edits + row.edits_before for row in rows)
    return left_out(Row(redline.changes[-1], edits_before=rest)) if rest else ""


def _weightiest(
    changes: Sequence[BlockChange], edits: Sequence[int], most: int, weighty: Sequence[str]
) -> list[int]:
    sought = [plain for sentence in weighty if (plain := _plain(sentence))]

    def light(at: int) -> bool:
        was, now = changes[at].old, changes[at].new
        text = _plain(" ".join(block.text for block in (was, now) if block))
        return not any(sentence in text for sentence in sought)

    return sorted(edits, key=light)[:most] if sought and len(edits) > most else list(edits[:most])


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(" .")


def _counted(rows: Sequence[Row]) -> Iterator[Row]:
    """A section that moved is told by its first blocks and the number of the others."""
    moved: list[Row] = []
    for row in rows:
        follows = row.change.kind is BlockChangeKind.MOVED and not (row.same_before or row.edits_before)
        if moved and follows:
            moved.append(row)
            continue
        yield from _as_one(moved)
        moved = [row] if row.change.kind is BlockChangeKind.MOVED else []
        if not moved:
            yield row
    yield from _as_one(moved)


def _as_one(moved: Sequence[Row]) -> Iterator[Row]:
    if len(moved) <= SECTION:
        yield from moved
    else:
        yield replace(moved[0], with_it=len(moved) - 1)


def _is_heading(change: BlockChange) -> bool:
    return block_of(change).kind is BlockKind.HEADING


def _with_headings(changes: Sequence[BlockChange]) -> Iterator[tuple[int, str, str, BlockChange]]:
    """Each change with the heading before it and the one it stands under (a heading: itself).

    What went stands under its own heading that went with it.
    """
    heading, gone, part = "", "", None
    for at, change in enumerate(changes):
        block = block_of(change)
        if block.part != part:
            heading, gone, part = "", "", block.part
        before = gone or heading
        if change.kind is not BlockChangeKind.REMOVED:
            gone, before = "", heading
            heading = block.text if _is_heading(change) else heading
        elif _is_heading(change):
            gone = block.text
        yield at, before, gone or heading, change


def _name(change: BlockChange, where: tuple[str, str], *, several: bool) -> str:
    block = block_of(change)
    words = []
    if several:
        words.append(f"In “{part_name(block.part)}”" if block.part else "On the page itself")
    if pages := page_words(change):
        words.append(pages)
    if where[1]:
        words.append(f"{where[0]} “{where[1]}”")
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def _pages(change: BlockChange) -> tuple[int | None, int | None]:
    return (change.old.page if change.old else None, change.new.page if change.new else None)
