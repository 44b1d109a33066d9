"""Preferences, leaving and being forgotten, by the links in a mail and nothing else."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from pipeline.model.digests import Topic
from pipeline.model.subscribers import SubscriberState
from pipeline.store import deliveries
from pipeline.store.database import Database
from pipeline.store.mailing_tables import (
    consents,
    digest_deliveries,
    digest_mails,
    digests,
    subscribers,
    subscriptions,
    suppressions,
)
from pipeline.store.suppressions import suppression_hash
from tests.support.desk import SECRET, Desk, a_desk, link_in

PARENT = "parent@home.example"
ALL_AGES = ["early years", "school", "post-16"]
ALL_NATIONS = ["England", "Wales", "Scotland", "Northern Ireland"]


@pytest.fixture
def desk(db: Database) -> Iterator[Desk]:
    with a_desk(db) as running:
        yield running


def test_a_parent_chooses_topics_and_a_pause_and_each_change_is_on_record(desk: Desk) -> None:
    person = desk.join(PARENT)
    page = desk.get(desk.preferences(person))
    assert "pa…@home.example" in page.text
    assert PARENT not in page.text, "a mail that is handed on takes its links along"
    chosen = {
        "topics": ["letters", "law"],
        "phases": ["school"],
        "nations": ["England"],
        "plans": ["weekly", "monthly"],
    }
    saved = desk.post(desk.preferences(person), {**chosen, "pause": "2027-01-04", "plain": "yes"})
    assert "Saved." in saved.text
    assert "You get nothing before 4 January 2027" in saved.text
    wishes = desk.person(PARENT).preferences
    assert wishes.topics == {Topic.LETTERS, Topic.LAW}
    assert (wishes.phases, wishes.plans) == ({"school"}, {"weekly", "monthly"})
    assert wishes.nations == {"England"}
    assert (wishes.paused_until, wishes.plain) == (date(2027, 1, 4), True)
    way, words = desk.log(person)[-1]
    assert way == "link"
    assert "topics: all → Law and Parliament, Letters from ministers" in words
    assert "pause: none → 2027-01-04" in words

    again = desk.post(desk.preferences(person), {**chosen, "pause": "2027-01-04", "plain": "yes"})
    assert "Saved." in again.text
    assert len(desk.log(person)) == 3, "what is the same is no change"


def test_all_topics_chosen_means_those_that_come_later_too(desk: Desk) -> None:
    person = desk.join(PARENT)
    every = [topic.name.lower() for topic in Topic]
    desk.post(
        desk.preferences(person),
        {"topics": every, "phases": ALL_AGES, "nations": ALL_NATIONS, "plans": ["weekly"]},
    )
    assert desk.person(PARENT).preferences == person.preferences


def test_a_form_that_is_not_in_order_says_so_beside_the_field_and_keeps_nothing(desk: Desk) -> None:
    person = desk.join(PARENT)
    answer = desk.post(desk.preferences(person), {"pause": "2026-11-01", "topics": ["no such topic"]})
    assert answer.status_code == 422
    for words in (
        "Choose at least one topic",
        "at least one age group",
        "at least one nation",
        "at least one email",
        "still to come",
    ):
        assert answer.text.count(words) == 2, "in the summary and beside the field"
    assert 'href="#topics-1"' in answer.text
    assert desk.person(PARENT).preferences == person.preferences


def test_leaving_takes_one_press_and_coming_back_a_new_sign_up(desk: Desk) -> None:
    person = desk.join(PARENT)
    assert "Leave the list" in desk.get(desk.leave(person)).text
    assert desk.person(PARENT).state is SubscriberState.ACTIVE
    assert "You have left" in desk.post(desk.leave(person)).text
    assert "You have left" in desk.post(desk.leave(person)).text
    assert desk.person(PARENT).state is SubscriberState.LEFT
    assert [words for _, words in desk.log(person)].count("left") == 1
    assert "You get no emails from us" in desk.get(desk.preferences(person)).text

    assert desk.sign_up(PARENT).status_code == 200
    assert desk.person(PARENT).state is SubscriberState.LEFT, "nothing changes before they say yes"
    (mail,) = desk.deliver()
    desk.post(link_in(mail, "confirm"))
    assert desk.person(PARENT).state is SubscriberState.ACTIVE


def test_a_mail_program_leaves_with_one_click(desk: Desk) -> None:
    person = desk.join(PARENT)
    answer = desk.post(desk.leave(person), {"List-Unsubscribe": "One-Click"})  # RFC 8058
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert desk.person(PARENT).state is SubscriberState.LEFT
    assert desk.log(person)[-1] == ("one-click", "left")


@pytest.mark.parametrize("body", [b"", b"{}", b"url=https%3A%2F%2Fx.example", b"compress=yesterday"])
def test_a_scanner_that_posts_to_every_link_of_a_mail_changes_nothing_and_learns_nothing(
    desk: Desk, body: bytes
) -> None:
    person = desk.join(PARENT)
    assert desk.sign_up("newcomer@home.example").status_code == 200
    (mail,) = desk.deliver()
    own = desk.preferences(person)
    for link in (link_in(mail, "confirm"), desk.leave(person), own, f"{own}/export", f"{own}/erase"):
        for _ in range(2):
            assert desk.client.get(desk.here(link)).status_code in (200, 405)
            assert desk.client.head(desk.here(link)).status_code in (200, 405)
            answer = desk.client.post(desk.here(link), content=body)
            assert answer.status_code in (200, 422)
            assert PARENT not in answer.text
    assert desk.person(PARENT).state is SubscriberState.ACTIVE
    assert desk.person(PARENT).preferences == person.preferences
    assert desk.person("newcomer@home.example").state is SubscriberState.PENDING
    desk.post(link_in(mail, "confirm"))
    assert desk.person("newcomer@home.example").state is SubscriberState.ACTIVE, "a person presses"


def test_an_old_confirmation_link_does_not_undo_leaving(desk: Desk) -> None:
    desk.sign_up(PARENT)
    (mail,) = desk.deliver()
    link = link_in(mail, "confirm")
    desk.post(link)
    desk.post(desk.leave(desk.person(PARENT)))
    assert "This link has ended" in desk.post(link).text
    assert desk.person(PARENT).state is SubscriberState.LEFT


def test_a_person_whose_mail_came_back_can_confirm_anew(desk: Desk) -> None:
    person = desk.join(PARENT)
    with desk.db.begin() as tx:
        row = {"state": "suspended", "suspended_because": "no such user", "refusals": 3, "soft_bounces": 2}
        tx.execute(subscribers.update().where(subscribers.c.id == person.id).values(row))
    assert "came back" in desk.get(desk.preferences(person)).text
    desk.sign_up(PARENT)
    (mail,) = desk.deliver()
    desk.post(link_in(mail, "confirm"))
    with desk.db.begin() as tx:
        found = tx.execute(select(subscribers).where(subscribers.c.id == person.id)).one()
    assert (found.state, found.refusals, found.soft_bounces, found.suspended_because) == ("active", 0, 0, "")


def test_a_person_gets_a_file_with_all_that_is_held(desk: Desk) -> None:
    person = desk.join(PARENT)
    _a_digest_was_sent_to(desk, person.id)
    answer = desk.post(desk.preferences(person) + "/export")
    assert answer.headers["content-disposition"] == 'attachment; filename="what-we-hold.json"'
    held = json.loads(answer.text)
    assert held["address"] == PARENT
    assert held["consent"]["words"].startswith("Email me news about SEND")
    assert [line["way"] for line in held["log"]] == ["form", "link"]
    assert held["emails sent"] == [{"title": "SEND news: 3 items", "digest": "weekly", "day": "2026-11-20"}]


def test_who_wants_to_be_forgotten_leaves_nothing_but_a_code(desk: Desk) -> None:
    desk.sign_up("earlier@home.example")
    desk.deliver()
    person = desk.join(PARENT)
    _a_digest_was_sent_to(desk, person.id)
    desk.sign_up(PARENT)
    preferences = desk.preferences(person)
    assert "cannot be undone" in desk.get(preferences + "/erase").text
    assert desk.person(PARENT) == person
    assert "Everything is erased" in desk.post(preferences + "/erase").text
    assert desk.find(PARENT) is None
    with desk.db.begin() as tx:
        theirs = consents.c.subscriber_id == person.id
        assert tx.execute(select(consents).where(theirs)).all() == []
        plans = select(subscriptions).where(subscriptions.c.subscriber_id == person.id)
        assert tx.execute(plans).all() == []
        assert tx.execute(select(digest_deliveries.c.last_error)).scalars().all() == [""]
        assert tx.execute(select(suppressions.c.digest)).scalars().all() == [suppression_hash(SECRET, PARENT)]
        assert deliveries.counts(tx).owed + deliveries.counts(tx).sent == 1, "the other person's alone"
    assert desk.get(preferences).status_code == 404
    assert "You have left" in desk.post(desk.leave(person)).text, "whoever is gone has left"

    newcomer = desk.join("newcomer@home.example")
    assert newcomer.id != person.id, "no number is given twice: old letters lead nowhere"
    back = desk.join(PARENT)
    assert back.state is SubscriberState.ACTIVE, "a person may come back of their own will"
    with desk.db.begin() as tx:
        assert tx.execute(select(suppressions.c.digest)).all() == []


def test_nobody_is_mailed_who_has_complained_of_our_mail(desk: Desk) -> None:
    with desk.db.begin() as tx:
        digest = suppression_hash(SECRET, PARENT)
        tx.execute(insert(suppressions).values(digest=digest, at=desk.now, why="complaint"))
    answer = desk.sign_up(PARENT)
    assert answer.text == desk.sign_up("other@home.example").text.replace("other@home.example", PARENT)
    assert [mail["To"] for mail in desk.deliver()] == ["other@home.example"]


def test_who_left_is_reduced_to_a_code_after_ninety_days(desk: Desk) -> None:
    person = desk.join(PARENT)
    desk.post(desk.leave(person))
    desk.wait(timedelta(days=89))
    assert desk.tidy().reduced == 0
    desk.wait(timedelta(days=2))
    assert desk.tidy().reduced == 1
    assert desk.find(PARENT) is None
    with desk.db.begin() as tx:
        assert tx.execute(select(suppressions.c.why)).scalars().all() == ["left"]


def _a_digest_was_sent_to(desk: Desk, person_id: int) -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    day = {"key": "weekly:2026-11-20", "plan": "weekly", "day": at.date(), "state": "sent", "made_at": at}
    with desk.db.begin() as tx:
        digest_id = tx.execute(insert(digests).values(day).returning(digests.c.id)).scalar_one()
        mail = {"digest_id": digest_id, "key": "k", "positions": "[]", "plain": False, "packed": b""}
        mail["subject"] = "SEND news: 3 items"
        mail_id = tx.execute(insert(digest_mails).values(mail).returning(digest_mails.c.id)).scalar_one()
        row = {"digest_id": digest_id, "subscriber_id": person_id, "mail_id": mail_id, "state": "sent"}
        row |= {"due_at": at, "sent_at": at, "last_error": f"451 later <{PARENT}>"}
        tx.execute(insert(digest_deliveries).values(row))
