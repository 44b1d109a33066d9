"""Render the pages of the desk: everything escaped, a fixed set of messages, one policy for scripts.

Reads no database. No text of an address is ever printed: messages come by their code.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import nh3
from jinja2 import Environment
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from alerts import wording
from alerts.desk.desk import Desk
from alerts.desk.guards import POLICY
from alerts.render_draft import place_of
from alerts.templating import TEMPLATES, templates
from pipeline.model.desk import Role
from pipeline.text.words.dates import at_time, in_full, on_day

if TYPE_CHECKING:
    from alerts.desk.editors.guarding import Visit

WITH_SCRIPT = f"{POLICY}; script-src 'self'"
IN_A_SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox"
)
NAVIGATION = (  # path, words, from which role on
    ("/desk", "Inbox", Role.EDITOR),
    ("/desk/digest", "Digest", Role.EDITOR),
    ("/desk/search", "Search", Role.EDITOR),
    ("/desk/missed", "Missed something?", Role.EDITOR),
    ("/desk/sources", "Sources", Role.EDITOR),
    ("/desk/subscribers", "Subscribers", Role.OPERATOR),
)
MESSAGES = {
    "saved": "Saved.",
    "same": "Nothing was changed, so nothing was saved.",
    "merged-texts": "Saved. A colleague saved meanwhile in other places: both texts are kept.",
    "approved": "Approved for the digest, in the words that stand here.",
    "approved-warned": "Approved for the digest. Its length is unusual: 25 to 70 words read well.",
    "handed-back": "Handed back: it waits for a decision.",
    "held": "Held back: no digest holds it until somebody opens it again.",
    "rejected": "Marked as not relevant, and a label says so.",
    "reopened": "Opened again: it waits for a decision.",
    "merged": "The two Stories are one now. To part them again: “Make it a Story of its own”, below.",
    "split-already": "This Story does not hold that document any more: it has a Story of its own.",
    "split": "The document has a Story of its own now.",
    "signed-in": "You are signed in.",
    "forgotten": "Erased: nothing of that person is held any more.",
    "moved": "Moved.",
    "moved-nowhere": "It stands there already.",
    "order-stale": "Somebody else has changed this digest or its order meanwhile, so nothing was moved. "
    "Here it is as it stands now.",
    "by-weight": "The heaviest is first again.",
    "opening-kept": "The opening line is kept.",
    "opening-late": "The digest was put together meanwhile. The opening line is kept for the one after it.",
    "opening-out": "There is no opening line.",
    "proof-owed": "The proof is on its way to you.",
    "proof-again": "A proof is on its way to you already.",
    "digest-nothing": "It cannot be sent: nothing is approved for it, it is stopped, or one has left today.",
    "send-stale": "The digest has changed meanwhile, so it was not sent: look at it as it is now.",
    "digest-asked": "It leaves in five minutes. Until then you can take that back.",
    "digest-asked-again": "Somebody has asked for that already.",
    "digest-not-yet": "Taken back: it leaves at its hour.",
    "digest-gone": "There was nothing to take back: nobody had asked, or it has left.",
    "digest-held": "Stopped: nothing of it leaves until somebody releases it.",
    "digest-released": "Released: what is due leaves with the next round.",
    "paused": "Paused: it is asked nothing until somebody resumes it.",
    "paused-already": "It was paused already.",
    "resumed": "It goes on, within half a minute.",
    "not-paused": "It was not paused.",
    "run-owed": "A run is owed: the watch makes it within half a minute, or when it runs again.",
    "paused-no-run": "It is paused, so no run was asked for: resume it first.",
    "story-made": "A Story of it is open. It is drafted and mailed to the team in the next round.",
    "look-owed": "It is looked at when its source is read next, and then becomes a Story.",
}
_REDLINE_TAGS = {"table", "tbody", "tr", "td", "del", "ins", "strong", "span", "h2", "h3", "h4", "br"}


def desk_page(
    visit: "Visit", template: str, /, *, status: int = 200, script: bool = False, **values: Any
) -> Response:
    """The page ``template`` (a file under templates/desk/editors) for somebody who is signed in.

    With ``script`` the page may load the desk's one script file; without it none at all.
    """
    given = {
        "visit": visit,
        "desk": visit.desk,
        "facts": visit.desk.site.facts,
        "site": visit.desk.site,
        "said": MESSAGES.get(visit.query.get("said", ""), ""),
        "script": script,
        "places": [
            (path, words, _here(path, visit.path))
            for path, words, role in NAVIGATION
            if role is Role.EDITOR or visit.session.role is Role.OPERATOR
        ],
        **values,
    }
    html = _environment().get_template(f"desk/editors/{template}.html").render(given)
    headers = {"Content-Security-Policy": WITH_SCRIPT} if script else {}
    return HTMLResponse(html, status_code=status, headers=headers)


def bare_page(name: str, *, desk: Desk, status: int = 200, **values: Any) -> Response:
    """A page for somebody who is not, or may not be, signed in."""
    given = {"facts": desk.site.facts, "site": desk.site, "typed": [], **values}
    html = _environment().get_template(f"desk/editors/{name}.html").render(given)
    return HTMLResponse(html, status_code=status)


def mail_page(html: str) -> Response:
    """A mail as it looks, in a sandbox: a mail has styles of its own, and may do nothing."""
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": IN_A_SANDBOX})


def clean(fragment: str) -> Markup:
    """HTML of our own making, washed all the same: a few elements, no attribute, no style, no script."""
    washed = nh3.clean(
        fragment,
        tags=_REDLINE_TAGS,
        clean_content_tags={"script", "style"},
        attributes={"table": {"role"}},
        generic_attribute_prefixes=set(),
        url_schemes=set(),
        link_rel=None,
    )
    return Markup(washed)  # noqa: S704 - nh3 has just washed it


def asset(name: str, content_type: str) -> Response:
    """One of the desk's two own files, the style and the script."""
    body = (TEMPLATES / "desk" / "editors" / name).read_bytes()
    return Response(body, media_type=content_type, headers={"Cache-Control": "public, max-age=3600"})


def _here(path: str, asked: str) -> bool:
    if path == "/desk":
        return asked == path or asked.startswith("/desk/stories")
    return asked == path or asked.startswith(f"{path}/")


def _name_of(address: str) -> str:
    """How a colleague is shown: the part before the at sign."""
    return re.split(r"[@\s]", address.strip(), maxsplit=1)[0][:40] or "somebody"


@cache
def _environment() -> Environment:
    return templates(
        full_date=in_full,
        day=on_day,
        day_and_time=at_time,
        place=place_of,
        person=_name_of,
        size=wording.size_of,
    )
