"""Items of a digest made up for tests of how it looks."""

from collections.abc import Collection, Sequence
from datetime import date, time

from alerts.compose_digest import compose_digest
from alerts.digest_page import DigestPage, Frame, digest_page
from pipeline.model.digests import ApprovedItem, BareLink, Closing, Deadline, DigestEntry, Topic
from pipeline.model.drafts import StandingBlock
from pipeline.model.mails import Mail

DAY = date(2026, 11, 27)
FRAME = Frame(
    "Open Lanes",
    (StandingBlock("Talk to us", "Our helpline is there for you.", (("Call us", "tel:08081570000"),)),),
    "https://news.charity.example",
)
TEXT = (
    "Councils must tell parents the result of an annual review within four weeks of the meeting. Before, "
    "the guidance said “should”. Parents who do not agree with the result can appeal to the tribunal, and "
    "mediation is free. The rest of the chapter is the same as before, and no plan has to be written again."
)


def an_item(
    number: int,
    title: str,
    topics: Collection[Topic] = (Topic.GUIDANCE,),
    *,
    link: str = "https://www.gov.uk/government/publications/a-page",
    publisher: str = "Department for Education",
) -> DigestEntry:
    """An approved item."""
    item = ApprovedItem(title, TEXT, link, "Read the guidance in full", publisher, frozenset(topics))
    return DigestEntry(number, 1, number, item)


def a_bare_link(number: int, title: str) -> DigestEntry:
    """A Story that nobody has dealt with."""
    bare = BareLink(title, "Department for Education", "https://www.gov.uk/x", frozenset({Topic.GUIDANCE}))
    return DigestEntry(number, 1, 0, bare=bare)


def entries_of(count: int) -> list[DigestEntry]:
    """As many items, over all topics."""
    topics = list(Topic)
    return [
        an_item(
            n, f"Item {n}: what councils must now tell the parents of a child with a plan", {topics[n % 6]}
        )
        for n in range(count)
    ]


def closing_of(count: int) -> list[Closing]:
    """As many deadlines."""
    return [
        Closing(
            Deadline(date(2026, 12, 1 + n), "Last day to answer: home-to-school transport", time(23, 59)),
            f"Have your say on home-to-school transport, part {n}",
            "https://www.gov.uk/government/consultations/transport",
            frozenset({Topic.CONSULTATIONS}),
        )
        for n in range(count)
    ]


def page_of(entries: Sequence[DigestEntry], closing: Sequence[Closing] = ()) -> DigestPage:
    """The page of such entries."""
    title = "Every week, on Friday"
    return digest_page(entries, closing, plan_title=title, day=DAY, opening="A full week.", frame=FRAME)


def mail_of(entries: Sequence[DigestEntry], closing: Sequence[Closing] = (), *, plain: bool = False) -> Mail:
    """The mail of such entries."""
    return compose_digest(page_of(entries, closing), entries, plain=plain, archived="weekly")
