"""A careless editor on a phone, in a real browser: the script keeps her words and saves her time."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from alerts.steps.signing_in import enter_without_mail
from pipeline.store import memory
from tests.support.browser import barriers, needs_axe
from tests.support.newsdesk import ANNA, Newsdesk

PHONE = {"width": 360, "height": 740}


def a_phone(chromium: Chromium, newsdesk: Newsdesk, *, script: bool = True) -> Page:
    context = chromium.new_context(
        base_url=newsdesk.root,
        viewport=PHONE,
        java_script_enabled=script,
        permissions=["clipboard-read", "clipboard-write"],
    )
    cookie = enter_without_mail(newsdesk.db, newsdesk.desk.team, ANNA, newsdesk.now)
    context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    return context.new_page()


@needs_axe
def test_a_paragraph_leads_to_its_passage_and_the_item_to_the_clipboard(
    chromium: Chromium, newsdesk: Newsdesk
) -> None:
    story = newsdesk.room.page("short breaks")
    page = a_phone(chromium, newsdesk)
    page.goto(f"/desk/stories/{story}")
    page.click("#title")
    page.click("text=The passage of this paragraph")
    expect(page.locator("#passages-0")).to_be_in_viewport()
    assert barriers(page) == []
    page.click("text=Copy with its formatting")
    expect(page.locator("#copy [role=status]")).to_have_text("Copied.")
    kinds = page.evaluate("navigator.clipboard.read().then(all => all[0].types)")
    assert sorted(kinds) == ["text/html", "text/plain"]
    page.click("text=Copy: Markdown")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# Ministerial letter about all about short breaks")
    page.context.close()


def test_a_text_that_is_too_long_is_not_sent_and_stays_in_the_form(
    chromium: Chromium, newsdesk: Newsdesk
) -> None:
    story = newsdesk.room.page("short breaks")
    page = a_phone(chromium, newsdesk)
    page.goto(f"/desk/stories/{story}")
    page.fill("#body", "word " * 100_000)
    page.locator("#edit .buttons button").first.click()
    expect(page.locator("[data-too-long]")).to_contain_text("Nothing was sent")
    assert len(page.input_value("#body")) == 500_000
    page.fill("#body", "Short.")
    page.locator("#edit .buttons button").first.click()
    expect(page.get_by_role("status").first).to_have_text("Saved.")
    page.context.close()


@needs_axe
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_session_that_ended_meanwhile_is_mended_in_another_tab(
    chromium: Chromium, newsdesk: Newsdesk, script: bool
) -> None:
    story = newsdesk.room.page("short breaks")
    page = a_phone(chromium, newsdesk, script=script)
    page.goto(f"/desk/stories/{story}")
    page.fill("#title", "Typed for ten minutes")
    newsdesk.wait(hours=13)
    page.locator("#edit .buttons button").first.click()
    assert page.inner_text("h1") == "You are signed out"
    if script:
        assert barriers(page) == []
    cookie = enter_without_mail(newsdesk.db, newsdesk.desk.team, ANNA, newsdesk.now)
    page.context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    page.get_by_role("button", name="Save").click()
    assert page.inner_text("h1") == "One more press"
    page.get_by_role("button", name="Save").click()
    assert page.input_value("#title") == "Typed for ten minutes"
    page.context.close()


def test_leaving_the_digest_with_an_opening_line_that_is_not_kept_asks_first(
    chromium: Chromium, newsdesk: Newsdesk
) -> None:
    with newsdesk.db.begin() as tx:
        memory.keep(tx, "plan:weekly", "seen", newsdesk.now)
    page = a_phone(chromium, newsdesk)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/desk/digest")
    page.locator("textarea").first.press_sequentially("Dear all,")
    page.click("text=Inbox")
    page.wait_for_url("**/desk")
    assert asked == ["beforeunload"]
    page.context.close()
