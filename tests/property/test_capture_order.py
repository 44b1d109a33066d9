"""Captures of several documents, in any order that keeps each document's own, give the same Changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import Relevance, Verdict
from pipeline.model.documents import DocumentState, Part, PartKind, Record
from pipeline.model.looks import Look
from pipeline.steps.intake import Terms, take_in
from pipeline.store import changes, documents, versions
from pipeline.store.database import Database, open_database

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TERMS = Terms(
    judge=lambda _record, _parts: Relevance(Verdict.RELEVANT, 1.0),
    reread=lambda _version, _fetch: None,
    settle=lambda _source: timedelta(minutes=5),
)
TEXTS = (
    "Councils must publish the offer.",
    "Councils should publish the offer.",
    "Councils must publish the offer. Lunch costs £2.",
    "Lunch costs £3.",
)
STATES = (DocumentState.LIVE, DocumentState.LIVE, DocumentState.LIVE, DocumentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Capture:
    """What one fetch of one document found, and when; the same capture may be handed in twice."""

    document: int
    text: str
    state: DocumentState
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """Captures by document, and the same interleaved, some of them repeated."""

    in_rows: tuple[Capture, ...]
    mixed: tuple[Capture, ...]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    rows: list[list[Capture]] = []
    for document in range(draw(st.integers(1, 3))):
        at, row = START, []
        for _ in range(draw(st.integers(1, 4))):
            at += timedelta(minutes=draw(st.sampled_from([2, 30, 600, 3000])))
            state = draw(st.sampled_from(STATES))
            row.append(Capture(document, draw(st.sampled_from(TEXTS)), state, at))
        rows.append(row)
    left, mixed = [list(row) for row in rows], list[Capture]()
    while any(left):
        mixed.append(draw(st.sampled_from([row for row in left if row])).pop(0))
        if draw(st.booleans()):
            mixed.append(draw(st.sampled_from(mixed)))  # a retry, or an old copy that arrives late
    return Plan(tuple(capture for row in rows for capture in row), tuple(mixed))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all examples: each has documents of its own."""
    db = open_database(f"sqlite:///{tmp_path_factory.mktemp('order') / 'sendwatch.db'}")
    yield db
    db.close()


_RUNS = count()


def taken_in(db: Database, captures: Sequence[Capture]) -> set[tuple[int, str, str, str]]:
    """Take captures in as they come; return (document, from text, to text, kind) of each Change."""
    run = next(_RUNS)
    for capture in captures:
        take_in(db, a_look(run, capture), TERMS, baseline=False)
    found = set()
    with db.begin() as tx:
        for document in {capture.document for capture in captures}:
            row = documents.find(tx, f"{run}-{document}")
            assert row is not None
            for line in changes.of_document(tx, row.id):
                ends = [
                    versions.get(tx, at).parts[0].blocks[0].text if at else ""
                    for at in (line.change.from_version, line.change.to_version)
                ]
                found.add((document, *ends, line.change.kind.value))
    return found


def a_look(run: int, capture: Capture) -> Look:
    """The Look that a spider would make of a capture."""
    url = f"https://www.gov.uk/offer-{run}-{capture.document}"
    record = Record(url, "The local offer", state=capture.state, system_updated=capture.seen_at)
    block = Block(BlockKind.PARAGRAPH, capture.text)
    page = Part(PartKind.PAGE, "", url, "page", ReadStatus.READ, capture.text, 1, (block,))
    return Look("offers", f"{run}-{capture.document}", "govuk", capture.seen_at, record, (page,))


@given(plans())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_captures_in_any_order_and_handed_in_again_give_the_same_changes(store: Database, plan: Plan) -> None:
    told = taken_in(store, plan.in_rows)
    assert told
    assert taken_in(store, plan.mixed) == told
