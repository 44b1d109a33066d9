"""Blocks: the pieces of a text that a person can point at."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row.

    ``level`` is 1-6 for headings, nesting depth from 1 for list items, 0 otherwise.
    ``anchor`` is ``page=3`` for a paged file, ``#id`` for a fragment of a page, or empty.
    ``part`` is the key of the Part the block comes from (empty for the page itself).
    Cells of a table row are joined by " | ".
    """

    kind: BlockKind
    text: str
    level: int = 0
    anchor: str = ""
    part: str = ""

    @property
    def page(self) -> int | None:
        """The page number of a paged file, counted from 1; None where there are no pages."""
        return int(self.anchor[5:]) if self.anchor.startswith("page=") else None


class ReadStatus(StrEnum):
    READ = "read"
    NO_TEXT = "no_text"  # a scan: pages without a text layer
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of some bytes: never an exception, so that siblings survive.

    ``format`` is pdf, docx, odt, html, text, govuk or unknown. ``pages`` is 0 where there are none.
    ``note`` says in plain words why ``blocks`` is empty or cut.
    """

    format: str
    status: ReadStatus
    title: str = ""
    blocks: tuple[Block, ...] = ()
    pages: int = 0
    note: str = ""

    @property
    def text(self) -> str:
        """The blocks' text, one block a line."""
        return "\n".join(block.text for block in self.blocks)
