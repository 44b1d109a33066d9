"""The inbox: each Story lies on one shelf, and moves when an editor or a page does."""

from datetime import timedelta

import pytest

from pipeline.model.digests import Topic
from pipeline.model.inbox import InboxFilter, InboxLine, Shelf
from pipeline.steps.inbox import fill_inbox
from pipeline.steps.lapse import lapse_moved
from pipeline.steps.review import hold_back, reject, reopen
from pipeline.store import digests, inbox
from pipeline.store.database import Database
from tests.support.newsroom import Newsroom

ANNA = "anna@charity.example"


@pytest.fixture
def room(db: Database) -> Newsroom:
    return Newsroom(db)


def lines(room: Newsroom, wanted: InboxFilter | None = None) -> list[InboxLine]:
    fill_inbox(room.db, room.now, plan="weekly")
    with room.db.begin() as tx:
        return list(inbox.page(tx, wanted or InboxFilter(), first=0, most=50).lines)


def shelf(room: Newsroom, what: str) -> Shelf:
    return next(line.shelf for line in lines(room) if line.story_id == room.stories[what])


def test_a_story_moves_from_shelf_to_shelf_with_each_word_of_an_editor(room: Newsroom) -> None:
    story = room.page("short breaks")
    assert shelf(room, "short breaks") is Shelf.NEW
    room.approves("short breaks")
    assert shelf(room, "short breaks") is Shelf.NEXT
    reopen(room.db, story, by=ANNA, why="", now=room.now)
    assert shelf(room, "short breaks") is Shelf.WAITING
    hold_back(room.db, story, by=ANNA, why="", now=room.now)
    assert shelf(room, "short breaks") is Shelf.HELD
    reject(room.db, story, by=ANNA, why="no", now=room.now)
    assert shelf(room, "short breaks") is Shelf.REJECTED
    (line,) = lines(room)
    assert (line.by, line.publisher, line.source) == (ANNA, "Department for Education", "govuk-send")
    assert Topic.GUIDANCE in line.topics


def test_an_approval_that_lapses_and_one_with_news_are_on_shelves_of_their_own(room: Newsroom) -> None:
    room.page("short breaks")
    room.page("school transport")
    room.approves("short breaks")
    room.approves("school transport")
    room.ledger.passes(hours=2)
    room.edits("short breaks")
    with room.db.begin() as tx:
        lapse_moved(tx, room.now)
    assert shelf(room, "short breaks") is Shelf.LAPSED
    assert shelf(room, "school transport") is Shelf.NEXT
    room.edits("school transport")
    room.ledger.cycle()
    assert shelf(room, "school transport") is Shelf.UPDATE


def test_what_a_digest_holds_is_no_longer_in_the_next_one(room: Newsroom) -> None:
    story = room.page("short breaks")
    kept = room.approves("short breaks").approval
    assert kept is not None
    assert shelf(room, "short breaks") is Shelf.NEXT
    from pipeline.model.digests import DigestEntry, DigestState
    from tests.support.newsroom import WEEKLY

    with room.db.begin() as tx:
        entry = DigestEntry(story, kept.revision, kept.id, kept.item)
        digests.make(
            tx,
            plan=WEEKLY.key,
            day=room.now.date(),
            key="weekly:2026-11-27",
            state=DigestState.GATHERED,
            opening="",
            entries=(entry,),
            now=room.now,
        )
    assert shelf(room, "short breaks") is Shelf.APPROVED


def test_news_of_a_rejected_story_is_shown_again_as_a_quiet_change(room: Newsroom) -> None:
    story = room.page("short breaks")
    reject(room.db, story, by=ANNA, why="no", now=room.now)
    room.ledger.passes(hours=2)
    room.edits("short breaks")
    room.ledger.cycle()
    assert shelf(room, "short breaks") is Shelf.QUIET


def test_the_inbox_is_searched_by_topic_publisher_source_and_day(room: Newsroom) -> None:
    room.page("short breaks")
    room.ledger.passes(days=3)
    room.page("statistics of absence", kind="official_statistics")
    every = lines(room)
    assert [line.title for line in every] == ["All about statistics of absence", "All about short breaks"]

    def found(**wanted: object) -> list[str]:
        return [line.title for line in lines(room, InboxFilter(**wanted))]  # type: ignore[arg-type]

    assert found(topic=Topic.STATISTICS) == ["All about statistics of absence"]
    assert found(publisher="Nobody") == []
    assert len(found(publisher="Department for Education", source="govuk-send")) == 2
    assert found(since=room.now - timedelta(days=1)) == ["All about statistics of absence"]
    assert found(until=room.now - timedelta(days=1)) == ["All about short breaks"]
    assert found(shelves=(Shelf.QUIET,)) == []
    with room.db.begin() as tx:
        page = inbox.page(tx, InboxFilter(), first=1, most=1)
        assert ([line.title for line in page.lines], page.found) == (["All about short breaks"], 2)
        assert page.counts == {Shelf.NEW: 2}
        assert inbox.publishers(tx) == ["Department for Education"]


def test_an_inbox_that_was_never_filled_is_filled_piece_by_piece(room: Newsroom) -> None:
    for what in ("short breaks", "school transport", "music lessons"):
        room.page(what)
    assert fill_inbox(room.db, room.now, plan="weekly", most=2) == 1
    assert fill_inbox(room.db, room.now, plan="weekly", most=2) == 0
    assert fill_inbox(room.db, room.now, plan="weekly", most=2) == 0
    assert len(lines(room)) == 3


def test_looking_waits_for_nobody_who_writes(room: Newsroom) -> None:
    room.page("short breaks")
    with room.db.begin() as writing:
        writing.exec_driver_sql("UPDATE stories SET title = 'Half done'")
        with room.db.look() as tx:
            assert tx.exec_driver_sql("SELECT title FROM stories").scalar_one() == "All about short breaks"
