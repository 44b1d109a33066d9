"""Which documents belong to one announcement, which only say it again, and which must stay apart."""

import pytest

from pipeline.text.clustering.kinship import kinship
from pipeline.text.clustering.traits import Traits, hrefs_in, standing_of
from tests.unit.clustering.kin_samples import (
    GOVUK,
    LETTER,
    LETTER_URL,
    OTHER,
    RELEASE,
    RELEASE_URL,
    a_document,
    a_release,
)

BLOG = "https://educationhub.blog.gov.uk/2026/11/off-rolling"
COPY = "https://www.council.example/news/off-rolling"
FRAME = "News from your council. You are here: home, news. " + LETTER + " Back to all our news items."
BRADFORD = LETTER.replace("all head teachers", "schools in Bradford")
LEEDS = LETTER.replace("all head teachers", "schools in Leeds")
LATER = LETTER.replace("4 January 2027", "6 September 2027")
SLIP = LETTER.replace("would welcome", "would wellcome")
LONGER = LETTER.replace(
    "My officials", "A fund of 3 million pounds will open to all schools in May next year. My officials"
)
HEREFORDSHIRE, HERTFORDSHIRE = (
    LETTER.replace("all head teachers", f"schools in {county}")
    for county in ("Herefordshire", "Hertfordshire")
)
CARTER, CARVER = (f"{LETTER} Ann {name} will visit each of the schools." for name in ("Carter", "Carver"))
REFUSED = f"{LETTER} Schools must now refuse every child, and parents cannot appeal any more."
LONG = f"{LETTER} " + " ".join(f"Area {number} of the country has its plan." for number in range(500))
LONG_AND_MORE, LONG_AND_LESS = f"{LONG} The grant is £300m. All can apply.", f"{LONG} The grant is £100m."
STAMPED = (
    f"Contact us. Published on 3 May 2026. {LETTER} Source: Department for Education. © Crown copyright 2026"
)
GUIDANCE = "Schools must record attendance of pupils with SEND each day. " + OTHER
ABOLISHED = "The Tribunal will close on 1 May 2027, ministers say. Guidance on attendance is out too."
RATES_URL = f"{GOVUK}/publications/short-breaks-rates"
LETTER_QUOTED = RELEASE + " Read the Letter to head teachers on off-rolling and hidden exclusions in full."
LONG_TITLE = "Letter to head teachers on off-rolling and hidden exclusions"

