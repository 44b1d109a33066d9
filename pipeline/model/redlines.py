"""Redlines: how one text became another, block by block and word by word."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.blocks import Block
from pipeline.model.changes import NOTHING_MORE, ChangeKind, Findings, Significance


class RunKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that share one fate. The runs of a changed block, joined, give both texts."""

    kind: RunKind
    text: str


class BlockChangeKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SPLIT = "split"  # begins a block of its own, and went on from the block before
    JOINED = "joined"  # goes on from the block before, and was a block of its own


LAYOUT = frozenset({BlockChangeKind.SAME, BlockChangeKind.SPLIT, BlockChangeKind.JOINED})


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What became of one block. ``old`` is None when added, ``new`` when removed.

    ``runs`` is filled for changed blocks: removed and added words with what stayed between them. A block that
    was split or joined without a change of words comes in the pieces that both sides share, each with its own
    BlockChange: the first is the same, the others are ``split`` or ``joined``.
    """

    kind: BlockChangeKind
    old: Block | None
    new: Block | None
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Redline:
    """All blocks of the new text with the removed ones in their old places, in reading order."""

    changes: tuple[BlockChange, ...]

    @property
    def edits(self) -> tuple[BlockChange, ...]:
        """Everything that does not say the same in the same place; where blocks are cut is layout."""
        return tuple(c for c in self.changes if c.kind not in LAYOUT)

    @property
    def cuts(self) -> tuple[BlockChange, ...]:
        """Where blocks were split or joined, and say the same."""
        return tuple(c for c in self.changes if c.kind in LAYOUT and c.kind is not BlockChangeKind.SAME)


@dataclass(frozen=True, slots=True)
class Noticed:
    """What two Versions of one Document say when held side by side.

    ``details`` are plain sentences, most important first, fit for a mail. ``public_note`` is the
    publisher's own change note that came with this step, else empty.
    """

    kind: ChangeKind
    details: tuple[str, ...]
    significance: Significance
    public_note: str = ""
    redline: Redline | None = None
    findings: Findings = NOTHING_MORE
