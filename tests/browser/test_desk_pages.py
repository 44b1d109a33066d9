"""The desk's other pages in a real browser: a phone, no JavaScript, and eyes that need contrast."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from alerts.desk.desk import Watch
from pipeline.model.sources import Source
from pipeline.model.traces import Site
from pipeline.steps.indexing import index_some
from pipeline.store import runs
from pipeline.store.database import open_database
from tests.support.browser import look, needs_axe
from tests.support.ledgers import GOVUK
from tests.support.newsdesk import OPS, Newsdesk, a_newsdesk
from tests.support.newsroom import AT_ONCE, FRAME, MONTHLY, WEEKLY

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LONG = "https://www.gov.uk/" + "a-very-long-address-without-a-break-" * 6
SOURCES = (
    Source(
        "govuk-send",
        "SEND on GOV.UK",
        "govuk_search",
        every=timedelta(minutes=10),
        nights=timedelta(hours=1),
        silent_for=timedelta(days=30),
    ),
    Source("blog", "The Education Hub, a blog of the Department for Education", "blog_feed"),
)
PAGES = (
    "/desk/documents/1",
    "/desk/documents/1/compare?old=1&new=2",
    "/desk/documents/1/at?day=2026-11-24",
    "/desk/documents/99",
    "/desk/search",
    "/desk/search?words=forms",
    "/desk/search?words=nothing-like-it&state=gone",
    "/desk/sources",
    "/desk/sources/receipt",
    "/desk/missed",
    f"/desk/missed?url={GOVUK}forms",
    f"/desk/missed?url={LONG}",
    "/desk/digest",
    "/desk/digest/weekly/send",
    "/desk/subscribers",
    "/archive",
)


@pytest.fixture
def newsdesk(tmp_path: Path) -> Iterator[Newsdesk]:
    db = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    watch = Watch((Site("govuk-send", "SEND on GOV.UK", "www.gov.uk"),), str, lambda _entry: 0.2)
    plans = (WEEKLY, MONTHLY, AT_ONCE)
    with a_newsdesk(db, frame=FRAME, plans=plans, sources=SOURCES, watch=watch) as running:
        _fill(running)
        yield running
    db.close()


def _fill(running: Newsdesk) -> None:
    room = running.room
    room.gathers(*(WEEKLY, MONTHLY, AT_ONCE))
    room.ledger.arrives("forms", "Forms for parents", "guidance", "Schools may ask for the blue forms.")
    room.ledger.cycle()
    running.wait(hours=3)
    room.ledger.changes("forms", "Forms for parents", "guidance", "Schools must ask within days.", edit="e")
    room.ledger.cycle()
    for what in ("short breaks", "transport", "exclusions"):
        room.page(what)
        room.approves(what)
    room.subscriber("pat")
    room.subscriber("gone", state="left", left_at=room.now)
    with running.db.begin() as tx:
        for key, outcome, words in (
            ("govuk-send", "whole", ""),
            ("blog", "failed", f"no answer from {LONG}"),
        ):
            number = runs.begin(tx, key, running.now)
            runs.end(tx, number, running.now, outcome=outcome, requests=7, counts={}, words=words)
        runs.open_problem(tx, "blog", "broken", f"it cannot be read: {LONG}", running.now)
    while index_some(running.db, running.now):
        pass
    running.wait(minutes=10)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(newsdesk: Newsdesk, chromium: Chromium, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=request.param == "with JavaScript",
        locale="en-GB",
    )
    context.set_default_timeout(20_000)
    cookie = newsdesk.signed_in(OPS).client.cookies["desk"]
    context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    yield context.new_page()
    context.close()


def test_a_phrase_that_has_vanished_is_found_and_seen_as_it_was(newsdesk: Newsdesk, page: Page) -> None:
    page.goto(f"{newsdesk.root}/desk")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Words in anything").fill('"blue forms"')
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark")).to_have_text(["blue forms"])
    expect(page.get_by_text("Gone from the present version")).to_be_visible()
    page.get_by_role("link", name="Forms for parents", exact=True).click()
    page.get_by_role("link", name="What changed in version 2").click()
    expect(page.locator("ins").first).to_contain_text("must")
    page.go_back()
    page.get_by_role("link", name="Version 1,").click()
    expect(page.get_by_text("Schools may ask for the blue forms.")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="The page").click()
    assert saved.value.suggested_filename == "document-1-version-1-part-1.bin"


def test_what_was_missed_becomes_a_story_in_the_browser(newsdesk: Newsdesk, page: Page) -> None:
    newsdesk.room.ledger.known("plans", "EHC plans", "guidance", "Authorities must review each EHC plan.")
    page.goto(f"{newsdesk.root}/desk/missed")
    page.get_by_label("The address of the page").fill(f"{GOVUK}plans?utm_source=mail#contents")
    page.get_by_role("button", name="Find out").click()
    expect(page.get_by_text("Known before")).to_be_visible()
    page.get_by_role("button", name="Make a Story of it now").click()
    expect(page.get_by_role("status")).to_contain_text("A Story of it is open")
    newsdesk.room.ledger.cycle()
    page.get_by_role("link", name="Open Story").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("EHC plans")


def test_the_order_of_the_digest_is_changed_with_buttons(newsdesk: Newsdesk, page: Page) -> None:
    page.goto(f"{newsdesk.root}/desk/digest")
    weekly = page.locator("section", has=page.locator("#weekly-title"))
    before = weekly.locator("h4").all_inner_texts()
    weekly.get_by_role("button", name=re.compile(f"Up.*{before[2]}")).click()
    expect(page.get_by_role("status")).to_have_text("Moved.")
    assert weekly.locator("h4").all_inner_texts() == [before[0], before[2], before[1]]
    weekly.get_by_label("Opening line").fill("A short week.")
    weekly.get_by_role("button", name="Keep the opening line").click()
    expect(weekly.get_by_label("Opening line")).to_have_value("A short week.")
    weekly.get_by_role("button", name="Hold it").click()
    expect(page.get_by_role("status")).to_contain_text("Stopped")
    weekly.get_by_role("button", name="Release it").click()
    expect(page.get_by_role("status")).to_contain_text("Released")


def test_an_operator_pauses_a_source_and_forgets_a_person(newsdesk: Newsdesk, page: Page) -> None:
    page.goto(f"{newsdesk.root}/desk/sources")
    page.get_by_role("button", name="Pause SEND on GOV.UK").click()
    expect(page.get_by_role("status")).to_contain_text("Paused")
    page.get_by_role("button", name="Resume SEND on GOV.UK").click()
    expect(page.get_by_role("status")).to_contain_text("It goes on")
    page.goto(f"{newsdesk.root}/desk/subscribers")
    page.get_by_label("Their exact email address").fill("pat@families.example")
    page.get_by_role("button", name="Show what is held").click()
    assert "pat" not in page.url
    page.get_by_role("button", name="Forget this person").click()
    page.get_by_role("button", name="Yes, erase all of it").click()
    expect(page.get_by_role("status")).to_contain_text("Erased")


@needs_axe
def test_no_page_of_the_desk_has_a_barrier_or_a_sideways_scroll(
    newsdesk: Newsdesk, chromium: Chromium
) -> None:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    cookie = newsdesk.signed_in(OPS).client.cookies["desk"]
    context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text else None)
    for path in PAGES:
        answer = page.goto(newsdesk.root + path)
        assert answer is not None
        assert answer.status == (404 if path.endswith("/99") else 200), path
        look(page, path)
    page.goto(f"{newsdesk.root}/desk/subscribers")
    page.get_by_label("Their exact email address").fill("pat@families.example")
    page.get_by_role("button", name="Show what is held").click()
    look(page, "a subscriber")
    page.get_by_role("button", name="Forget this person").click()
    look(page, "whether to forget")
    assert not refused
    context.close()
