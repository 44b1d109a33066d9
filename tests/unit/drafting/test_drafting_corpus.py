"""Real documents: every one gives a cited, supported, readable draft or an honest short one."""

import csv
import os
import re
from pathlib import Path

import pytest

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.citing.gate import unsupported
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house

SHARED = Path(os.environ.get("SENDWATCH_SHARED") or Path(__file__).resolve().parents[3] / ".." / "shared")
CORPUS = SHARED / "corpus"


def blocks_of(text: str) -> tuple[Block, ...]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return tuple(
        Block(BlockKind.HEADING, line.lstrip("# "), 2)
        if line.startswith("#")
        else Block(BlockKind.LIST_ITEM, line[2:], 1)
        if line.startswith("- ")
        else Block(BlockKind.TABLE_ROW if " | " in line else BlockKind.PARAGRAPH, line)
        for line in lines
    )


def test_every_document_of_the_corpus_gives_a_draft_that_can_be_checked() -> None:
    if not (CORPUS / "index.csv").exists():
        pytest.skip("needs the shared corpus: real documents are not kept in the project")
    house = load_house()
    with (CORPUS / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    for row in rows:
        text = (CORPUS / row["file"]).read_text(encoding="utf-8")
        record = Record(
            url=row["url"],
            title=row["title"],
            document_type=row["document_type"],
            publishers=tuple(p.strip() for p in row["publisher"].split(";") if p.strip()),
        )
        page = Part(PartKind.PAGE, "", row["url"], "", ReadStatus.READ, "0" * 64, len(text), blocks_of(text))
        draft = draft_item(record, (page,), house)
        assert 5 <= len(draft.headline.text.split()) <= 14, row["id"]
        assert draft.words <= 260, row["id"]
        for sentence in draft.sentences:
            assert unsupported(sentence) == (), (row["id"], sentence.text)
            assert not re.search(r"\( | \)| ,|<\w+>|\s{2}", sentence.text), (row["id"], sentence.text)
