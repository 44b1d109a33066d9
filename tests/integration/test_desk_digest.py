"""The digest's page at the desk: what an editor sees there, and in which order it goes out."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest

from alerts.steps.delivering import deliver_owed
from pipeline.model.digests import DigestEntry, DigestState
from pipeline.steps.coming_digest import Ordering, Step, move_entry, order_topic
from pipeline.store import desk as desk_store
from pipeline.store import digest_orders, digests
from pipeline.store.database import Database
from tests.support.newsdesk import ANNA, BEN, Newsdesk, a_newsdesk
from tests.support.newsroom import AT_ONCE, FRAME, FRIDAY, MONTHLY, WEEKLY

HERE = "/desk/digest"
THREE = ("short breaks", "transport", "exclusions")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db, frame=FRAME, plans=(WEEKLY, MONTHLY, AT_ONCE)) as running:
        yield running


@pytest.fixture
def three(newsdesk: Newsdesk) -> Newsdesk:
    """Three approved Stories of one topic, and a reader."""
    newsdesk.room.gathers(WEEKLY, MONTHLY, AT_ONCE)
    newsdesk.room.subscriber("pat")
    for what in THREE:
        newsdesk.room.page(what)
        newsdesk.room.approves(what)
    return newsdesk


def _order(newsdesk: Newsdesk) -> list[str]:
    """The titles on the page, in order."""
    text = newsdesk.signed_in().get(HERE).text.partition("weekly-title")[2].partition("monthly-title")[0]
    return sorted(THREE, key=lambda what: text.index(f"News about {what}</a>"))


def test_the_page_shows_what_goes_out_and_when(three: Newsdesk) -> None:
    page = three.signed_in().get(HERE)
    assert page.status_code == 200
    assert "The next one is due at 12pm on 27 November 2026" in page.text
    assert "3 items" in page.text
    assert "As soon as there is news" in page.text
    assert "send now" not in page.text.lower()
    preview = three.signed_in().get(f"{HERE}/weekly/preview")
    assert "News about transport" in preview.text
    assert "sandbox" in preview.headers["content-security-policy"]
    for wrong in ("nothing", "at-once", "..%2fx"):
        assert three.signed_in().get(f"{HERE}/{wrong}/preview").status_code == 404


def test_before_the_watch_begins_looking_at_the_digest_changes_nothing(newsdesk: Newsdesk) -> None:
    page = newsdesk.signed_in().get(HERE)
    assert "has not begun this digest yet" in page.text
    with newsdesk.db.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM memory WHERE key LIKE 'plan:%%'").scalar_one() == 0


def test_an_editors_order_is_kept_in_the_mail_that_goes_out(three: Newsdesk) -> None:
    before = _order(three)
    last = before[-1]
    number = three.room.stories[last]
    seen = _seen(three)
    moved = three.signed_in().send(f"{HERE}/weekly/move", on=HERE, move=f"up:{number}", order=seen)
    assert "Moved." in moved.text
    assert _order(three) == [before[0], last, before[1]]
    first = three.signed_in().send(f"{HERE}/weekly/move", on=HERE, move=f"first:{number}", order=_seen(three))
    assert f"The subject names “News about {last}”" in first.text
    wanted = _order(three)
    assert wanted == [last, before[0], before[1]]
    three.room.travel(FRIDAY)
    three.room.gathers(WEEKLY, MONTHLY, AT_ONCE)
    titles = ", ".join(f"News about {what}" for what in wanted)
    assert three.room.had("pat") == [f"weekly:2026-11-27: {titles}"]
    mail = three.room.mail_of("pat")
    assert mail.subject == f"News about {last}, and 2 more"
    places = [mail.text.index(f"News about {what}") for what in wanted]
    assert places == sorted(places)
    with three.db.begin() as tx:
        assert digest_orders.positions(tx, "weekly") == {}, "the next digest begins with no order"


def test_what_is_approved_after_the_order_was_made_comes_after_it(three: Newsdesk) -> None:
    last = three.room.stories[_order(three)[-1]]
    three.signed_in().send(f"{HERE}/weekly/move", on=HERE, move=f"up:{last}", order=_seen(three))
    three.room.page("a new duty", "statutory_guidance")
    three.room.approves("a new duty")
    assert [one.story_id for one in _entries(three)][-1] == three.room.stories["a new duty"]
    three.signed_in().send(f"{HERE}/weekly/by-weight", on=HERE)
    assert "Within a topic the heaviest is first" in three.signed_in().get(HERE).text


def test_a_move_on_a_page_that_is_no_longer_true_moves_nothing(three: Newsdesk) -> None:
    before, number = _order(three), three.room.stories["transport"]
    browser = three.signed_in()
    for order, move in (
        ("1,2", f"up:{number}"),
        ("", f"up:{number}"),
        (_seen(three), "up:999"),
        (_seen(three), f"sideways:{number}"),
        (_seen(three), f"up:{SCRIPT}"),
        (f"{SCRIPT}", f"down:{number}"),
    ):
        page = browser.send(f"{HERE}/weekly/move", on=HERE, move=move, order=order)
        assert "nothing was moved" in page.text
        assert "<script>alert" not in page.text
    top = three.room.stories[before[0]]
    page = browser.send(f"{HERE}/weekly/move", on=HERE, move=f"up:{top}", order=_seen(three))
    assert "It stands there already" in page.text
    assert _order(three) == before


def test_a_topic_that_was_dragged_into_order_is_kept_in_that_order(three: Newsdesk) -> None:
    before = _order(three)
    wanted = [before[2], before[0], before[1]]
    numbers = [three.room.stories[what] for what in wanted]
    browser = three.signed_in()
    fields = {"order": _seen(three), "move": _dragged(numbers), "moved": str(numbers[0])}
    key = browser.key_of(browser.get(HERE))
    moved = browser.client.post(f"{HERE}/weekly/move", data={"key": key, **fields})
    assert moved.headers["location"] == f"{HERE}?said=moved#weekly-{numbers[0]}"
    assert _order(three) == wanted
    with three.db.begin() as tx:
        (act,) = [act for _, act in desk_store.log(tx, about="plan:weekly")]
    assert (act.by, act.what, act.details) == (ANNA, "ordered the digest", f"story {numbers[0]}: order")


def test_an_order_that_does_not_name_each_item_of_a_topic_once_moves_nothing(three: Newsdesk) -> None:
    three.room.page("statistics", "statistics")
    three.room.approves("statistics")
    before, seen = _order(three), _seen(three)
    other = three.room.stories["statistics"]
    one, two, last = (three.room.stories[what] for what in before)
    browser = three.signed_in()
    for wanted in ([two, one], [one, one, two], [last, one, two, 999], [other, one, two, last], [], [0]):
        page = browser.send(f"{HERE}/weekly/move", on=HERE, move=_dragged(wanted), order=seen)
        assert "nothing was moved" in page.text, wanted
    page = browser.send(f"{HERE}/weekly/move", on=HERE, move=_dragged([last, one, two]), order=f"{two},{one}")
    assert "Somebody else has changed" in page.text
    page = browser.send(f"{HERE}/weekly/move", on=HERE, move=_dragged([one, two, last]), order=seen)
    assert "It stands there already" in page.text
    assert _order(three) == before


def test_of_two_editors_in_one_instant_the_first_is_heard_and_the_second_is_told(three: Newsdesk) -> None:
    order = [int(one) for one in _seen(three).split(",")]
    began, go_on = Event(), Event()

    def first() -> Ordering:
        with three.db.begin() as tx:
            done = move_entry(tx, WEEKLY, order[2], Step.UP, seen=order, now=three.now)
            began.set()
            assert go_on.wait(20)
        return done

    def second() -> Ordering:
        assert began.wait(20)
        with three.db.begin() as tx:
            return order_topic(tx, WEEKLY, order[::-1], seen=order, now=three.now)

    with ThreadPoolExecutor(2) as threads:
        ones, others = threads.submit(first), threads.submit(second)
        assert began.wait(20)
        with pytest.raises(TimeoutError):
            others.result(0.5)  # it waits, and sees what the first one did
        go_on.set()
        assert (ones.result(20), others.result(20)) == (Ordering.DONE, Ordering.STALE)
    assert [int(one) for one in _seen(three).split(",")] == [order[0], order[2], order[1]]


def test_many_presses_at_once_are_all_answered(three: Newsdesk) -> None:
    order = _seen(three)
    numbers = [int(one) for one in order.split(",")]
    browsers = [three.signed_in() for _ in range(6)]
    keys = [one.key_of(one.get(HERE)) for one in browsers]
    start = Barrier(6)

    def press(which: int) -> str:
        start.wait(20)
        data = {"key": keys[which], "order": order, "move": f"up:{numbers[1 + which % 2]}"}
        answer = browsers[which].client.post(f"{HERE}/weekly/move", data=data)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].partition("said=")[2].partition("#")[0]

    with ThreadPoolExecutor(6) as threads:
        said = sorted(threads.map(press, range(6)))
    assert said == ["moved", *["order-stale"] * 5]


def test_an_opening_line_stands_in_the_digest_exactly_as_it_was_written(three: Newsdesk) -> None:
    browser = three.signed_in()
    words = f"Dear all,\r\n\r\nA heavy   week. {SCRIPT}"
    page = browser.send(f"{HERE}/weekly/opening", on=HERE, opening=words)
    assert "The opening line is kept" in page.text
    assert "<script>alert" not in page.text
    preview = browser.get(f"{HERE}/weekly/preview").text
    assert "A heavy week. &lt;script&gt;" in preview
    with three.db.begin() as tx:
        assert digests.opening(tx, "weekly", FRIDAY.date()) == f"Dear all,\n\nA heavy week. {SCRIPT}"
    assert "There is no opening line" in browser.send(f"{HERE}/weekly/opening", on=HERE, opening=" ").text


def test_a_proof_goes_to_the_editor_who_asks_and_to_nobody_else(three: Newsdesk) -> None:
    with three.db.begin() as tx:
        tx.exec_driver_sql("DELETE FROM deliveries")
    three.wait(minutes=1)
    for person in (BEN, ANNA):
        assert "on its way to you" in three.signed_in(person).send(f"{HERE}/weekly/proof", on=HERE).text
    assert "on its way to you already" in three.signed_in(BEN).send(f"{HERE}/weekly/proof", on=HERE).text
    deliver_owed(three.db, three.mailer, clock=lambda: three.now)
    mails = three.postbox.mails
    assert sorted(str(mail["To"]) for mail in mails) == [ANNA, BEN]
    body = mails[0].get_body(("plain",))
    assert body is not None
    assert "News about transport" in body.get_content()


def test_a_digest_that_is_held_stays_and_goes_when_it_is_released(three: Newsdesk) -> None:
    browser = three.signed_in(BEN)
    held = browser.send(f"{HERE}/weekly/hold", on=HERE)
    assert "by ben: nothing leaves" in held.text
    three.room.travel(FRIDAY)
    three.room.gathers(WEEKLY, MONTHLY, AT_ONCE)
    assert three.room.had("pat") == []
    three.wait(hours=-1)
    released = three.signed_in(ANNA).send(f"{HERE}/weekly/release", on=HERE)
    assert "Released" in released.text
    three.wait(hours=1)
    three.room.gathers(WEEKLY, MONTHLY, AT_ONCE)
    assert len(three.room.had("pat")) == 1
    with three.db.begin() as tx:
        done = [(act.by, act.what) for _, act in desk_store.log(tx, about="plan:weekly")]
    assert done == [(ANNA, "released the digest"), (BEN, "stopped the digest")]
    past = three.signed_in().get(HERE).text
    assert "Every week, on Friday: 27 November 2026" in past
    assert "0 sent, 1 owed still" in past


def test_what_came_back_is_counted_and_names_nobody(three: Newsdesk) -> None:
    with three.db.begin() as tx:
        for place, kind in enumerate(("hard", "soft", "soft", "foreign")):
            tx.exec_driver_sql(
                f"INSERT INTO bounce_reports (digest, at, kind) VALUES ('{place}', '{three.now:%Y-%m-%d %H:%M:%S}.000000', '{kind}')"  # noqa: E501
            )
    three.wait(minutes=1)
    page = three.signed_in().get(HERE).text
    assert "1: no such mailbox" in page
    assert "2: not taken for now" in page
    assert "families.example" not in page


def _dragged(numbers: list[int]) -> str:
    return f"order:{','.join(str(one) for one in numbers)}"


def _seen(newsdesk: Newsdesk) -> str:
    return ",".join(str(one.story_id) for one in _entries(newsdesk))


def _entries(newsdesk: Newsdesk) -> tuple[DigestEntry, ...]:
    from pipeline.steps.coming_digest import coming

    with newsdesk.db.begin() as tx:
        return coming(tx, WEEKLY, newsdesk.now).entries


def _press_send(three: Newsdesk) -> str:
    browser = three.signed_in(ANNA)
    asked = browser.get(f"{HERE}/weekly/send")
    assert "To 1 person, in five minutes" in asked.text
    order = re.search(r'name="order" value="([^"]+)"', asked.text)
    assert order
    return browser.send(f"{HERE}/weekly/send", on=f"{HERE}/weekly/send", order=order[1]).text


def test_a_digest_is_sent_before_its_hour_and_the_usual_one_keeps_its_own(three: Newsdesk) -> None:
    browser = three.signed_in()
    browser.send(f"{HERE}/weekly/opening", on=HERE, opening="An urgent letter.")
    said = _press_send(three)
    assert "It leaves in five minutes" in said
    assert "anna asked for that" in said
    three.room.gathers(WEEKLY)
    assert three.room.had("pat") == [], "there are five minutes to think"
    three.wait(minutes=5)
    three.room.gathers(WEEKLY)
    three.room.gathers(WEEKLY)
    assert len(three.room.had("pat")) == 1
    with three.db.begin() as tx:
        (sent,) = digests.with_state(tx, *DigestState)
        assert sent.opening == "An urgent letter."
        assert digests.opening(tx, "weekly", FRIDAY.date()) == "", "it is not printed twice"
    again = browser.send(f"{HERE}/weekly/send", on=HERE, order="1").text
    assert "one has left today" in again
    three.room.page("phonics")
    three.room.approves("phonics")
    three.room.travel(FRIDAY)
    three.room.gathers(WEEKLY)
    assert len(three.room.had("pat")) == 2, "what was approved later comes at the usual hour"


def test_whoever_pressed_send_by_mistake_takes_it_back_and_a_hold_does_so_too(three: Newsdesk) -> None:
    _press_send(three)
    browser = three.signed_in(BEN)
    assert "Taken back" in browser.send(f"{HERE}/weekly/not-yet", on=HERE).text
    assert "nothing to take back" in browser.send(f"{HERE}/weekly/not-yet", on=HERE).text
    _press_send(three)
    browser.send(f"{HERE}/weekly/hold", on=HERE)
    browser.send(f"{HERE}/weekly/release", on=HERE)
    three.wait(minutes=6)
    three.room.gathers(WEEKLY)
    assert three.room.had("pat") == []


def test_a_digest_that_has_changed_since_it_was_looked_at_is_not_sent(three: Newsdesk) -> None:
    browser = three.signed_in()
    stale = browser.send(f"{HERE}/weekly/send", on=f"{HERE}/weekly/send", order="1")
    assert "it was not sent" in stale.text
    three.wait(minutes=6)
    three.room.gathers(WEEKLY)
    assert three.room.had("pat") == []


def test_an_edition_on_the_usual_day_takes_the_place_of_that_one(three: Newsdesk) -> None:
    three.room.travel(FRIDAY - timedelta(hours=3))
    _press_send(three)
    three.wait(minutes=5)
    three.room.gathers(WEEKLY)
    assert len(three.room.had("pat")) == 1
    assert "The next one is due at 12pm on 4 December 2026" in three.signed_in().get(HERE).text
    three.room.travel(FRIDAY)
    three.room.gathers(WEEKLY)
    assert len(three.room.had("pat")) == 1


def test_a_press_that_the_watch_was_not_there_to_follow_lapses(three: Newsdesk) -> None:
    _press_send(three)
    three.wait(hours=6)
    three.room.gathers(WEEKLY)
    assert three.room.had("pat") == []
    assert "asked for that" not in three.signed_in().get(HERE).text
    three.room.travel(FRIDAY)
    three.room.gathers(WEEKLY)
    assert len(three.room.had("pat")) == 1, "it comes at its hour"
