"""What machines read: feeds in real readers, a calendar, health and figures; and nobody's name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import feedparser
import httpx
import pytest
from icalendar import Calendar
from prometheus_client.parser import text_string_to_metric_families

from pipeline.model.digests import Deadline
from pipeline.steps.alive import POKED
from pipeline.steps.review import hold_back
from pipeline.store import approvals, memory, notices, runs
from pipeline.store.database import Database
from tests.support.newsdesk import ANNA, Newsdesk, a_newsdesk
from tests.support.newsroom import FRAME

SCRIPT = "<script>alert(1)</script> & ]]> \x0b"


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db, frame=FRAME) as running:
        yield running


@pytest.fixture
def visitor(newsdesk: Newsdesk) -> httpx.Client:
    """Somebody from outside, without a session."""
    return newsdesk.browser().client


def _approve(newsdesk: Newsdesk, what: str, **changes: object) -> int:
    """A Story that Anna approved six minutes ago, in words of her own."""
    number = newsdesk.room.page(what)
    newsdesk.room.approves(what)
    if changes:
        with newsdesk.db.begin() as tx:
            known = approvals.newest(tx, number)
            assert known is not None
            item = replace(known.item, **changes)  # type: ignore[arg-type]
            approvals.keep(
                tx,
                story_id=number,
                revision=known.revision,
                at=newsdesk.now,
                by=ANNA,
                item=item,
                sources=known.sources,
            )
    newsdesk.wait(minutes=6)
    return number


def test_a_feed_reader_reads_what_was_approved_newest_first(
    newsdesk: Newsdesk, visitor: httpx.Client
) -> None:
    first = _approve(newsdesk, "short breaks")
    second = _approve(newsdesk, "transport")
    answer = visitor.get("/feed.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(BytesIO(answer.content))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.title == "SEND news from Open Lanes"
    assert [entry.title for entry in feed.entries] == ["News about transport", "News about short breaks"]
    assert [entry.id for entry in feed.entries] == [
        f"tag:desk.charity.example,2026:story-{number}" for number in (second, first)
    ]
    assert feed.entries[0].link.startswith("https://www.gov.uk/")
    assert "Schools must tell parents about transport" in feed.entries[0].content[0].value
    assert feed.entries[0].updated_parsed is not None
    assert feed.feed.updated == feed.entries[0].updated
    for private in (ANNA, "anna", "families.example"):
        assert private not in answer.text.lower()


def test_the_json_feed_keeps_the_rules_of_version_one_point_one(
    newsdesk: Newsdesk, visitor: httpx.Client
) -> None:
    _approve(newsdesk, "short breaks")
    answer = visitor.get("/feed.json")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) <= {"version", "title", "home_page_url", "feed_url", "language", "authors", "items"}
    assert feed["title"]
    assert feed["feed_url"] == "http://desk.charity.example/feed.json"
    (item,) = feed["items"]
    assert isinstance(item["id"], str)
    assert item["id"]
    assert item["content_text"]
    assert item["url"].startswith("https://")
    assert datetime.fromisoformat(item["date_modified"]).tzinfo is not None
    assert all(isinstance(tag, str) for tag in item["tags"])


def test_what_is_taken_back_or_lapses_is_in_no_feed(newsdesk: Newsdesk, visitor: httpx.Client) -> None:
    assert feedparser.parse(BytesIO(visitor.get("/feed.atom").content)).entries == []
    number = _approve(newsdesk, "short breaks")
    newsdesk.room.page("transport")
    newsdesk.room.approves("transport")
    titles = [one["title"] for one in visitor.get("/feed.json").json()["items"]]
    assert titles == ["News about short breaks"], "an approval of this minute can still be taken back"
    hold_back(newsdesk.db, number, by=ANNA, why="", now=newsdesk.now)
    assert visitor.get("/feed.json").json()["items"] == []
    assert "short breaks" not in visitor.get("/feed.atom").text
    assert "short breaks" not in visitor.get("/deadlines.ics").text


def test_an_approved_text_with_markup_in_it_stays_text(newsdesk: Newsdesk, visitor: httpx.Client) -> None:
    _approve(newsdesk, "short breaks", title=f"T {SCRIPT}", text=f"B {SCRIPT}", link="javascript:alert(1)")
    answer = visitor.get("/feed.atom")
    feed = feedparser.parse(BytesIO(answer.content))
    assert not feed.bozo, feed.get("bozo_exception")
    assert "<script>" not in answer.text
    assert "javascript:" not in answer.text
    item = visitor.get("/feed.json").json()["items"][0]
    assert "url" not in item
    assert item["title"].startswith("T <script>"), "JSON is text: whoever shows it escapes it"


def test_a_reader_that_asks_again_is_told_that_nothing_changed(
    newsdesk: Newsdesk, visitor: httpx.Client
) -> None:
    _approve(newsdesk, "short breaks")
    for path in ("/feed.atom", "/feed.json", "/deadlines.ics"):
        first = visitor.get(path)
        again = visitor.get(path, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
        assert again.status_code == 304, path
        assert again.content == b""
        assert first.headers["cache-control"] == "public, max-age=300"
        assert "set-cookie" not in first.headers
    _approve(newsdesk, "transport")
    assert visitor.get("/feed.atom", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_only_the_newest_fifty_are_in_the_feed(newsdesk: Newsdesk, visitor: httpx.Client) -> None:
    from pipeline.store.mailing_tables import approvals as table
    from pipeline.store.mailing_tables import reviews
    from pipeline.store.tables import stories

    _approve(newsdesk, "short breaks")
    with newsdesk.db.begin() as tx:
        made = tx.execute(table.select()).mappings().first()
        story = tx.execute(stories.select()).mappings().first()
        review = tx.execute(reviews.select()).mappings().first()
        assert made is not None
        assert story is not None
        assert review is not None
        for number in range(1000, 1060):
            tx.execute(stories.insert().values({**story, "id": number}))
            tx.execute(table.insert().values({**made, "id": number, "story_id": number}))
            tx.execute(reviews.insert().values({**review, "id": number, "story_id": number}))
    assert len(visitor.get("/feed.json").json()["items"]) == 50


def test_deadlines_go_into_a_calendar_and_keep_their_identity(
    newsdesk: Newsdesk, visitor: httpx.Client
) -> None:
    due = Deadline(date(2026, 12, 11), "Consultation closes, write; by, post")
    old = Deadline(date(2026, 1, 11), "Long gone")
    _approve(newsdesk, "short breaks", deadlines=(due, old))
    answer = visitor.get("/deadlines.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == date(2026, 12, 11)
    assert event["dtend"].dt == date(2026, 12, 12)
    assert str(event["summary"]).startswith("Consultation closes, write; by, post: News about")
    assert str(event["url"]).startswith("https://www.gov.uk/")
    newsdesk.wait(days=1)
    (again,) = Calendar.from_ical(visitor.get("/deadlines.ics").content).walk("VEVENT")
    assert again["uid"] == event["uid"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_health_is_well_while_the_watch_pokes_and_says_which_of_two_things_is_not(
    newsdesk: Newsdesk, visitor: httpx.Client
) -> None:
    never = visitor.get("/healthz")
    assert never.status_code == 503
    assert never.json() == {"ok": False, "database": True, "watch": False, "last_poke": None}
    with newsdesk.db.begin() as tx:
        memory.keep(tx, POKED, "alive", newsdesk.now)
    newsdesk.wait(minutes=4)
    well = visitor.get("/healthz")
    assert well.status_code == 200
    assert well.json()["ok"] is True
    newsdesk.wait(minutes=2)
    assert visitor.get("/healthz").status_code == 503
    with newsdesk.db.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE memory RENAME TO memory_gone")
    broken = visitor.get("/healthz")
    assert broken.status_code == 503
    assert broken.json() == {"ok": False, "database": False, "watch": None}


def test_figures_are_for_a_collector_on_this_machine_and_name_nobody(
    newsdesk: Newsdesk, visitor: httpx.Client
) -> None:
    newsdesk.room.subscriber("pat")
    newsdesk.room.page("short breaks")
    with newsdesk.db.begin() as tx:
        number = runs.begin(tx, "govuk-send", newsdesk.now)
        runs.end(tx, number, newsdesk.now, outcome="whole", requests=7, counts={}, words="")
        memory.keep(tx, POKED, "alive", newsdesk.now)
    with newsdesk.db.begin() as tx:
        notices.owe_new(tx, "chat:0123456789ab", newsdesk.now)
    newsdesk.room.page("transport")
    with newsdesk.db.begin() as tx:
        assert notices.owe_new(tx, "chat:0123456789ab", newsdesk.now) == 1
    newsdesk.wait(minutes=1)
    newsdesk.signed_in().get("/desk")  # lists the Stories
    answer = visitor.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["sendwatch_documents",] == 2
    assert found["sendwatch_subscribers", "active"] == 1
    assert found["sendwatch_stories", "new"] == 2
    assert found["sendwatch_alert_deliveries", "owed"] == 2
    assert found["sendwatch_notices", "chat:0123456789ab", "owed"] == 1
    assert found["sendwatch_notices", "chat:0123456789ab", "failed"] == 0
    assert found["sendwatch_source_requests_24h", "govuk-send"] == 7
    assert found["sendwatch_last_poke_timestamp_seconds",] < newsdesk.now.timestamp()
    assert "@" not in answer.text
    assert visitor.get("/metrics").text == answer.text, "nothing is added up between two looks"
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"):
        assert visitor.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404, header
    assert visitor.get("/metrics", headers={"Host": "desk.charity.example"}).status_code == 404


def test_no_machine_can_change_anything(newsdesk: Newsdesk, visitor: httpx.Client) -> None:
    for path in ("/feed.atom", "/feed.json", "/deadlines.ics", "/healthz", "/metrics"):
        for method in ("POST", "PUT", "DELETE"):
            assert visitor.request(method, path).status_code == 405, (method, path)
        assert visitor.head(path).status_code in (200, 503)
