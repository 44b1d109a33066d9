"""The stage of the simulation: a shelf of invented pages, what an editor can do to each, and the truth.

Every page carries a sentence of its own with a number, a sum and a date that no other page has, so that a
mail can be told to be about one edit and no other. Everything random comes from one seeded source.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sendwatch.demo.items import (
    ASSETS,
    DFE_LINK,
    EDUCATION_LINK,
    SEND_LINK,
    Item,
    Linked,
    file_attachment,
    html_attachment,
    html_child,
    organisation,
    page,
    topic,
)
from sendwatch.demo.plain_pdf import plain_pdf
from sendwatch.demo.shelf import Asset, Shelf, media_path

KINDS = ("guidance", "correspondence", "statutory_guidance", "policy_paper", "research", "notice")
WHO = ("Local authorities", "Schools", "Colleges", "Health bodies", "Governing boards")
DOES = ("must publish", "should review", "must record", "may agree", "should explain", "must share")
WHAT = (
    "the special educational provision in an EHC plan",
    "the support for pupils with special educational needs (SEN)",
    "how high needs funding is spent",
    "the local offer for children with SEND",
    "the outcome of each annual review",
    "places in special schools",
)
WHEN = ("each term", "within 20 weeks", "once a year", "before a decision is made")
PATIENCE = timedelta(hours=3)  # a page rests that long between two episodes, so that each is told by itself


@dataclass(frozen=True, slots=True)
class Deed:
    """One scripted edit and the truth about it: must it be told, and what words would a mail of it hold?"""

    number: int
    kind: str
    paths: tuple[str, ...]
    at: datetime
    told: bool
    marks: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """A page as its editor knows it. ``about`` is send or other; ``part`` is child, file or none."""

    path: str
    number: int
    about: str = "send"
    part: str = ""
    duty: str = "must"
    money: int = 0
    day: str = ""
    busy_until: datetime | None = None
    alive: bool = True

    def hook(self) -> str:
        """The sentence that is the page's own."""
        said = f"Schools {self.duty} send form SN-{self.number} by {self.day}"
        who = "for each child with SEND" if self.about == "send" else "for each kitchen"
        return f"{said} and keep £{self.money:,} {who}."


@dataclass(slots=True)
class Stage:
    """The shelf with its pages, the moment (aware UTC), and the deeds so far."""

    shelf: Shelf
    chance: random.Random
    now: datetime
    pages: list[Page] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    serial: int = 1000
    kills: int = 0  # how often the watch is to be killed at its next work

    def deed(self, kind: str, where: Page | str, *marks: str, told: bool) -> None:
        """Write down what was just done."""
        path = where if isinstance(where, str) else where.path
        self.deeds.append(Deed(len(self.deeds), kind, (path,), self.now, told, marks))

    def coin(self) -> int:
        """A number that was never used before."""
        self.serial += 1
        return self.serial

    def sum(self) -> int:
        """A sum of money that was never used before."""
        return self.coin() * 7 + 20_000

    def date(self) -> str:
        """A day that was never used before, in words."""
        day = datetime(2027, 1, 4) + timedelta(days=self.coin() - 1000)
        return f"{day.day} {day:%B %Y}"

    def free(self, *, part: str | None = "", about: str = "send") -> Page | None:
        """A live page with which nothing is going on; None when there is none now."""
        found = [one for one in self.resting() if one.about == about and part in (None, one.part)]
        return self.chance.choice(found) if found else None

    def resting(self) -> list[Page]:
        """All live pages with which nothing is going on."""
        return [p for p in self.pages if p.alive and (p.busy_until is None or p.busy_until <= self.now)]

    def item(self, page_: Page) -> Item:
        """The page as it is served."""
        return self.shelf.documents[page_.path]

    def said(self, page_: Page, **values: object) -> tuple[str, str]:
        """Change the page's own sentence; return what it said and what it says."""
        before = page_.hook()
        for name, value in values.items():
            setattr(page_, name, value)
        return before, page_.hook()

    def edit(self, page_: Page, old: str, new: str, *, note: str = "", child: bool = False) -> None:
        """Put other words in place of words of the page, or of its HTML child."""
        path = f"{page_.path}/full-text" if child else page_.path
        self.shelf.edit(path, at=self.now, note=note, replacing=[(old, new)])

    def sentence(self) -> str:
        """A sentence with a number that no other has."""
        return f"Schools must send form SN-{self.coin()} to the local authority about SEND by {self.date()}."

    def file(self, page_: Page, lines: list[str], title: str) -> tuple[Asset, Item]:
        """A PDF for a page, with its entry in the page's list."""
        path = media_path(f"send_form_{page_.number}.pdf", self.coin())
        body = plain_pdf(title, lines)
        asset = Asset(path, body, modified=self.now, page=page_.path)
        return asset, file_attachment(title, ASSETS + path, body, content_type="application/pdf", pages=1)

    def lines(self, page_: Page) -> list[str]:
        """What the page's file says, the page's own sentence in the middle."""
        steady = random.Random(page_.number)
        return [*_sentences(steady, 6), page_.hook(), *_sentences(steady, 4)]

    def put(self, page_: Page, title: str, **more: object) -> None:
        """Publish a page with its child or file, and remember it."""
        steady = random.Random(page_.number)
        attachments: list[Item] = []
        if page_.part == "child":
            attachments.append(html_attachment(page_.path, "full-text", f"{title}: full text"))
        if page_.part == "file":
            asset, entry = self.file(page_, self.lines(page_), f"{title}: the form")
            self.shelf.add_asset(asset)
            attachments.append(entry)
        given: dict[str, object] = {"document_type": steady.choice(KINDS), "at": self.now} | more
        described = "What schools and local authorities do about SEND."
        made = page(
            page_.path,
            title,
            **{"body": _html(steady, None if page_.part else page_), "description": described} | given,  # type: ignore[arg-type]
            attachments=attachments,
        )
        children = []
        if page_.part == "child":
            text = _html(steady, page_) + _html(steady, None)
            children.append(html_child(made, "full-text", f"{title}: full text", text))
        self.shelf.publish(made, *children)
        self.pages.append(page_)


