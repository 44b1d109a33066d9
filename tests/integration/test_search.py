"""Search over all that was ever captured, on both databases: the same words are found on each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from pipeline.model.documents import DocumentState
from pipeline.model.finding import Hits, Run, Within
from pipeline.steps.indexing import index_some, let_text_go, reread_version
from pipeline.steps.searching import NOTHING_ASKED, search
from pipeline.store import documents, memory, versions
from pipeline.store.database import Database
from tests.support.ledgers import NOW, Ledger

MUST = "Local authorities must pay for transport under s.42 of the Act.\nEHC plans say so. Schools may ask."
SHOULD = MUST.replace("must pay", "should pay")


@pytest.fixture
def ledger(db: Database) -> Ledger:
    """A page whose duty was weakened, a letter, and a page about something else."""
    ledger = Ledger(db)
    ledger.arrives("transport", "Home to school transport", "guidance", MUST)
    ledger.passes(days=30)
    ledger.changes("transport", "Home to school transport", "guidance", SHOULD)
    ledger.arrives("letter", "SEND reform: letter to councils", "letter", "Each EHCP is reviewed yearly.")
    ledger.passes(days=1)
    ledger.arrives("census", "School census", "guidance", "Universities count pupils with care.")
    index_some(db, ledger.now)
    return ledger


def found(hits: Hits) -> list[str]:
    return ["".join(run.text for run in hit.title) for hit in hits.hits]


def marks(runs: Sequence[Run]) -> list[str]:
    return [run.text for run in runs if run.marked]


def test_a_phrase_that_is_gone_is_found_and_the_answer_says_when_it_stood(
    db: Database, ledger: Ledger
) -> None:
    (hit,) = search(db, '"must pay"').hits
    assert hit.words == (
        "in the version of 24 November 2026, which stood until 24 December 2026; not in the present one"
    )
    assert not hit.present
    assert marks(hit.snippet) == ["must pay"]
    (hit,) = search(db, '"should pay"').hits
    assert hit.words == "in the present version, seen on 24 December 2026"
    assert (hit.present, hit.stood_until) == (True, None)


TRANSPORT, LETTER, CENSUS = "Home to school transport", "SEND reform: letter to councils", "School census"
MEANT = {
    "ehcp": {TRANSPORT, LETTER},
    "“EHC plans”": {TRANSPORT, LETTER},
    "SEND": {LETTER},
    "s.42": {TRANSPORT},
    "section 42": {TRANSPORT},
    "§42": {TRANSPORT},
    "s42 ehcp": {TRANSPORT},
    "universit*": {CENSUS},
    "university": {CENSUS},
    "school -transport": {CENSUS},
    'school -"must pay" -census': {TRANSPORT},
    "councils' letters": {LETTER},
    "school census transport": set(),
    "department for education": {TRANSPORT, LETTER, CENSUS},
}


def test_editors_find_what_they_mean(db: Database, ledger: Ledger) -> None:
    assert {typed: set(found(search(db, typed))) for typed in MEANT} == MEANT


def test_nothing_that_is_typed_is_an_error(db: Database, ledger: Ledger) -> None:
    for typed in ("", "   ", "-school", '"', "* - ()", "€"):
        assert search(db, typed) == Hits((), 0, note=NOTHING_ASKED)
    assert search(db, "'; DROP TABLE versions; --").total == 0
    foreign = [
        "NEAR(school, 2)",
        "title:school",
        "school OR",
        "school AND NOT",
        "(school",
        "school & !",
        '"school',
    ]
    assert all(search(db, typed).total <= 2 for typed in foreign), "another language is plain words"
    assert search(db, "school").total == 2


def test_what_has_it_in_the_title_goes_first_and_the_newest_among_equals(db: Database) -> None:
    ledger = Ledger(db)
    for name in ("old", "new"):
        ledger.arrives(name, "Short breaks", "guidance", "A grant for short breaks.")
        ledger.passes(days=2)
    ledger.arrives("body", "Something else", "guidance", "A grant.\nShort breaks, short breaks!")
    index_some(db, ledger.now)
    urls = [hit.url.rpartition("/")[2] for hit in search(db, '"short breaks"').hits]
    assert urls == ["new", "old", "body"]
    first = search(db, '"short breaks"', limit=1, offset=1)
    assert [hit.url.rpartition("/")[2] for hit in first.hits] == ["old"]
    assert (first.total, first.offset, first.capped) == (3, 1, False)


def test_a_search_can_be_narrowed(db: Database, ledger: Ledger) -> None:
    assert search(db, "school", Within(source="govuk-send")).total == 2
    assert search(db, "school", Within(source="other")).total == 0
    assert search(db, "school", Within(publisher="department FOR")).total == 2
    assert search(db, "school", Within(publisher="100%")).total == 0
    assert search(db, "school", Within(state=DocumentState.WITHDRAWN)).total == 0
    late = NOW + timedelta(days=31)
    assert found(search(db, "school", Within(since=late))) == ["School census"]
    assert found(search(db, "school", Within(until=NOW + timedelta(days=1)))) == ["Home to school transport"]


def test_a_date_that_shuts_the_present_out_does_not_call_it_gone(db: Database, ledger: Ledger) -> None:
    (hit,) = search(db, "ehcp authorities", Within(until=NOW + timedelta(days=1))).hits
    assert hit.present


def test_a_version_that_was_let_go_is_found_by_its_title(db: Database, ledger: Ledger) -> None:
    with db.begin() as tx:
        first, second = (i for i, _ in versions.dates(tx, ledger.ids["transport"]))
        let_text_go(tx, first)
        versions.let_go(tx, first)
        let_text_go(tx, first)
    assert search(db, '"must pay"').total == 0
    assert search(db, '"should pay"').total == 1, "the rest of the index is whole"
    (hit,) = search(db, "home transport", Within(until=NOW + timedelta(days=1))).hits
    assert (hit.version_id, hit.text_kept, hit.snippet) == (first, False, ())
    assert hit.words.endswith("its text was let go, and it is found by its title alone")
    if db.engine.dialect.name == "sqlite":
        with db.begin() as tx:
            tx.execute(text("INSERT INTO search_words (search_words) VALUES ('integrity-check')"))
    assert second


def test_a_version_in_the_words_of_a_newer_reader_is_found_by_those(db: Database, ledger: Ledger) -> None:
    with db.begin() as tx:
        row = documents.get(tx, ledger.ids["census"])
        assert row.version_id
        version = versions.get(tx, row.version_id)
        block = replace(version.parts[0].blocks[0], text="Colleges count pupils.")
        parts = (replace(version.parts[0], blocks=(block,)),)
        reread_version(tx, version.id, version.record, parts)
        versions.rewrite(
            tx, version.id, fingerprint="f" * 64, normaliser=9, record=version.record, parts=parts
        )
    assert search(db, "universities").total == 0
    assert found(search(db, "colleges")) == ["School census"]


def test_the_index_is_filled_a_little_at_a_time_and_goes_on_where_it_stopped(db: Database) -> None:
    ledger = Ledger(db)
    for number in range(5):
        ledger.arrives(f"page {number}", f"Page {number}", "guidance", "About transport.")
    assert index_some(db, NOW, most=2) == 2
    hits = search(db, "transport")
    assert (hits.total, hits.note) == (2, "The index is being filled: 2 of 5 versions are in it.")
    assert index_some(db, NOW, most=2) == 2
    assert index_some(db, NOW, most=2) == 1
    assert index_some(db, NOW) == 0
    assert search(db, "transport").note == ""


def test_an_index_of_other_words_is_filled_anew(db: Database, ledger: Ledger) -> None:
    with db.begin() as tx:
        memory.keep(tx, "search:indexer", "0", NOW)
    assert index_some(db, NOW) == 4
    assert search(db, "school").total == 2


def test_a_phrase_is_found_wherever_it_stands_in_a_very_long_text(db: Database) -> None:
    ledger = Ledger(db)
    lines = [f"The {number} of the rules of the place." for number in range(9_000)]
    lines[8_500] += " Then the quite peculiar phrase of the law."
    ledger.arrives("long", "A long text", "guidance", "\n".join(lines))
    index_some(db, NOW)
    (hit,) = search(db, '"the quite peculiar phrase of the law" 17').hits
    assert "the quite peculiar phrase of the law" in marks(hit.snippet)
    assert search(db, '"peculiar quite"').total == 0
    assert search(db, '"8499 of the rules" -peculiar').total == 0
