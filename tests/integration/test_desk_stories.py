"""A Story at the desk, by real HTTP: read, mend, approve, hand back, reject, merge, split, copy."""

import html
import re
from collections.abc import Iterator
from io import BytesIO

import docx
import httpx
import pytest

from pipeline.model.reviews import Standing
from pipeline.store import approvals, desk, edits, labels, reviews
from pipeline.store.database import Database
from tests.support.newsdesk import ANNA, BEN, Browser, Newsdesk, a_newsdesk
from tests.support.newsroom import LETTER

FIELDS = ("title", "body", "digest_title", "digest_text", "post")


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db) as running:
        yield running


def typed(page: httpx.Response) -> dict[str, str]:
    """The form of a Story's page as a browser would send it."""
    found = {}
    for name in FIELDS:
        area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)
        assert area, name
        found[name] = html.unescape(area[1])
    for name in ("key", "edit", "revision"):
        field = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page.text)
        assert field, name
        found[name] = field[1]
    return found


def send(browser: Browser, story: int, what: str, page: httpx.Response, **changed: str) -> httpx.Response:
    """Press a button of a page that was opened before."""
    data = {**typed(page), **changed}
    return browser.client.post(f"/desk/stories/{story}/{what}", data=data, follow_redirects=True)


def standing(newsdesk: Newsdesk, story: int) -> Standing:
    with newsdesk.db.begin() as tx:
        found = reviews.standing_of(tx, story)
    assert found is not None
    return found.standing


