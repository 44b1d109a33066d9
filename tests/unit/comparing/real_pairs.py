"""Real pages at two dates, from the shared corpus: each pair held side by side as two looks at one page."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comparing_samples import version

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import ChangeNote, Part, PartKind, Record
from pipeline.model.redlines import Noticed
from pipeline.text.noticing.notice import notice

SEEN = datetime(2017, 7, 1, tzinfo=UTC)
_LINE = re.compile(r"(?P<indent> *)(?:(?P<heading>#{1,6}) +|(?P<point>[-*] +))?(?P<text>.*)")


_FIELD = re.compile(r"(?P<mark> *(?:- )?)(?P<name>[a-z_-]+):(?: +(?P<value>.*))?")


def pair(folder: Path) -> tuple[dict[str, Any], Noticed | None]:
    """Return what is known of a pair, and what the program notices between its two texts.

    The first line of each text is the page's summary, unless it is the page's heading.
    """
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    notes = [
        ChangeNote(datetime.fromisoformat(note[:10]).replace(tzinfo=UTC), note[11:])
        for note in meta.get("change_notes", [])
    ]
    states = []
    for number, public in zip((1, 2), meta["public_updated_at"], strict=True):
        when = datetime.fromisoformat(public).astimezone(UTC)
        blocks = _blocks((folder / f"{number}.txt").read_text(encoding="utf-8"))
        summed_up = meta["document_type"] != "page source"
        record = Record(
            url=meta["url"],
            title=meta.get("title_1", meta["title"]) if number == 1 else meta["title"],
            description=blocks[0].text if summed_up else "",
            document_type=meta["document_type"],
            public_updated=when,
            change_notes=tuple(note for note in notes if note.when.date() <= when.date()),
        )
        rest = tuple(blocks[1:] if summed_up else blocks)
        page = Part(PartKind.PAGE, "", meta["url"], record.title, ReadStatus.READ, f"p{number}", 1, rest)
        states.append((record, page))
    (old, page), (new, after) = states
    return meta, notice(version(old, page, seen=SEEN), new, [after])


def _blocks(text: str) -> list[Block]:
    """A line is a block, as a reader of the page itself would give it."""
    found = []
    for line in _seen(text) if text.startswith("content:") else text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or not any(c.isalnum() for c in match["text"]):
            continue
        if match["heading"]:
            found.append(Block(BlockKind.HEADING, match["text"].strip(), len(match["heading"])))
        elif match["point"]:
            level = 1 + len(match["indent"]) // 2
            found.append(Block(BlockKind.LIST_ITEM, match["text"].strip(), level))
        else:
            found.append(Block(BlockKind.PARAGRAPH, match["text"].strip()))
    return found


def _seen(source: str) -> Iterator[str]:
    """What readers see of a page that is kept as the YAML it is made from: no addresses, no fields' names."""
    for line in source.splitlines():
        if line.lstrip().startswith("#"):
            continue
        match = _FIELD.fullmatch(line)
        if match is None:
            yield line
        elif match["value"] and not re.search(r"url|path|link$", match["name"]):
            yield f"{match['mark']}{match['value'].strip().strip(chr(34))}"
