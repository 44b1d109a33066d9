"""A Document's page and the search at the desk: what a page said, when it said so, and what it is now."""

from collections.abc import Iterator

import pytest

from pipeline.steps.indexing import index_some
from pipeline.store import bodies
from pipeline.store.database import Database
from tests.support.newsdesk import Browser, Newsdesk, a_newsdesk

SCRIPT = "<script>alert(1)</script>"
OLD = "Schools may tell parents within ten days about the blue forms."
NEW = "Schools must tell parents within five days."


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db) as running:
        ledger = running.room.ledger
        ledger.arrives("forms", "Forms for parents", "guidance", OLD)
        ledger.cycle()
        running.wait(days=2)
        ledger.changes("forms", "Forms for parents", "guidance", NEW, edit="e1")
        ledger.cycle()
        while index_some(db, running.now):
            pass
        yield running


@pytest.fixture
def browser(newsdesk: Newsdesk) -> Browser:
    return newsdesk.signed_in()


def test_every_version_is_listed_with_what_came_about(newsdesk: Newsdesk, browser: Browser) -> None:
    page = browser.get("/desk/documents/1")
    assert page.status_code == 200
    assert page.text.index("Version 2") < page.text.index("Version 1")
    assert "Seen for the first time" in page.text
    assert "Quiet change" in page.text
    assert 'href="/desk/stories/' in page.text
    assert "SEND on GOV.UK" in page.text


def test_the_redline_between_any_two_versions_goes_both_ways(browser: Browser) -> None:
    page = browser.get("/desk/documents/1/compare", params={"old": "1", "new": "2"})
    assert "<del>" in page.text
    assert "+must+" in page.text
    back = browser.get("/desk/documents/1/compare", params={"old": "2", "new": "1"})
    assert "+may+" in back.text
    same = browser.get("/desk/documents/1/compare", params={"old": "2", "new": "2"})
    assert "A reader sees no difference" in same.text
    for wrong in ("3", "0", "-1", "x", ""):
        assert browser.get(f"/desk/documents/1/compare?old=1&new={wrong}").status_code == 404


def test_a_page_is_shown_as_it_was_on_a_day(newsdesk: Newsdesk, browser: Browser) -> None:
    before, after = "2026-11-24", "2026-11-26"
    page = browser.get("/desk/documents/1/at", params={"day": before})
    assert OLD in page.text
    assert "As it was at the end of 24 November 2026" in page.text
    assert NEW in browser.get("/desk/documents/1/at", params={"day": after}).text
    unknown = browser.get("/desk/documents/1/at", params={"day": "2026-11-01"})
    assert unknown.status_code == 404
    assert "not known on that day" in unknown.text
    assert browser.get("/desk/documents/1/at", params={"day": "tomorrow"}).status_code == 404


def test_what_was_served_is_saved_and_never_opened(newsdesk: Newsdesk, browser: Browser) -> None:
    answer = browser.get("/desk/documents/1/versions/1/originals/0")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="document-1-version-1-')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.content == next(body for body in _bodies(newsdesk) if b"blue forms" in body), "to the byte"
    for wrong in ("1", "-1", "0x0", "..%2f0", "00x"):
        assert browser.get(f"/desk/documents/1/versions/1/originals/{wrong}").status_code == 404


def test_a_text_that_was_let_go_is_said_to_be_gone(newsdesk: Newsdesk, browser: Browser) -> None:
    with newsdesk.db.begin() as tx:
        tx.exec_driver_sql("DELETE FROM bodies")
    gone = browser.get("/desk/documents/1/versions/1/originals/0")
    assert gone.status_code == 404
    assert "let go" in gone.text
    from pipeline.store import versions

    with newsdesk.db.begin() as tx:
        versions.let_go(tx, 1)
    assert "Its text was let go" in browser.get("/desk/documents/1").text
    for path in ("versions/1", "compare?old=1&new=2", "at?day=2026-11-24"):
        page = browser.get(f"/desk/documents/1/{path}")
        assert page.status_code == 404
        assert "let go" in page.text


def test_a_publisher_who_means_harm_is_only_ever_text(newsdesk: Newsdesk) -> None:
    ledger = newsdesk.room.ledger
    ledger.arrives("javascript://x/%0aalert(1)", f"Title {SCRIPT}", "guidance", f"SEND {SCRIPT} pupils")
    ledger.changes("javascript://x/%0aalert(1)", f"Title {SCRIPT}", "guidance", f"SEND <img src=x> {SCRIPT}")
    ledger.cycle()
    while index_some(newsdesk.db, newsdesk.now):
        pass
    browser = newsdesk.signed_in()
    for path in (
        "/desk/documents/2",
        "/desk/documents/2/versions/1",
        "/desk/documents/2/compare?old=1&new=2",
        "/desk/search?words=script",
        "/desk/search?words=pupils",
    ):
        page = browser.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text, path
        assert "<img" not in page.text, path
        assert 'href="javascript' not in page.text, path


def test_search_finds_a_phrase_that_has_vanished_and_says_so(browser: Browser) -> None:
    page = browser.get("/desk/search", params={"words": '"blue forms"'})
    assert "1 document<" in page.text
    assert "<mark>blue forms</mark>" in page.text
    assert "Gone from the present version" in page.text
    assert "which stood until" in page.text
    present = browser.get("/desk/search", params={"words": "must tell"})
    assert "Gone from the present version" not in present.text
    assert "In the present version" in present.text


def test_search_is_narrowed_by_its_filters_and_goes_on_page_by_page(newsdesk: Newsdesk) -> None:
    for number in range(25):
        newsdesk.room.ledger.known(
            f"many-{number}", f"Forms number {number}", "guidance", "More about forms."
        )
    while index_some(newsdesk.db, newsdesk.now):
        pass
    browser = newsdesk.signed_in()
    first = browser.get("/desk/search", params={"words": "forms"})
    assert "26 documents, page 1 of 2" in first.text
    assert "words=forms&amp;page=2" in first.text
    second = browser.get("/desk/search", params={"words": "forms", "page": "2"})
    assert second.text.count("<h3>") == 6
    for narrow in (
        {"source": "another"},
        {"state": "gone"},
        {"publisher": "Ofsted"},
        {"until": "2026-01-01"},
    ):
        none = browser.get("/desk/search", params={"words": "forms", **narrow})
        assert "Nothing that was ever captured holds this" in none.text, narrow
    wide = browser.get("/desk/search", params={"words": "forms", "publisher": "education", "state": "live"})
    assert "26 documents" in wide.text
    assert "Type a word that must be there" in browser.get("/desk/search?words=-forms").text


def _bodies(newsdesk: Newsdesk) -> list[bytes]:
    with newsdesk.db.begin() as tx:
        return [bodies.fetch(tx, digest) or b"" for digest in bodies.hashes(tx)]