def test_an_editor_finds_the_story_in_the_inbox_mends_two_words_and_approves_it(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    inbox = anna.get("/desk")
    assert f'href="/desk/stories/{story}"' in inbox.text
    assert "All about short breaks" in inbox.text
    page = anna.get(f"/desk/stories/{story}")
    assert page.status_code == 200
    assert "Schools must tell parents about short breaks within ten school days" in page.text
    words = typed(page)["digest_text"] + " Ask us if you are unsure."
    done = send(anna, story, "approve", page, digest_text=words)
    assert "Approved for the digest" in done.text
    with newsdesk.db.begin() as tx:
        kept = approvals.newest(tx, story)
        assert kept is not None
        assert (kept.item.text, kept.by) == (words, ANNA)
        assert [act.what for _, act in desk.log(tx, about=f"story:{story}")] == ["approved", "edited"]
    assert f'href="/desk/stories/{story}"' in anna.get("/desk?list=next").text
    assert "Approved by anna" in anna.get(f"/desk/stories/{story}").text


def test_saving_without_a_change_saves_nothing(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    assert "Nothing was changed" in send(anna, story, "save", page).text
    lines = {**typed(page)}
    lines["body"] = lines["body"].replace("\n", "\r\n")  # as browsers send it
    assert "Nothing was changed" in send(anna, story, "save", page, **lines).text


def test_a_slip_of_the_editor_is_warned_of_and_not_refused(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    body = typed(page)["body"] + "\n\nSchools must tell parents about short breaks within 99 school days."
    saved = send(anna, story, "save", page, body=body)
    assert "Saved." in saved.text
    assert "1 sentence needs a look" in saved.text
    assert "Please check:" in saved.text
    assert "99" in typed(saved)["body"]


def test_approving_what_a_colleague_has_changed_meanwhile_is_refused_and_says_so(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna, ben = newsdesk.signed_in(), newsdesk.signed_in(BEN)
    seen_by_ben = ben.get(f"/desk/stories/{story}")
    send(anna, story, "save", anna.get(f"/desk/stories/{story}"), title="A better title by Anna")
    refused = send(ben, story, "approve", seen_by_ben)
    assert refused.status_code == 409
    assert "A colleague has saved another text meanwhile" in refused.text
    assert standing(newsdesk, story) is Standing.WAITING
    assert "Approved" in send(ben, story, "approve", ben.get(f"/desk/stories/{story}")).text


def test_approving_a_draft_that_is_no_longer_the_newest_is_refused(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    newsdesk.room.edits("short breaks")
    newsdesk.room.ledger.cycle()
    refused = send(anna, story, "approve", page, title="Typed before I knew")
    assert refused.status_code == 409
    assert "newer draft" in refused.text
    now = anna.get(f"/desk/stories/{story}")
    assert typed(now)["title"] == "Typed before I knew", "what was typed is kept"
    assert send(anna, story, "stand", page, act="reject", why="no").status_code == 409
    assert "There is a newer draft than your text" not in now.text or "start again" in now.text


def test_approving_when_the_page_has_moved_shows_what_moved_and_lets_her_look(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    newsdesk.room.edits("short breaks")
    refused = send(anna, story, "approve", page)
    assert refused.status_code == 409
    assert "has changed (seen at" in refused.text
    data = dict(re.findall(r'name="(key|edit|revision|looked)" value="([^"]*)"', refused.text))
    done = anna.client.post(f"/desk/stories/{story}/approve", data=data, follow_redirects=True)
    assert "Approved for the digest" in done.text


def test_an_approval_that_lapsed_says_what_moved(newsdesk: Newsdesk) -> None:
    from pipeline.steps.lapse import lapse_moved

    story = newsdesk.room.page("short breaks")
    newsdesk.room.approves("short breaks")
    newsdesk.wait(hours=1)
    newsdesk.room.edits("short breaks")
    with newsdesk.db.begin() as tx:
        lapse_moved(tx, newsdesk.now)
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    assert "has lapsed" in page.text
    assert "Something else is said." in page.text
    assert f"/desk/stories/{story}" in anna.get("/desk?list=lapsed").text


def test_two_editors_who_change_the_same_words_choose_and_lose_nothing(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna, ben = newsdesk.signed_in(), newsdesk.signed_in(BEN)
    seen_by_ben = ben.get(f"/desk/stories/{story}")
    send(anna, story, "save", anna.get(f"/desk/stories/{story}"), title="By Anna", post="Post by Anna")
    clash = send(ben, story, "save", seen_by_ben, title="By Ben", digest_title="Digest by Ben")
    assert clash.status_code == 409
    assert "Anna saved at" in clash.text
    assert "By Anna" in clash.text
    assert "By Ben" in clash.text
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)">', clash.text)
    }
    both = {**fields, "title.choice": "own", "title.own": "By Anna and Ben"}
    resolved = ben.client.post(f"/desk/stories/{story}/resolve", data=both, follow_redirects=True)
    now = typed(resolved)
    assert (now["title"], now["post"], now["digest_title"]) == (
        "By Anna and Ben",
        "Post by Anna",
        "Digest by Ben",
    )
    with newsdesk.db.begin() as tx:
        assert [edit.by for edit in edits.history(tx, story)] == [BEN, ANNA]
    changed = ben.get(f"/desk/stories/{story}/texts/2").text
    assert "<ins>+" in changed
    assert "Ben" in changed


def test_rejecting_needs_a_reason_and_leaves_a_label(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    refused = send(anna, story, "stand", page, act="reject", why=" ", title="Typed all the same")
    assert refused.status_code == 422
    assert typed(anna.get(f"/desk/stories/{story}"))["title"] == "Typed all the same"
    page = anna.get(f"/desk/stories/{story}")
    assert "a label says so" in send(anna, story, "stand", page, act="reject", why="not in England").text
    with newsdesk.db.begin() as tx:
        assert [(one.why, one.by) for one in labels.every(tx)] == [("not in England", ANNA)]
    page = anna.get(f"/desk/stories/{story}")
    assert "not in England" in page.text
    assert "Opened again" in send(anna, story, "stand", page, act="reopen").text
    assert standing(newsdesk, story) is Standing.WAITING
    page = anna.get(f"/desk/stories/{story}")
    send(anna, story, "stand", page, act="hold")
    assert standing(newsdesk, story) is Standing.HELD
    assert send(anna, story, "stand", anna.get(f"/desk/stories/{story}"), act="dance").status_code == 422


def test_an_approved_story_is_handed_back_to_waiting(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    newsdesk.room.approves("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    assert "Hand back to waiting" in page.text
    assert "waits for a decision" in send(anna, story, "stand", page, act="back").text
    assert f"/desk/stories/{story}" in anna.get("/desk?list=waiting").text


def test_a_story_is_merged_into_a_near_one_and_a_document_is_split_off_again(newsdesk: Newsdesk) -> None:
    one, other = newsdesk.room.page("short breaks"), newsdesk.room.page("school transport")
    anna = newsdesk.signed_in()
    anna.get("/desk")
    page = anna.get(f"/desk/stories/{one}")
    assert f'<option value="{other}">' in page.text
    for wrong in ("", "99", str(one), "x" * 20):
        assert send(anna, one, "merge", page, into=wrong).status_code == 422, wrong
    merged = send(anna, one, "merge", page, into=f"#{other}")
    assert "are one now" in merged.text
    assert "All about short breaks" in merged.text
    assert f'has gone into <a href="/desk/stories/{other}">' in anna.get(f"/desk/stories/{one}").text
    document = str(newsdesk.room.ledger.ids["short-breaks"])
    assert f'name="document" value="{document}"' in merged.text
    assert "a Story of its own now" in send(anna, other, "split", merged, document=document).text
    newsdesk.room.ledger.cycle()
    assert "All about short breaks" in anna.get("/desk").text


def test_the_item_is_copied_as_html_markdown_and_word(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    body = (
        typed(page)["body"]
        + "\n\nA line of ours.\n- one\n- two\n\n[Our page](https://www.openlanes.example/x)"
    )
    send(anna, story, "save", page, title="A title of ours", body=body)
    as_html = anna.get(f"/desk/stories/{story}/item.html")
    assert as_html.headers["content-type"] == "text/plain; charset=utf-8"
    assert as_html.text.startswith("<h2>A title of ours</h2>")
    assert '<a href="https://www.openlanes.example/x">Our page</a>' in as_html.text
    assert "<ul><li>one</li><li>two</li></ul>" in as_html.text
    as_markdown = anna.get(f"/desk/stories/{story}/item.md")
    assert as_markdown.text.startswith("# A title of ours\n")
    assert "Where each sentence comes from" not in as_markdown.text
    paper = docx.Document(BytesIO(anna.get(f"/desk/stories/{story}/item.docx").content))
    assert paper.paragraphs[0].text == "A title of ours"
    assert anna.get(f"/desk/stories/{story}/item.exe").status_code == 404


def test_the_mail_is_shown_in_a_sandbox(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    page = newsdesk.signed_in().get(f"/desk/stories/{story}/alert")
    assert "sandbox" in page.headers["content-security-policy"]
    assert "All about short breaks" in page.text


def test_the_script_is_allowed_on_the_page_of_a_story_alone(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    assert "script-src 'self'" in anna.get(f"/desk/stories/{story}").headers["content-security-policy"]
    assert "script-src" not in anna.get("/desk").headers["content-security-policy"]
    assert anna.get("/desk/desk.js").headers["content-type"].startswith("text/javascript")


def test_a_newer_draft_can_take_the_place_of_an_older_text(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    send(anna, story, "save", anna.get(f"/desk/stories/{story}"), title="By Anna")
    newsdesk.room.edits("short breaks")
    newsdesk.room.ledger.cycle()
    page = anna.get(f"/desk/stories/{story}")
    assert "There is a newer draft than your text" in page.text
    assert typed(page)["title"] == "By Anna"
    fresh = send(anna, story, "machine", page)
    assert typed(fresh)["title"] != "By Anna"
    assert "There is a newer draft than your text" not in fresh.text
    assert "Text 1: what it changed" in fresh.text, "her own text stays in the history"


def test_text_typed_in_a_session_that_has_ended_is_shown_to_be_copied(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    newsdesk.wait(hours=13)
    lost = send(anna, story, "save", page, body="An hour of work.")
    assert lost.status_code == 401
    assert "An hour of work." in lost.text
    merging = {"key": "x", "body.own": "What I chose to write", "body.theirs": "Not mine"}
    chosen = anna.client.post(f"/desk/stories/{story}/resolve", data=merging)
    assert "What I chose to write" in chosen.text
    assert "Not mine" not in chosen.text
    assert f"/desk/sign-in?next=%2Fdesk%2Fstories%2F{story}" in lost.text


def test_a_text_without_end_is_refused_and_shown_again(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    refused = send(anna, story, "save", page, body="word " * 9_000)
    assert refused.status_code == 413
    assert "word word" in refused.text


def test_numbers_that_name_nothing_are_not_found(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    for path in ("99", "0", "-1", "x", "1e3", "9" * 30, "٣", f"{story}/texts/9", "99/item.html", "99/alert"):
        assert anna.get(f"/desk/stories/{path}").status_code == 404, path
    page = anna.get(f"/desk/stories/{story}")
    for what in ("save", "approve", "stand", "merge", "split", "machine"):
        assert send(anna, 99, what, page, body="Kept to copy").status_code == 404, what
    for numbers in ({"edit": "7"}, {"edit": "x"}, {"revision": "9"}, {"revision": "-1"}):
        assert send(anna, story, "save", page, **{"title": "x", **numbers}).status_code in (200, 404), numbers


def test_a_story_of_a_minute_ago_says_that_its_draft_is_being_made(newsdesk: Newsdesk) -> None:
    from pipeline.steps.cluster import cluster

    newsdesk.room.ledger.arrives("new", "All about new things", "guidance", LETTER.format(what="new things"))
    cluster(newsdesk.db, newsdesk.now)
    anna = newsdesk.signed_in()
    assert "All about new things" in anna.get("/desk").text
    assert "is being made" in anna.get("/desk/stories/1").text
