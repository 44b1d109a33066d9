"""Compose a digest's mail: a page in, subject, plain text and HTML out. Sends nothing, looks at no clock.

Every person's own links are slots, so that one mail serves all who want the same. There is no picture, no
pixel and no rewritten link in it. Everything from a publisher is escaped.
"""

import textwrap
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment

from alerts.digest_page import DigestPage, closing_words, fewer, place_name
from alerts.slots import archive_link, leave_link, preferences_link
from alerts.templating import MOST_BYTES, inlined, templates
from pipeline.model.digests import DigestEntry
from pipeline.model.mails import Mail

WIDTH = 78
COMMAND = "    "  # what is to be typed is never broken
_STEPS = (40, 30, 25, 20, 15, 10, 7, 5, 3, 1)  # items printed; the first that fits


def compose_digest(
    page: DigestPage, entries: Sequence[DigestEntry], *, plain: bool = False, archived: str = ""
) -> Mail:
    """The mail of a page that shows ``entries``; ``plain``: text alone, with an empty ``html``.

    ``archived`` is the plan's key: where the web version is. An HTML part of more than 95 kB is never made:
    fewer items are printed, and the mail says how many more are on the web version, with the link.
    """
    if plain:
        return Mail(page.subject, digest_text(page, archived), "")
    html = digest_html(page, archived)
    for most in _STEPS:
        if len(html.encode()) <= MOST_BYTES:
            break
        if most < page.count:
            page = fewer(page, entries, most)
            html = digest_html(page, archived)
    return Mail(page.subject, digest_text(page, archived), html)


def digest_html(page: DigestPage, plan: str) -> str:
    """The HTML part, its styles on each element, those for dark and narrow screens in its head."""
    html = environment().get_template("email/digest/body.html").render(_values(page, plan))
    return inlined(html, keep_rules=False)


def digest_text(page: DigestPage, plan: str) -> str:
    """The text part: the same words in lines of at most 78 characters; an address is never broken."""
    return wrapped(environment().get_template("email/digest/body.txt").render(_values(page, plan)))


def wrapped(text: str) -> str:
    """Text in lines of at most 78 characters, at most one empty line between them; commands as they are."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        if line.startswith(COMMAND):
            lines.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip() or (lines and lines[-1]):
            lines += textwrap.wrap(
                line.strip(),
                WIDTH,
                initial_indent=indent,
                subsequent_indent=indent + ("  " if line.lstrip().startswith("- ") else ""),
                break_long_words=False,
                break_on_hyphens=False,
            ) or [""]
    return "\n".join(lines) + "\n"


@cache
def environment() -> Environment:
    """The templates, with the filters that a digest needs; also for the web version and the team's mails."""
    return templates(closes=closing_words, place=place_name, flat=_flat)


def _flat(text: str) -> str:
    """A publisher's words on one line: no text of theirs can look like a heading of ours."""
    return " ".join(text.split())


def _values(page: DigestPage, plan: str) -> dict[str, object]:
    site = page.frame.site
    return {
        "page": page,
        "frame": page.frame,
        "leave": leave_link(site),
        "preferences": preferences_link(site),
        "web": archive_link(site, plan, page.day.isoformat()) if plan else "",
    }
