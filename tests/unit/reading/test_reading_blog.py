"""What the reader makes of a blog post's page."""

from datetime import UTC, datetime

import pytest

from crawler.reading.blog import read_post
from pipeline.model.documents import Entry
from pipeline.model.errors import UnexpectedShape

URL = "https://blog.example.org/2026/11/plans/"
PAGE = """<!DOCTYPE html><html><head><title>Plans - The Hub</title>
<meta property="og:site_name" content="The Hub">
<meta property="article:modified_time" content="2026-11-22T08:00:00+00:00"></head><body>
<header><h1>The Hub</h1><nav>Menu</nav></header>
<main><article class="post-7 post"><header><h1 class="entry-title">What plans mean</h1>
<div class="entry-meta"><time class="entry-date" datetime="2026-11-20T09:00:00+00:00">20 Nov</time></div>
</header>
<div class="entry-content"><p>Plans are due.</p>{middle}<h2 id="who">Who</h2><ul><li>Every area</li></ul>
<p><a href="https://assets.publishing.service.gov.uk/media/a/plan.pdf">The plan</a></p>
<div class="sharedaddy sd-sharing-enabled"><h3>Share this</h3><a>Tweet {count}</a></div></div>
<footer class="entry-footer">Tags: SEND</footer></article>
<section id="comments"><p>{count} comments</p></section>
<aside class="related-posts"><p>Related</p></aside></main>
</body></html>"""
LEAD = Entry(
    url=URL,
    title="What plans mean",
    public=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    content_id="https://blog.example.org/?p=7",
    taxons=("SEND",),
)


def page(middle: str = "", count: int = 3) -> bytes:
    return PAGE.replace("{middle}", middle).replace("{count}", str(count)).encode()


def test_a_post_is_its_article_and_nothing_around_it() -> None:
    post = read_post(page(), url=URL, entry=LEAD)
    assert [block.text for block in post.blocks] == ["Plans are due.", "Who", "Every area", "The plan"]
    assert post.blocks[2].anchor == "#who"
    assert post.record.title == "What plans mean"
    assert post.record.content_id == "https://blog.example.org/?p=7"
    assert post.record.publishers == ("The Hub",)
    assert post.record.first_published == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert post.record.system_updated == datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert [file.key for file in post.files] == ["The plan"]


def test_shares_comments_and_adverts_change_nothing() -> None:
    advert = (
        '<div class="advert"><p>Buy</p></div><ins class="adsbygoogle">ad</ins><form><p>Sign up</p></form>'
    )
    assert (
        read_post(page(advert, 9), url=URL, entry=LEAD).blocks
        == read_post(page(), url=URL, entry=LEAD).blocks
    )


def test_an_edit_of_the_article_shows() -> None:
    assert read_post(page("<p>New.</p>"), url=URL).blocks != read_post(page(), url=URL).blocks


def test_the_feeds_own_html_reads_like_the_page() -> None:
    fragment = b'<p>Plans are due.</p><h2 id="who">Who</h2><ul><li>Every area</li></ul><p>The plan</p>'
    post = read_post(fragment, url=URL, entry=LEAD)
    assert post.blocks == read_post(page(), url=URL, entry=LEAD).blocks
    assert post.record.title == "What plans mean"


def test_without_a_lead_the_page_speaks_for_itself() -> None:
    record = read_post(page(), url=URL).record
    assert (record.url, record.title, record.content_id) == (URL, "What plans mean", "")
    assert record.public_updated == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><h1>503 Service unavailable</h1></body></html>",
        b"<html><body><article><nav>x</nav></article></body></html>",
        b"Service unavailable",
    ],
)
def test_a_page_without_an_article_is_refused(body: bytes) -> None:
    with pytest.raises(UnexpectedShape):
        read_post(body, url=URL)
