"""The composition root: settings and schedules become a wired-up house."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from urllib.parse import urlsplit

from alerts.digest_page import Frame
from alerts.mailers import EmlMailer, Mailer, SmtpMailer, TwoSenders
from alerts.mailing_facts import MailingFacts
from alerts.tokens import Tokens
from crawler.budget import Budget, Caps, HostPauses
from crawler.context import CrawlContext, Places
from crawler.item_pipelines import read_stored
from pipeline.model.changes import Relevance, Verdict
from pipeline.model.documents import Entry, Part, Record
from pipeline.model.drafts import Draft
from pipeline.model.redlines import Noticed
from pipeline.model.traces import Site
from pipeline.steps.intake import Terms
from pipeline.store.database import Database, open_database
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.glossary import Glossary, load_glossary
from pipeline.text.drafting.house import House
from pipeline.text.relevance.judge import entry_may_matter, judge_relevance
from pipeline.text.relevance.lexicon import Lexicon, load_lexicon
from pipeline.text.relevance.sections import parts_about_send
from sendwatch.clock import now as now
from sendwatch.household import read_house
from sendwatch.rewriter import Rewriter
from sendwatch.schedules import Schedules
from sendwatch.secret import signing_secret
from sendwatch.sending_terms import allowed, mail_folder, public_sender
from sendwatch.settings import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything that a command works with. One per process. ``clock`` gives aware UTC."""

    settings: Settings
    schedules: Schedules
    db: Database
    house: House
    lexicon: Lexicon
    glossary: Glossary
    mailer: Mailer
    pauses: HostPauses
    tokens: Tokens
    clock: Callable[[], datetime] = now
    rewriter: Rewriter | None = None  # where a language model is set

    def context(
        self,
        budget: Budget,
        *,
        sweep: bool = False,
        eager: bool = False,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> CrawlContext:
        """What a crawl is given."""
        settings = self.settings
        return CrawlContext(
            db=self.db,
            clock=self.clock,
            places=self.places,
            terms=Terms(self.judge, read_stored, self.settle),
            matters=self.matters,
            budget=budget,
            pauses=self.pauses,
            user_agent=user_agent(settings),
            delay=timedelta(seconds=settings.delay),
            timeout=timedelta(seconds=settings.timeout),
            sweep=sweep,
            eager=eager,
            progress=progress,
        )

    @property
    def places(self) -> Places:
        """Where the publishers are."""
        return Places(self.settings.govuk_url, self.settings.assets_url, self.settings.educationhub_url)

    @property
    def sites(self) -> list[Site]:
        """Each Source with the host that it watches."""
        places = self.places
        hosts = {"blog_feed": urlsplit(places.educationhub).netloc}
        govuk = urlsplit(places.govuk).netloc
        return [Site(s.key, s.title, hosts.get(s.spider, govuk)) for s in self.schedules.sources]

    def entry_score(self, entry: Entry) -> float:
        """What the title of an Entry weighs by itself."""
        return self.judge(Record(url=entry.url, title=entry.title), ()).score

    def settle(self, source: str) -> timedelta:
        """How long a change from this Source must last: its own time, else SENDWATCH_SETTLE."""
        own = next((one.settle for one in self.schedules.sources if one.key == source), None)
        return timedelta(seconds=self.settings.settle) if own is None else own

    def judge(self, record: Record, parts: Sequence[Part]) -> Relevance:
        """Relevance by this house's lexicon."""
        return judge_relevance(record, parts, self.lexicon)

    def matters(self, entry: Entry) -> bool:
        """The cheap filter by this house's lexicon."""
        return entry_may_matter(entry, self.lexicon)

    def draft(self, record: Record, parts: Sequence[Part], noticed: Noticed | None) -> Draft:
        """A Draft in this house's manner; of a document that is partly about SEND, on that part alone."""
        partial = self.judge(record, parts).verdict is Verdict.PARTIAL
        if partial:
            parts = parts_about_send(record, parts, self.lexicon)
        return draft_item(record, parts, self.house, noticed=noticed, glossary=self.glossary, partial=partial)

    def draft_and_reword(self, record: Record, parts: Sequence[Part], noticed: Noticed | None) -> Draft:
        """The Draft, with such plainer wordings of a language model as the gate lets through."""
        made = self.draft(record, parts, noticed)
        return self.rewriter.reword(made) if self.rewriter else made

    def source_title(self, key: str) -> str:
        """A Source's title; its key once it has left the schedule."""
        return next((s.title for s in self.schedules.sources if s.key == key), key)

    @property
    def frame(self) -> Frame:
        """What stands around every digest of this house."""
        return Frame(self.house.charity, self.house.standing, self.settings.mailing.site)

    @property
    def domain(self) -> str:
        """The right-hand side of Message-IDs: the sender's domain."""
        return self.settings.sender.rpartition("@")[2].strip(" >") or "localhost"

    @property
    def mailing_facts(self) -> MailingFacts:
        """What mails to subscribers and the public pages need to know of this house."""
        house, mailing = self.house, self.settings.mailing
        team = frozenset(address.casefold() for address in self.settings.team)
        return MailingFacts(
            site=mailing.site,
            domain=self.domain,
            charity=house.charity,
            colour=house.colour,
            address=house.address,
            privacy=house.privacy,
            plans=self.schedules.plans,
            allows=allowed(self.settings),
            named=(mailing.allow or frozenset()) | team,
        )

    @property
    def caps(self) -> Caps:
        """The caps of one cycle."""
        limits = self.schedules.limits
        return Caps(
            limits.requests_per_cycle,
            limits.items_per_cycle,
            limits.children_per_cycle,
            limits.assets_per_cycle,
        )


def wire(settings: Settings, schedules: Schedules, *, clock: Callable[[], datetime] = now) -> Wiring:
    """Open the database and build what stands on it. Raises ConfigError for anything that is set wrong."""
    settings.var.mkdir(parents=True, exist_ok=True)
    house = read_house(settings.house)
    db = open_database(settings.database_url)
    return Wiring(
        settings=settings,
        schedules=schedules,
        db=db,
        house=house,
        lexicon=load_lexicon(settings.lexicon),
        glossary=load_glossary(settings.glossary),
        mailer=make_mailer(settings, house.charity),
        pauses=HostPauses(),
        tokens=Tokens(signing_secret(settings.mailing.secret, settings.var)),
        clock=clock,
        rewriter=Rewriter(settings.model, clock, db) if settings.model else None,
    )


def make_mailer(settings: Settings, charity: str) -> Mailer:
    """SMTP where a server is set, else .eml files under the var folder. Subscribers hear from the charity."""

    def from_(sender: str, reply_to: str = "") -> Mailer:
        if settings.smtp_url:
            return SmtpMailer(settings.smtp_url, sender, reply_to)
        return EmlMailer(mail_folder(settings), sender, reply_to)

    public = from_(public_sender(settings, charity), settings.mailing.reply_to)
    ours = (*settings.team, *settings.operators)
    return TwoSenders(from_(settings.sender), public, ours)


def user_agent(settings: Settings) -> str:
    """``sendwatch/<version> (+<contact>)``: contract, section 0, rule 6."""
    return f"sendwatch/{version('sendwatch')} (+{settings.contact})"
