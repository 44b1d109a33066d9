"""The team is told what is wrong in words that are true: a fault of the house is no fault of a source."""

from datetime import timedelta

import pytest

from alerts.steps.announcing import announce_problems
from pipeline.model.problems import BOUNCES, DIGEST, SENDING, of_story
from pipeline.store import runs
from pipeline.store.database import Database
from tests.support.ledgers import NOW, Ledger

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("name", [BOUNCES, DIGEST, SENDING, of_story(7)])
def test_nobody_is_asked_to_look_at_the_house_as_at_a_source(db: Database, name: str) -> None:
    told = _told(db, name)
    assert "something is wrong since" in told
    assert "source" not in told


def test_a_source_that_cannot_be_read_is_told_by_its_title(db: Database) -> None:
    assert "The feed: sendwatch cannot watch this source properly" in _told(db, "govuk-feed")


def _told(db: Database, name: str) -> str:
    with db.begin() as tx:
        runs.open_problem(tx, name, "broken", "it broke", NOW)
    titles = {"govuk-feed": "The feed"}
    owed = announce_problems(
        db,
        team=["team@charity.example"],
        source_title=lambda key: titles.get(key, key),
        domain="charity.example",
        now=LATER,
    )
    assert owed == 1
    (mail,) = Ledger(db).whole_mails()
    return mail.text
