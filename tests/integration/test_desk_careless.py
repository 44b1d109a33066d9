"""A careless editor at the desk: what she does by mistake costs no word, and the page says what holds."""

import html
import re
from collections.abc import Iterator

import pytest

from pipeline.model.reviews import Standing
from pipeline.store import memory, reviews
from pipeline.store.database import Database
from tests.integration.test_desk_stories import send, typed
from tests.support.newsdesk import BEN, Newsdesk, a_newsdesk


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db) as running:
        yield running


def fields_of(page: str) -> dict[str, str]:
    """The fields of the page's form of typed text, as a browser would send them."""
    form = page.partition("<main")[2].partition("</main>")[0]
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: html.unescape(text) for name, text in (*areas, *hidden)}


def standing(newsdesk: Newsdesk, story: int) -> Standing:
    with newsdesk.db.begin() as tx:
        found = reviews.standing_of(tx, story)
    assert found is not None
    return found.standing


def test_words_that_were_saved_after_the_approval_are_told_apart_from_the_approved_ones(
    newsdesk: Newsdesk,
) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    assert "Approved now, it goes out with “Every week, on Friday”, at 12pm on" in page.text
    approved = send(anna, story, "approve", page, digest_text="Schools must tell parents about short breaks.")
    assert "It goes out with “Every week, on Friday”, at 12pm on" in approved.text
    assert "are not the ones that were approved" not in approved.text
    saved = send(anna, story, "save", approved, digest_text="Quite other words.")
    assert "are not the ones that were approved" in saved.text
    assert "<p>Schools must tell parents about short breaks.</p>" in saved.text, "what the digest will hold"
    again = send(anna, story, "approve", saved)
    assert "are not the ones that were approved" not in again.text


def test_stories_that_were_merged_by_mistake_are_parted_and_the_old_link_holds_again(
    newsdesk: Newsdesk,
) -> None:
    one, other = newsdesk.room.page("short breaks"), newsdesk.room.page("school transport")
    anna, ben = newsdesk.signed_in(), newsdesk.signed_in(BEN)
    assert "Approved by ben" in send(ben, other, "approve", ben.get(f"/desk/stories/{other}")).text
    merged = send(anna, one, "merge", anna.get(f"/desk/stories/{one}"), into=str(other), title="Anna’s title")
    gone = anna.get(f"/desk/stories/{one}").text
    assert f'has gone into <a href="/desk/stories/{other}">' in gone
    assert "Anna’s title" in gone, "her words are still to be seen"
    document = str(newsdesk.room.ledger.ids["short-breaks"])
    parted = send(anna, other, "split", merged, document=document)
    assert f'<a href="/desk/stories/{one}">Open Story {one}</a>' in parted.text
    assert typed(anna.get(f"/desk/stories/{one}"))["title"] == "Anna’s title"
    assert standing(newsdesk, other) is Standing.APPROVED, "Ben’s approval never rested on that document"
    newsdesk.room.ledger.cycle()
    page = anna.get(f"/desk/stories/{one}")
    assert typed(page)["title"] == "Anna’s title"
    with newsdesk.db.begin() as tx:
        subjects = [row[0] for row in tx.exec_driver_sql("SELECT subject FROM alerts")]
    assert len([one for one in subjects if "short breaks" in one]) <= 1, "nobody is told twice"
    assert "Saved and approved" not in page.text
    assert "Approved for the digest" in send(anna, one, "approve", page, digest_text="Now in order.").text


def test_a_session_that_ended_in_the_middle_of_typing_costs_two_presses_and_no_word(
    newsdesk: Newsdesk,
) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    anna.client.headers["Origin"] = newsdesk.root
    page = anna.get(f"/desk/stories/{story}")
    newsdesk.wait(hours=13)
    over = send(
        anna, story, "approve", page, body="An hour of work.", digest_text="Schools must tell parents."
    )
    assert over.status_code == 401
    assert "An hour of work." in over.text
    form = fields_of(over.text)
    anna.client.cookies.update(newsdesk.signed_in().client.cookies)
    once_more = anna.client.post(f"/desk/stories/{story}/approve", data=form)
    assert once_more.status_code == 403
    assert "You are signed in as anna@charity.example" in once_more.text
    assert standing(newsdesk, story) is Standing.WAITING, "nothing is done by a form of another session"
    sent = anna.client.post(
        f"/desk/stories/{story}/approve", data=fields_of(once_more.text), follow_redirects=True
    )
    assert "Approved for the digest" in sent.text
    assert typed(sent)["body"] == "An hour of work."


