"""Invented pages, letters and files for the tests of comparing. No real document, no real person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import ChangeNote, Part, PartKind, Record, Version
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.weighing.significance import Judged, judge_significance

URL = "https://www.gov.uk/government/publications/northshire-letter"
DAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FIRST = ChangeNote(DAY, "First published.")


def paragraphs(*texts: str, part: str = "") -> tuple[Block, ...]:
    """Blocks of running text; a text that begins with "# " is a heading, with "* " a point in a list."""
    kinds = {"# ": BlockKind.HEADING, "* ": BlockKind.LIST_ITEM}
    return tuple(
        Block(kinds[text[:2]], text[2:], 2 if text[0] == "#" else 1, part=part)
        if text[:2] in kinds
        else Block(BlockKind.PARAGRAPH, text, part=part)
        for text in texts
    )


def judged(old: str | Sequence[str], new: str | Sequence[str]) -> Judged:
    """Judge the step from one text to another, each one paragraph or several."""
    before = paragraphs(old) if isinstance(old, str) else paragraphs(*old)
    after = paragraphs(new) if isinstance(new, str) else paragraphs(*new)
    return judge_significance(compare_blocks(before, after))


def record(**given: Any) -> Record:
    """A letter's record as GOV.UK would give it."""
    usual: dict[str, Any] = {
        "url": URL,
        "title": "A letter to families in Northshire",
        "content_id": "c1",
        "document_type": "correspondence",
        "schema_name": "publication",
        "public_updated": DAY,
        "system_updated": DAY,
        "change_notes": (FIRST,),
        "links": ("taxons:1",),
    }
    return Record(**(usual | given))


def page(*texts: str) -> Part:
    """The page itself."""
    return Part(PartKind.PAGE, "", URL, "page", ReadStatus.READ, "p", 10, paragraphs(*texts))


def child(*texts: str, name: str = "the-letter") -> Part:
    """An HTML publication below the page."""
    key = f"/government/publications/northshire-letter/{name}"
    title = name.replace("-", " ").capitalize()
    return Part(PartKind.CHILD, key, key, title, ReadStatus.READ, "c", 10, paragraphs(*texts, part=key))


def pdf(*texts: str, title: str = "Annex A", **given: Any) -> Part:
    """An attached PDF; its bytes are told apart by ``sha256``."""
    part = Part(
        PartKind.FILE,
        title,
        "https://assets.example/1/annex.pdf",
        title,
        ReadStatus.READ,
        "f1",
        258_505,
        paragraphs(*texts, part=title),
        "pdf",
        "annex.pdf",
        pages=2,
    )
    return replace(part, **given)


def version(of: Record, *parts: Part, seen: datetime = LATER) -> Version:
    """The Version that the store would hold."""
    return Version(1, 1, seen, fingerprint(of, parts), 1, of, parts)
