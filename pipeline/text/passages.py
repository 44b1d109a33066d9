"""Citations: to a block of a part, with page or fragment, and to the facts of a record. Pure."""

from pipeline.model.blocks import Block
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Citation
from pipeline.text.dates import on_day
from pipeline.text.wording import tidy

_LONGEST = 4000


def cited(block: Block, part: Part | None) -> Citation:
    """The block's words, the part's title (empty for the page itself) and a link that lands there."""
    fragment = block.anchor.removeprefix("#")
    url = part.url if part else ""
    return Citation(
        passage=tidy(block.text)[:_LONGEST],
        part=tidy(part.title) if part and part.key else "",
        anchor=block.anchor,
        url=f"{url}#{fragment}" if url and fragment else url,
    )


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