JOINS: list[tuple[str, Traits, Traits]] = [
    ("a press release links to the letter", a_release(hrefs=(LETTER_URL,)), a_document()),
    ("the letter is found after its press release", a_document(), a_release(hrefs=(LETTER_URL,))),
    ("a relative link", a_release(hrefs=("/government/publications/letter-on-off-rolling",)), a_document()),
    ("a link with a fragment", a_release(hrefs=(f"{LETTER_URL}?utm_source=x#page",)), a_document()),
    ("the address stands in the text", a_release(text=f"{RELEASE} See {LETTER_URL}."), a_document()),
    (
        "a blog post links to the letter a day later",
        a_release(kind="blog_post", url=BLOG, hrefs=(LETTER_URL,), days=1, publishers=("Education Hub",)),
        a_document(),
    ),
    (
        "a blog post a week later, on the same uncommon word",
        a_release(title="What off-rolling is", kind="blog_post", url=BLOG, hrefs=(LETTER_URL,), days=7),
        a_document(),
    ),
    ("a press release names the letter by its title", a_release(text=LETTER_QUOTED), a_document(LONG_TITLE)),
    (
        "and nine days later it does so still",
        a_release(text=LETTER_QUOTED, days=9),
        a_document(LONG_TITLE),
    ),
    (
        "a statement with the same uncommon words by the same minister",
        a_document(
            "Off-rolling and hidden exclusions: statement by the minister",
            "written_statement",
            OTHER,
            url=f"{GOVUK}/speeches/hidden-exclusions",
            people=("Jo Bloggs MP",),
            days=1,
        ),
        a_document(LONG_TITLE, people=("Jo Bloggs MP",)),
    ),
    (
        "an annex that its letter links to",
        a_document("Annex A: what schools record", "guidance", OTHER, url=RATES_URL),
        a_document(hrefs=(RATES_URL,)),
    ),
    (
        "an annex with the uncommon words of its letter",
        a_document("Off-rolling and hidden exclusions: annex", "guidance", OTHER, url=RATES_URL),
        a_document(LONG_TITLE),
    ),
    (
        "a letter that links to the guidance of the same day",
        a_document(hrefs=(RATES_URL,)),
        a_document("Leaving a school roll: what to record", "guidance", OTHER, url=RATES_URL),
    ),
    (
        "two pages of one guidance that link to each other",
        a_document("Short breaks rates: how they are agreed", "guidance", OTHER, url=RATES_URL),
        a_document("Short breaks rates for 2027", "guidance", RELEASE, url=COPY, hrefs=(RATES_URL,)),
    ),
    (
        "a collection names the letter by its content id",
        a_release(links=("documents:11111111-1111-4111-8111-111111111112",)),
        a_document(content_id="11111111-1111-4111-8111-111111111112"),
    ),
    ("a press release holds the whole letter", a_release(text=f"{RELEASE} {OTHER} {LETTER}"), a_document()),
    ("the same text with one more sentence", a_document(text=LONGER, url=COPY), a_document()),
    (
        "the same text with a date at its end",
        a_document(text=f"{LETTER} Please answer by 3 May.", url=COPY),
        a_document(),
    ),
    (
        "the same text with a last sentence that takes a right away",
        a_document(text=REFUSED, url=COPY),
        a_document(),
    ),
    ("the same text without that sentence", a_document(url=COPY), a_document(text=REFUSED)),
    (
        "a text too long to compare whole, with another end",
        a_document(text=LONG_AND_MORE, url=COPY),
        a_document(text=LONG_AND_LESS),
    ),
    (
        "the same file below a sentence that forbids",
        a_document("Letters", "page", "Do not use.", url=COPY, files=(("f1", "", 90_000),)),
        a_document(text="Read the letter.", files=(("f1", "", 90_000),)),
    ),
    (
        "the same file below a text of its own",
        a_release(text=OTHER, files=(("f1", LETTER, 90_000),)),
        a_document(text="Read the letter.", files=(("f1", LETTER, 90_000),)),
    ),
    (
        "a press release on guidance that was edited the same day, with its uncommon word",
        a_release(title="New rates for short breaks", hrefs=(RATES_URL,)),
        a_document("Short breaks: what councils pay", "guidance", OTHER, url=RATES_URL, fresh=False),
    ),
    (
        "a backdated letter and its press release are seen together",
        a_release(hrefs=(LETTER_URL,)),
        a_document(days=-6, seen=0),
    ),
]
COPIES: list[tuple[str, Traits, Traits]] = [
    ("the same text at another address", a_document("Ministerial letter", url=COPY), a_document()),
    ("in another site's frame", a_document("Our news", "page", FRAME, url=COPY), a_document()),
    ("without the other's frame", a_document(), a_document("Our news", "page", FRAME, url=COPY)),
    (
        "as a page where it was a file",
        a_document(url=COPY),
        a_document(text="Read the letter.", files=(("f1", LETTER, 90_000),)),
    ),
    (
        "the very same file under another page",
        a_document("Letters", "page", "All letters.", url=COPY, files=(("f1", "", 90_000),)),
        a_document(text="Read the letter.", files=(("f1", "", 90_000),)),
    ),
    ("between a stamp, a source and a copyright line", a_document(text=STAMPED, url=COPY), a_document()),
    ("a very long text, to the last word", a_document(text=LONG, url=COPY), a_document(text=LONG)),
    ("with a hyphen less", a_document(text=LETTER.replace("Off-", "Off"), url=COPY), a_document()),
    ("with a slip put right", a_document(url=COPY), a_document(text=SLIP)),
    (
        "the same statement in the other House",
        a_document("Off-rolling", "written_statement", url=COPY),
        a_document("Off-rolling", "written_statement"),
    ),
    (
        "the same publication in Welsh",
        a_document(text=OTHER, content_id="c1", locale="cy", url=f"{LETTER_URL}.cy"),
        a_document(content_id="c1"),
    ),
    ("a month of letters has one text twice", a_document(url=COPY, days=5), a_document()),
]
APART: list[tuple[str, Traits, Traits]] = [
    (
        "two letters of one minister on one day",
        a_document(
            "Letter to directors on short breaks", text=OTHER, url=RATES_URL, people=("Jo Bloggs MP",)
        ),
        a_document(people=("Jo Bloggs MP",)),
    ),
    (
        "two letters, even where one links to the other",
        a_document("Letter on short breaks", text=OTHER, url=RATES_URL, hrefs=(LETTER_URL,)),
        a_document(),
    ),
    (
        "two consultations that name each other",
        a_document("Short breaks rates", "open_consultation", OTHER, url=RATES_URL, hrefs=(COPY,)),
        a_document("Short breaks rates: clubs", "open_consultation", RELEASE, url=COPY, hrefs=(RATES_URL,)),
    ),
    ("a letter to another council", a_document(text=LEEDS, url=COPY), a_document(text=BRADFORD)),
    (
        "a letter to a county of a similar name",
        a_document(text=HERTFORDSHIRE, url=COPY),
        a_document(text=HEREFORDSHIRE),
    ),
    (
        "the same words under the name of another county",
        a_document("Improvement notice: Hertfordshire", url=COPY),
        a_document("Improvement notice: Herefordshire"),
    ),
    (
        "the same words for another year",
        a_document("Rates for 2028", "guidance", url=COPY),
        a_document("Rates for 2027", "guidance"),
    ),
    (
        "the same words that each of two councils says of itself",
        a_document("Rates", "page", f"Leeds: {LETTER}", url=COPY, publishers=("Leeds",)),
        a_document("Rates", "page", f"Bradford: {LETTER}", publishers=("Bradford",)),
    ),
    ("a person of a similar name", a_document(text=CARVER, url=COPY), a_document(text=CARTER)),
    (
        "what was lawful is unlawful",
        a_document(text=LETTER.replace("be lawful", "be unlawful"), url=COPY),
        a_document(),
    ),
    *(
        (
            f"one word more: {word}",
            a_document(text=LETTER.replace("would welcome", f"would {word} welcome"), url=COPY),
            a_document(),
        )
        for word in ("not", "never", "only")
    ),
    (
        "a press release on the Tribunal that links to guidance of the same day on attendance",
        a_release(title="SEND Tribunal to be abolished", text=ABOLISHED, hrefs=(RATES_URL,)),
        a_document("Attendance guidance", "guidance", GUIDANCE, url=RATES_URL),
    ),
    *(
        (
            f"{now} where {was} stood",
            a_document(text=f"{LETTER} A change of {now} in each place.", url=COPY),
            a_document(text=f"{LETTER} A change of {was} in each place."),
        )
        for was, now in (("£5", "5%"), ("5", "-5"), ("✓", "✗"))
    ),
    ("the same letter a year on", a_document(text=LATER, url=COPY), a_document()),
    ("a press release on something else", a_release(), a_document()),
    (
        "two press releases, the one in the other's notes",
        a_release(title="Minister visits a school", text=OTHER, url=COPY, hrefs=(RELEASE_URL,)),
        a_release(),
    ),
    (
        "a blog post of ten days later that links in passing",
        a_release(title="Five things to know", kind="blog_post", url=BLOG, hrefs=(LETTER_URL,), days=10),
        a_document(),
    ),
    (
        "a press release that links in passing to guidance that was edited",
        a_release(hrefs=(RATES_URL,)),
        a_document("Short breaks: what councils pay", "guidance", OTHER, url=RATES_URL, fresh=False),
    ),
    (
        "titles that share what all titles about SEND share",
        a_release(title="Support for children with SEND and their families", text=OTHER),
        a_document("Letter to parents of children with SEND about support in schools"),
    ),
    (
        "the same uncommon words by another hand",
        a_release(title="Off-rolling and hidden exclusions", publishers=("Ofsted",)),
        a_document(LONG_TITLE),
    ),
    (
        "the same uncommon words a month later",
        a_release(title="Off-rolling and hidden exclusions: one month on", days=30),
        a_document(LONG_TITLE),
    ),
    (
        "two consultations with the same privacy notice",
        a_document(
            "Clubs", "open_consultation", OTHER, url=RATES_URL, files=(("pn", "x", 9), ("a", "", 800))
        ),
        a_document("Buses", "open_consultation", LETTER, files=(("pn", "x", 9), ("b", "", 900))),
    ),
    (
        "short pages in the same words",
        a_document("Area A", "guidance", "This page has moved. Ask your council", url=COPY),
        a_document("Area B", "guidance", "This page has moved. Ask your council", url=RATES_URL),
    ),
    (
        "guidance that links to a consultation on something else",
        a_document("Clubs on Saturdays", "guidance", OTHER, url=RATES_URL, hrefs=(COPY,)),
        a_document("Transport to school", "open_consultation", LETTER, url=COPY),
    ),
    (
        "two pages that were edited and link to each other",
        a_document("Clubs", "guidance", OTHER, url=RATES_URL, hrefs=(LETTER_URL,), fresh=False),
        a_document(fresh=False),
    ),
    ("an edit of a page is no copy of a new one", a_document(url=COPY, fresh=False), a_document()),
    ("pages without a word", a_document("Scan", text="", url=COPY), a_document("Scan too", text="")),
]


