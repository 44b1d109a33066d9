"""Invented papers for the tests of relevance: no real document and no real person."""

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record

LETTER = (
    "Dear colleague,",
    (
        "I am writing about how children and young people with special educational needs and disabilities "
        "(SEND) return to school this term, and what their families may expect."
    ),
    (
        "Every pupil with an education, health and care (EHC) plan must go on receiving what is in the plan. "
        "Local authorities should finish EHC needs assessments on time."
    ),
    (
        "SENCOs know their pupils best. Please ask them before a timetable is changed, and send us your "
        "questions about SEND support."
    ),
    "Yours sincerely, Ada Example, Minister for Children",
)
BUSES = (
    "Bus operators must publish their timetables and fares by 1 April.",
    "Please send your comments to the traffic commissioner, who will send a reply within 10 days.",
    "Operators that have sent no return may be fined.",
)
FILLER = (
    "The working group met twice in spring and agreed how schools should keep their attendance registers."
)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """Each text as a paragraph."""
    return tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)


def heading(text: str, level: int = 2) -> Block:
    """A heading."""
    return Block(BlockKind.HEADING, text, level)


def filler(words: int) -> tuple[Block, ...]:
    """About so many words on school registers, no two paragraphs alike."""
    return paragraphs(*(f"{number}. {FILLER}" for number in range(words // 16)))


def a_record(title: str, **more: object) -> Record:
    """A record of the Department for Education."""
    facts: dict[str, object] = {"publishers": ("Department for Education",), **more}
    return Record(url="https://www.gov.uk/example", title=title, **facts)  # type: ignore[arg-type]


def a_part(blocks: tuple[Block, ...], kind: PartKind = PartKind.PAGE, title: str = "") -> Part:
    """A part that was read."""
    key = "" if kind is PartKind.PAGE else title
    return Part(kind, key, "https://www.gov.uk/example", title, ReadStatus.READ, "0" * 64, 1, blocks)
