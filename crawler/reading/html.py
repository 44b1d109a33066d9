"""Read HTML: a fragment or a whole page in, Blocks out. Pure; follows no link and runs no script.

Never recurses: a page of a hundred thousand nested elements is read with one explicit stack.
"""

import html as entities
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from crawler.reading.tidy import decode, join_tidy, tidy
from crawler.reading.weave import HtmlWeaver
from pipeline.model.blocks import Block, Reading, ReadStatus

_NOT_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "button",
        "select",
        "textarea",
        "input",
        "datalist",
        "audio",
        "video",
        "canvas",
        "map",
        "dialog",
    ]
)
_DROPPED_CLASSES = frozenset(
    [
        "visually-hidden",
        "govuk-visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "js-hidden",
        "footnote-backref",
        "attachment-thumb",
        "accessibility-warning",
        "gem-c-attachment__metadata",
        "gem-c-attachment__thumbnail",
        "reversefootnote",
        "govuk-skip-link",
        "gem-c-cookie-banner",
        "gem-c-feedback",
        "gem-c-contextual-sidebar",
        "gem-c-breadcrumbs",
        "gem-c-print-link",
    ]
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?[^>]{0,1000}>")
_MAIN = ("main", "[role=main]", "#content main", ".govspeak", "article", "#main", "#content", "#main-content")


def html_blocks(html: str | bytes, *, part: str = "") -> tuple[Block, ...]:
    """Return the blocks of an HTML fragment in reading order.

    List items hold their own text only and carry their nesting depth; cells of a table row are joined
    by " | "; call-outs, quotations and definitions are paragraphs; links keep their words. ``anchor``
    is ``#id`` of the nearest heading before (or at) the block that has an id. Footnote marks are left
    out of the sentence, the footnotes themselves are list items.
    """
    text = decode(html) if isinstance(html, bytes) else html
    if "<" not in text:
        return HtmlWeaver(part).plain(entities.unescape(text))
    return blocks_of(soup_of(text), part=part)


def read_html(body: bytes) -> Reading:
    """Return the main text of a full HTML page; menus, banners and footers stay behind. Never raises."""
    try:
        soup = soup_of(decode(body))
        place = main_of(soup)
        blocks = blocks_of(place, page=place.name in {"body", "[document]"})
        title = _title(soup, blocks)
    except (RecursionError, AssertionError, ValueError, TypeError):
        return Reading("html", ReadStatus.BROKEN, note="This page's HTML could not be read.")
    if not blocks:
        return Reading("html", ReadStatus.NO_TEXT, title, note="There is no text in this page.")
    return Reading("html", ReadStatus.READ, title, blocks)


def soup_of(text: str) -> BeautifulSoup:
    """Return the parsed tree of a page or fragment; XML declarations are left out."""
    return BeautifulSoup(_DECLARATION.sub("", text), "lxml")


def main_of(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the page's own text, else its body."""
    for selector in _MAIN:
        found = soup.select_one(selector)
        if found is not None and tidy(found.get_text()):
            return found
    return soup.body or soup


def blocks_of(place: Tag, *, part: str = "", page: bool = False) -> tuple[Block, ...]:
    """Return the blocks below one element. ``page`` leaves out a page's own header and footer."""
    laid_out = {
        id(outer) for table in place.find_all("table") if (outer := table.find_parent("table")) is not None
    }
    weaver = HtmlWeaver(part)
    for step, node in _walk(place, page=page):
        if step == "text":
            weaver.text(str(node))
        elif isinstance(node, Tag) and not (node.name in _LAYOUT and _within_layout(node, laid_out)):
            if step == "open":
                weaver.open(node.name, str(node.get("id") or ""))
            else:
                weaver.close(node.name)
    return weaver.done()


_LAYOUT = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"})


def _within_layout(node: Tag, laid_out: set[int]) -> bool:
    """Tell whether a table, row or cell only serves to place other tables."""
    if not laid_out:
        return False
    table = node if node.name == "table" else node.find_parent("table")
    return table is not None and id(table) in laid_out


def _walk(place: Tag, *, page: bool) -> Iterator[tuple[str, Tag | NavigableString]]:
    """Yield ("open" | "text" | "close", node) in document order, without what a reader does not see."""
    stack: list[tuple[str, Tag | NavigableString]] = [("open", place)]
    while stack:
        step, node = stack.pop()
        if step == "close":
            yield "close", node
        elif isinstance(node, Tag):
            if node is not place and _dropped(node, page=page):
                continue
            yield "open", node
            stack.append(("close", node))
            stack.extend(("open", child) for child in reversed(_seen(node)))
        else:
            yield "text", node


def _seen(node: Tag) -> list[Tag | NavigableString]:
    """Return the children of an element that can hold text: not comments, declarations or CDATA."""
    return [
        child
        for child in node.contents
        if isinstance(child, Tag)
        or (isinstance(child, NavigableString) and not isinstance(child, PreformattedString))
    ]


def _dropped(node: Tag, *, page: bool) -> bool:
    if node.name in _NOT_TEXT or (page and node.name in {"header", "footer"}):
        return True
    attributes = node.attrs
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in {"doc-noteref", "doc-backlink", "navigation"}:
        return True
    if node.name == "a" and str(attributes.get("href", "")).startswith(("#fn:", "#fnref:")):
        return True
    style = attributes.get("style")
    if style and _HIDING_STYLE.search(str(style)):
        return True
    classes = attributes.get("class")
    if not classes:
        return False
    names = set(classes if isinstance(classes, list) else str(classes).split())
    if names & _DROPPED_CLASSES or (node.name == "a" and "footnote" in names):
        return True
    return "metadata" in names and node.find_parent("section", class_="attachment") is not None


def _title(soup: BeautifulSoup, blocks: tuple[Block, ...]) -> str:
    heading = soup.find("h1")
    if isinstance(heading, Tag) and (text := join_tidy(heading.strings)):
        return text
    if soup.title is not None and (text := tidy(soup.title.get_text())):
        return text
    return next((block.text for block in blocks if block.level == 1), "")
