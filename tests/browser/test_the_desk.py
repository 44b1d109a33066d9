"""The desk in a real browser: from the mail to an approved item, by keyboard, without script, on a phone.

Without axe-core, or without Chromium, the tests that need it are skipped and say so.
"""

from typing import Any

import pytest

from alerts.steps.signing_in import enter_without_mail
from pipeline.model.reviews import Standing
from pipeline.steps.lapse import lapse_moved
from pipeline.store import reviews
from tests.support.browser import look, needs_axe
from tests.support.newsdesk import ANNA, BEN, Newsdesk


def a_page(chromium: Any, newsdesk: Newsdesk, address: str = "", **options: Any) -> Any:
    """A page of a browser of its own; with an address its owner is signed in."""
    context = chromium.new_context(base_url=newsdesk.root, **options)
    if address:
        cookie = enter_without_mail(newsdesk.db, newsdesk.desk.team, address, newsdesk.now)
        context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    return context.new_page()


def standing(newsdesk: Newsdesk, story: int) -> Standing:
    with newsdesk.db.begin() as tx:
        found = reviews.standing_of(tx, story)
    assert found is not None
    return found.standing


def a_link(newsdesk: Newsdesk) -> str:
    """The address in the newest mail in the postbox, at the server that is running."""
    from alerts.steps.delivering import deliver_owed
    from tests.support.desk import link_in

    deliver_owed(newsdesk.db, newsdesk.mailer, clock=lambda: newsdesk.now)
    link = link_in(newsdesk.postbox.mails[-1], "enter")
    return newsdesk.root + link.removeprefix(newsdesk.desk.site.facts.site)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_mails_link_to_an_approved_item_on_a_phone(
    chromium: Any, newsdesk: Newsdesk, script: bool
) -> None:
    story = newsdesk.room.page("short breaks")
    page = a_page(chromium, newsdesk, java_script_enabled=script, viewport={"width": 360, "height": 740})
    page.goto(f"/desk/stories/{story}")
    page.fill("#address", ANNA)
    page.click("button")
    assert "Look in your inbox" in page.inner_text("h1")
    page.goto(a_link(newsdesk))
    page.click("text=Sign in to the desk")
    assert page.inner_text("h1") == "All about short breaks", "she lands on the Story that she asked for"
    sentence = page.locator(".sentence").nth(1)
    assert not sentence.locator("blockquote").first.is_visible()
    sentence.locator("summary").click()
    assert sentence.locator("blockquote").first.is_visible(), "choosing a sentence shows its passage"
    page.fill("#digest_title", "Short breaks: what schools must tell you")
    page.click("text=Save and approve for the digest")
    assert "Approved for the digest" in page.inner_text("[role=status]")
    assert standing(newsdesk, story) is Standing.APPROVED
    page.context.close()


def test_the_keyboard_alone_is_enough_from_the_sign_in_to_the_approval(
    chromium: Any, newsdesk: Newsdesk
) -> None:
    story = newsdesk.room.page("short breaks")
    page = a_page(chromium, newsdesk)

    def tab_to(selector: str, most: int = 80) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"{selector} is not reached by the Tab key")

    page.goto("/desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    tab_to("#address")
    page.keyboard.type(ANNA)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Look in your inbox")
    page.goto(a_link(newsdesk))
    tab_to("main button")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'a[href="/desk/stories/{story}"]')
    tab_to(f'a[href="/desk/stories/{story}"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/stories/*")
    tab_to("#title")
    page.keyboard.press("Control+A")
    page.keyboard.type("A title by keyboard")
    tab_to("#edit .buttons button")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=saved")
    assert page.input_value("#title") == "A title by keyboard"
    tab_to(".sentence summary")
    page.keyboard.press("Enter")
    assert page.locator(".sentence[open] blockquote").first.is_visible()
    tab_to("button[formaction$=approve]")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=approved*")
    assert standing(newsdesk, story) is Standing.APPROVED
    page.context.close()


def test_the_script_shows_the_passages_of_the_paragraph_in_hand(chromium: Any, newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    page = a_page(chromium, newsdesk, ANNA, viewport={"width": 1280, "height": 800})
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "policy" in said.text.lower() else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"/desk/stories/{story}")
    page.click("#title")
    assert page.locator('[data-paragraph="0"].here').count() == 1
    page.evaluate("document.querySelector('#body').setSelectionRange(0, 0)")
    page.focus("#body")
    page.keyboard.press("ArrowRight")
    here = page.locator(".paragraph.here")
    assert here.get_attribute("data-paragraph") == "1"
    assert here.locator("blockquote").first.is_visible()
    assert refused == [], "nothing breaks the page's own policy"
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_editors_meet_on_a_page_and_a_story_is_merged_on_a_phone(
    chromium: Any, newsdesk: Newsdesk, script: bool
) -> None:
    story, other = newsdesk.room.page("short breaks"), newsdesk.room.page("school transport")
    phone = {"java_script_enabled": script, "viewport": {"width": 360, "height": 740}}
    anna, ben = (a_page(chromium, newsdesk, who, **phone) for who in (ANNA, BEN))
    for page in (anna, ben):
        page.goto(f"/desk/stories/{story}")
    anna.fill("#title", "A title by Anna")
    anna.click("#edit .buttons >> text=Save >> nth=0")
    ben.fill("#title", "A title by Ben")
    ben.click("#edit .buttons >> text=Save >> nth=0")
    assert "A colleague saved while you were writing" in ben.inner_text("h1")
    assert "A title by Anna" in ben.inner_text("main")
    ben.click("text=Take mine")
    ben.click("main button")
    assert ben.input_value("#title") == "A title by Ben"
    ben.select_option("#near", str(other))
    ben.click("text=Merge into that Story")
    assert ben.inner_text("h1") == "All about school transport"
    assert "All about short breaks" in ben.inner_text("#documents")
    for page in (anna, ben):
        page.context.close()


@needs_axe
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_its_screen_and_axe_finds_nothing(
    chromium: Any, newsdesk: Newsdesk, width: int
) -> None:
    room = newsdesk.room
    lapsed, new = room.page("short breaks"), room.page("school transport")
    room.approves("short breaks")
    newsdesk.wait(hours=1)
    room.edits("short breaks")
    with newsdesk.db.begin() as tx:
        lapse_moved(tx, newsdesk.now)
    room.ledger.cycle()
    size = {"viewport": {"width": width, "height": 800}}
    page, stranger = a_page(chromium, newsdesk, ANNA, **size), a_page(chromium, newsdesk, **size)

    stranger.goto("/desk/sign-in")
    look(stranger, "sign in")
    stranger.goto("/desk/enter/x")
    look(stranger, "no way in")
    for path in (
        "/desk",
        "/desk?list=all&topic=law",
        f"/desk/stories/{lapsed}",
        f"/desk/stories/{new}",
        "/desk/stories/99",
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        look(page, path)
    page.goto(f"/desk/stories/{new}")
    other = a_page(chromium, newsdesk, BEN)
    other.goto(f"/desk/stories/{new}")
    other.fill("#title", "By Ben")
    other.click("#edit .buttons >> text=Save >> nth=0")
    page.fill("#title", "By Anna")
    page.click("#edit .buttons >> text=Save >> nth=0")
    look(page, "the merge page")
    page.goto(f"/desk/stories/{new}/texts/1")
    look(page, "what a text changed")
    page.goto(f"/desk/stories/{new}")
    page.click("text=Mark as not relevant")
    look(page, "not done yet")
    for one in (page, stranger, other):
        one.context.close()
