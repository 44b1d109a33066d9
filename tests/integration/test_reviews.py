"""An editor decides: what is approved is kept to the character, and lapses when the page moves."""

import hashlib
from datetime import timedelta

import pytest

from pipeline.model.digests import Topic
from pipeline.model.edits import EditedText
from pipeline.model.reviews import Standing
from pipeline.steps.lapse import lapse_moved, what_moved
from pipeline.steps.review import Outcome, Wording, approve, hold_back, reject, reopen
from pipeline.store import approvals, edits, labels, reviews
from pipeline.store.database import Database
from tests.support.newsroom import Newsroom


@pytest.fixture
def room(db: Database) -> Newsroom:
    return Newsroom(db)


def standing(room: Newsroom, what: str) -> Standing:
    with room.db.begin() as tx:
        one = reviews.standing_of(tx, room.stories[what])
    assert one is not None
    return one.standing


def test_what_is_approved_is_kept_to_the_character_with_what_it_rests_on(room: Newsroom) -> None:
    story = room.page("short breaks")
    assert standing(room, "short breaks") is Standing.WAITING
    done = approve(room.db, story, by="Anna", now=room.now)
    assert done.outcome is Outcome.DONE
    kept = done.approval
    assert kept is not None
    assert (kept.by, kept.revision, kept.item.publisher) == ("Anna", 1, "Department for Education")
    assert 20 <= len(kept.item.text.split()) <= 70
    assert kept.item.link == "https://www.gov.uk/government/publications/short-breaks"
    assert Topic.GUIDANCE in kept.item.topics or Topic.LETTERS in kept.item.topics
    assert kept.sources == ((room.ledger.ids["short-breaks"], 1),)
    with room.db.begin() as tx:
        stored = tx.exec_driver_sql("SELECT content, digest FROM approvals").one()
        again = approvals.get(tx, kept.id)
    assert hashlib.sha256(stored[0].encode()).hexdigest() == stored[1] == kept.digest
    assert again == kept
    assert standing(room, "short breaks") is Standing.APPROVED


def test_an_editors_own_words_are_taken_as_they_are_with_a_warning_when_they_are_long(room: Newsroom) -> None:
    room.page("short breaks")
    done = room.approves("short breaks", "word " * 90)
    assert done.approval is not None
    assert done.approval.item.title == "News about short breaks"
    assert done.warnings == ("the text has 90 words, which is long: 25 to 70 read well in a digest",)


def test_who_approves_by_command_approves_what_an_editor_saved_on_the_desk(room: Newsroom) -> None:
    story = room.page("short breaks")
    mended = EditedText("Title", "Text.", "Short breaks, mended", "Words of the editor’s own.", "Post")
    with room.db.begin() as tx:
        edits.save(tx, story, mended, after=0, revision=1, by="ben@charity.example", now=room.now)
    kept = approve(room.db, story, by="Anna", now=room.now).approval
    assert kept is not None
    assert (kept.item.title, kept.item.text) == ("Short breaks, mended", "Words of the editor’s own.")


def test_a_later_approval_replaces_an_earlier_one(room: Newsroom) -> None:
    room.page("short breaks")
    room.approves("short breaks")
    second = room.approves("short breaks", "Only these words are to go out now.").approval
    with room.db.begin() as tx:
        assert [one.id for one in approvals.counting(tx)] == [second.id if second else 0]


def test_a_rejected_story_leaves_a_label_and_can_be_opened_again(room: Newsroom) -> None:
    story = room.page("football")
    assert reject(room.db, story, by="Ben", why="not about SEND", now=room.now) is Outcome.DONE
    assert standing(room, "football") is Standing.REJECTED
    with room.db.begin() as tx:
        (label,) = labels.every(tx)
    assert (label.label.value, label.by, label.why) == ("not", "Ben", "not about SEND")
    reopen(room.db, story, by="Ben", why="", now=room.now)
    assert standing(room, "football") is Standing.WAITING
    hold_back(room.db, story, by="Ben", why="after the election", now=room.now)
    assert standing(room, "football") is Standing.HELD
    assert reject(room.db, 99, by="Ben", why="", now=room.now) is Outcome.NO_STORY


def test_an_approval_lapses_when_its_page_changes_and_not_for_a_comma(room: Newsroom) -> None:
    room.page("short breaks")
    room.approves("short breaks")
    room.ledger.passes(hours=1)
    room.edits("short breaks")
    with room.db.begin() as tx:
        tx.exec_driver_sql("UPDATE changes SET significance = 'typographical' WHERE from_version > 0")
        assert lapse_moved(tx, room.now) == []
        tx.exec_driver_sql("UPDATE changes SET significance = 'minor' WHERE from_version > 0")
        (lapsed,) = lapse_moved(tx, room.now)
        kept = approvals.get(tx, lapsed)
        assert lapse_moved(tx, room.now) == []
    assert kept.lapsed_because.startswith("“All about short breaks” has changed (seen at 10.01am on 24 Nov")
    assert "Something else is said." in kept.lapsed_because
    assert standing(room, "short breaks") is Standing.LAPSED


def test_a_page_that_is_back_at_the_very_words_is_known_to_be_back(room: Newsroom) -> None:
    room.page("short breaks")
    kept = room.approves("short breaks").approval
    assert kept is not None
    room.edits("short breaks")
    with room.db.begin() as tx:
        assert lapse_moved(tx, room.now) == [kept.id]
        assert [one.title for one in what_moved(tx, kept)] == ["All about short breaks"]
    room.ledger.passes(hours=1)
    room.edits_back("short breaks")
    with room.db.begin() as tx:
        assert what_moved(tx, kept) == []


def test_nobody_approves_by_accident_what_the_page_no_longer_says(room: Newsroom) -> None:
    story = room.page("short breaks")
    room.edits("short breaks")
    refused = approve(room.db, story, by="Anna", now=room.now)
    assert refused.outcome is Outcome.MOVED
    assert [one.title for one in refused.moved] == ["All about short breaks"]
    own = Wording("As it is now", "Schools should keep a record, too.")
    taken = approve(room.db, story, by="Anna", now=room.now, wording=own, as_it_is_now=True)
    assert taken.outcome is Outcome.DONE
    with room.db.begin() as tx:
        assert lapse_moved(tx, room.now + timedelta(days=1)) == []
    room.ledger.cycle()
    assert approve(room.db, story, by="Anna", now=room.now, revision=1).outcome is Outcome.NEWER
    assert approve(room.db, story, by="Anna", now=room.now, revision=2).outcome is Outcome.DONE
