"""The public pages of one's own: the real application behind a real server, a clock to travel with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from alerts.desk.app import build_app
from alerts.desk.form_moments import FormMoments
from alerts.desk.limits import SignUpLimits
from alerts.desk.site import ArchiveReader, NoArchive, Site
from alerts.digest_web import ArchivedDay, ArchivedPage
from alerts.mailers import SmtpMailer
from alerts.mailing_facts import MailingFacts
from alerts.slots import leave_link, preferences_link
from alerts.steps.delivering import deliver_owed
from alerts.steps.tidying import Tidied, tidy_subscribers
from alerts.tokens import Purpose, Tokens
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.subscribers import Subscriber
from pipeline.store import subscribers
from pipeline.store.database import Database, open_database
from pipeline.store.mailing_tables import consents
from sendwatch.serving import serving
from tests.support.watch import Postbox, a_mail_server

SECRET = "a secret for tests, long enough"
FRIDAY = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
PLANS = (
    Plan("weekly", "Every week, on Friday", Rhythm.WEEK),
    Plan("monthly", "Every month, on the first Friday", Rhythm.MONTH),
)
FACTS = MailingFacts(
    site="https://news.charity.example",
    domain="charity.example",
    charity="Open Lanes",
    colour="#12395b",
    address="Open Lanes, 12 Kestrel Yard, Harrowby HB1 4QT. Registered charity 0000000.",
    privacy="https://www.openlanes.example/privacy",
    plans=PLANS,
    allows=lambda _address: True,
)


@dataclass
class Desk:
    """A running site. ``now`` moves only when a test says so."""

    site: Site
    root: str
    postbox: Postbox
    mailer: SmtpMailer
    client: httpx.Client  # one for all requests: making one costs a third of a second
    times: list[datetime] = field(default_factory=lambda: [FRIDAY])

    @property
    def db(self) -> Database:
        return self.site.db

    @property
    def now(self) -> datetime:
        return self.times[0]

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.times[0] += span

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(self.here(path), **options)

    def post(self, path: str, data: Any = None, **options: Any) -> httpx.Response:
        """Send a form; without fields that of a page which is nothing but its button."""
        if data is None and not options:
            data = {"press": "yes"}
        return self.client.post(self.here(path), data=data, **options)

    def here(self, address: str) -> str:
        """A path, or a link of a mail, at the server that is running."""
        return self.root + address.removeprefix(self.site.facts.site)

    def moment(self, ago: timedelta = timedelta(seconds=20)) -> str:
        """The hidden field of a form that somebody opened a while ago."""
        return FormMoments(self.site.tokens.secret).make(self.now - ago)

    def sign_up(self, address: str, **fields: Any) -> httpx.Response:
        """Fill in the form and send it."""
        return self.post("/subscribe", {"address": address, "moment": self.moment(), **fields})

    def deliver(self) -> list[EmailMessage]:
        """Send what is owed by real SMTP; the new mails."""
        before = len(self.postbox.raw)
        deliver_owed(self.db, self.mailer, clock=lambda: self.now)
        return self.postbox.mails[before:]

    def join(self, address: str) -> Subscriber:
        """Sign up, open the mail, press the button."""
        assert self.sign_up(address).status_code == 200
        (mail,) = self.deliver()
        assert self.post(link_in(mail, "confirm")).status_code == 200
        return self.person(address)

    def person(self, address: str) -> Subscriber:
        found = self.find(address)
        assert found is not None
        return found

    def find(self, address: str) -> Subscriber | None:
        with self.db.begin() as tx:
            return subscribers.by_address(tx, address)

    def log(self, person: Subscriber) -> list[tuple[str, str]]:
        """Way and words of the person's log."""
        query = select(consents.c.way, consents.c.what).where(consents.c.subscriber_id == person.id)
        with self.db.begin() as tx:
            return [(row.way, row.what) for row in tx.execute(query.order_by(consents.c.id))]

    def preferences(self, person: Subscriber) -> str:
        return preferences_link("", self.site.tokens.make(Purpose.PREFERENCES, person.key, self.now))

    def leave(self, person: Subscriber) -> str:
        return leave_link("", self.site.tokens.make(Purpose.LEAVE, person.key, self.now))

    def tidy(self) -> Tidied:
        return tidy_subscribers(self.db, self.site.tokens, self.site.facts, self.now)


class OneDigest:
    """An archive in which one digest stands."""

    def days(self, plan: str) -> list[ArchivedDay]:
        titles = ("New guidance on transport",)
        return [ArchivedDay(FRIDAY.date(), "SEND news", titles)] if plan == "weekly" else []

    def page(self, plan: str, day: date) -> ArchivedPage | None:
        if plan != "weekly" or day != FRIDAY.date():
            return None
        inner = (
            "<h1>SEND news</h1><h2>Guidance</h2><h3>New guidance on transport</h3>"
            "<p>Councils must say by 1 May.</p>"
        )
        return ArchivedPage(plan, day, "SEND news", inner)


@contextmanager
def a_desk(
    database: Database | str,
    *,
    facts: MailingFacts = FACTS,
    archive: ArchiveReader | None = None,
    limits: SignUpLimits | None = None,
    **changes: Any,
) -> Iterator[Desk]:
    """A site that serves on loopback, with a mail server of its own."""
    db = open_database(database) if isinstance(database, str) else database
    times = [FRIDAY]
    site = Site(db, Tokens(SECRET), facts, lambda: times[0], archive or NoArchive())
    site = replace(site, **changes)
    with (
        a_mail_server() as (postbox, url),
        serving(build_app(site, limits=limits), "127.0.0.1:0") as root,
        db.kept_open(),
        httpx.Client(trust_env=False, verify=False, timeout=30) as client,
    ):
        yield Desk(site, root, postbox, SmtpMailer(url, "Open Lanes <news@charity.example>"), client, times)
    if isinstance(database, str):
        db.close()


def link_in(mail: EmailMessage, room: str) -> str:
    """The one link of this kind in a mail."""
    found = {link for link in links_in(mail) if f"/{room}/" in link}
    assert len(found) == 1, found
    return found.pop()


def links_in(mail: EmailMessage) -> set[str]:
    """Every web address in the text and the HTML of a mail."""
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    texts = [str(body.get_content()) for body in bodies if body is not None]
    return {link.rstrip(".") for text in texts for link in re.findall(r"https?://[^\s\"'<>]+", text)}


def a_file(folder: Path, name: str, text: str) -> Path:
    """A file to hand to a command."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path
