"""Read the invented documents of tests/examples/relevance: each with what a person judged beforehand."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from relevance_samples import filler

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "relevance"
URL = "https://www.gov.uk/government/example"


@dataclass(frozen=True)
class Invented:
    """One document as it would be published, and the judgement of a person."""

    record: Record
    parts: tuple[Part, ...]
    verdict: str
    nations: tuple[str, ...]
    phases: tuple[str, ...]
    section: str
    why: str


def invented() -> list[Invented]:
    """Those that the rules were mended by, traps first."""
    return [*_file("invented-traps.yaml"), *_file("invented-news.yaml")]


def invented_later() -> list[Invented]:
    """Those that were written after that; without nations and phases."""
    return _file("invented-later.yaml")


def hostile() -> list[Invented]:
    """Those that a hostile reader wrote against the rules; without nations and phases."""
    return _file("hostile.yaml")


def _file(name: str) -> list[Invented]:
    return [_read(entry) for entry in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))]


def _read(entry: dict[str, str]) -> Invented:
    around = filler(int(entry.get("around", 0)))
    half = len(around) // 2
    own = tuple(_block(text) for text in entry["text"].split("\n\n") if text.strip())
    record = Record(
        url=URL,
        title=entry["title"],
        document_type=entry.get("type", "guidance"),
        publishers=tuple(name.strip() for name in entry["publisher"].split(";")),
    )
    blocks = (*around[:half], *own, *around[half:])
    part = Part(PartKind.PAGE, "", URL, entry["title"], ReadStatus.READ, "0" * 64, 1, blocks)
    return Invented(
        record,
        (part,),
        entry["verdict"],
        tuple(entry.get("nations", ())),
        tuple(entry.get("phases", ())),
        entry.get("section", ""),
        entry["why"],
    )


def _block(text: str) -> Block:
    text = " ".join(text.split())
    if text.startswith("# "):
        return Block(BlockKind.HEADING, text[2:], 2)
    return Block(BlockKind.PARAGRAPH, text)
