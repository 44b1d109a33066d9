"""An editor merges two Stories, or takes a document out of one: nothing is lost, nothing is told twice."""

import pytest

from pipeline.model.inbox import InboxFilter, Shelf
from pipeline.steps.inbox import fill_inbox
from pipeline.steps.joining import Joining, merge_stories, split_story
from pipeline.steps.review import Outcome, approve
from pipeline.store import approvals, changes, desk, inbox, reviews, stories
from pipeline.store.database import Database
from tests.support.newsroom import Newsroom

ANNA = "anna@charity.example"


@pytest.fixture
def room(db: Database) -> Newsroom:
    return Newsroom(db)


def documents_of(room: Newsroom, story: int) -> list[str]:
    with room.db.begin() as tx:
        return [line.title for line in changes.of_story(tx, story)]


def shelves(room: Newsroom) -> dict[int, Shelf]:
    fill_inbox(room.db, room.now, plan="weekly")
    with room.db.begin() as tx:
        return {line.story_id: line.shelf for line in inbox.page(tx, InboxFilter(), first=0, most=50).lines}


def test_two_stories_become_one_and_no_mail_is_sent_again(room: Newsroom) -> None:
    one, other = room.page("short breaks"), room.page("school transport")
    mails = room.ledger.mails()
    room.approves("short breaks")
    assert merge_stories(room.db, one, other, by=ANNA, now=room.now) is Joining.DONE
    assert documents_of(room, other) == ["All about short breaks", "All about school transport"]
    assert documents_of(room, one) == []
    room.ledger.cycle()
    assert room.ledger.mails() == mails, "what was told is not told again"
    with room.db.begin() as tx:
        approval = approvals.newest(tx, one)
        assert approval is not None
        assert approval.lapsed_because == f"{ANNA} merged this Story into Story {other}."
        assert approvals.lapsed_untold(tx) == []
        assert reviews.standing_of(tx, one) is None, "it stands by the other one now"
        assert [act.what for _, act in desk.log(tx, about=f"story:{other}")] == ["merged"]
    assert shelves(room) == {other: Shelf.NEW}
    assert approve(room.db, one, by=ANNA, now=room.now).outcome is Outcome.MERGED
    assert approve(room.db, other, by=ANNA, now=room.now).outcome is Outcome.DONE


def test_what_no_mail_has_told_yet_is_told_after_the_merge(room: Newsroom) -> None:
    one, other = room.page("short breaks"), room.page("school transport")
    room.ledger.passes(hours=2)
    room.edits("short breaks")
    from pipeline.steps.cluster import cluster

    cluster(room.db, room.now)
    before = len(room.ledger.mails())
    assert merge_stories(room.db, one, other, by=ANNA, now=room.now) is Joining.DONE
    room.ledger.cycle()
    assert len(room.ledger.mails()) == before + 1
    room.ledger.cycle()
    assert len(room.ledger.mails()) == before + 1


def test_what_happens_later_to_a_merged_page_joins_the_story_that_holds_it(room: Newsroom) -> None:
    one, other = room.page("short breaks"), room.page("school transport")
    merge_stories(room.db, one, other, by=ANNA, now=room.now)
    room.ledger.passes(hours=2)
    room.edits("short breaks")
    room.ledger.cycle()
    assert len(documents_of(room, other)) == 3
    assert documents_of(room, one) == []


def test_a_document_gets_a_story_of_its_own_and_both_get_a_new_draft_without_a_mail(room: Newsroom) -> None:
    one, other = room.page("short breaks"), room.page("school transport")
    merge_stories(room.db, one, other, by=ANNA, now=room.now)
    mails = room.ledger.mails()
    outcome, made = split_story(room.db, other, room.ledger.ids["short-breaks"], by=ANNA, now=room.now)
    assert outcome is Joining.DONE
    assert made is not None
    assert documents_of(room, made) == ["All about short breaks"]
    room.ledger.cycle()
    assert room.ledger.mails() == mails
    with room.db.begin() as tx:
        assert "short breaks" in stories.draft_of(tx, made, 1).headline.text
        assert stories.get(tx, other).drafted == stories.get(tx, other).alerted == 2
    assert set(shelves(room)) == {other, made}


def test_the_document_that_a_draft_rests_on_can_be_taken_out_too(room: Newsroom) -> None:
    one, other = room.page("short breaks"), room.page("school transport")
    merge_stories(room.db, one, other, by=ANNA, now=room.now)
    approve(room.db, other, by=ANNA, now=room.now)
    main = room.ledger.ids["school-transport"]
    assert split_story(room.db, other, main, by=ANNA, now=room.now)[0] is Joining.DONE
    room.ledger.cycle()
    with room.db.begin() as tx:
        story = stories.get(tx, other)
        assert story.main_document_id == room.ledger.ids["short-breaks"]
        assert "short breaks" in stories.draft_of(tx, other, story.drafted).headline.text
    assert shelves(room)[other] is Shelf.LAPSED


def test_what_cannot_be_joined_or_parted_is_said(room: Newsroom) -> None:
    one, other = room.page("short breaks"), room.page("school transport")
    third = room.page("music lessons")
    document = room.ledger.ids["short-breaks"]
    assert merge_stories(room.db, one, one, by=ANNA, now=room.now) is Joining.SAME
    assert merge_stories(room.db, one, 99, by=ANNA, now=room.now) is Joining.NO_STORY
    assert split_story(room.db, one, document, by=ANNA, now=room.now) == (Joining.ONLY_ONE, None)
    assert split_story(room.db, other, document, by=ANNA, now=room.now) == (Joining.NO_DOCUMENT, None)
    assert split_story(room.db, 99, document, by=ANNA, now=room.now) == (Joining.NO_STORY, None)
    merge_stories(room.db, one, other, by=ANNA, now=room.now)
    assert merge_stories(room.db, third, one, by=ANNA, now=room.now) is Joining.MERGED
    assert split_story(room.db, one, document, by=ANNA, now=room.now) == (Joining.MERGED, None)
