"""Invented documents for the tests of kinship: small, and each with the words that make the case."""

from datetime import UTC, datetime, timedelta

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Person, Record
from pipeline.text.clustering.traits import Traits, traits_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOVUK = "https://www.gov.uk/government"
LETTER_URL = f"{GOVUK}/publications/letter-on-off-rolling"
RELEASE_URL = f"{GOVUK}/news/minister-acts-on-off-rolling"

LETTER = (
    "I am writing to all head teachers about pupils who leave a school roll without a good reason. "
    "Exclusion must be a last resort, and it must be lawful, reasonable and fair. "
    "Off-rolling is never acceptable, and no family should be pressed to educate a child at home. "
    "Each local authority must be told within ten school days when a pupil with a plan leaves a roll. "
    "From 4 January 2027 inspectors will ask to see the record of every pupil who has left. "
    "My officials will hold three meetings in spring, and I would welcome your views before then. "
    "Thank you for the care that you and your staff show to families every day of the school year."
)
OTHER = (
    "The rates for short breaks in the coming year were agreed with councils in October. "
    "Parents can ask for a direct payment in place of a service, and must get an answer in writing. "
    "Short breaks statements have to be published on the local offer before the end of March. "
    "A council that changes what it pays for must first ask the families who use it for their views. "
    "Nothing in this note changes what a family has been promised in a plan that is in force today. "
    "Groups of parents have told us which clubs close on Saturdays, and where there is no bus at all. "
    "The department will look at the figures again when the census of the autumn term is complete."
)
RELEASE = (
    "Schools have been told to stop taking pupils off their rolls without good reason, the minister said. "
    "The announcement follows a rise in the number of children who are taught at home at short notice. "
    "Charities welcomed the step and asked for more staff in the places that need them most."
)


def a_document(
    title: str = "Letter to head teachers on off-rolling",
    kind: str = "correspondence",
    text: str = LETTER,
    *,
    url: str = LETTER_URL,
    days: float = 0,
    seen: float | None = None,
    fresh: bool = True,
    hrefs: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    publishers: tuple[str, ...] = ("Department for Education",),
    files: tuple[tuple[str, str, int], ...] = (),
    links: tuple[str, ...] = (),
    facts: tuple[tuple[str, str], ...] = (),
    content_id: str = "",
    locale: str = "en",
) -> Traits:
    """One document as kinship sees it. ``files`` are (sha256, text, size); ``days`` are after NOON."""
    when = NOON + timedelta(days=days)
    record = Record(
        url=url,
        title=title,
        content_id=content_id,
        locale=locale,
        document_type=kind,
        public_updated=when,
        first_published=when,
        publishers=publishers,
        people=tuple(Person(name) for name in people),
        links=links,
        facts=facts,
    )
    parts = [Part(PartKind.PAGE, "", url, "", ReadStatus.READ, "p", 100, _blocks(text))]
    parts += [
        Part(PartKind.FILE, sha, f"{url}/{sha}.pdf", "A file", ReadStatus.READ, sha, size, _blocks(said))
        for sha, said, size in files
    ]
    at = NOON + timedelta(days=days if seen is None else seen)
    return traits_of(record, parts, seen=at, fresh=fresh, hrefs=hrefs)


def a_release(**own: object) -> Traits:
    """A press release on the letter, with neither link nor quotation unless they are given."""
    given: dict[str, object] = {
        "title": "Minister acts to stop hidden exclusions",
        "kind": "press_release",
        "text": RELEASE,
        "url": RELEASE_URL,
    }
    return a_document(**{**given, **own})  # type: ignore[arg-type]


def _blocks(text: str) -> tuple[Block, ...]:
    sentences = (line.strip() for line in text.split(". ") if line.strip())
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in sentences)
