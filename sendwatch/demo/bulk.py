"""A shelf of many invented SEND pages, for measuring. The same number always gives the same pages."""

import random
from datetime import UTC, datetime, timedelta

from sendwatch.demo.items import (
    ASSETS,
    DFE_LINK,
    EDUCATION_LINK,
    SEND_LINK,
    Item,
    file_attachment,
    html_attachment,
    html_child,
    organisation,
    page,
    topic,
)
from sendwatch.demo.plain_pdf import page_count, plain_pdf
from sendwatch.demo.shelf import Asset, Shelf, media_path

FIRST = datetime(2026, 11, 20, 9, tzinfo=UTC)  # the newest page's public date

_KINDS = ("guidance", "correspondence", "statutory_guidance", "policy_paper", "research", "notice")
_WHO = (
    "Local authorities",
    "Schools",
    "Colleges",
    "Health bodies",
    "Governing boards",
    "Early years settings",
)
_DUTY = ("must", "should", "may", "are expected to")
_DOES = ("publish", "review", "record", "agree", "consult parent carers on", "explain", "share", "plan")
_WHAT = (
    "the special educational provision in an EHC plan",
    "arrangements for special educational needs (SEN) support",
    "how high needs funding is spent",
    "the local offer for children and young people with SEND",
    "advice from educational psychologists",
    "the outcome of each annual review",
    "transport for pupils with disabilities",
    "places in special schools and resourced provision",
)
_WHEN = ("each term", "by 31 March 2027", "within 20 weeks", "once a year", "before a decision is made")


def bulk_shelf(count: int, *, at: datetime = FIRST) -> Shelf:
    """Return a shelf with ``count`` pages tagged to the SEND topic, the newest dated ``at``, one an hour.

    Every fifth page has an HTML child, every fifth another one a PDF of about four pages. A page's own
    body has 2 to 10 KB, a child 10 to 30 KB.
    """
    shelf = Shelf()
    shelf.publish(organisation(DFE_LINK, at))
    shelf.publish(topic(EDUCATION_LINK, at))
    shelf.publish(topic(SEND_LINK, at, parent=EDUCATION_LINK))
    for number in range(count):
        _put_page(shelf, number, at - timedelta(hours=number))
    return shelf


def bulk_path(number: int) -> str:
    """Return the path of the page ``number``, counted from 0, newest first."""
    return f"/government/publications/send-page-{number}"


def edit_bulk(shelf: Shelf, numbers: range, *, at: datetime) -> None:
    """Add a paragraph to pages, quietly."""
    for number in numbers:
        said = _sentence(random.Random(f"edit {number} {at.isoformat()}"))  # noqa: S311 - not a secret
        body = shelf.documents[bulk_path(number)]["details"]["body"]
        shelf.edit(bulk_path(number), at=at, details={"body": body + f"<p>New: {said}</p>"})


def _put_page(shelf: Shelf, number: int, at: datetime) -> None:
    chance = random.Random(number)  # noqa: S311 - not a secret
    path, title = bulk_path(number), f"SEND: {chance.choice(_WHAT)} ({number})"
    attachments: list[Item] = []
    if number % 5 == 1:
        attachments.append(html_attachment(path, "full-text", f"{title}: full text"))
    if number % 5 == 3:
        filename = f"send_page_{number}.pdf"
        body = plain_pdf(title, [_paragraph(chance) for _ in range(34)])
        asset = Asset(media_path(filename), body, modified=at, page=path)
        shelf.add_asset(asset)
        kind = asset.content_type
        attachments.append(
            file_attachment(title, ASSETS + asset.path, body, content_type=kind, pages=page_count(body))
        )
    item = page(
        path,
        title,
        document_type=chance.choice(_KINDS),
        at=at,
        body=_html(chance, chance.randint(2_000, 10_000)),
        description=_sentence(chance),
        attachments=attachments,
    )
    children = []
    if number % 5 == 1:
        text = _html(chance, chance.randint(10_000, 30_000))
        children.append(html_child(item, "full-text", f"{title}: full text", text))
    shelf.publish(item, *children)


def _html(chance: random.Random, size: int) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        number = len(parts)
        if number % 6 == 0:
            part = f'<h2 id="section-{number}">{chance.choice(_WHO)} and {chance.choice(_WHAT)}</h2>'
        elif number % 6 == 4:
            part = "<ul>" + "".join(f"<li>{_sentence(chance)}</li>" for _ in range(4)) + "</ul>"
        else:
            part = f"<p>{_paragraph(chance)}</p>"
        parts.append(part)
        length += len(part)
    return "\n".join(parts)


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 5)))


def _sentence(chance: random.Random) -> str:
    who, duty, does, what, when = (chance.choice(words) for words in (_WHO, _DUTY, _DOES, _WHAT, _WHEN))
    return f"{who} {duty} {does} {what} {when}."