def test_a_form_of_which_no_browser_says_whose_it_is_is_not_offered_again(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    refused = anna.client.post(f"/desk/stories/{story}/save", data={"key": "0" * 64, "title": "Not hers"})
    assert refused.status_code == 403
    assert anna.key_of(anna.get("/desk")) not in refused.text


def test_a_text_that_is_too_long_is_shortened_where_it_stands(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    refused = send(anna, story, "save", anna.get(f"/desk/stories/{story}"), body="word " * 9_000)
    form = fields_of(refused.text)
    assert len(form["body"]) == 45_000
    saved = anna.client.post(
        f"/desk/stories/{story}/save", data={**form, "body": "Short."}, follow_redirects=True
    )
    assert typed(saved)["body"] == "Short."


def test_what_was_emptied_is_warned_of_and_an_older_text_is_taken_again(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{story}")
    first = send(anna, story, "save", page, title="A title of hers")
    emptied = send(anna, story, "save", first, title="", body="", digest_title="", digest_text="", post="")
    assert "Nothing stands under:</strong> Title, Text, Title in the digest" in emptied.text
    old = anna.get(f"/desk/stories/{story}/texts/1")
    assert "A title of hers" in old.text
    form = fields_of(old.text)
    again = anna.client.post(f"/desk/stories/{story}/machine", data=form, follow_redirects=True)
    assert typed(again)["title"] == "A title of hers"
    assert typed(again)["edit"] == "3", "what she had emptied stays in the history"
    machine = anna.get(f"/desk/stories/{story}/texts/0")
    fresh = anna.client.post(
        f"/desk/stories/{story}/machine", data=fields_of(machine.text), follow_redirects=True
    )
    assert typed(fresh)["body"] == typed(page)["body"]
    assert anna.get(f"/desk/stories/{story}/texts/9").status_code == 404
    assert anna.get(f"/desk/stories/{story}/texts/x").status_code == 404


def test_whoever_rejects_without_a_reason_gives_it_where_she_is_asked(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    asked = send(anna, story, "stand", anna.get(f"/desk/stories/{story}"), act="reject", title="Kept, too")
    form = {**fields_of(asked.text), "why": "It is about something else."}
    done = anna.client.post(f"/desk/stories/{story}/stand", data=form, follow_redirects=True)
    assert "Marked as not relevant" in done.text
    assert typed(done)["title"] == "Kept, too"
    assert standing(newsdesk, story) is Standing.REJECTED


def test_of_a_clash_the_page_says_that_nothing_but_the_text_is_saved(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna, ben = newsdesk.signed_in(), newsdesk.signed_in(BEN)
    page = anna.get(f"/desk/stories/{story}")
    send(ben, story, "save", ben.get(f"/desk/stories/{story}"), title="By Ben")
    clash = send(anna, story, "approve", page, title="By Anna")
    assert clash.status_code == 409
    assert "What else you pressed is not done" in clash.text
    assert standing(newsdesk, story) is Standing.WAITING


def test_words_that_the_database_does_not_take_stand_on_the_page_to_be_sent_again(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    anna.client.headers["Origin"] = newsdesk.root
    page = anna.get(f"/desk/stories/{story}")
    with newsdesk.db.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE edits RENAME TO edits_away")
    failed = send(anna, story, "save", page, body="An hour of work.")
    with newsdesk.db.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE edits_away RENAME TO edits")
    assert failed.status_code == 503
    assert "An hour of work." in failed.text
    form = fields_of(failed.text)
    saved = anna.client.post(f"/desk/stories/{story}/save", data=form, follow_redirects=True)
    assert typed(saved)["body"] == "An hour of work."


def test_of_two_who_write_the_opening_line_the_later_sees_both(newsdesk: Newsdesk) -> None:
    with newsdesk.db.begin() as tx:
        memory.keep(tx, "plan:weekly", "seen", newsdesk.now)
    anna, ben = newsdesk.signed_in(), newsdesk.signed_in(BEN)
    form = fields_of(anna.get("/desk/digest").text)
    here = "/desk/digest/weekly/opening"
    assert "is kept" in ben.send(here, on="/desk/digest", opening="By Ben.", was="").text
    clash = anna.client.post(here, data={**form, "opening": "By Anna."})
    assert clash.status_code == 409
    assert "By Ben." in clash.text
    taken = anna.client.post(here, data=fields_of(clash.text), follow_redirects=True)
    assert "The opening line is kept." in taken.text
    assert ">By Anna.</textarea>" in taken.text.replace("\n", "")


def test_an_opening_line_that_came_after_the_hour_is_for_the_next_digest_and_that_is_said(
    newsdesk: Newsdesk,
) -> None:
    with newsdesk.db.begin() as tx:
        memory.keep(tx, "plan:weekly", "seen", newsdesk.now)
    anna = newsdesk.signed_in()
    form = fields_of(anna.get("/desk/digest").text)
    newsdesk.wait(days=7)
    anna.client.cookies.update(newsdesk.signed_in().client.cookies)
    key = anna.key_of(anna.get("/desk"))
    late = {**form, "key": key, "opening": "Too late."}
    said = anna.client.post("/desk/digest/weekly/opening", data=late, follow_redirects=True)
    assert "kept for the one after it" in said.text


def test_two_presses_of_merge_or_split_do_it_once_and_say_so(newsdesk: Newsdesk) -> None:
    one, other = newsdesk.room.page("short breaks"), newsdesk.room.page("school transport")
    anna = newsdesk.signed_in()
    page = anna.get(f"/desk/stories/{one}")
    for _ in range(2):
        merged = send(anna, one, "merge", page, into=str(other))
        assert merged.status_code == 200
        assert "The two Stories are one now" in merged.text
    document = str(newsdesk.room.ledger.ids["short-breaks"])
    assert "has a Story of its own now" in send(anna, other, "split", merged, document=document).text
    again = send(anna, other, "split", merged, document=document)
    assert again.status_code == 200
    assert "does not hold that document any more" in again.text


def test_approving_without_reading_says_what_needs_a_look(newsdesk: Newsdesk) -> None:
    story = newsdesk.room.page("short breaks")
    anna = newsdesk.signed_in()
    words = "Schools must tell parents about short breaks within 99 school days."
    done = send(anna, story, "approve", anna.get(f"/desk/stories/{story}"), digest_text=words)
    assert standing(newsdesk, story) is Standing.APPROVED, "a warning refuses nothing"
    assert "1 sentence of the approved words needs a look" in done.text


def test_an_address_that_is_typed_into_the_search_leads_to_where_it_is_traced(newsdesk: Newsdesk) -> None:
    found = newsdesk.signed_in().get("/desk/search", params={"words": "https://www.gov.uk/government/x"})
    assert 'href="/desk/missed?url=https%3A//www.gov.uk/government/x"' in found.text