def open_stage(count: int, chance: random.Random, at: datetime) -> Stage:
    """A shelf of ``count`` pages about SEND, one an hour until ``at``, and a few others."""
    stage = Stage(Shelf(), chance, at - timedelta(days=200))
    for made in (organisation(DFE_LINK, stage.now), topic(EDUCATION_LINK, stage.now)):
        stage.shelf.publish(made)
    stage.shelf.publish(topic(SEND_LINK, stage.now, parent=EDUCATION_LINK))
    for number in range(count):
        stage.now = at - timedelta(hours=count - number)
        part = {1: "child", 6: "child", 3: "file"}.get(number % 10, "")
        stage.put(fresh(stage, f"send-page-{number}", part=part), f"SEND: {chance.choice(WHAT)} ({number})")
        if number % 20 == 0:
            put_other(stage, fresh(stage, f"catering-{number}", about="other"))
    stage.now = at
    return stage


def fresh(stage: Stage, slug: str, *, part: str = "", about: str = "send") -> Page:
    """A page that is not published yet."""
    path = f"/government/publications/{slug}"
    return Page(path, stage.coin(), about, part, money=stage.sum(), day=stage.date())


def put_other(stage: Stage, page_: Page) -> None:
    """Publish a page that is not about SEND, under no topic of ours; its title makes it worth a fetch."""
    body = "<h2>Kitchens</h2>" + f"<p>School kitchens keep a record of each delivery. {page_.hook()}</p>" * 3
    title = f"Letter to head teachers about school catering ({page_.number})"
    words = "How school kitchens are run."
    topics: tuple[Linked, ...] = (EDUCATION_LINK,)
    stage.put(
        page_, title, body=body, description=words, topics=topics, document_type=KINDS[page_.number % 2]
    )


def put_partial(stage: Stage, page_: Page) -> str:
    """Publish a page on money, one paragraph of which is about SEND; return its title."""
    title = f"School funding: note {page_.number} for finance teams"
    money = "Trusts are paid each month and report errors within 10 days. The rate is set in the formula."
    send = "Schools should also consider pupils with special educational needs and disabilities (SEND)."
    body = f"<h2>Payments</h2>{f'<p>{money}</p>' * 8}<p>{send}</p><h2>Audit</h2>{f'<p>{money}</p>' * 8}"
    words = "How funding is paid to schools."
    stage.put(page_, title, body=body, description=words, topics=(EDUCATION_LINK,), document_type="guidance")
    stage.pages.remove(page_)  # it has no sentence of its own to edit later
    return title


def _html(chance: random.Random, page_: Page | None) -> str:
    parts = [f"<h2>{chance.choice(WHAT)}</h2>"]
    parts += [f"<p>{' '.join(_sentences(chance, 3))}</p>" for _ in range(chance.randint(4, 9))]
    if page_ is not None:
        parts.insert(len(parts) // 2, f"<p>{page_.hook()}</p>")
        parts.append("<p>Parents recieve a copy.</p>")
    return "".join(parts)


def _sentences(chance: random.Random, count: int) -> list[str]:
    chosen = [[chance.choice(words) for words in (WHO, DOES, WHAT, WHEN)] for _ in range(count)]
    return [f"{' '.join(words)}." for words in chosen]
