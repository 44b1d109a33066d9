"""Citations: to a block of a part, with page or fragment, and to the facts of a record. Pure.

A passage is what a person reads to check a sentence in a minute: the sentences that it rests on, with one
before and one after, never a page that runs on without a break.
"""

from collections.abc import Sequence

from pipeline.model.blocks import Block
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Citation
from pipeline.text.words.dates import on_day
from pipeline.text.words.wording import tidy

_LONGEST = 4000  # letters of one passage
_WITH_NEIGHBOURS = 900  # letters up to which the sentences before and after are shown as well
CUT = "…"


def cited(block: Block, part: Part | None, passage: str = "") -> Citation:
    """The block's words, the part's title (empty for the page itself) and a link that lands there.

    ``passage`` are the words of the block that are meant, see ``around``; all of them when it is empty.
    """
    fragment = block.anchor.removeprefix("#")
    url = part.url if part else ""
    return Citation(
        passage=passage or tidy(block.text)[:_LONGEST],
        part=tidy(part.title) if part and part.key else "",
        anchor=block.anchor,
        url=f"{url}#{fragment}" if url and fragment else url,
    )


def around(sentences: Sequence[str], first: int, last: int) -> str:
    """Sentences ``first`` to ``last`` of a block with one more on either side; "…" where more is left out."""
    low, high = max(0, first - 1), min(len(sentences) - 1, last + 1)
    if sum(len(s) + 1 for s in sentences[low : high + 1]) > _WITH_NEIGHBOURS:
        low, high = first, last
    words = " ".join(sentences[low : high + 1])
    before = f"{CUT} " if low else ""
    after = f" {CUT}" if high < len(sentences) - 1 else ""
    return f"{before}{words[:_LONGEST]}{after}"


def titled(record: Record) -> Citation:
    """The record's title; its address where it has none."""
    title = tidy(record.title)
    return Citation(f"Title: {title}" if title else f"Address: {tidy(record.url)}", url=record.url)


def described(record: Record) -> Citation:
    return Citation(f"Description: {tidy(record.description)}", url=record.url)


def published_by(record: Record) -> Citation:
    return Citation(f"Publisher: {'; '.join(tidy(p) for p in record.publishers)}", url=record.url)


def typed(record: Record) -> Citation:
    """The type as GOV.UK shows it to readers (a written statement is one "to Parliament")."""
    label = tidy(record.document_type).replace("_", " ")
    shown = f"{label} to Parliament" if label.lower() in {"written statement", "oral statement"} else label
    return Citation(f"Document type: {shown}", url=record.url)


def person_listed(record: Record, name: str, role: str) -> Citation:
    return Citation(f"People: {name}{f', {role}' if role else ''}", url=record.url)


def updated_on(record: Record) -> Citation:
    when = record.public_updated or record.first_published
    return Citation(f"Public date: {on_day(when) if when else 'none'}", url=record.url)


def stated(record: Record, label: str, value: str) -> Citation:
    """Another fact of the record, under the publisher's own name for it."""
    return Citation(f"{label}: {tidy(value)}", url=record.url)
