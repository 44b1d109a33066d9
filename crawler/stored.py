"""Read a Version's stored bytes again, with the readers of today. Fetches nothing and keeps nothing."""

from collections.abc import Collection
from dataclasses import replace

from crawler.reading.apart import read_apart_now
from crawler.reading.blog import read_post
from crawler.reading.govuk_content import ContentPage, read_content
from pipeline.model.blocks import ReadStatus
from pipeline.model.documents import Entry, Part, PartKind, Record, Version
from pipeline.model.errors import SourceError
from pipeline.steps.rereading import Stored


def read_stored(
    version: Version, stored: Stored, unchanged: Collection[str]
) -> tuple[Record, tuple[Part, ...]] | None:
    """Return record and parts in today's words; None when the page's bytes are missing or make no sense.

    ``unchanged`` holds the SHA-256 of files that need no reading, since they are compared by their bytes.
    """
    own = next((part for part in version.parts if part.kind is PartKind.PAGE), None)
    body = stored(own.sha256) if own is not None else None
    if own is None or body is None:
        return None
    try:
        page = _page(own, body, version.record)
        rest = [_part(part, stored, unchanged) for part in version.parts if part is not own]
    except SourceError:
        return None
    return page.record, (replace(own, blocks=page.blocks), *rest)


def _page(own: Part, body: bytes, record: Record) -> ContentPage:
    if own.format != "blog":
        return read_content(body, url=record.url)
    listed = Entry(
        url=record.url,
        title=record.title,
        public=record.public_updated,
        content_id=record.content_id,
        taxons=record.taxons,
    )
    return read_post(body, url=record.url, entry=listed)


def _part(part: Part, stored: Stored, unchanged: Collection[str]) -> Part:
    """A part that was never read, or whose bytes are missing, stays as it is."""
    still = part.kind is PartKind.FILE and part.sha256 in unchanged
    body = stored(part.sha256) if part.sha256 and not still else None
    if body is None:
        return part
    if part.kind is PartKind.CHILD:
        blocks = read_content(body, url=part.url).blocks
        return replace(part, blocks=tuple(replace(block, part=part.key) for block in blocks))
    reading = read_apart_now(body, filename=part.filename)
    if reading.status is not ReadStatus.READ:
        return part
    return replace(part, blocks=tuple(replace(block, part=part.key) for block in reading.blocks))
