"""Read a folder of labelled documents, and judge each as a bare file, as a page, and as a page with topics.

The folder holds ``index.csv`` (file, title, label; publisher, document_type, trap and topics where known)
and the files, as the shared corpus does and as ``sendwatch labels export --texts`` writes it.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawler.reading.files import read_file
from pipeline.model.blocks import Reading
from pipeline.model.changes import Relevance
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.relevance.judge import judge_relevance, judge_text
from pipeline.text.relevance.lexicon import Lexicon

SEND_TOPIC = "Special educational needs and disability (SEND) and high needs"
URL = "https://www.gov.uk/example"


@dataclass(frozen=True)
class Case:
    """One labelled document, read. ``topics`` are the publisher's."""

    file: str
    title: str
    label: str
    trap: str
    publishers: tuple[str, ...]
    topics: tuple[str, ...]
    document_type: str
    reading: Reading


Way = Callable[[Case, Lexicon], Relevance]


def read_corpus(folder: Path) -> tuple[list[Case], int]:
    """The cases, and how many rows have no text. A label that a later one replaced is left out."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("counts", "yes") != "no"]
    readable = [row for row in rows if row["file"]]
    return [_case(row, folder) for row in readable], len(rows) - len(readable)


def as_bare_file(case: Case, lexicon: Lexicon) -> Relevance:
    """As an editor's local file: its text and nothing else."""
    return judge_text(case.reading.blocks, lexicon, title=case.reading.title)


def as_page(case: Case, lexicon: Lexicon) -> Relevance:
    """As a page with title, publisher and type."""
    return judge_relevance(_record(case), [_part(case)], lexicon)


def as_page_with_topics(case: Case, lexicon: Lexicon) -> Relevance:
    """As a page with the publisher's topics, too."""
    return judge_relevance(_record(case, topics=case.topics), [_part(case)], lexicon)


WAYS: dict[str, Way] = {
    "a bare file": as_bare_file,
    "a page": as_page,
    "a page with the publisher's topics": as_page_with_topics,
}


def _case(row: dict[str, str], folder: Path) -> Case:
    tagged = (SEND_TOPIC,) if row.get("send_audit_tag") == "yes" else ()
    reading = read_file((folder / row["file"]).read_bytes(), filename=row["file"])
    return Case(
        row["file"],
        row["title"],
        row["label"],
        row.get("trap", ""),
        _names(row.get("publisher", "")),
        _names(row.get("topics", "")) or tagged,
        row.get("document_type", ""),
        reading,
    )


def _names(joined: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in joined.split(";") if name.strip())


def _record(case: Case, topics: tuple[str, ...] = ()) -> Record:
    return Record(
        URL, case.title, publishers=case.publishers, taxons=topics, document_type=case.document_type
    )


def _part(case: Case) -> Part:
    reading = case.reading
    return Part(PartKind.PAGE, "", URL, "", reading.status, "0" * 64, 1, reading.blocks)
