"""Somebody signs up: asked twice before they are mailed, and told the same as everybody else."""

from datetime import timedelta

import pytest

from alerts.desk.limits import PER_NETWORK, SignUpLimits
from pipeline.model.digests import Topic
from pipeline.model.subscribers import SubscriberState
from pipeline.store import deliveries
from pipeline.store.database import Database
from tests.support.desk import FACTS, Desk, a_desk, link_in, links_in

PARENT = "parent@home.example"


@pytest.fixture
def desk(db: Database):
    with a_desk(db) as running:
        yield running


def test_a_parent_signs_up_confirms_and_is_on_the_list(desk: Desk) -> None:
    page = desk.get("/subscribe")
    assert page.status_code == 200
    assert "Your email address" in page.text

    answer = desk.sign_up(" Parent@Home.Example ", plans="monthly")
    assert "Check your email" in answer.text
    assert desk.person(PARENT).state is SubscriberState.PENDING

    (mail,) = desk.deliver()
    assert mail["To"] == PARENT
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "If it was not you, do nothing" in mail.get_body(("plain",)).get_content()
    link = link_in(mail, "confirm")
    assert PARENT not in link

    assert "Confirm your email address" in desk.get(link).text
    assert desk.person(PARENT).state is SubscriberState.PENDING, "looking is not saying yes"
    assert "You are on the list" in desk.post(link).text
    person = desk.person(PARENT)
    assert person.state is SubscriberState.ACTIVE
    assert person.preferences.plans == {"monthly"}
    assert person.consent is not None
    assert person.consent.words == FACTS.consent_words
    assert person.consent.at == desk.now
    ways = [way for way, _ in desk.log(person)]
    assert ways == ["form", "link"]

    assert "You are on the list" in desk.post(link).text, "a second press does no harm"
    assert [way for way, _ in desk.log(person)] == ways


def test_a_website_signs_somebody_up_with_topics_by_json(desk: Desk) -> None:
    wanted = {"address": PARENT, "topics": ["letters", "Funding"], "phases": ["post-16"], "plans": ["weekly"]}
    answer = desk.post("/api/subscribe", json=wanted)
    assert answer.status_code == 202
    (mail,) = desk.deliver()
    desk.post(link_in(mail, "confirm"))
    wishes = desk.person(PARENT).preferences
    assert wishes.topics == {Topic.LETTERS, Topic.FUNDING}
    assert (wishes.phases, wishes.plans) == ({"post-16"}, {"weekly"})
    assert desk.log(desk.person(PARENT))[0][0] == "api"


def test_whether_an_address_is_known_cannot_be_read_from_any_answer(desk: Desk) -> None:
    desk.join("active@home.example")
    left = desk.join("left@home.example")
    desk.post(desk.leave(left))
    desk.sign_up("pending@home.example")
    people = ["active", "left", "pending", "stranger"]
    by_form = [desk.sign_up(f"{who}@home.example") for who in people]
    by_json = [desk.post("/api/subscribe", json={"address": f"{who}@home.example"}) for who in people]
    assert {(a.status_code, a.text.replace(who, "?")) for who, a in zip(people, by_form, strict=True)} == {
        (200, by_form[0].text.replace("active", "?"))
    }
    assert {(a.status_code, a.text) for a in by_json} == {(202, by_json[0].text)}
    kept = [{k: v for k, v in a.headers.items() if k not in ("date", "content-length")} for a in by_form]
    assert all(headers == kept[0] for headers in kept)


def test_somebody_on_the_list_who_signs_up_again_is_told_so_once_a_day(desk: Desk) -> None:
    person = desk.join(PARENT)
    for _ in range(3):
        desk.sign_up(PARENT, plans="monthly")
    (mail,) = desk.deliver()
    assert mail["Subject"] == "You already get SEND news from Open Lanes"
    assert desk.get(link_in(mail, "preferences")).status_code == 200
    assert desk.person(PARENT).preferences == person.preferences, "a stranger changes nobody's choices"
    desk.wait(timedelta(days=1, minutes=1))
    desk.sign_up(PARENT)
    assert len(desk.deliver()) == 1


def test_nobody_can_be_flooded_with_confirmation_mails(desk: Desk) -> None:
    answers = [desk.sign_up(PARENT) for _ in range(6)]
    assert {answer.text for answer in answers} == {answers[0].text}
    assert len(desk.deliver()) == 3
    desk.wait(timedelta(days=1, minutes=1))
    desk.sign_up(PARENT)
    assert len(desk.deliver()) == 1


def test_a_whole_school_may_sign_up_behind_one_address_but_a_flood_is_stopped(database_url: str) -> None:
    assert PER_NETWORK >= 30
    with a_desk(database_url, limits=SignUpLimits(per_network=4)) as desk:
        for number in range(6):
            answer = desk.sign_up(f"teacher{number}@school.example")
            assert answer.status_code == 200
        assert len(desk.deliver()) == 4
        other = {"X-Forwarded-For": "203.0.113.9"}  # handed on by the proxy on this machine
        form = {"address": "a@other.example", "moment": desk.moment()}
        desk.post("/subscribe", form, headers=other).raise_for_status()
        assert len(desk.deliver()) == 1, "the next household is not kept out by it"
        desk.wait(timedelta(minutes=15))
        desk.sign_up("late@school.example")
        assert len(desk.deliver()) == 1


