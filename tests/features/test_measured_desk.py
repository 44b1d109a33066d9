"""The short form of bench/desk.py: each page that it measures is there and holds what it should. No times."""

from pathlib import Path

from bench.desk import pages
from bench.desk_filling import SAMPLE, fill, list_the_rest
from pipeline.steps.inbox import fill_inbox
from pipeline.store.database import open_database
from tests.support.databases import fresh_sqlite
from tests.support.newsdesk import OPS, a_newsdesk

DOCUMENTS, STORIES = 120, 60


def test_every_page_that_is_measured_answers_with_what_it_should_hold(tmp_path: Path) -> None:
    db = open_database(fresh_sqlite(tmp_path / "desk.db"))
    with a_newsdesk(db) as desk:
        vocabulary = fill(desk, DOCUMENTS, STORIES)
        fill_inbox(db, desk.now, plan="weekly", most=SAMPLE)
        list_the_rest(desk, STORIES)
        client = desk.signed_in(OPS).client
        for page in pages(DOCUMENTS, STORIES, vocabulary):
            for _ in range(3):
                page.asked_by(client)
        assert "60 Stories" in client.get("/desk?list=all").text
        assert "<mark>" in client.get("/desk/search", params={"words": vocabulary[0]}).text
    db.close()
