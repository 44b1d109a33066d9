"""Measure one letter from the bytes of its PDF to the rendered mail.

    python -m bench.letter

The floor is PDFium giving the bare text of the same pages.
"""

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2

from alerts.compose import AlertFacts, compose_alert
from crawler.reading.apart import read_apart_now
from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.drafting.draft import draft_item
from pipeline.text.relevance.judge import judge_relevance
from pipeline.text.relevance.lexicon import load_lexicon
from sendwatch.demo.demo_documents import letter_pdf
from sendwatch.household import read_house

WHEN = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
ROUNDS = 10


def main() -> None:
    """Print the CPU of the first time and of the median, with the ratio to the floor."""
    body = letter_pdf()
    floor = _measure(lambda: _bare_text(body))
    whole = _measure(lambda: _mail(body))
    pages = len(pypdfium2.PdfDocument(body))
    print(f"{pages} pages, {len(body)} bytes; CPU in seconds, children included")
    for name, times in (("floor", floor), ("letter to mail", whole)):
        print(f"{name:16} first {times[0]:6.3f}   median {sorted(times)[ROUNDS // 2]:6.3f}")
    print(f"ratio of medians {sorted(whole)[ROUNDS // 2] / max(sorted(floor)[ROUNDS // 2], 1e-6):.0f}")


def _mail(body: bytes) -> int:
    reading = read_apart_now(body, filename="letter.pdf", content_type="application/pdf")
    blocks = tuple(replace(block, part="Letter") for block in reading.blocks)
    url = "https://www.gov.example/letter.pdf"
    part = Part(
        PartKind.FILE,
        "Letter",
        url,
        "Letter",
        reading.status,
        "",
        len(body),
        blocks,
        reading.format,
        pages=reading.pages,
    )
    record = Record(
        url="https://www.gov.example/letter",
        title="Education, health and care plans: letter from the Minister",
        document_type="correspondence",
        publishers=("Department for Education",),
        public_updated=WHEN,
    )
    relevance = judge_relevance(record, (part,), load_lexicon())
    draft = draft_item(record, (part,), read_house(None))
    facts = AlertFacts(
        record,
        (part,),
        ChangeKind.NEW,
        (),
        Significance.SUBSTANTIVE,
        "",
        relevance,
        draft,
        None,
        "bench",
        WHEN,
    )
    return len(compose_alert(facts).html)


def _bare_text(body: bytes) -> int:
    document = pypdfium2.PdfDocument(body)
    return sum(len(page.get_textpage().get_text_bounded()) for page in document)


def _measure(work: Callable[[], int]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        before = _spent()
        if not work():
            raise SystemExit("nothing came of it")
        times.append(_spent() - before)
    return times


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
