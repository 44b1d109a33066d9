"""What the readers make of search answers and feeds."""

import json
from datetime import UTC, datetime

import pytest
from reading_samples import ROOT, shared_folder

from crawler.reading.feeds import read_feed
from crawler.reading.govuk_search import read_error, read_search
from pipeline.model.errors import FeedEnded, FeedMalformed, UnexpectedShape

FEED = f"{ROOT}/government/organisations/department-of-examples.atom"


def answer(*results: dict[str, object], **more: object) -> bytes:
    return json.dumps({"results": list(results), "total": len(results), "start": 0} | more).encode()


def atom(*entries: str, head: str = "<updated>2026-11-20T09:30:00Z</updated>") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>x</id>'
        f"<title>Examples</title>{head}{''.join(entries)}</feed>"
    ).encode()


def entry(
    title: str = "A letter", link: str = "/a", updated: str = "2026-11-20T09:30:00Z", more: str = ""
) -> str:
    href = f'<link rel="alternate" href="{ROOT}{link}"/>' if link else ""
    when = f"<updated>{updated}</updated>" if updated else ""
    return f"<entry><id>{ROOT}{link}#{updated}</id>{when}{href}<title>{title}</title>{more}</entry>"


def test_a_search_result_is_a_lead_with_both_clocks() -> None:
    page = read_search(
        answer(
            {
                "title": "A letter",
                "link": "/government/publications/a",
                "content_id": "c1",
                "content_store_document_type": "correspondence",
                "document_type": "edition",
                "public_timestamp": "2026-07-01T10:00:00+01:00",
                "updated_at": "2026-11-20T09:31:07.412+00:00",
                "organisations": [{"slug": "a", "title": "Ministry A"}, {"slug": "b"}],
                "taxons": ["t1"],
                "part_of_taxonomy_tree": ["t0", "t1"],
            },
            total=7,
        ),
        root=ROOT,
    )
    (lead,) = page.entries
    assert (page.total, page.start) == (7, 0)
    assert lead.url == f"{ROOT}/government/publications/a"
    assert lead.document_type == "correspondence"
    assert lead.public == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert lead.updated == datetime(2026, 11, 20, 9, 31, 7, 412000, tzinfo=UTC)
    assert lead.organisations == ("Ministry A", "b")
    assert lead.taxons == ("t1", "t0")


def test_results_on_other_sites_are_left_out() -> None:
    page = read_search(
        answer({"link": "https://example.org/x"}, {"link": f"{ROOT}/y"}, {"link": "//z.org"}), root=ROOT
    )
    assert [lead.url for lead in page.entries] == [f"{ROOT}/y"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not JSON"),
        (b"<html>Too many requests</html>", "not JSON"),
        (b'{"error": "Unexpected parameters: page"}', "Unexpected parameters: page"),
        (b'{"total": 1}', "no list of results"),
        (b'{"results": [1], "total": 1}', "not a list of objects"),
        (b'{"results": []}', "no total"),
        (b'{"results": [], "total": "many"}', "no total"),
        (b'{"results": [{"title": "x"}], "total": 1}', "no link"),
    ],
)
def test_a_search_answer_of_another_shape_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(UnexpectedShape, match=words):
        read_search(body, root=ROOT)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": "Bad count"}', "Bad count"),
        (b"<html><body><h1>429 Too many requests</h1></body></html>", "429 Too many requests"),
        (b"Service unavailable", "Service unavailable"),
        (b"", ""),
        (b"[1]", "[1]"),
    ],
)
def test_an_error_answer_is_told_in_its_own_words(body: bytes, words: str) -> None:
    assert read_error(body) == words


