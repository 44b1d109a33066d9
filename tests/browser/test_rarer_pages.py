"""The pages that are seen when something is amiss or done, on a phone: without barriers, light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from alerts.steps.delivering import deliver_owed
from pipeline.steps.cluster import cluster
from pipeline.steps.joining import Joining, merge_stories
from pipeline.store.database import open_database
from tests.support.browser import look, needs_axe
from tests.support.databases import fresh_sqlite
from tests.support.desk import link_in
from tests.support.newsdesk import ANNA, BEN, Newsdesk, a_newsdesk
from tests.support.newsroom import FRAME, LETTER, MONTHLY, WEEKLY

PHONE = {"width": 360, "height": 740}
OF_A_WHOLE_PAGE = "landmark-one-main|region"  # a mail stands inside somebody else's page
pytestmark = needs_axe


@pytest.fixture
def newsdesk(tmp_path: Path) -> Iterator[Newsdesk]:
    db = open_database(fresh_sqlite(tmp_path / "desk.db"))
    with a_newsdesk(db, frame=FRAME, plans=(WEEKLY, MONTHLY)) as running:
        running.room.gathers(WEEKLY, MONTHLY)
        yield running
    db.close()


@pytest.fixture
def stranger(newsdesk: Newsdesk, chromium: Browser) -> Iterator[Page]:
    """A phone that nobody has signed in with."""
    context = chromium.new_context(viewport=PHONE, base_url=newsdesk.root, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(newsdesk: Newsdesk, stranger: Page) -> Page:
    """Anna's phone."""
    cookie = newsdesk.signed_in(ANNA).client.cookies["desk"]
    stranger.context.add_cookies([{"name": "desk", "value": cookie, "url": newsdesk.root}])
    return stranger


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    look(page, words)


def test_the_way_in_and_out(newsdesk: Newsdesk, stranger: Page) -> None:
    stranger.goto("/desk/sign-in")
    stranger.get_by_role("button", name="Send me a link").click()
    expect(stranger.get_by_role("alert")).to_be_visible()
    heading(stranger, "Sign in to the desk")
    stranger.get_by_label("Your email address").fill(ANNA)
    stranger.get_by_role("button", name="Send me a link").click()
    heading(stranger, "Look in your inbox")
    deliver_owed(newsdesk.db, newsdesk.mailer, clock=lambda: newsdesk.now)
    link = link_in(newsdesk.postbox.mails[-1], "enter").removeprefix(newsdesk.desk.site.facts.site)
    stranger.goto(link)
    heading(stranger, "Come in")
    stranger.get_by_role("button", name="Sign in to the desk").click()
    heading(stranger, "New")
    stranger.get_by_role("button", name="Sign out").click()
    heading(stranger, "Sign in to the desk")
    stranger.goto(link)
    heading(stranger, "This link does not open the desk")
    stranger.goto("/desk/nothing")
    heading(stranger, "There is no such page")


def test_what_is_not_for_her_or_leads_nowhere(newsdesk: Newsdesk, page: Page) -> None:
    page.goto("/desk/subscribers")
    heading(page, "This page is for operators")
    page.goto("/desk/nothing")
    heading(page, "There is no such page")
    page.goto("/desk/stories/1/save")
    heading(page, "There is nothing to look at here")


def test_what_was_typed_and_not_taken(newsdesk: Newsdesk, page: Page) -> None:
    story = newsdesk.room.page("short breaks")
    typed = "An hour of work, with-a-very-long-word-that-has-no-place-to-break-" * 3
    page.goto(f"/desk/stories/{story}")
    page.fill("#body", typed)
    page.evaluate("document.querySelectorAll('[name=key]').forEach(one => { one.value = 'x' })")
    page.click("#edit .buttons >> text=Save >> nth=0")
    heading(page, "One more press")
    page.goto(f"/desk/stories/{story}")
    page.fill("#body", "word " * 9_000)
    page.evaluate("document.querySelector('#edit').removeAttribute('data-most')")  # as without the script
    page.click("#edit .buttons >> text=Save >> nth=0")
    heading(page, "The text is too long")
    page.goto(f"/desk/stories/{story}")
    page.fill("#body", typed)
    newsdesk.wait(hours=13)
    page.click("#edit .buttons >> text=Save >> nth=0")
    heading(page, "You are signed out")
    expect(page.get_by_label("Text", exact=True)).to_have_value(typed)


def test_a_story_that_has_no_draft_yet_and_one_that_has_gone_into_another(
    newsdesk: Newsdesk, page: Page
) -> None:
    one, other = newsdesk.room.page("short breaks"), newsdesk.room.page("transport")
    assert merge_stories(newsdesk.db, one, other, by=BEN, now=newsdesk.now) is Joining.DONE
    page.goto(f"/desk/stories/{one}")
    expect(page.get_by_role("main")).to_contain_text(f"has gone into Story {other}")
    look(page, "a merged Story")
    newsdesk.room.ledger.arrives("new", "All about new things", "guidance", LETTER.format(what="new things"))
    cluster(newsdesk.db, newsdesk.now)
    page.goto(f"/desk/stories/{other + 1}")
    expect(page.get_by_role("main")).to_contain_text("Its draft is being made")
    look(page, "a Story without a draft")


def test_two_texts_and_a_page_that_has_moved(newsdesk: Newsdesk, page: Page) -> None:
    story = newsdesk.room.page("short breaks")
    page.goto(f"/desk/stories/{story}")
    ben = newsdesk.signed_in(BEN)
    fields = {name: f"{name} by Ben" for name in ("title", "body", "digest_title", "digest_text", "post")}
    ben.send(f"/desk/stories/{story}/save", on=f"/desk/stories/{story}", edit="0", revision="1", **fields)
    page.fill("#title", "A title by Anna")
    page.fill("#body", "A text by Anna.")
    page.click("#edit .buttons >> text=Save >> nth=0")
    heading(page, "A colleague saved while you were writing")
    page.get_by_role("button", name="Save").click()
    newsdesk.room.edits("short breaks")
    page.click("text=Save and approve for the digest")
    heading(page, "This Story has moved on")
    page.goto(f"/desk/stories/{story}")
    page.click("text=Mark as not relevant")
    heading(page, "Not done yet")


def test_the_mails_as_they_look(newsdesk: Newsdesk, page: Page, chromium: Browser) -> None:
    story = newsdesk.room.page("short breaks")
    newsdesk.room.approves("short breaks")
    newsdesk.room.page("transport")
    newsdesk.room.edits("transport")
    newsdesk.room.ledger.cycle()
    # in the sandbox no promise of a script is kept, and axe is one: it looks at the same pages outside it
    opened = chromium.new_context(viewport=PHONE, base_url=newsdesk.root, bypass_csp=True)  # type: ignore[arg-type]
    opened.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    mail = opened.new_page()
    for path in (
        f"/desk/stories/{story}/alert",
        f"/desk/stories/{newsdesk.room.stories['transport']}/alert",
        f"/desk/stories/{story}/digest",
        "/desk/digest/weekly/preview",
    ):
        answer = mail.goto(path)
        assert answer is not None
        assert "sandbox" in answer.headers["content-security-policy"]
        look(mail, path, leaving_out=OF_A_WHOLE_PAGE)
    opened.close()
    page.goto(f"/desk/stories/{newsdesk.room.stories['transport']}")
    page.fill("#digest_text", "")
    page.click("#edit .buttons >> text=Save >> nth=0")
    page.get_by_role("link", name="The digest’s mail with this item").click()
    heading(page, "There is no mail to look at yet")
