"""Which elements of a page a reader sees. Pure; looks at one element at a time, and never at the whole page.

What is out of sight until a reader opens or searches for it (a fold, a list of choices) is on the page all
the same. Struck words are not: they no longer hold.
"""

import re

from bs4 import Tag

_NOT_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "head",
        "svg",
        "annotation",
        "annotation-xml",
        "iframe",
        "object",
        "embed",
        "button",
        "textarea",
        "input",
        "datalist",
        "audio",
        "video",
        "canvas",
        "map",
    ]
)
_STRUCK = frozenset({"s", "del", "strike"})
_INLINE = frozenset(["span", "a", "i", "b", "em", "strong", "small", "sup", "sub", "img", "abbr", "font"])
_DROPPED_CLASSES = frozenset(
    [
        "visually-hidden",
        "govuk-visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
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
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAST_WORDS = 4  # of the text for a picture that says something: "A teacher" is what it looks like


def is_out_of_sight(node: Tag, *, page: bool, in_attachment: bool) -> bool:
    """Tell whether an element and all below it are left out.

    ``page`` leaves out a page's own header and footer; ``in_attachment`` says that the element stands in a
    box about a file, whose format and size are no text.
    """
    if node.name in _NOT_TEXT or node.name in _STRUCK or (page and node.name in {"header", "footer"}):
        return True
    attributes = node.attrs
    if node.name == "dialog" and "open" not in attributes:
        return True
    if not attributes:
        return False
    if "hidden" in attributes and str(attributes["hidden"]).lower() != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" and node.name in _INLINE:
        return True  # an ornament; a paragraph is seen by those who see, whoever else is spared it
    if attributes.get("role") in {"doc-noteref", "doc-backlink", "navigation"}:
        return True
    if node.name == "a" and str(attributes.get("href", "")).startswith(("#fn:", "#fnref:")):
        return True
    style = attributes.get("style")
    if style and _HIDING_STYLE.search(str(style)):
        return True
    names = classes_of(node)
    if names & _DROPPED_CLASSES or (node.name == "a" and "footnote" in names):
        return True
    return in_attachment and "metadata" in names


def is_attachment(node: Tag) -> bool:
    """Tell whether an element is a box about a file."""
    return node.name == "section" and "attachment" in classes_of(node)


def words_for(node: Tag) -> str:
    """Return the words that stand for a picture, in brackets; empty where they say little."""
    alt = str(node.get("alt") or "") if node.name == "img" else ""
    return f"[{alt.strip()}]" if len(alt.split()) >= LEAST_WORDS else ""


def raised(text: str) -> str:
    """Return a number that is set as a superscript in superscript figures: "25¹ hours" are not 251."""
    return text.translate(_RAISED) if text.strip().isdecimal() else text


def classes_of(node: Tag) -> set[str]:
    """Return the names of an element's classes."""
    classes = node.attrs.get("class")
    if not classes:
        return set()
    return set(classes if isinstance(classes, list) else str(classes).split())
