"""The replayed Atom feeds and blog answer as the contract's sections 3 and 10 say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from sendwatch.demo.items import EDUCATION_LINK
from sendwatch.demo.shelf import Post
from tests.support.publisher_client import LATER, LETTER, NOON, SEND_ID, Served, a_letter, a_shelf, served

ORGANISATION = "/government/organisations/department-for-education.atom"
NEWS = "/search/news-and-communications.atom"
POLICY = "/search/policy-papers-and-consultations.atom"
SUMMER = datetime(2026, 7, 1, 11, 15, tzinfo=UTC)
POST = "/2026/11/a-post/"


@pytest.fixture
def there() -> Iterator[Served]:
    pages = (
        a_letter(),
        a_letter(path="/guidance/a", title="A & B <guidance>", document_type="guidance", at=SUMMER),
        a_letter(path="/c", title="Open", document_type="open_consultation", at=SUMMER),
        a_letter(path="/p", title="Paper", document_type="policy_paper", at=LATER, topics=(EDUCATION_LINK,)),
        a_letter(path="/collection", document_type="document_collection", schema_name="document_collection"),
    )
    shelf = a_shelf(*pages)
    shelf.add_post(
        Post(POST, 7, "A post about SEND", "<p>It ends with ]]> here</p>", NOON, ("SEND",), "Short")
    )
    with served(shelf) as running:
        yield running


def entries(text: str) -> list[dict[str, str]]:
    parsed = feedparser.parse(text)
    assert not parsed.bozo, parsed.bozo_exception
    return list(parsed.entries)


def test_the_organisation_feed_names_the_type_and_its_ids_carry_the_date(there: Served) -> None:
    found = entries(there.govuk.ask(ORGANISATION).text)
    assert [one["title"] for one in found][:2] == [
        "Policy paper: Paper",
        "Correspondence: A letter about SEND",
    ]
    assert found[1]["id"] == f"https://www.gov.uk{LETTER}#2026-11-20T12:00:00Z"
    assert found[1]["link"] == there.publisher.govuk_url + LETTER
    there.shelf.edit(LETTER, at=LATER + timedelta(hours=1), note="Changed.")
    assert entries(there.govuk.ask(ORGANISATION).text)[0]["id"].endswith("#2026-11-21T13:00:00Z")


def test_the_organisation_feed_leaves_out_collections(there: Served) -> None:
    assert "/collection" not in there.govuk.ask(ORGANISATION).text


def test_a_minor_edit_never_shows_in_a_feed(there: Served) -> None:
    before = there.govuk.ask(ORGANISATION)
    there.shelf.edit(LETTER, at=LATER, body="<p>Quietly another text</p>")
    again = there.govuk.ask(ORGANISATION, If_None_Match=before.headers["etag"])
    assert again.status == 304


def test_finder_ids_stay_and_dates_are_in_london_time(there: Served) -> None:
    told = there.govuk.ask("/search/guidance-and-regulation.atom").text
    (one,) = entries(told)
    assert one["id"] == "tag:www.gov.uk,2005:/guidance/a"
    assert one["updated"] == "2026-07-01T12:15:00+01:00"
    assert "<title>A &amp; B &lt;guidance&gt;</title>" in told


def test_letters_are_news_and_finders_filter_by_what_they_know(there: Served) -> None:
    assert [one["title"] for one in entries(there.govuk.ask(NEWS).text)] == ["A letter about SEND"]
    assert entries(there.govuk.ask(f"{NEWS}?organisations[]=ofsted").text) == []
    assert len(entries(there.govuk.ask(f"{NEWS}?topics[]=legacy&nonsense=1").text)) == 1
    policy = [one["title"] for one in entries(there.govuk.ask(POLICY).text)]
    assert policy == ["Paper", "Open"]
    only = entries(there.govuk.ask(f"{POLICY}?content_store_document_type[]=open_consultations").text)
    assert [one["title"] for one in only] == ["Open"]
    assert [one["title"] for one in entries(there.govuk.ask(f"{POLICY}?topic={SEND_ID}").text)] == ["Open"]
    since = f"{POLICY}?public_timestamp[from]=2026-11-01"
    assert [one["title"] for one in entries(there.govuk.ask(since).text)] == ["Paper"]


def test_an_empty_feed_has_no_date(there: Served) -> None:
    there.shelf.remove(LETTER, at=LATER)
    told = there.govuk.ask(NEWS)
    assert told.status == 200
    assert "<updated>" not in told.text


def test_a_feed_holds_twenty_entries_and_finders_have_further_pages() -> None:
    many = [a_letter(path=f"/n/{n}", at=NOON + timedelta(hours=n)) for n in range(25)]
    with served(a_shelf(*many)) as there:
        assert len(entries(there.govuk.ask(ORGANISATION).text)) == 20
        assert len(entries(there.govuk.ask(f"{NEWS}?page=2").text)) == 5
        assert len(entries(there.govuk.ask("/government/feed").text)) == 20
        assert there.govuk.ask(f"{NEWS}?page=x").status == 400


def test_a_retired_feed_says_so_in_its_one_entry(there: Served) -> None:
    there.shelf.end_feed(NEWS)
    (one,) = entries(there.govuk.ask(NEWS).text)
    assert one["id"].endswith("/feed-ended")


def test_an_unknown_organisation_has_no_feed(there: Served) -> None:
    assert there.govuk.ask("/government/organisations/nobody.atom").status == 404


def test_feeds_have_the_shape_of_the_examples(there: Served, shared: Path) -> None:
    folder = shared / "sources/examples/constructed/govuk-atom"
    examples = (
        (ORGANISATION, "department-for-education.atom"),
        (f"{NEWS}?organisations[]=department-for-education", "news-and-communications.atom"),
    )
    for path, name in examples:
        ours = feedparser.parse(there.govuk.ask(path).text)
        theirs = feedparser.parse((folder / name).read_text())
        assert ours.feed.title == theirs.feed.title
        assert ours.feed.id == theirs.feed.id
        assert set(ours.entries[0]) == set(theirs.entries[0])


def test_the_blog_feed_carries_whole_posts_and_a_guid(there: Served) -> None:
    told = there.blog.ask("/feed/")
    (one,) = entries(told.text)
    assert told.headers["content-type"].startswith("application/rss+xml")
    assert one["id"] == "https://educationhub.blog.gov.uk/?p=7"
    assert one["link"] == there.publisher.blog_url + POST
    assert one["content"][0]["value"] == "<p>It ends with ]]> here</p>"  # type: ignore[index]


def test_an_edit_moves_the_channel_and_not_the_post(there: Served) -> None:
    before = there.blog.ask("/feed/")
    validators = {"If_None_Match": before.headers["etag"]}
    since = {"If_Modified_Since": before.headers["last-modified"]}
    assert there.blog.ask("/feed/", **validators).status == 304
    assert there.blog.ask("/feed/", **since).status == 304
    there.shelf.edit_post(POST, body="<p>Corrected</p>", at=LATER)
    after = there.blog.ask("/feed/", **validators)
    assert after.status == there.blog.ask("/feed/", **since).status == 200
    assert "<lastBuildDate>Sat, 21 Nov 2026 12:00:00 +0000</lastBuildDate>" in after.text
    assert "<pubDate>Fri, 20 Nov 2026 12:00:00 +0000</pubDate>" in after.text


def test_older_posts_are_on_further_pages_and_categories_have_feeds_of_their_own() -> None:
    shelf = a_shelf()
    for number in range(13):
        kind = "SEND" if number == 0 else "Early Years"
        path = f"/2026/11/post-{number}/"
        shelf.add_post(
            Post(path, number, f"Post {number}", "<p>x</p>", NOON + timedelta(hours=number), (kind,))
        )
    with served(shelf) as there:
        assert entries(there.blog.ask("/feed/").text)[0]["title"] == "Post 12"
        assert len(entries(there.blog.ask("/feed/?paged=2").text)) == 3
        assert there.blog.ask("/feed/?paged=3").status == 404
        assert [one["title"] for one in entries(there.blog.ask("/category/send/feed/").text)] == ["Post 0"]
        assert len(entries(there.blog.ask("/category/early-years/feed/").text)) == 10


def test_a_post_is_a_page_with_an_article_and_validators(there: Served) -> None:
    told = there.blog.ask(POST)
    assert '<h1 class="entry-title">A post about SEND</h1>' in told.text
    assert there.blog.ask(POST, If_None_Match=told.headers["etag"]).status == 304
    assert "A post about SEND" in there.blog.ask("/").text
    there.shelf.remove_post(POST)
    assert there.blog.ask(POST).status == 404
