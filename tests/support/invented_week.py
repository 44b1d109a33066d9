"""A whole invented digest, as a subscriber might get it: for the picture of it in the docs."""

from datetime import date, time

from alerts.compose_digest import compose_digest
from alerts.digest_page import Frame, digest_page
from pipeline.model.digests import ApprovedItem, Closing, Deadline, DigestEntry, Topic
from pipeline.model.mails import Mail
from sendwatch.household import read_house

DFE = "Department for Education"
LAST_DAY = Deadline(
    date(2026, 12, 11), "Last day to answer: home-to-school transport for 16 to 19 year olds", time(23, 59)
)
ITEMS = (
    ApprovedItem(
        "Minister writes to councils about children who are sent home from school",
        "The minister for school standards has told all directors of children’s services that sending a "
        "child home without recording an exclusion is unlawful. Councils must be told within ten school days "
        "when a pupil with an EHC plan leaves a school roll.",
        "https://www.gov.uk/government/publications/invented-letter",
        "Read the letter in full",
        DFE,
        frozenset({Topic.LETTERS}),
    ),
    ApprovedItem(
        "Annual reviews: the guidance now says “must”",
        "Local authorities must now tell parents the result of an annual review within four weeks of the "
        "meeting. Before, the guidance said “should”. The rest of the chapter is the same as before.",
        "https://www.gov.uk/government/publications/invented-guidance",
        "Read the statutory guidance in full",
        DFE,
        frozenset({Topic.GUIDANCE, Topic.LAW}),
        is_update=True,
    ),
    ApprovedItem(
        "Have your say on home-to-school transport for 16 to 19 year olds",
        "The government is asking what should change about transport for young people with SEND after the "
        "age of 16. Parents, carers and young people can answer online, by email or in an easy-read form.",
        "https://www.gov.uk/government/consultations/invented",
        "Read the consultation and have your say",
        DFE,
        frozenset({Topic.CONSULTATIONS}),
        deadlines=(LAST_DAY,),
    ),
)


def an_invented_week() -> Mail:
    """The mail, in the manner of the house that comes with sendwatch."""
    house = read_house(None)
    entries = [DigestEntry(n, 1, n, item) for n, item in enumerate(ITEMS, 1)]
    closing = [Closing(LAST_DAY, ITEMS[2].title, ITEMS[2].link, ITEMS[2].topics)]
    page = digest_page(
        entries,
        closing,
        plan_title="Every week, on Friday",
        day=date(2026, 11, 27),
        opening="A short week. The letter about children being sent home is the one to read.",
        frame=Frame(house.charity, house.standing, "https://news.openlanes.example"),
    )
    return compose_digest(page, entries, archived="weekly")
