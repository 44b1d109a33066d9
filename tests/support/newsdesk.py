"""The desk of one's own: a newsroom, the real application behind a server, people who sign in by mail."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from alerts.desk.app import build_app
from alerts.desk.desk import Desk
from alerts.desk.editors.lost import lost_at
from alerts.desk.editors.routes import desk_routes
from alerts.desk.site import NoArchive, Site
from alerts.mailers import SmtpMailer
from alerts.steps.delivering import deliver_owed
from alerts.steps.signing_in import Team, enter_without_mail
from alerts.tokens import Tokens
from pipeline.model.changes import Relevance, Verdict
from pipeline.model.plans import Plan
from pipeline.model.sources import Source
from pipeline.store.database import Database
from sendwatch.serving import serving
from tests.support.desk import FACTS, SECRET, link_in
from tests.support.ledgers import a_drafter
from tests.support.newsroom import Newsroom
from tests.support.watch import Postbox, a_mail_server

ANNA, BEN, OPS = "anna@charity.example", "ben@charity.example", "ops@charity.example"
TEAM = Team.of([ANNA, BEN], [OPS])
SOURCES = (Source("govuk-send", "SEND on GOV.UK", "govuk_search"),)
_KEY = re.compile(r'name="key" value="([0-9a-f]{64})"')


@dataclass
class Newsdesk:
    """A running desk. The clock is that of its newsroom."""

    desk: Desk
    root: str
    room: Newsroom
    postbox: Postbox
    mailer: SmtpMailer
    open_browsers: list["Browser"] = field(default_factory=list)

    @property
    def db(self) -> Database:
        return self.desk.db

    @property
    def now(self) -> datetime:
        return self.room.now

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.room.ledger.now += timedelta(**span)

    def browser(self) -> "Browser":
        """A browser that nobody has signed in with."""
        one = Browser(self, httpx.Client(base_url=self.root, trust_env=False, timeout=30))
        self.open_browsers.append(one)
        return one

    def signed_in(self, address: str = ANNA) -> "Browser":
        """A browser of a person of the team, without the mail."""
        one = self.browser()
        one.client.cookies.set("desk", enter_without_mail(self.db, self.desk.team, address, self.now))
        return one

    def link_for(self, browser: "Browser", address: str, onward: str = "/desk") -> str:
        """Ask for a link by the form, take the mail out of the postbox; the link's path."""
        page = browser.get("/desk/sign-in", params={"next": onward})
        before = len(self.postbox.mails)
        sent = browser.client.post(
            "/desk/sign-in", data={"key": browser.key_of(page), "address": address, "next": onward}
        )
        assert sent.status_code == 200, sent.text
        deliver_owed(self.db, self.mailer, clock=lambda: self.now)
        (mail,) = self.postbox.mails[before:]
        return link_in(mail, "enter").removeprefix(self.desk.site.facts.site)


@dataclass
class Browser:
    """What a person's browser does, without the eyes."""

    newsdesk: Newsdesk
    client: httpx.Client

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(path, **options)

    def key_of(self, page: httpx.Response) -> str:
        """The hidden field of a page's forms."""
        found = set(_KEY.findall(page.text))
        assert len(found) == 1, page.text[:400]
        return str(found.pop())

    def send(self, path: str, on: str = "/desk", **fields: str) -> httpx.Response:
        """Send a form that stands on the page ``on``, and follow where it leads."""
        key = self.key_of(self.get(on))
        return self.client.post(path, data={"key": key, **fields}, follow_redirects=True)


@contextmanager
def a_newsdesk(
    db: Database, *, team: Team = TEAM, plans: Sequence[Plan] = FACTS.plans, **changes: Any
) -> Iterator[Newsdesk]:
    """A desk that serves on loopback, with a mail server of its own."""
    room = Newsroom(db)
    facts = replace(FACTS, site="http://desk.charity.example", plans=tuple(plans))
    site = Site(db, Tokens(SECRET), facts, lambda: room.now, NoArchive())
    verdict = Relevance(Verdict.RELEVANT, 9.0)
    made = Desk(site, team, a_drafter(), lambda _record, _parts: verdict, SOURCES, least_answer=0.0)
    made = replace(made, **changes)
    app = build_app(site, more=desk_routes(made), lost=lost_at(made))
    with a_mail_server() as (postbox, url), serving(app, "127.0.0.1:0") as root:
        running = Newsdesk(made, root, room, postbox, SmtpMailer(url, "sendwatch@charity.example"))
        try:
            yield running
        finally:
            for one in running.open_browsers:
                one.client.close()
