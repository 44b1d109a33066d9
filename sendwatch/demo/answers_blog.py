"""Answer as the Education Hub does: WordPress RSS and the pages of posts. Pure.

Source: source contract, section 10; WordPress core, wp-includes/feed-rss2.php and class-wp.php.
"""

import hashlib
import html
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from sendwatch.demo.answers import Answer, Query, one, page_answer
from sendwatch.demo.items import EDUCATION_HUB
from sendwatch.demo.shelf import Post, Shelf

POSTS = 10

_ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
_FEED = re.compile(r"(?:/(?:category|tag)/([^/]+))?/feed/?")
_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def answer_blog(shelf: Shelf, path: str, query: Query) -> Answer:
    """Return the feed (newest 10 posts, ``paged=2`` for older), a post's page, or 404."""
    if path == "/robots.txt":
        return Answer(200, _ROBOTS.encode(), "text/plain; charset=utf-8")
    if match := _FEED.fullmatch(path):
        return _feed(shelf, match[1] or "", int(one(query, "paged") or 1))
    if path == "/":
        return page_answer(200, "The Education Hub", _list_of_posts(shelf))
    post = shelf.posts.get(path)
    if post is None:
        return page_answer(404, "Page not found", "<main><h1>Page not found</h1></main>")
    return _post_page(post)


def _feed(shelf: Shelf, category: str, page: int) -> Answer:
    posts = [post for post in _newest(shelf) if not category or category in map(_slug, post.categories)]
    shown = posts[(page - 1) * POSTS : page * POSTS]
    if page > 1 and not shown:
        return page_answer(404, "Page not found", "<main><h1>Page not found</h1></main>")
    changed = max((post.edited or post.published for post in posts), default=None)
    built = f"\t<lastBuildDate>{_rfc822(changed)}</lastBuildDate>\n" if changed else ""
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_SPACES}>\n<channel>\n'
        "\t<title>The Education Hub</title>\n"
        f'\t<atom:link href="{EDUCATION_HUB}/feed/" rel="self" type="application/rss+xml" />\n'
        f"\t<link>{EDUCATION_HUB}</link>\n\t<description>Invented posts</description>\n{built}"
        "\t<language>en-GB</language>\n\t<sy:updatePeriod>hourly</sy:updatePeriod>\n"
        f"{''.join(map(_item, shown))}</channel>\n</rss>\n"
    ).encode()
    return Answer(200, body, "application/rss+xml; charset=UTF-8", "", _etag(body), changed)


def _item(post: Post) -> str:
    categories = "".join(f"\t\t<category>{_cdata(name)}</category>\n" for name in post.categories)
    return (
        f"\t<item>\n\t\t<title>{escape(post.title)}</title>\n"
        f"\t\t<link>{escape(EDUCATION_HUB + post.path)}</link>\n"
        f"\t\t<dc:creator>{_cdata('The Education Hub')}</dc:creator>\n"
        f"\t\t<pubDate>{_rfc822(post.published)}</pubDate>\n{categories}"
        f'\t\t<guid isPermaLink="false">{EDUCATION_HUB}/?p={post.number}</guid>\n'
        f"\t\t<description>{_cdata(html.escape(post.excerpt, quote=False) + ' [&#8230;]')}</description>\n"
        f"\t\t<content:encoded>{_cdata(post.body)}</content:encoded>\n\t</item>\n"
    )


def _post_page(post: Post) -> Answer:
    changed = post.edited or post.published
    head = (
        '<meta property="og:site_name" content="The Education Hub">'
        f'<meta property="og:description" content="{html.escape(post.excerpt)}">'
        f'<meta property="article:published_time" content="{post.published.isoformat()}">'
        f'<meta property="article:modified_time" content="{changed.isoformat()}">'
    )
    body = (
        '<nav><a href="/">The Education Hub</a></nav><main><article class="post">'
        f'<h1 class="entry-title">{html.escape(post.title)}</h1>'
        f'<div class="entry-content">{post.body}</div>'
        '<div class="sharedaddy">Share this post</div></article></main><footer>Crown copyright</footer>'
    )
    answer = page_answer(200, f"{post.title} - The Education Hub", body, head=head)
    return Answer(200, answer.body, answer.content_type, "", _etag(answer.body), changed)


def _list_of_posts(shelf: Shelf) -> str:
    lines = (f'<li><a href="{post.path}">{html.escape(post.title)}</a></li>' for post in _newest(shelf))
    return f"<main><h1>The Education Hub</h1><ul>{''.join(lines)}</ul></main>"


def _newest(shelf: Shelf) -> list[Post]:
    return sorted(shelf.posts.values(), key=lambda post: (post.published, post.number), reverse=True)


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _rfc822(when: datetime) -> str:
    return format_datetime(when.astimezone(UTC))