def _names(rows: list[tuple[str, Traits, Traits]]) -> list[str]:
    return [row[0] for row in rows]


@pytest.mark.parametrize(("_case", "new", "known"), JOINS, ids=_names(JOINS))
def test_it_belongs_to_the_announcement_and_the_mail_says_why(
    _case: str,
    new: Traits,
    known: Traits,
) -> None:
    found = kinship(new, known)
    assert found is not None
    assert not found.copy, found.words
    assert known.title in found.words, "the words name the document that it belongs to"


@pytest.mark.parametrize(("_case", "new", "known"), COPIES, ids=_names(COPIES))
def test_it_says_nothing_that_was_not_said(_case: str, new: Traits, known: Traits) -> None:
    found = kinship(new, known)
    assert found is not None
    assert found.copy, found.words


@pytest.mark.parametrize(("_case", "new", "known"), APART, ids=_names(APART))
def test_it_is_news_of_its_own(_case: str, new: Traits, known: Traits) -> None:
    assert kinship(new, known) is None
    assert kinship(known, new) is None


def test_links_are_found_in_the_bytes_of_a_page_and_of_an_item() -> None:
    page = f'<nav><a href="/menu">x</a></nav><article><p><a class=x href="{LETTER_URL}">y</a></p></article>'
    assert hrefs_in(page.encode()) == {LETTER_URL}, "what stands around the article is no link of its author"
    item = '{"body": "<p><a href=\\"/government/publications/a\\">a</a> <a href=\'/b\'>b</a></p>"}'
    assert hrefs_in(item.encode()) == {"/government/publications/a", "/b"}
    assert hrefs_in(b"\xff\xfe not a page") == frozenset()


def test_a_letter_stands_before_its_statement_guidance_press_release_post_and_annex() -> None:
    from pipeline.model.documents import Record

    def of(kind: str, title: str = "Off-rolling") -> int:
        return standing_of(Record(url=COPY, title=title, document_type=kind))

    order = ["correspondence", "written_statement", "open_consultation", "guidance", "policy_paper"]
    standings = [of(kind) for kind in (*order, "speech", "press_release", "blog_post")]
    assert standings == sorted(set(standings))
    assert of("guidance", "Letter to schools on off-rolling") == of("correspondence")
    assert of("correspondence", "Annex B to the letter") > of("blog_post")
