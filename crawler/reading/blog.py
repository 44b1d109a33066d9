"""Read a post of a GOV.UK blog (WordPress): the article and nothing around it. Pure.

Never keeps what moves without an edit: share buttons, adverts, related posts, comments, menus.
A page without an article is an UnexpectedShape, so an error page is never taken for the post.
"""

import re
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from crawler.reading.govuk_content import ContentPage
from crawler.reading.govuk_files import FileLink, linked_files
from crawler.reading.html import blocks_of, soup_of
from crawler.reading.tidy import absolute, decode, join_tidy, moment, site_root, tidy
from pipeline.model.documents import Entry, Record
from pipeline.model.errors import UnexpectedShape

_ARTICLE = (
    "article .entry-content",
    ".entry-content",
    "[itemprop=articleBody]",
    ".post-content",
    "article",
)
_AROUND = re.compile(
    r"^(?:share|sharing|sharedaddy|sd-|social|addtoany|a2a|jp-relatedposts|related|yarpp|advert|ads?$|ads?-|promo|"
    r"comment|respond|post-navigation|nav-|newsletter|signup|sign-up|subscribe|author-bio|entry-meta|entry-footer|"
    r"wp-block-buttons|cookie|breadcrumb|widget|post-meta|tags-links|cat-links)"
)
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)


def read_post(body: bytes, *, url: str, entry: Entry | None = None) -> ContentPage:
    """Return a blog post from its page, or from the feed's own HTML of it when ``entry`` is given.

    ``Record.content_id`` is the guid of ``entry`` (empty without one), ``url`` the entry's link. The
    public date is the publication date: blogs do not move it when they edit.

    Raises:
        UnexpectedShape: the page holds no article, or the article no text.
    """
    text = decode(body)
    soup = soup_of(text)
    whole_page = bool(_PAGE.search(text[:20_000]))
    place = _article(soup) if whole_page or entry is None else soup.body
    if place is None:
        raise UnexpectedShape(f"the page at {url} holds no article")
    given = entry.title if entry else ""
    title = _heading(soup, "h1.entry-title", "article h1") or given or _heading(soup, "main h1", "h1")
    for around in place.find_all(_is_around):
        around.extract()
    blocks = blocks_of(place)
    if not blocks or not title:
        raise UnexpectedShape(f"the article at {url} has no {'text' if title else 'title'}")
    published = (entry.public if entry else None) or _published(soup)
    record = Record(
        url=entry.url if entry else url,
        title=title,
        content_id=entry.content_id if entry else "",
        description=_meta(soup, "og:description") or _meta(soup, "description"),
        document_type="blog_post",
        schema_name="post",
        first_published=published,
        public_updated=published,
        system_updated=moment(_meta(soup, "article:modified_time")),
        publishers=tuple(filter(None, [_meta(soup, "og:site_name")])),
        taxons=entry.taxons if entry else (),
    )
    return ContentPage(record, blocks, (), _files(str(place), url))


def _article(soup: BeautifulSoup) -> Tag | None:
    return next((found for selector in _ARTICLE if (found := soup.select_one(selector)) is not None), None)


def _is_around(tag: Tag) -> bool:
    """Tell what stands around an article from the article."""
    if tag.name in {"nav", "form", "footer", "ins", "iframe"} or tag.get("role") in {"navigation", "search"}:
        return tag.name != "ins" or "adsbygoogle" in tag.get_attribute_list("class")
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(_AROUND.match(str(name).lower()) for name in names if name)


def _heading(soup: BeautifulSoup, *selectors: str) -> str:
    for selector in selectors:
        if (found := soup.select_one(selector)) is not None and (title := join_tidy(found.strings)):
            return title
    return ""


def _meta(soup: BeautifulSoup, name: str) -> str:
    for key in ("property", "name"):
        found = soup.find("meta", attrs={key: name})
        if isinstance(found, Tag) and found.get("content"):
            return tidy(str(found["content"]))
    return ""


def _published(soup: BeautifulSoup) -> datetime | None:
    if when := moment(_meta(soup, "article:published_time")):
        return when
    found = soup.select_one("article time[datetime], time.entry-date[datetime]")
    return moment(tidy(str(found["datetime"]))) if found is not None else None


def _files(html: str, url: str) -> tuple[FileLink, ...]:
    host = site_root(url).partition("://")[2]
    hosts = frozenset({host, "assets.publishing.service.gov.uk"} - {""})
    return tuple(
        FileLink(key=title or link, url=absolute(link, url), title=title or link.rpartition("/")[2])
        for link, title in linked_files(html, url, hosts)
    )
