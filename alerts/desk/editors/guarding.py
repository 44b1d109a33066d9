"""The door of each page of the desk: a session, the role, the key of the form. What a page does is its own.

A page is a plain function from a Visit to a Response. It runs in a thread, so that it may read the database;
the event loop goes on meanwhile.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.cookies import session_cookie
from alerts.desk.editors.form_keys import WITH_SESSION, fits, form_key, from_our_own_page
from alerts.desk.editors.sending_again import (
    Fields,
    failed_page,
    has_words,
    over_page,
    refused_page,
)
from alerts.desk.editors.showing import bare_page
from alerts.steps.signing_in import who
from pipeline.model.desk import Role, Session

logger = logging.getLogger("sendwatch")
HOME = "/desk"
_NEXT = re.compile(r"/desk(?:/[\w/.~-]*)?(?:\?[\w/?=&%.,:+~-]*)?", re.ASCII)  # to a browser %2e%2e is .., too
MOST_NEXT = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in. ``now`` is aware UTC; ``form`` is empty for a GET.

    ``key`` goes into the hidden field ``key`` of each form on the page; it has been checked already for what
    came with this request.
    """

    desk: Desk
    session: Session
    now: datetime
    path: str
    params: dict[str, str]
    query: QueryParams
    form: Fields
    key: str

    @property
    def by(self) -> str:
        """Who acts, for logs and approvals."""
        return self.session.address

    def number(self, name: str) -> int:
        """A whole number of the path; 0 when it is none that can be."""
        return whole(self.params.get(name, ""))


Page = Callable[[Visit], Response]


def whole(text: str) -> int:
    """A whole number that a database can hold; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def shown(desk: Desk, path: str, page: Page, *, role: Role = Role.EDITOR) -> Route:
    """The route of a page that is looked at. It changes nothing: mail scanners open links."""

    async def get(request: Request) -> Response:
        session = await _session(desk, request)
        if session is None:
            return _to_sign_in(request)
        if not _may(session, role):
            return bare_page("other_role", status=403, desk=desk)
        return await run_in_threadpool(page, _visit(desk, request, session, ImmutableMultiDict()))

    return Route(path, get, methods=["GET"])


def done(desk: Desk, path: str, page: Page, *, role: Role = Role.EDITOR) -> Route:
    """The route of a form that is sent. What was typed is never lost.

    Without a session, or where the database takes nothing, it is shown again, to be sent once more.
    """

    async def post(request: Request) -> Response:
        if not from_our_own_page(request.headers, desk.site.facts.site):
            return bare_page("refused", status=403, desk=desk)
        async with request.form(max_files=0, max_fields=500) as sent:
            pairs = [(name, _text(value)) for name, value in sent.multi_items() if isinstance(value, str)]
        form: Fields = ImmutableMultiDict(pairs)
        try:
            return await answer(request, form)
        except (SQLAlchemyError, OSError) as error:
            if not has_words(form):
                raise
            logger.warning("a form was not kept: %s (%s)", request.url.path, type(error).__name__)
            return failed_page(desk, request, form)

    async def answer(request: Request, form: Fields) -> Response:
        session = await _session(desk, request)
        if session is None:
            return over_page(desk, request, form)
        if not fits(desk.secret, WITH_SESSION, session.key, form.get("key", "")):
            return refused_page(desk, request, form, session)
        if not _may(session, role):
            return bare_page("other_role", status=403, desk=desk)
        return await run_in_threadpool(page, _visit(desk, request, session, form))

    return Route(path, post, methods=["POST"])


def go(path: str, said: str = "", *, at: str = "") -> Response:
    """On to a page of the desk, to the place ``at`` on it, with a message by its code (showing.MESSAGES)."""
    link = "?" if "?" not in path else "&"
    place = f"#{at}" if at else ""
    return RedirectResponse((f"{path}{link}said={said}" if said else path) + place, 303)


def checked_next(path: str) -> str:
    """A page of the desk to go on to; the inbox in place of anything else: no other site, no trick."""
    fine = len(path) <= MOST_NEXT and _NEXT.fullmatch(path) and "//" not in path and ".." not in path
    return path if fine and not path.startswith(("/desk/enter", "/desk/sign")) else HOME


async def visit_of(desk: Desk, request: Request) -> Visit | None:
    """The Visit of somebody who is signed in, for a page that is looked at; None: nobody is."""
    session = await _session(desk, request)
    return _visit(desk, request, session, ImmutableMultiDict()) if session else None


async def _session(desk: Desk, request: Request) -> Session | None:
    cookie = session_cookie(desk, request)
    if not cookie:
        return None
    return await run_in_threadpool(who, desk.db, desk.team, cookie, desk.now())


def _visit(desk: Desk, request: Request, session: Session, form: Fields) -> Visit:
    return Visit(
        desk=desk,
        session=session,
        now=desk.now(),
        path=request.url.path,
        params={name: _text(str(value)) for name, value in request.path_params.items()},
        query=QueryParams([(name, _text(value)) for name, value in request.query_params.multi_items()]),
        form=form,
        key=form_key(desk.secret, WITH_SESSION, session.key),
    )


def _text(given: str) -> str:
    """What both databases can hold, and a page can show: no NUL, and no half of a character."""
    return given.replace("\0", "").encode("utf-8", "replace").decode()


def _may(session: Session, role: Role) -> bool:
    return role is Role.EDITOR or session.role is Role.OPERATOR


def _to_sign_in(request: Request) -> Response:
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/desk/sign-in?next={quote(checked_next(asked), safe='')}", 303)
