"""The two days of the demonstration: what the publisher holds on the first, and what happens on the second.

Every document was invented for the sendwatch demonstration; see documents/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from sendwatch.demo.shelf import Asset, Post, Shelf, media_path

DAY_ONE = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
DAY_TWO = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)

LETTER = (
    "/government/publications/education-health-and-care-plans-letter-from-the-minister-for-school-standards"
)
GUIDANCE = "/government/publications/working-with-parent-carers-on-ehc-plans"
GUIDANCE_TEXT = f"{GUIDANCE}/working-with-parent-carers-on-ehc-plans-guidance"
WITHDRAWN = "/government/publications/supporting-pupils-with-send-when-schools-close-in-severe-weather"
NOT_SEND = "/guidance/send-your-school-workforce-census-return"
POST = "/2026/11/what-happens-at-an-annual-review/"
RE_PRESENTED = (
    "/government/publications/sen-support-a-guide-for-parent-carers",
    "/government/publications/high-needs-funding-2026-to-2027",
    "/government/publications/short-breaks-what-families-told-us",
)

_FOLDER = Path(__file__).parent / "documents"
_MARK = "Invented for the sendwatch demonstration."
_FILE = re.compile(r"<!--\n(?P<head>.*?)\n-->\n(?P<body>.*)", re.DOTALL)
_QUIET_EDITS = (
    (
        "Local authorities should offer parent carers a meeting",
        "Local authorities must offer parent carers a meeting",
    ),
    ("reach the family within 15 working days", "reach the family within 10 working days"),
)
_WHY_WITHDRAWN = (
    "This interim guidance is no longer current. Schools should follow the guidance on emergency planning."
)
_EXAMS_LETTER = """Dear colleagues,
I am writing to remind you that applications for access arrangements for the summer 2027 examinations close \
on 21 March 2027.
# Pupils with special educational needs and disabilities (SEND)
A pupil does not need an education, health and care plan to have extra time, a reader or a scribe. The \
arrangement should be the pupil’s normal way of working.
Yours faithfully,
Examinations team"""


@dataclass(frozen=True, slots=True)
class _Read:
    head: dict[str, str]
    body: str

    @property
    def published(self) -> datetime:
        return datetime.fromisoformat(self.head["published"]).replace(tzinfo=UTC)


def demo_day_one() -> Shelf:
    """Return the shelf of the first day: 12 pages, one of them with an HTML child, and two posts."""
    shelf = Shelf()
    minister, role = _minister("Helen Marsh MP", "Minister for School Standards")
    shelf.publish(organisation(DFE_LINK, DAY_ONE, ministers=[minister], roles=[role]))
    shelf.publish(topic(EDUCATION_LINK, DAY_ONE))
    shelf.publish(topic(SEND_LINK, DAY_ONE, parent=EDUCATION_LINK))
    _put(shelf, day="one")
    return shelf


def demo_day_two(shelf: Shelf, *, at: datetime = DAY_TWO) -> None:
    """Let the second day happen on the shelf of the first one, at ``at`` (aware).

    A ministerial letter whose text is in a PDF; a duty and a deadline changed quietly in the text of a
    guidance; a page withdrawn; a page that asks schools to send a return; a post about annual reviews;
    and three pages written again with nothing changed.
    """
    _put(shelf, day="two")
    shelf.touch(LETTER, at=at)
    shelf.touch(NOT_SEND, at=at)
    shelf.edit(GUIDANCE_TEXT, at=at, replacing=_QUIET_EDITS)
    shelf.withdraw(WITHDRAWN, _WHY_WITHDRAWN, at=at)
    for path in RE_PRESENTED:
        shelf.touch(path, at=at)


def letter_pdf() -> bytes:
    """Return the bytes of the invented letter."""
    return (_FOLDER / "ministerial-letter.pdf").read_bytes()


def letter_mark() -> str:
    """Return the sentence that marks every document of the demonstration as invented."""
    return _MARK


def _put(shelf: Shelf, *, day: str) -> None:
    for name, read in _read_all("pages"):
        if read.head.get("day", "one") == day and "path" in read.head:
            _put_page(shelf, name, read)
    for _, read in _read_all("posts"):
        if read.head.get("day", "one") == day:
            shelf.add_post(_post(read))


def _put_page(shelf: Shelf, name: str, read: _Read) -> None:
    head = read.head
    path, title = head["path"], head["title"]
    attachments: list[Item] = []
    if slug := head.get("child"):
        attachments.append(html_attachment(path, slug, head["child-title"]))
    if filename := head.get("file"):
        attachments.append(_file(shelf, path, filename, head["file-title"], read.published))
    people, roles = head.get("people"), head.get("roles")
    linked = _minister(people, roles) if people and roles else ()
    dates: Item = {name: head[name] for name in ("opening_date", "closing_date") if name in head}
    item = page(
        path,
        title,
        document_type=head["kind"],
        schema_name=head.get("schema", "publication"),
        at=read.published,
        written=read.published + timedelta(seconds=40),
        description=head["description"],
        body=read.body,
        topics=() if head.get("topics") == "none" else (SEND_LINK,),
        people=linked[:1],
        roles=linked[1:],
        attachments=attachments,
        details=dates,
    )
    children = []
    if slug:
        text = _read(_FOLDER / "pages" / name.replace(".html", ".child.html")).body
        children.append(html_child(item, slug, head["child-title"], text))
    shelf.publish(item, *children)


def _file(shelf: Shelf, path: str, filename: str, title: str, at: datetime) -> Item:
    if path == LETTER:
        body, pages = letter_pdf(), 4
    else:
        name = title.removesuffix(" (PDF)")
        body, pages = plain_pdf(name, _EXAMS_LETTER.split("\n"), subject=_MARK), 1
    asset = Asset(media_path(filename), body, modified=at, page=path)
    shelf.add_asset(asset)
    return file_attachment(title, ASSETS + asset.path, body, content_type=asset.content_type, pages=pages)


def _post(read: _Read) -> Post:
    head = read.head
    categories = tuple(name.strip() for name in head["categories"].split(";"))
    number, excerpt = int(head["number"]), head["excerpt"]
    return Post(head["path"], number, head["title"], read.body, read.published, categories, excerpt)


def _minister(name: str, role: str) -> tuple[Linked, Linked]:
    slugs = (re.sub(r"[^a-z]+", "-", words.lower().removesuffix(" mp")) for words in (name, role))
    person_path, role_path = (
        f"/government/{kind}/{slug}" for kind, slug in zip(("people", "ministers"), slugs, strict=True)
    )
    return Linked(person_path, name, "person"), Linked(role_path, role, "ministerial_role")


def _read_all(folder: str) -> Iterator[tuple[str, _Read]]:
    for file in sorted((_FOLDER / folder).glob("*.html")):
        yield file.name, _read(file)


def _read(file: Path) -> _Read:
    """Facts are in the comment at the file's top, after the line that says the page is invented."""
    match = _FILE.fullmatch(file.read_text(encoding="utf-8"))
    if match is None or not match["head"].startswith(_MARK):
        raise ValueError(f"{file.name} does not begin with its facts")
    lines = (line.partition(": ") for line in match["head"].split("\n")[1:])
    return _Read({name: value for name, _, value in lines}, match["body"].strip())
