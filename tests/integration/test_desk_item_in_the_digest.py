"""A Story's item in the digest's own mail, before anybody has approved it, and after."""

import re
from collections.abc import Iterator

import pytest

from pipeline.store.database import Database
from tests.support.newsdesk import Newsdesk, a_newsdesk
from tests.support.newsroom import AT_ONCE, FRAME, LETTER, MONTHLY, WEEKLY

DATED = LETTER + "\nThe consultation on {what} closes on 11 December 2026. Parents can respond until then."


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db, frame=FRAME, plans=(AT_ONCE, WEEKLY, MONTHLY)) as running:
        yield running


def seen(newsdesk: Newsdesk, path: str) -> str:
    page = newsdesk.signed_in().get(f"/desk/{path}")
    assert page.status_code == 200
    return page.text


def saves(newsdesk: Newsdesk, story: int, what: str, **words: str) -> None:
    page = seen(newsdesk, f"stories/{story}")
    numbers = dict(re.findall(r'name="(edit|revision)" value="(\d+)"', page))
    texts = {"title": "T", "body": "B", "digest_title": "D", "digest_text": "E", "post": "P", **words}
    sent = newsdesk.signed_in().send(
        f"/desk/stories/{story}/{what}", on=f"/desk/stories/{story}", **numbers, **texts
    )
    assert sent.status_code == 200


def test_what_is_shown_before_the_approval_is_what_the_next_digest_prints_after_it(
    newsdesk: Newsdesk,
) -> None:
    newsdesk.room.gathers(AT_ONCE, WEEKLY, MONTHLY)
    story = newsdesk.room.page("short breaks", "open_consultation", DATED)
    newsdesk.signed_in().send(
        "/desk/digest/weekly/opening", on="/desk/digest", opening="Dear all, <b>one</b> thing."
    )
    words = {
        "digest_title": "Short breaks <now>",
        "digest_text": "Schools must tell parents.\r\n\r\nAsk them.",
    }
    saves(newsdesk, story, "save", **words)
    page = newsdesk.signed_in().get(f"/desk/stories/{story}/digest")
    assert "sandbox" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    for part in (
        "Short breaks &lt;now&gt;",
        "Ask them.",
        "Dear all, &lt;b&gt;one",
        "11 December 2026",
        "Closing soon",
    ):
        assert part in page.text, part
    assert "Your choice: Every week, on Friday" in page.text
    assert "News about" not in page.text
    saves(newsdesk, story, "approve", **words)
    assert "In the words that are approved" in seen(newsdesk, f"stories/{story}")
    printed = seen(newsdesk, "digest/weekly/preview")
    assert page.text == printed
    assert seen(newsdesk, f"stories/{story}/digest") == printed


def test_it_holds_one_item_alone_in_the_words_that_are_approved(newsdesk: Newsdesk) -> None:
    newsdesk.room.gathers(AT_ONCE, WEEKLY, MONTHLY)
    for what in ("short breaks", "transport"):
        newsdesk.room.page(what)
        newsdesk.room.approves(what)
    story = newsdesk.room.stories["transport"]
    saves(newsdesk, story, "save", digest_title="Words of later", digest_text="Nobody has approved them.")
    text = seen(newsdesk, f"stories/{story}/digest")
    assert "News about transport" in text
    assert "Words of later" not in text
    assert "News about short breaks" not in text


def test_a_plan_that_the_watch_has_not_begun_and_a_lapsed_item_show_what_an_approval_would_make(
    newsdesk: Newsdesk,
) -> None:
    story = newsdesk.room.page("short breaks")
    newsdesk.room.approves("short breaks")
    assert "News about short breaks" in seen(newsdesk, f"stories/{story}/digest")
    saves(newsdesk, story, "stand", act="back", digest_title="Handed back", digest_text="To be read again.")
    text = seen(newsdesk, f"stories/{story}/digest")
    assert "Handed back" in text
    assert "News about short breaks" not in text


def test_without_words_or_without_a_digest_it_says_so_kindly(newsdesk: Newsdesk, db: Database) -> None:
    story = newsdesk.room.page("short breaks")
    saves(newsdesk, story, "save", digest_title="", digest_text="")
    shown = seen(newsdesk, f"stories/{story}/digest")
    assert "Nothing is written for the digest yet" in shown
    assert f'href="/desk/stories/{story}"' in shown
    for wrong in ("99", "x", "0"):
        assert newsdesk.signed_in().get(f"/desk/stories/{wrong}/digest").status_code == 404
    saves(newsdesk, story, "save")
    with a_newsdesk(db, frame=FRAME, plans=()) as bare:
        text = seen(bare, f"stories/{story}/digest")
        assert "No digest is set up" in text
        assert f'href="/desk/stories/{story}"' in text
    with a_newsdesk(db, frame=FRAME, plans=(AT_ONCE,)) as at_once:
        assert "Your choice: As soon as there is news" in seen(at_once, f"stories/{story}/digest")


def test_nobody_sees_it_who_is_not_signed_in(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    page = newsdesk.browser().get(f"/desk/stories/{story}/digest")
    assert page.status_code == 303
    assert page.headers["location"].startswith("/desk/sign-in")
