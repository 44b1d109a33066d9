"""How templates are filled: what comes from outside is escaped, and a name that is missing is an error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Path(__file__).parent / "templates"
MOST_BYTES = 95_000  # of a mail's HTML: Gmail cuts it at 102 kB


def templates(**filters: Callable[..., Any]) -> Environment:
    """The templates, with these filters and ``link`` (see ``safe_link``)."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default_for_string=True),
        auto_reload=False,  # else each page asks the disk whether one of its templates has changed
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"link": safe_link, **filters}
    return made


def safe_link(url: str) -> str:
    """``url`` when it is a web address, else empty: javascript: and data: never become links."""
    link = url.strip()
    if not link.isprintable():
        return ""  # in plain text what stands behind a line break would be a line of ours
    try:
        split = urlsplit(link)
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return link if split.scheme in ("http", "https") and split.hostname else ""


def inlined(html: str, *, keep_rules: bool) -> str:
    """HTML with its style rules written onto each element: mail programs drop style sheets.

    With ``keep_rules`` they stay in the head as well; without, only what cannot stand on an element. Nothing
    is loaded from anywhere.
    """
    import css_inline

    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=keep_rules, keep_at_rules=True
    )
    return inliner.inline(html)
