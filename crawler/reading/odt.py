"""Read the content.xml of an OpenDocument text into Blocks. Pure; resolves no entity, opens no network.

Source: OASIS OpenDocument 1.3, part 3, sections 5 (text content) and 9 (tables).
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.reading.weave import HtmlWeaver
from pipeline.model.blocks import Block

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SKIPPED = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note-citation",
        f"{_TEXT}sequence-decls",
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_OFFICE}forms",
        f"{_TEXT}index-title-template",
    }
)
_NAMES = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
    f"{_TABLE}covered-table-cell": "td",
    f"{_TEXT}line-break": "br",
}
_SPACES = frozenset({f"{_TEXT}s", f"{_TEXT}tab"})


def odt_blocks(content: bytes) -> tuple[Block, ...]:
    """Return the blocks of a content.xml. A footnote follows the paragraph that it belongs to.

    Raises:
        lxml.etree.XMLSyntaxError: not well-formed XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    body = root.find(f".//{_OFFICE}text")
    main, notes = HtmlWeaver(), HtmlWeaver()
    blocks: list[Block] = []
    if body is None:
        return ()
    in_notes = 0
    for step, node in _walk(body):
        weaver = notes if in_notes else main
        if step == "text":
            weaver.text(node)
        elif node.tag == f"{_TEXT}note":
            in_notes += 1 if step == "open" else -1
        elif node.tag in _SPACES:
            weaver.text(" ")
        elif name := _name(node):
            getattr(weaver, step)(name)
    blocks.extend(main.done())
    blocks.extend(notes.done())
    return tuple(blocks)


def _name(node: Any) -> str:
    """Return the HTML name that the weaver knows for an element, "" where it only holds text."""
    if node.tag == f"{_TEXT}h":
        level = node.get(f"{_TEXT}outline-level", "1")
        return f"h{min(max(int(level), 1), 6)}" if level.isdigit() else "h1"
    return _NAMES.get(node.tag, "")


def _walk(place: Any) -> Iterator[tuple[str, Any]]:
    """Yield ("open" | "text" | "close", element or text) in document order, without recursion."""
    stack: list[tuple[str, Any]] = [("open", place)]
    while stack:
        step, node = stack.pop()
        if step == "text":
            yield step, node
            continue
        if step == "close":
            yield step, node
            continue
        if not isinstance(node.tag, str) or node.tag in _SKIPPED:
            continue
        yield "open", node
        stack.append(("close", node))
        for child in reversed(node):
            if child.tail:
                stack.append(("text", child.tail))
            stack.append(("open", child))
        if node.text:
            stack.append(("text", node.text))