def test_a_robot_gets_the_same_answer_and_no_mail(desk: Desk) -> None:
    human = desk.sign_up("person@home.example")
    robots = [
        desk.sign_up("robot@home.example", website="http://spam.example"),
        desk.post("/subscribe", {"address": "robot@home.example", "moment": desk.moment(timedelta(0))}),
        desk.post("/subscribe", {"address": "robot@home.example", "moment": "1.forged"}),
        desk.post("/subscribe", {"address": "robot@home.example"}),
    ]
    for answer in robots:
        assert answer.text == human.text.replace("person@", "robot@")
    assert [mail["To"] for mail in desk.deliver()] == ["person@home.example"]
    assert desk.find("robot@home.example") is None


def test_a_person_with_an_old_tab_is_asked_once_more_and_not_dropped(desk: Desk) -> None:
    answer = desk.post("/subscribe", {"address": PARENT, "moment": desk.moment(timedelta(days=3))})
    assert answer.status_code == 422
    assert "once more" in answer.text
    assert f'value="{PARENT}"' in answer.text


def test_only_the_allow_list_is_mailed(database_url: str) -> None:
    from dataclasses import replace

    facts = replace(FACTS, allows=lambda address: address.endswith("@home.example"))
    with a_desk(database_url, facts=facts) as desk:
        outside = desk.sign_up("someone@elsewhere.example")
        inside = desk.sign_up(PARENT)
        assert outside.text == inside.text.replace(PARENT, "someone@elsewhere.example")
        assert [mail["To"] for mail in desk.deliver()] == [PARENT]
        assert desk.find("someone@elsewhere.example") is None, "whom we may not mail we do not keep"


def test_an_address_that_nobody_confirms_is_reminded_once_and_then_deleted(desk: Desk) -> None:
    desk.sign_up(PARENT)
    (first,) = desk.deliver()
    desk.wait(timedelta(days=2, hours=23))
    assert desk.tidy().reminded == 0
    desk.wait(timedelta(hours=2))
    assert desk.tidy().reminded == 1
    assert desk.tidy().reminded == 0
    (reminder,) = desk.deliver()
    assert reminder["Subject"].startswith("Do you still want")
    assert "11 December 2026 we delete your address" in reminder.get_body(("html",)).get_content()
    assert desk.get(link_in(reminder, "confirm")).status_code == 200

    desk.wait(timedelta(days=11))
    assert desk.tidy().deleted == 1
    assert desk.find(PARENT) is None
    with desk.db.begin() as tx:
        assert deliveries.counts(tx).sent == 0, "the mails went with the address"
    for mail in (first, reminder):
        assert "This link has ended" in desk.post(link_in(mail, "confirm")).text
    assert desk.find(PARENT) is None
    assert desk.tidy().deleted == 0


def test_an_address_that_the_mail_server_refuses_is_not_reminded(desk: Desk) -> None:
    desk.postbox.answers = ["550 no such user"]
    desk.sign_up("nobody@home.example")
    assert desk.deliver() == []
    desk.wait(timedelta(days=4))
    desk.tidy()
    assert desk.deliver() == []


def test_a_reminded_parent_can_still_say_yes(desk: Desk) -> None:
    desk.sign_up(PARENT)
    desk.deliver()
    desk.wait(timedelta(days=4))
    desk.tidy()
    (reminder,) = desk.deliver()
    desk.wait(timedelta(days=9))
    assert "You are on the list" in desk.post(link_in(reminder, "confirm")).text
    desk.wait(timedelta(days=9))
    assert desk.tidy().deleted == 0
    assert desk.person(PARENT).state is SubscriberState.ACTIVE


def test_a_scanner_that_opens_every_link_twice_changes_nothing(desk: Desk) -> None:
    desk.sign_up(PARENT)
    (confirmation,) = desk.deliver()
    before = desk.person(PARENT)
    _scan(desk, links_in(confirmation))
    assert desk.person(PARENT) == before
    desk.post(link_in(confirmation, "confirm"))
    desk.sign_up(PARENT)
    (known,) = desk.deliver()
    person = desk.person(PARENT)
    log = desk.log(person)
    pages = {desk.leave(person), desk.preferences(person) + "/erase", desk.preferences(person) + "/export"}
    _scan(desk, links_in(confirmation) | links_in(known) | pages)
    assert desk.person(PARENT) == person
    assert desk.log(person) == log
    assert desk.deliver() == []


def _scan(desk: Desk, links: set[str]) -> None:
    """Open the links, those on the pages behind them, too."""
    ours = {desk.here(link) for link in links if not link.startswith("http") or desk.site.facts.site in link}
    assert ours
    for link in ours:
        for method in ("GET", "HEAD", "GET", "HEAD", "OPTIONS"):
            desk.client.request(method, link, follow_redirects=True)
