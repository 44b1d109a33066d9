"""That all is watched and delivered, or what is not and what to do: in ten seconds, at the head of a page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pipeline.model.mails import Mail
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.sources import Source
from pipeline.steps.alive import POKED
from pipeline.steps.all_well import Finding, all_well
from pipeline.steps.health import source_health
from pipeline.steps.stopping import stop_plan
from pipeline.store import deliveries, memory, runs
from pipeline.store.database import Database
from tests.support.newsdesk import ANNA, OPS, Newsdesk, a_newsdesk

SOURCES = (Source("govuk-send", "SEND on GOV.UK", "govuk_search", every=timedelta(minutes=10)),)
WEEKLY = Plan("weekly", "Every week, on Friday", Rhythm.WEEK)


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db, sources=SOURCES, plans=(WEEKLY,)) as running:
        ran(running)
        poked(running)
        yield running


def ran(newsdesk: Newsdesk, outcome: str = "whole", words: str = "") -> None:
    with newsdesk.db.begin() as tx:
        number = runs.begin(tx, "govuk-send", newsdesk.now)
        runs.end(tx, number, newsdesk.now, outcome=outcome, words=words)


def poked(newsdesk: Newsdesk) -> None:
    with newsdesk.db.begin() as tx:
        memory.keep(tx, POKED, "alive", newsdesk.now)


def owed(newsdesk: Newsdesk, key: str = "story:1:1") -> None:
    with newsdesk.db.begin() as tx:
        deliveries.owe(tx, key, Mail("News", "text", "<p>html"), [(ANNA, f"<{key}@x>")], newsdesk.now)


def tried(newsdesk: Newsdesk, words: str, *, for_good: bool = False) -> None:
    with newsdesk.db.begin() as tx:
        claimed = deliveries.claim(tx, lease="one", now=newsdesk.now, lasting=timedelta(minutes=1))
        assert claimed is not None
        if for_good:
            deliveries.failed(tx, claimed, words)
        else:
            deliveries.again(tx, claimed, due_at=newsdesk.now + timedelta(hours=1), words=words)


def amiss(newsdesk: Newsdesk, *, free: int | None = None) -> list[Finding]:
    rows = source_health(newsdesk.db, SOURCES, newsdesk.now)
    with newsdesk.db.look() as tx:
        found = all_well(tx, rows, SOURCES, (WEEKLY,), newsdesk.now, free)
    bad = [one for one in found if not one.well]
    assert all(one.to_do for one in bad), "whatever is amiss says what to do"
    return bad


def test_when_all_is_well_the_page_begins_with_that(newsdesk: Newsdesk) -> None:
    page = newsdesk.signed_in(OPS).get("/desk/sources").text
    assert "All is watched and delivered" in page
    assert page.index("All is watched") < page.index("SEND on GOV.UK")
    assert "1 of 1 are well" in page
    assert amiss(newsdesk) == []


def test_a_watch_that_stands_still_is_said_before_anybody_trusts_an_empty_inbox(newsdesk: Newsdesk) -> None:
    newsdesk.wait(days=1)
    (watch,) = [one for one in amiss(newsdesk) if one.what == "The watch"]
    assert "has not run since" in watch.words
    assert "sendwatch run" in watch.to_do
    assert "has not run since" in newsdesk.signed_in().get("/desk").text
    poked(newsdesk)
    ran(newsdesk)
    assert amiss(newsdesk) == []
    assert "has not run since" not in newsdesk.signed_in().get("/desk").text


def test_a_watch_that_a_clock_starts_every_quarter_of_an_hour_is_no_dead_one(newsdesk: Newsdesk) -> None:
    newsdesk.wait(days=1)
    ran(newsdesk)
    newsdesk.wait(minutes=40)
    assert amiss(newsdesk) == []
    newsdesk.wait(hours=3)
    assert [one.what for one in amiss(newsdesk)] == ["The watch"]


def test_a_source_that_is_down_is_named(newsdesk: Newsdesk) -> None:
    ran(newsdesk, "failed", "the publisher answered 503")
    (source,) = amiss(newsdesk)
    assert source.words == "0 of 1 are well. 1 has a problem: “SEND on GOV.UK”."
    assert "1 thing needs a look" in newsdesk.signed_in().get("/desk/sources").text


def test_mail_that_does_not_leave_is_said_with_the_servers_words(newsdesk: Newsdesk) -> None:
    owed(newsdesk)
    assert amiss(newsdesk) == [], "a mail of this minute is on its way"
    tried(newsdesk, "451 try again later")
    newsdesk.wait(minutes=20)
    poked(newsdesk)
    (mail,) = amiss(newsdesk)
    assert "1 mail did not leave" in mail.words
    assert "451 try again later" in mail.words
    newsdesk.wait(hours=1)
    poked(newsdesk)
    tried(newsdesk, "550 no such mailbox", for_good=True)
    (mail,) = amiss(newsdesk)
    assert "could not be delivered: “550 no such mailbox”." in mail.words
    newsdesk.wait(days=8)
    poked(newsdesk)
    assert amiss(newsdesk) == []


def test_a_digest_that_somebody_stopped_and_forgot_is_said_in_the_inbox(newsdesk: Newsdesk) -> None:
    with newsdesk.db.begin() as tx:
        stop_plan(tx, "weekly", ANNA, newsdesk.now)
    (digest,) = amiss(newsdesk)
    assert digest.what == "“Every week, on Friday”"
    assert "by anna. Nothing of it leaves." in digest.words
    assert "Stopped since" in newsdesk.signed_in().get("/desk").text


def test_a_digest_whose_hour_has_passed_without_it_is_late(newsdesk: Newsdesk) -> None:
    with newsdesk.db.begin() as tx:
        memory.keep(tx, "plan:weekly", "seen", newsdesk.now)
    newsdesk.wait(days=8)
    poked(newsdesk)
    (digest,) = amiss(newsdesk)
    assert "is not put together yet" in digest.words


def test_a_disk_that_fills_is_said_before_it_is_full(newsdesk: Newsdesk) -> None:
    (disk,) = amiss(newsdesk, free=300_000_000)
    assert "300 MB are left" in disk.words
    assert amiss(newsdesk, free=30_000_000_000) == []
