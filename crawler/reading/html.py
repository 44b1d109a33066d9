"""Read HTML: a fragment or a whole page in, Blocks out. Pure; follows no link and runs no script.

Never recurses: a page of a hundred thousand nested elements is read with one explicit stack.
"""

import html as entities
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from crawler.reading.seen import is_attachment, is_out_of_sight, raised, words_for
from crawler.reading.tidy import decode, join_tidy, tidy
from crawler.reading.weave import HtmlWeaver
from pipeline.model.blocks import Block, Reading, ReadStatus

_DECLARATION = re.compile(r"<\?[^>]{0,1000}>")
MOST_PLACES = 50  # articles of one page that are looked for
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
        found = [one for one in soup.select(selector, limit=MOST_PLACES) if tidy(one.get_text())]
        outermost = [
            one for one in found if not any(other is up for up in one.parents for other in found[:1])
        ]
        if len(outermost) > 1:
            return _around(outermost)
        if found:
            return found[0]
    return soup.body or soup


def _around(places: list[Tag]) -> Tag:
    """Return the innermost element that holds them all: several articles are one page."""
    shared = list(places[0].parents)
    for place in places[1:]:
        above = {id(up) for up in place.parents}
        shared = [up for up in shared if id(up) in above]
    return shared[0]


def blocks_of(place: Tag, *, part: str = "", page: bool = False) -> tuple[Block, ...]:
    """Return the blocks below one element. ``page`` leaves out a page's own header and footer."""
    laid_out = {
        id(outer)
        for table in place.find_all("table")
        for outer in (table.find_parent("table"), table if _only_places(table) else None)
        if outer is not None
    }
    weaver = HtmlWeaver(part)
    for step, node in _walk(place, page=page):
        if step == "text":
            weaver.text(raised(str(node)) if node.parent and node.parent.name == "sup" else str(node))
        elif isinstance(node, Tag) and not (node.name in _LAYOUT and _within_layout(node, laid_out)):
            if step == "open":
                weaver.open(node.name, str(node.get("id") or ""))
                if words := words_for(node):
                    weaver.text(words)
            else:
                weaver.close(node.name)
    return weaver.done()


def _only_places(table: Tag) -> bool:
    """One row whose cells hold several paragraphs: an address block beside a date, and no data."""
    bodies = [*_below(table, "tbody"), *_below(table, "thead"), table]
    rows = [row for body in bodies for row in _below(body, "tr")]
    if len(rows) != 1 or _below(rows[0], "th"):
        return False
    return any(len(_below(cell, "p", "div")) > 1 for cell in _below(rows[0], "td"))


def _below(place: Tag, *names: str) -> list[Tag]:
    """The children of these names: never deeper, for a search in depth costs time in a nest of tables."""
    return [child for child in place.children if isinstance(child, Tag) and child.name in names]


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
    attachments = 0  # how many boxes about files are open
    while stack:
        step, node = stack.pop()
        if step == "close":
            attachments -= isinstance(node, Tag) and is_attachment(node)
            yield "close", node
        elif isinstance(node, Tag):
            if node is not place and is_out_of_sight(node, page=page, in_attachment=attachments > 0):
                continue
            attachments += is_attachment(node)
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


def _title(soup: BeautifulSoup, blocks: tuple[Block, ...]) -> str:
    heading = soup.find("h1")
    if isinstance(heading, Tag) and (text := join_tidy(heading.strings)):
        return text
    if soup.title is not None and (text := tidy(soup.title.get_text())):
        return text
    return next((block.text for block in blocks if block.level == 1), "")