def test_a_feed_gives_leads_without_the_display_type_before_the_title() -> None:
    feed = read_feed(
        atom(
            entry(
                "Correspondence: About: SEND", more='<category term="Correspondence"/><summary>Sum.</summary>'
            ),
            entry("Help: how to apply", "/b"),
        ),
        url=FEED,
    )
    first, second = feed.entries
    assert (first.title, first.document_type, first.text) == ("About: SEND", "correspondence", "Sum.")
    assert second.title == "Help: how to apply"
    assert (first.url, first.content_id) == (f"{ROOT}/a", "")
    assert feed.title == "Examples"


def test_summer_time_in_a_feed_is_read_as_utc() -> None:
    (lead,) = read_feed(atom(entry(updated="2026-06-02T12:15:00+01:00")), url=FEED).entries
    assert lead.updated == lead.public == datetime(2026, 6, 2, 11, 15, tzinfo=UTC)


def test_an_empty_feed_without_a_date_is_a_quiet_day() -> None:
    feed = read_feed(atom(head=""), url=FEED)
    assert (feed.entries, feed.updated) == ((), None)


def test_a_retired_feed_is_an_alarm_and_not_a_quiet_day() -> None:
    tombstone = (
        "<entry><id>tag:www.gov.uk,2005:/send/feed-ended</id><title>This feed has ended</title></entry>"
    )
    with pytest.raises(FeedEnded, match="retired"):
        read_feed(atom(tombstone), url=FEED)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>429</body></html>", "not a feed"),
        (b'{"feed": 1}', "not a feed"),
        (b"/etc/passwd", "not a feed"),
        (b"http://127.0.0.1:1/feed", "not a feed"),
        (atom(entry(), entry())[:-60], "cut off"),
        (atom(entry(title="")), "no title"),
        (atom(entry(link="")), "no link"),
        (atom(entry(updated="")), "no date"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + atom(entry("&a;")), "entities"),
    ],
)
def test_a_body_that_is_no_whole_feed_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(FeedMalformed, match=words):
        read_feed(body, url=FEED)


def test_a_blogs_feed_is_keyed_on_its_guid_and_keeps_the_posts_html() -> None:
    item = (
        "<item><title>What changes &amp; why</title><link>https://blog.example.org/2026/a/</link>"
        "<pubDate>Fri, 20 Nov 2026 09:00:00 +0000</pubDate>"
        "<category>SEND</category><category>Parents</category>"
        '<guid isPermaLink="false">https://blog.example.org/?p=7</guid>'
        "<description>Short [&#8230;]</description>"
        "<content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>"
    )
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Hub</title>'
        f"<lastBuildDate>Fri, 20 Nov 2026 12:05:11 +0000</lastBuildDate>{item}</channel></rss>"
    ).encode()
    feed = read_feed(body, url="https://blog.example.org/feed/")
    (post,) = feed.entries
    assert post.content_id == "https://blog.example.org/?p=7"
    assert post.title == "What changes & why"
    assert post.public == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert post.updated is None
    assert post.text == "One.\nTwo."
    assert post.taxons == ("SEND", "Parents")
    assert feed.bodies == {post.content_id: "<p>One.</p><p>Two.</p>"}
    assert feed.updated == datetime(2026, 11, 20, 12, 5, 11, tzinfo=UTC)


def test_the_shared_feeds_and_search_answers_are_read() -> None:
    folder = shared_folder() / "sources/examples/constructed"
    counts = {
        path.name: len(read_feed(path.read_bytes(), url=FEED).entries)
        for path in [*(folder / "govuk-atom").iterdir(), *(folder / "education-hub").iterdir()]
    }
    assert counts.pop("department-for-education.empty.atom") == 0
    assert counts
    assert all(counts.values())
    assert read_search((folder / "govuk-search/search_page.json").read_bytes(), root=ROOT).total == 3
    minimal = read_search((folder / "govuk-search/search_minimal_fields.json").read_bytes(), root=ROOT)
    assert [lead.title for lead in minimal.entries] == ["", "", ""]
    assert "1500" in read_error((folder / "govuk-search/search_422_bad_count.json").read_bytes())
