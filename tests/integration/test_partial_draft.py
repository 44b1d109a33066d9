"""The house drafts a document that is partly about SEND on that part alone, and names the part."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import Verdict
from pipeline.model.documents import Part, PartKind, Record
from sendwatch.schedules import read_schedules
from sendwatch.settings import read_settings
from sendwatch.wiring import Wiring, wire

URL = "https://www.gov.uk/government/publications/attendance"
CHAPTERS = {
    "Registers": "Schools must keep a register for each class and share it with the council every day.",
    "Penalty notices": "A penalty notice costs parents £80 if they pay within 21 days of getting it.",
    "Pupils with SEND": "Schools should review the EHC plan early when a pupil finds it hard to attend.",
    "Trips": "Schools must ask parents before a class goes abroad, and tell the council of the dates.",
    "Data": "Schools should look at their figures each week and call the parents of those who miss days.",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Wiring]:
    settings = read_settings({"SENDWATCH_VAR": str(tmp_path)}, cwd=tmp_path)
    wiring = wire(settings, read_schedules(None))
    yield wiring
    wiring.db.close()


def test_a_draft_of_a_partial_document_is_about_its_section_on_send(house: Wiring) -> None:
    blocks = tuple(
        block
        for title, text in CHAPTERS.items()
        for block in (Block(BlockKind.HEADING, title, 2), Block(BlockKind.PARAGRAPH, text))
    )
    record = Record(URL, "School attendance", publishers=("Department for Education",))
    page = Part(PartKind.PAGE, "", URL, "", ReadStatus.READ, "0" * 64, 1, blocks)
    judged = house.judge(record, [page])
    assert (judged.verdict, judged.section) == (Verdict.PARTIAL, "Pupils with SEND")
    assert (judged.nations, judged.phases) == (("England",), ("school",))
    draft = house.draft(record, [page], None)
    told = " ".join(s.text for piece in draft.pieces for s in (*piece.sentences, *piece.items))
    assert "(EHC) plan early when a pupil finds it hard to attend" in told
    assert "One section of the page is about pupils with" in told
    for stray in ("penalty", "register", "abroad", "figures"):
        assert stray not in told
