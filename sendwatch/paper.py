"""A paper in an editor's hand: a local file, pasted text or a page, made to look like a Document."""

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.model.blocks import BlockKind, Reading, ReadStatus
from pipeline.model.changes import Relevance
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.errors import Unreadable
from pipeline.text.relevance.lexicon import Lexicon

PASTED = "-"  # text on the standard input
_NEAR_THE_TOP = 3  # blocks within which a heading is the title of the whole


@dataclass(frozen=True, slots=True)
class Told:
    """What an editor knows of a paper that it does not say itself; empty: not told."""

    title: str = ""
    publishers: tuple[str, ...] = ()
    document_type: str = ""
    date: datetime | None = None  # aware, UTC

    def of(self, record: Record) -> Record:
        """The record with what the editor told in place of what the paper says."""
        return replace(
            record,
            title=self.title or record.title,
            publishers=self.publishers or record.publishers,
            document_type=self.document_type or record.document_type,
            public_updated=self.date or record.public_updated,
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A file or a page as read. ``record`` is what its publisher says of it, for a page of GOV.UK."""

    place: str
    reading: Reading
    size: int = 0
    record: Record | None = None
    parts: tuple[Part, ...] = ()

    def as_document(self, url: str = "") -> tuple[Record, tuple[Part, ...]]:
        """Record and Parts, as if the paper had been published at ``url``."""
        if self.record is not None:
            return self.record, self.parts
        pasted = self.place == PASTED
        stem = "" if pasted else Path(self.place).stem
        title = self.reading.title or _first_heading(self.reading) or stem
        key = "pasted text" if pasted else Path(self.place).name
        part = Part(
            kind=PartKind.FILE,
            key=key,
            url=url,
            title=title,
            status=self.reading.status,
            sha256="",
            size=self.size,
            blocks=tuple(replace(block, part=key) for block in self.reading.blocks),
            format=self.reading.format,
            filename=key,
            note=self.reading.note,
            pages=self.reading.pages,
        )
        return Record(url=url, title=title), (part,)


def paper_at(place: str) -> Paper:
    """Read the file or the URL at ``place``, or "-", the standard input.

    Raises:
        Unreadable: nothing is there.
    """
    if place.startswith(("http://", "https://")):
        from sendwatch.paper_online import paper_online

        return paper_online(place)
    path = Path("pasted.txt") if place == PASTED else Path(place)
    try:
        body = sys.stdin.buffer.read() if place == PASTED else path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{place}: {error.strerror or error}") from None
    if body.startswith((b"%PDF", b"PK")):  # native formats are read in a child process, with limits
        from crawler.reading.apart import read_apart_now

        return Paper(place, read_apart_now(body, filename=path.name), len(body))
    from crawler.reading.files import read_file

    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (page := _content_item(place, body)):
        return page
    return Paper(place, read_file(body, filename=path.name), len(body))


def _content_item(place: str, body: bytes) -> Paper | None:
    """A saved answer of the GOV.UK Content API, with its files by name only; None for any other JSON."""
    from crawler.reading.govuk_content import read_content
    from pipeline.model.errors import SourceError

    try:
        page = read_content(body, url="https://www.gov.uk/")
    except SourceError:
        return None
    record = page.record
    own = Part(PartKind.PAGE, "", record.url, record.title, ReadStatus.READ, "", 0, page.blocks, "govuk")
    files = [
        Part(
            PartKind.FILE,
            file.key,
            file.url,
            file.title,
            ReadStatus.UNSUPPORTED,
            "",
            file.size,
            filename=file.filename,
            pages=file.pages,
            note="The file itself was not looked at",
        )
        for file in page.files
    ]
    reading = Reading("govuk", ReadStatus.READ, record.title, page.blocks)
    return Paper(place, reading, len(body), record, (own, *files))


def judge_paper(paper: Paper, lexicon: Lexicon) -> Relevance:
    """Relevance of a paper."""
    from pipeline.text.relevance.judge import judge_relevance, judge_text

    if paper.record is not None:
        return judge_relevance(paper.record, paper.parts, lexicon)
    return judge_text(paper.reading.blocks, lexicon, title=paper.reading.title)


def refuse_unread(*papers: Paper) -> None:
    """Raise Unreadable, with what to do, for the first paper that gave no text."""
    for paper in papers:
        if paper.reading.status is not ReadStatus.READ:
            raise Unreadable(f"{paper.place}: {paper.reading.note or paper.reading.status.value}")


def _first_heading(reading: Reading) -> str:
    top = reading.blocks[:_NEAR_THE_TOP]
    return next((block.text for block in top if block.kind is BlockKind.HEADING), "")
