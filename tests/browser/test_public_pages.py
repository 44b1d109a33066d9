"""The public pages in a real browser: a phone, a keyboard, no JavaScript, and eyes that need contrast."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.model.subscribers import SubscriberState
from pipeline.store.database import open_database
from tests.support.browser import look, needs_axe
from tests.support.desk import Desk, OneDigest, a_desk, link_in

PARENT = "parent@home.example"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1200, "height": 900}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    with a_desk(database, archive=OneDigest()) as running:
        yield running
    database.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=PHONE, java_script_enabled=request.param == "with JavaScript", locale="en-GB"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_a_parent_on_a_phone_joins_chooses_and_leaves(desk: Desk, page: Page) -> None:
    page.goto(desk.here("/"))
    page.get_by_label("Your email address").fill(PARENT)
    _time_passes(desk, page)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()

    (mail,) = desk.deliver()
    page.goto(desk.here(link_in(mail, "confirm")))
    page.get_by_role("button", name="Yes, send me the news").click()
    expect(page.get_by_role("heading", name="You are on the list")).to_be_visible()

    page.get_by_role("link", name="Choose your topics").click()
    for topic in ("Statistics and inspections", "Funding"):
        page.get_by_label(topic).uncheck()
    page.get_by_label("Pause until").fill("2026-12-24")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You get nothing before 24 December 2026")).to_be_visible()
    assert len(desk.person(PARENT).preferences.topics) == 4

    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()
    assert desk.person(PARENT).state is SubscriberState.LEFT


def test_everything_can_be_done_with_the_keyboard_alone(desk: Desk, chromium: Browser) -> None:
    page = chromium.new_page(viewport=DESKTOP)
    person = desk.join(PARENT)
    page.goto(desk.here("/subscribe"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    seen = _tab_through(page)
    assert seen == ["Open Lanes", "Past emails", "address", "plan-1", "Sign up", "What we do with your data"]

    page.goto(desk.here(desk.preferences(person)))
    seen = _tab_through(page)
    assert seen.index("topics-1") < seen.index("pause") < seen.index("Save") < seen.index("Leave")
    page.locator("#topics-1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert len(desk.person(PARENT).preferences.topics) == 5
    page.close()


def test_a_slip_is_named_above_and_beside_the_field_and_the_link_leads_there(desk: Desk, page: Page) -> None:
    page.goto(desk.here("/subscribe"))
    page.get_by_label("Your email address").fill("parent@home")
    page.get_by_role("button", name="Sign up").click()
    expect(page).to_have_title(re.compile("^Error: "))
    field = page.get_by_label("Your email address")
    expect(field).to_have_value("parent@home")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link").click()
    expect(field).to_be_focused()


def test_a_scanner_that_runs_scripts_confirms_nobody(desk: Desk, chromium: Browser) -> None:
    desk.sign_up(PARENT)
    (mail,) = desk.deliver()
    page = chromium.new_page(viewport=DESKTOP)
    page.goto(desk.here(link_in(mail, "confirm")))
    page.mouse.move(100, 100)
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(3000)
    page.close()
    assert desk.person(PARENT).state is SubscriberState.PENDING


@needs_axe
def test_no_page_has_a_barrier_or_a_sideways_scroll(desk: Desk, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(desk.root) else outside.append(asked.url))
    for name, address, status in _every_page(desk):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, name
        look(page, name)
    page.goto(desk.here("/subscribe"))
    page.get_by_role("button", name="Sign up").click()
    look(page, "sign up without an address")
    assert not outside, "nothing comes from anywhere else"
    context.close()


@needs_axe
def test_no_page_after_a_press_has_a_barrier_or_a_sideways_scroll(desk: Desk, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()

    def press(button: str, heading: str) -> None:
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        look(page, heading)

    long = f"{'a-long-name-' * 5}@{'a-very-long-host-' * 3}name.example"
    for address in (long, PARENT):
        page.goto(desk.here("/subscribe"))
        page.get_by_label("Your email address").fill(address)
        _time_passes(desk, page)
        press("Sign up", "Check your email")
        (mail,) = desk.deliver()
        page.goto(desk.here(link_in(mail, "confirm")))
        press("Yes, send me the news", "You are on the list")
        page.get_by_role("link", name="Choose your topics").click()
        press("Save", "What you get")
        expect(page.get_by_role("status")).to_have_text("Saved.")
        for box in page.locator("input[name=topics]").all():
            box.uncheck()
        page.get_by_label("Pause until").fill("2026-12-24")
        press("Save", "What you get")
        expect(page.get_by_role("alert")).to_be_visible()
    preferences = desk.preferences(desk.person(PARENT))
    page.goto(desk.here(preferences))
    press("Leave", "You have left")
    page.goto(desk.here(preferences + "/erase"))
    press("Erase everything", "Everything is erased")

    desk.sign_up("late@home.example")
    (mail,) = desk.deliver()
    page.goto(desk.here(link_in(mail, "confirm")))
    desk.wait(timedelta(days=60))
    press("Yes, send me the news", "This link has ended")
    page.goto(desk.here(f"{preferences}/export"))
    expect(page.get_by_role("heading", level=1)).to_have_text("This page cannot be used like that")
    look(page, "a problem")
    context.close()


def _every_page(desk: Desk) -> Iterator[tuple[str, str, int]]:
    person = desk.join(PARENT)
    gone = desk.join("gone@home.example")
    desk.post(desk.leave(gone))
    desk.sign_up("pending@home.example")
    (mail,) = desk.deliver()
    yield "sign-up", desk.here("/subscribe"), 200
    yield "confirm", desk.here(link_in(mail, "confirm")), 200
    yield "preferences", desk.here(desk.preferences(person)), 200
    yield "preferences of one who left", desk.here(desk.preferences(gone)), 200
    yield "erase", desk.here(desk.preferences(person) + "/erase"), 200
    yield "leave", desk.here(desk.leave(person)), 200
    yield "ended", desk.here("/leave/forged"), 404
    yield "archive", desk.here("/archive"), 200
    yield "a digest", desk.here("/archive/weekly/2026-11-27"), 200
    yield "not there", desk.here("/nothing"), 404


def _tab_through(page: Page) -> list[str]:
    """What is reached by Tab, in order, until it begins again."""
    name = (
        "() => { const e = document.activeElement;"
        " return e === document.body ? '' : e.id || e.textContent.trim() }"
    )
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = str(page.evaluate(name))
        if seen and found == seen[-1]:  # a field for a date has a stop for each part of it
            continue
        if found in seen or found in ("Skip to main content", ""):
            if seen:
                break
            continue
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none", found
        seen.append(found)
    return seen


def _time_passes(desk: Desk, page: Page) -> None:
    """The form was opened at this very moment of the test's clock: let a minute pass."""
    expect(page.locator("input[name=moment]")).to_have_count(1)
    desk.wait(timedelta(minutes=1))
