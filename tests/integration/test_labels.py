"""Labels on both databases: nothing is overwritten, and the latest counts."""

from datetime import UTC, datetime, timedelta

from pipeline.model.changes import Verdict
from pipeline.store import labels
from pipeline.store.database import Database
from pipeline.store.labels import Label

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = "https://www.gov.uk/a"


def test_the_latest_label_of_an_address_counts_and_the_earlier_stays(db: Database) -> None:
    first = Label(PAGE, NOON, Verdict.RELEVANT, "news", "Anna", "A", 3, "f" * 64, NOON, "not")
    other = Label("https://www.gov.uk/b", NOON, Verdict.NOT)
    later = Label(PAGE, NOON + timedelta(hours=1), Verdict.PARTIAL)
    with db.begin() as tx:
        assert all(labels.add(tx, label) for label in (later, first, other))
    with db.begin() as tx:
        every = labels.every(tx)
    assert every == [first, other, later]
    assert labels.counting(every) == [other, later]


def test_the_same_label_twice_is_one(db: Database) -> None:
    label = Label(PAGE, NOON, Verdict.RELEVANT, by="Anna")
    with db.begin() as tx:
        assert labels.add(tx, label)
        assert not labels.add(tx, Label(PAGE, NOON, Verdict.NOT, by="Ben"))
        assert labels.every(tx) == [label]


def test_a_page_that_was_never_seen_counts_as_judged_not_relevant() -> None:
    assert not Label(PAGE, NOON, Verdict.RELEVANT).agrees
    assert Label(PAGE, NOON, Verdict.PARTIAL, judged="partial").agrees
