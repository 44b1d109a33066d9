"""Sources, receipts and "Missed something?" at the desk: that all is watched can be seen in ten seconds."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alerts.desk.desk import Watch
from pipeline.model.sources import Source
from pipeline.model.traces import Site
from pipeline.store import desk as desk_store
from pipeline.store import entries, labels, notices, runs
from pipeline.store.database import Database
from tests.support.ledgers import GOVUK
from tests.support.newsdesk import ANNA, OPS, Newsdesk, a_newsdesk

SCRIPT = "<script>alert(1)</script>"
SOURCES = (
    Source(
        "govuk-send",
        "SEND on GOV.UK",
        "govuk_search",
        every=timedelta(minutes=10),
        nights=timedelta(hours=1),
        silent_for=timedelta(days=30),
    ),
    Source("blog", f"A blog {SCRIPT}", "blog_feed", every=timedelta(hours=1)),
)
CHANNELS = (("hook", "alert hook at https://x.example/…"), ("chat:0123456789ab", "Slack"))
SITES = (Site("govuk-send", "SEND on GOV.UK", "www.gov.uk"),)


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(
        db, sources=SOURCES, watch=Watch(SITES, str, lambda _entry: 0.2), channels=CHANNELS
    ) as running:
        yield running


def _run(newsdesk: Newsdesk, source: str, outcome: str = "whole", words: str = "") -> None:
    with newsdesk.db.begin() as tx:
        number = runs.begin(tx, source, newsdesk.now)
        runs.end(tx, number, newsdesk.now, outcome=outcome, requests=7, counts={"new": 1}, words=words)


def _acts(newsdesk: Newsdesk) -> list[tuple[str, str, str]]:
    with newsdesk.db.begin() as tx:
        return [(act.by, act.what, act.about) for _, act in desk_store.log(tx)]


def test_each_source_says_how_it_is(newsdesk: Newsdesk) -> None:
    _run(newsdesk, "govuk-send")
    _run(newsdesk, "blog", "failed", f"the publisher answered 500 {SCRIPT}")
    with newsdesk.db.begin() as tx:
        runs.open_problem(tx, "govuk-send", "silent", f"nothing new for 30 days {SCRIPT}", newsdesk.now)
        runs.open_problem(tx, "The digest for subscribers", "broken", "it cannot be made", newsdesk.now)
    newsdesk.wait(minutes=5)
    page = newsdesk.signed_in(ANNA).get("/desk/sources")
    assert "SEND on GOV.UK <span" in page.text
    for said in (
        "Last read 5 minutes ago",
        "nothing new for 30 days",
        "expected within 30 days",
        "10 minutes by day, 60 minutes at night",
        "7 requests, 0 failed runs",
        "7 requests, 1 failed run<",
        "the publisher answered 500",
        "it cannot be made",
    ):
        assert said in page.text, said
    assert "<script>alert" not in page.text


def test_it_says_how_the_hook_and_the_chats_stand(newsdesk: Newsdesk) -> None:
    newsdesk.room.page("short breaks")
    with newsdesk.db.begin() as tx:
        notices.owe_new(tx, "hook", newsdesk.now)
    newsdesk.room.page("transport")
    newsdesk.room.page("funding")
    newsdesk.room.posts()
    with newsdesk.db.begin() as tx:
        assert notices.owe_new(tx, "hook", newsdesk.now) == 2
        first = notices.due(tx, "hook", newsdesk.now)
        assert first
        notices.sent(tx, first, newsdesk.now)
        second = notices.due(tx, "hook", newsdesk.now)
        assert second
        notices.again(tx, second, due_at=newsdesk.now, words=f"it answered 500 {SCRIPT}")
    page = newsdesk.signed_in(ANNA).get("/desk/sources").text
    assert "<dt>Alert hook at https://x.example/…</dt>" in page
    assert "1 told, 1 owed, 0 given up; the last trouble: it answered 500" in page
    assert "<dt>Slack</dt><dd>0 told, 0 owed, 0 given up</dd>" in page
    assert "<script>alert" not in page


def test_an_editor_looks_and_an_operator_pauses_resumes_and_asks_for_a_run(newsdesk: Newsdesk) -> None:
    assert "Pause" not in newsdesk.signed_in(ANNA).get("/desk/sources").text
    ops = newsdesk.signed_in(OPS)
    here = "/desk/sources"
    paused = ops.send(f"{here}/govuk-send/pause", on=here)
    assert "Paused: it is asked nothing" in paused.text
    assert "paused since" in paused.text.lower()
    assert "by ops" in paused.text
    assert "It was paused already" in ops.send(f"{here}/govuk-send/pause", on=here).text
    assert "resume it first" in ops.send(f"{here}/govuk-send/run", on=here).text
    assert "It goes on" in ops.send(f"{here}/govuk-send/resume", on=here).text
    assert "It was not paused" in ops.send(f"{here}/govuk-send/resume", on=here).text
    _run(newsdesk, "govuk-send")
    newsdesk.wait(minutes=1)
    asked = ops.send(f"{here}/govuk-send/run", on=here)
    assert "A run is owed" in asked.text
    assert "a run is owed" in asked.text
    for wrong in ("nobody", "..%2fblog", "%3Cscript%3E"):
        assert ops.send(f"{here}/{wrong}/pause", on=here).status_code == 404
    done = [act for act in _acts(newsdesk) if act[2].startswith("source:")]
    assert done == [
        (OPS, "asked for a run", "source:govuk-send"),
        (OPS, "resumed", "source:govuk-send"),
        (OPS, "paused", "source:govuk-send"),
    ]


def test_a_week_of_silence_has_its_receipt(newsdesk: Newsdesk) -> None:
    _run(newsdesk, "govuk-send")
    newsdesk.wait(minutes=30)
    _run(newsdesk, "govuk-send")
    newsdesk.wait(days=7)
    browser = newsdesk.signed_in()
    page = browser.get("/desk/sources/receipt")
    assert "Checked 1 source 2 times" in page.text
    assert "Monday 23 November 2026 to Sunday 29 November 2026" in page.text
    assert "Never checked: A blog &lt;script&gt;" in page.text
    same = browser.get("/desk/sources/receipt", params={"day": "2026-11-26"})
    assert "Checked 1 source 2 times" in same.text
    assert "The watch had not begun" in browser.get("/desk/sources/receipt?day=2026-11-20").text
    assert "has not begun yet" in browser.get("/desk/sources/receipt?day=2027-11-20").text


def test_what_was_missed_is_traced_in_plain_words_with_what_to_do(newsdesk: Newsdesk) -> None:
    browser = newsdesk.signed_in()
    never = browser.get("/desk/missed", params={"url": GOVUK + "never"})
    assert "Never listed" in never.text
    assert "What to do" in never.text
    assert "Make a Story of it now" in never.text
    nowhere = browser.get("/desk/missed", params={"url": "https://www.example.org/send"})
    assert "Not watched" in nowhere.text
    assert '<button type="submit">Make a Story' not in nowhere.text
    for typed in ("SEND letter", SCRIPT, "javascript:alert(1)", "\0", "https://[", "x" * 5000):
        odd = browser.get("/desk/missed", params={"url": typed})
        assert odd.status_code == 200, typed
        assert "<script>alert" not in odd.text
        assert 'href="javascript' not in odd.text


def test_a_missed_page_becomes_a_story_by_one_button_and_that_is_kept(newsdesk: Newsdesk) -> None:
    ledger = newsdesk.room.ledger
    ledger.known("known", "EHC plans", "guidance", "Local authorities must review each EHC plan.")
    browser = newsdesk.signed_in()
    url = GOVUK + "known"
    page = browser.get("/desk/missed", params={"url": url})
    assert "Known before" in page.text
    made = browser.send("/desk/missed/story", on=f"/desk/missed?url={url}", url=url)
    assert "A Story of it is open" in made.text
    assert "Open Story 1" in made.text
    ledger.cycle()
    assert browser.get("/desk/stories/1").status_code == 200
    with newsdesk.db.begin() as tx:
        assert [(one.url, one.by) for one in labels.every(tx)] == [(url, ANNA)]
    assert _acts(newsdesk)[0] == (ANNA, "made a story by hand", "story:1")
    again = browser.send("/desk/missed/story", on="/desk/missed?url=x", url=url)
    assert again.status_code == 409
    assert "has told of it already" in again.text


def test_a_page_that_was_never_read_is_owed_a_look_first(newsdesk: Newsdesk) -> None:
    browser = newsdesk.signed_in()
    url = GOVUK + "never"
    owed = browser.send("/desk/missed/story", on=f"/desk/missed?url={url}", url=url)
    assert "It is looked at when its source is read next" in owed.text
    with newsdesk.db.begin() as tx:
        assert entries.find(tx, "govuk-send", url) is not None
