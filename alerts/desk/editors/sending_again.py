"""A form that came without a session, or with the key of an older one: its text is shown, to be sent again.

Nothing of it is done here. A form of which no browser says that it is ours is not offered again.
"""

import re
from urllib.parse import quote

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response

from alerts.desk.desk import Desk
from alerts.desk.editors.form_keys import WITH_SESSION, form_key
from alerts.desk.editors.showing import bare_page
from pipeline.model.desk import Session

KEPT_FIELDS = ("title", "body", "digest_title", "digest_text", "post", "why", "opening", "words")
BUTTONS = {"save": "Save", "approve": "Save and approve for the digest", "opening": "Keep the opening line"}
_STORY = re.compile(r"/desk/stories/\d+")
_AGAIN = re.compile(
    r"/desk/(?:stories/\d+/(?:save|approve|stand|merge|split)|digest/[\w-]+/opening)", re.ASCII
)
Fields = ImmutableMultiDict[str, str]


def over_page(desk: Desk, request: Request, form: Fields) -> Response:
    """401: nobody is signed in any more. The same form stands there, for when she has signed in again."""
    back = quote(_page_of(request.url.path), safe="")
    given = _given(request, form)
    return bare_page("session_over", status=401, desk=desk, back=back, key="", who="", **given)


def failed_page(desk: Desk, request: Request, form: Fields) -> Response:
    """503: the database took nothing. The same form stands there, with the key that came with it."""
    given = _given(request, form)
    return bare_page("not_kept", status=503, desk=desk, key=form.get("key", ""), **given)


def has_words(form: Fields) -> bool:
    """Whether the form holds anything that a person may have typed."""
    return bool(_typed(form))


def refused_page(desk: Desk, request: Request, form: Fields, session: Session) -> Response:
    """403: the key of the form is not that of this session. With what was typed it takes one more press."""
    key = form_key(desk.secret, WITH_SESSION, session.key)
    given = _given(request, form)
    name = "session_over" if given["again"] else "refused"
    return bare_page(name, status=403, desk=desk, key=key, who=session.address, back="", **given)


def _given(request: Request, form: Fields) -> dict[str, object]:
    typed = _typed(form)
    path = request.url.path
    ours = request.headers.get("sec-fetch-site") == "same-origin" or "origin" in request.headers
    again = bool(typed) and ours and _AGAIN.fullmatch(path) is not None
    rest = [(name, text) for name, text in form.multi_items() if name not in (*KEPT_FIELDS, "key")]
    fields = [(name, form[name]) for name in KEPT_FIELDS if name in form]
    return {
        "typed": typed,
        "again": path if again else "",
        "fields": fields,
        "rest": rest,
        "button": BUTTONS.get(path.rpartition("/")[2], "Send it again"),
    }


def _typed(form: Fields) -> list[tuple[str, str]]:
    """What a person may have typed, to be shown again; on the merge page ``title.own`` is the title, too."""
    found = [(name.removesuffix(".own"), text) for name, text in form.multi_items() if text.strip()]
    return [(name, text) for name, text in found if name in KEPT_FIELDS]


def _page_of(path: str) -> str:
    """The page on which a form stood."""
    story = _STORY.match(path)
    return story[0] if story else "/desk/digest" if path.startswith("/desk/digest") else "/desk"
