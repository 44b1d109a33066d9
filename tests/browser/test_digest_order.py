"""The items of the next digest, dragged into order in a real browser: with a mouse and with a finger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from pipeline.store import digest_orders
from pipeline.store.database import open_database
from tests.support.databases import fresh_sqlite
from tests.support.newsdesk import BEN, OPS, Newsdesk, a_newsdesk
from tests.support.newsroom import FRAME, MONTHLY, WEEKLY

PHONE = {"width": 360, "height": 740}
TALL = {"width": 360, "height": 1700}  # all three items at once: nothing scrolls along


@pytest.fixture
def newsdesk(tmp_path: Path) -> Iterator[Newsdesk]:
    """Three approved Stories under one topic, and one under another."""
    db = open_database(fresh_sqlite(tmp_path / "desk.db"))
    with a_newsdesk(db, frame=FRAME, plans=(WEEKLY, MONTHLY)) as running:
        running.room.gathers(WEEKLY, MONTHLY)
        for what in ("short breaks", "transport", "exclusions"):
            running.room.page(what)
            running.room.approves(what)
        running.room.page("counts", "official_statistics")
        running.room.approves("counts")
        yield running
    db.close()


@pytest.fixture(params=["mouse", "finger"])
def page(newsdesk: Newsdesk, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    finger = request.param == "finger"
    context = chromium.new_context(viewport=TALL, has_touch=finger, is_mobile=finger, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    cookie = newsdesk.signed_in(OPS).client.cookies["desk"]
    context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    opened = context.new_page()
    refused: list[str] = []
    opened.on("console", lambda line: refused.append(line.text) if "policy" in line.text.lower() else None)
    opened.on("pageerror", lambda error: refused.append(str(error)))
    opened.goto(f"{newsdesk.root}/desk/digest")
    yield opened
    assert refused == [], "nothing breaks the page's own policy"
    context.close()


@pytest.fixture
def hand(page: Page, request: pytest.FixtureRequest) -> "Hand":
    return Finger(page) if request.node.callspec.params["page"] == "finger" else Hand(page)


class Hand:
    """A hand on a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def down(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y)
        self.page.mouse.down()

    def to(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y, steps=8)

    def up(self) -> None:
        self.page.mouse.up()


class Finger(Hand):
    """A finger on the glass, as Chromium's own protocol has it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.glass = page.context.new_cdp_session(page)
        self.at = (0.0, 0.0)

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    def down(self, x: float, y: float) -> None:
        self.at = (x, y)
        self._touch("touchStart", self.at)

    def to(self, x: float, y: float) -> None:
        (from_x, from_y), self.at = self.at, (x, y)
        for step in range(1, 9):
            self._touch("touchMove", (from_x + (x - from_x) * step / 8, from_y + (y - from_y) * step / 8))

    def up(self) -> None:
        self._touch("touchEnd")


def _titles(page: Page) -> list[str]:
    return _group(page).locator("h4").all_inner_texts()


def _group(page: Page) -> Locator:
    """The topic with three items of the weekly digest."""
    return page.locator("section", has=page.locator("#weekly-title")).locator("ol", has_text="transport")


def _box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found is not None
    return found


def _grip(page: Page, hand: Hand, which: int) -> tuple[float, float]:
    """Take an item by its dots; where that is on the screen."""
    item = _group(page).locator("li").nth(which)
    item.scroll_into_view_if_needed()
    box = _box(item.locator(".handle"))
    assert min(box["width"], box["height"]) >= 44, "a thumb can take it"
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hand.down(*at)
    return at


def _drop_above(page: Page, hand: Hand, which: int, x: float) -> None:
    """Go to the upper half of another item and let go there."""
    target = _box(_group(page).locator("li").nth(which))
    hand.to(x, target["y"] + target["height"] / 4)


def test_an_item_dragged_before_another_stays_there(newsdesk: Newsdesk, page: Page, hand: Hand) -> None:
    before = _titles(page)
    expect(page.get_by_text("Drag an item by the dots").first).to_be_visible()
    x, _ = _grip(page, hand, 1)
    _drop_above(page, hand, 0, x)
    expect(page.locator("[data-live]")).to_contain_text(f"“{before[1]}” is number 1 of 3 under")
    hand.up()
    expect(page.get_by_role("status")).to_have_text("Moved.")
    wanted = [before[1], before[0], before[2]]
    assert _titles(page) == wanted
    expect(_group(page).locator("li").first.get_by_text("Moved", exact=True)).to_be_visible()
    expect(page.locator("[data-live]")).to_contain_text(f"Moved: “{before[1]}” is number 1 of 3 under")
    page.reload()
    assert _titles(page) == wanted
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_item_stays_under_its_topic_however_far_it_is_dragged(
    newsdesk: Newsdesk, page: Page, hand: Hand
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    before, others = _titles(page), page.locator("section h4").all_inner_texts()
    x, _ = _grip(page, hand, 0)
    for _ in range(40):  # the page scrolls along at its edge
        hand.to(x, PHONE["height"] - 5)
        if page.locator("[data-live]").inner_text().startswith(f"“{before[0]}” is number 3 of 3"):
            break
        page.wait_for_timeout(50)
    hand.up()
    expect(page.get_by_role("status")).to_have_text("Moved.")
    assert _titles(page) == [before[1], before[2], before[0]]
    expect(_group(page).locator("li").last.get_by_text("Moved", exact=True)).to_be_in_viewport()
    assert sorted(page.locator("section h4").all_inner_texts()) == sorted(others)


def test_what_is_put_back_or_let_go_of_with_escape_is_not_sent(
    newsdesk: Newsdesk, page: Page, hand: Hand
) -> None:
    before, here = _titles(page), page.url
    x, y = _grip(page, hand, 1)
    _drop_above(page, hand, 0, x)
    hand.to(x, y)
    hand.up()
    expect(page.locator("[data-live]")).to_contain_text("stays number 2 of 3")
    x, _ = _grip(page, hand, 1)
    _drop_above(page, hand, 0, x)
    page.keyboard.press("Escape")
    hand.up()
    expect(page.locator("[data-live]")).to_contain_text("stays number 2 of 3")
    assert (_titles(page), page.url) == (before, here)
    with newsdesk.db.begin() as tx:
        assert digest_orders.positions(tx, "weekly") == {}


def test_a_colleague_who_was_quicker_is_named_and_nothing_is_moved(
    newsdesk: Newsdesk, page: Page, hand: Hand
) -> None:
    last = newsdesk.room.stories["exclusions"]
    order = page.locator('input[name="order"]').first.input_value()
    ben = newsdesk.signed_in(BEN)
    ben.send("/desk/digest/weekly/move", on="/desk/digest", move=f"first:{last}", order=order)
    x, _ = _grip(page, hand, 1)
    _drop_above(page, hand, 0, x)
    hand.up()
    expect(page.get_by_role("status")).to_contain_text("Somebody else has changed this digest or its order")
    with newsdesk.db.begin() as tx:
        assert digest_orders.positions(tx, "weekly")[last] == 0, "his order stands"


def test_without_a_script_nothing_says_that_one_could_drag(newsdesk: Newsdesk, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    cookie = newsdesk.signed_in(OPS).client.cookies["desk"]
    context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    page = context.new_page()
    page.goto(f"{newsdesk.root}/desk/digest")
    expect(page.get_by_text("Drag an item by the dots").first).to_be_hidden()
    expect(page.locator(".handle")).to_have_count(0)
    expect(page.get_by_role("button", name="Up").first).to_be_visible()
    context.close()
