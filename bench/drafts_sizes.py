"""How long a draft takes from a letter of 10 pages and from guidance of 100, in CPU. Invented words.

The aims are 300 ms and 3 s. The floor is splitting the same text into sentences.
"""

import time

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import House
from pipeline.text.words.sentences import split_sentences

PARAGRAPHS_A_PAGE = 8
GOALS = ((10, "letter", 0.3), (100, "guidance", 3.0))
_WHO = (
    "Schools",
    "Councils",
    "Colleges",
    "Parents",
    "Governing bodies",
    "Nurseries",
    "Integrated care boards",
)
_WHAT = ("an annual review", "a transport plan", "the local offer", "a part-time timetable", "a short break")
_BY = ("31 May", "15 February", "1 September", "30 November")


def sizes(house: House) -> None:
    """Print the CPU of each size beside its aim."""
    for pages, kind, goal in GOALS:
        blocks = _blocks(pages, letter=kind == "letter")
        record = Record("https://www.gov.uk/x", f"A long {kind} on pupils with SEND", document_type=kind)
        record = Record(
            record.url,
            record.title,
            document_type="correspondence" if kind == "letter" else kind,
            publishers=("Department for Education",),
        )
        part = Part(PartKind.FILE, "a", "https://x/a.pdf", "Text", ReadStatus.READ, "", 0, blocks, "pdf")
        before = time.process_time()
        draft = draft_item(record, (part,), house)
        took = time.process_time() - before
        before = time.process_time()
        count = sum(len(split_sentences(block.text)) for block in blocks)
        floor = time.process_time() - before
        words = sum(len(block.text.split()) for block in blocks)
        verdict = "within" if took <= goal else "MORE THAN"
        print(
            f"{kind} of {pages} pages ({words:,} words, {count:,} sentences): {took * 1000:.0f} ms CPU,"
            f" {verdict} the aim of {goal * 1000:.0f} ms; floor {floor * 1000:.0f} ms; {draft.words} words"
        )


def _blocks(pages: int, *, letter: bool) -> tuple[Block, ...]:
    found = [Block(BlockKind.PARAGRAPH, "Dear colleagues,", 0, "page=1")] if letter else []
    for number in range(pages * PARAGRAPHS_A_PAGE):
        anchor = f"page={number // PARAGRAPHS_A_PAGE + 1}"
        if number % PARAGRAPHS_A_PAGE == 0:
            found.append(Block(BlockKind.HEADING, f"Support of kind {number} for pupils", 2, anchor))
        who, what, by = _WHO[number % 7], _WHAT[number % 5], _BY[number % 4]
        found.append(
            Block(
                BlockKind.PARAGRAPH,
                f"{who} must tell families about {what} number {number} by {by} 2027. We expect help."
                f" The school should keep a record of {number + 3} days for each pupil with SEND, and"
                f" £{number + 1} million will be spent on it. It cannot be refused because of its cost."
                " Families who disagree have the right to appeal within two months of the decision.",
                0,
                anchor,
            )
        )
    if letter:
        found += [
            Block(BlockKind.PARAGRAPH, words, 0, f"page={pages}")
            for words in ("Yours sincerely", "Jo Marsh MP")
        ]
    return tuple(found)
