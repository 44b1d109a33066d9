"""Make Content API items of invented pages, in the publisher's shape. Pure; never a real page's text.

Source: source contract, sections 2.1 to 2.4; alphagov/publishing-api, content_schemas/dist/formats.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Item = dict[str, Any]

GOVUK = "https://www.gov.uk"
ASSETS = "https://assets.publishing.service.gov.uk"
EDUCATION_HUB = "https://educationhub.blog.gov.uk"

SEND_TOPIC = "/education/special-educational-needs-and-disability-send-and-high-needs"
EDUCATION_TOPIC = "/education"
DFE = "/government/organisations/department-for-education"

_KNOWN_IDS = {
    SEND_TOPIC: "11111111-1111-4111-8111-111111111111",  # the live one is not known: read at start-up
    EDUCATION_TOPIC: "c58fdadd-7743-46d6-9629-90bb3ccc4ef0",
    DFE: "ebd15ade-73b2-4eaf-b1c3-43034a42eb37",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """A page that another one links to: where it lies, what it is called and what it is."""

    path: str
    title: str
    document_type: str
    schema_name: str = ""


DFE_LINK = Linked(DFE, "Department for Education", "organisation")
SEND_LINK = Linked(
    SEND_TOPIC, "Special educational needs and disability (SEND) and high needs", "taxon", "taxon"
)
EDUCATION_LINK = Linked(EDUCATION_TOPIC, "Education, training and skills", "taxon", "taxon")


def content_id_of(path: str) -> str:
    """Return the content id that an invented page at ``path`` has: the same one every time."""
    return _KNOWN_IDS.get(path) or str(uuid.uuid5(uuid.NAMESPACE_URL, GOVUK + path))


def page(
    path: str,
    title: str,
    *,
    document_type: str,
    at: datetime,
    body: str = "",
    description: str = "",
    schema_name: str = "publication",
    written: datetime | None = None,
    organisations: Sequence[Linked] = (DFE_LINK,),
    topics: Sequence[Linked] = (SEND_LINK,),
    people: Sequence[Linked] = (),
    roles: Sequence[Linked] = (),
    attachments: Sequence[Item] = (),
    content_id: str = "",
    details: Item | None = None,
) -> Item:
    """Return a live page. ``at`` (aware) is its public date, ``written`` the last write (else ``at``).

    ``body`` is HTML without the govspeak wrapper. ``attachments`` come from ``file_attachment`` and
    ``html_attachment``. ``details`` are added to the usual ones.
    """
    public = stamp(at)
    ids = [one["id"] for one in attachments]
    featured = {"featured_attachments": ids} if schema_name in ("publication", "consultation") else {}
    links: Item = {
        "organisations": [_link(one) for one in organisations],
        "primary_publishing_organisation": [_link(one) for one in organisations[:1]],
        "taxons": [_topic_link(one) for one in topics],
        "children": [_child_link(one, public) for one in attachments if one.get("attachment_type") == "html"],
        "people": [_link(one) for one in people],
        "roles": [_link(one) for one in roles],
    }
    return {
        "base_path": path,
        "content_id": content_id or content_id_of(path),
        "description": description,
        "details": {
            "attachments": list(attachments),
            "body": govspeak(body),
            "change_history": [{"note": "First published.", "public_timestamp": public}],
            "first_public_at": public,
            "political": False,
            **featured,
            **(details or {}),
        },
        "document_type": document_type,
        "first_published_at": public,
        "links": {kind: linked for kind, linked in links.items() if linked},
        "locale": "en",
        "phase": "live",
        "public_updated_at": public,
        "publishing_app": "whitehall",
        "publishing_request_id": "1-2-3-4",
        "publishing_scheduled_at": None,
        "rendering_app": "frontend",
        "scheduled_publishing_delay_seconds": None,
        "schema_name": schema_name,
        "title": title,
        "updated_at": stamp(written or at),
        "withdrawn_notice": {},
    }


def html_child(parent: Item, slug: str, title: str, body: str) -> Item:
    """Return the HTML publication ``slug`` below ``parent``; its public date is copied from there."""
    path = f"{parent['base_path']}/{slug}"
    near = {"path": parent["base_path"], "title": parent["title"], "document_type": parent["document_type"]}
    up = {**_link(Linked(**near, schema_name=parent["schema_name"])), "content_id": parent["content_id"]}
    return {
        "base_path": path,
        "content_id": content_id_of(path),
        "description": None,
        "details": {
            "body": govspeak(body),
            "first_published_version": True,
            "political": False,
            "public_timestamp": parent["public_updated_at"],
        },
        "document_type": "html_publication",
        "first_published_at": parent["first_published_at"],
        "links": {"organisations": parent["links"].get("organisations", []), "parent": [up]},
        "locale": "en",
        "phase": "live",
        "public_updated_at": parent["public_updated_at"],
        "publishing_app": "whitehall",
        "rendering_app": "frontend",
        "schema_name": "html_publication",
        "title": title,
        "updated_at": parent["updated_at"],
        "withdrawn_notice": {},
    }


def topic(link: Linked, at: datetime, *, parent: Linked | None = None) -> Item:
    """Return the taxon page of a topic."""
    item = page(link.path, link.title, document_type="taxon", schema_name="taxon", at=at, topics=())
    links = {"parent_taxons": [_link(parent)]} if parent else {}
    return {**item, "details": {"internal_name": link.title}, "links": links}


def organisation(
    link: Linked, at: datetime, *, ministers: Sequence[Linked] = (), roles: Sequence[Linked] = ()
) -> Item:
    """Return an organisation's page with the ministers and roles that it lists, in order."""
    kind = "organisation"
    item = page(link.path, link.title, document_type=kind, schema_name=kind, at=at, topics=())
    links = {
        "ordered_ministers": [_link(one) for one in ministers],
        "ordered_roles": [_link(one) for one in roles],
    }
    return {**item, "details": {"body": ""}, "links": links}


def redirect(old: Item, to: str, at: datetime) -> Item:
    """Return what is answered, with 200, where a page has moved away from."""
    path = old["base_path"]
    return {
        **_remains(old, "redirect", at),
        "details": {},
        "first_published_at": old.get("first_published_at"),
        "redirects": [{"path": path, "type": "exact", "destination": to}],
    }


def gone(old: Item, at: datetime, *, explanation: str = "", alternative: str = "") -> Item:
    """Return what is left of a removed page: 410 without an explanation or alternative, else 200."""
    said = govspeak(f"<p>{explanation}</p>") if explanation else None
    reasons = {"explanation": said, "alternative_path": alternative or ("" if said else None)}
    return {**_remains(old, "gone", at), "details": reasons}


def file_attachment(title: str, url: str, body: bytes, *, content_type: str, pages: int = 0) -> Item:
    """Return the attachment entry of a file that lies at ``url`` on the assets host."""
    media_id, filename = url.split("/")[-2:]
    entry: Item = {
        "accessible": False,
        "assets": [{"asset_manager_id": media_id, "filename": filename}],
        "attachment_type": "file",
        "content_type": content_type,
        "file_size": len(body),
        "filename": filename,
        "id": str(int(content_id_of(url)[:7], 16)),
        "title": title,
        "url": url,
    }
    return {**entry, "number_of_pages": pages} if pages else entry


def html_attachment(page_path: str, slug: str, title: str) -> Item:
    """Return the attachment entry of the HTML publication ``slug`` below a page."""
    url = f"{page_path}/{slug}"
    number = str(int(content_id_of(url)[:7], 16))
    return {"attachment_type": "html", "id": number, "title": title, "url": url}


def govspeak(body: str) -> str:
    """Return HTML in the wrapper that the publisher puts around it."""
    return f'<div class="govspeak">{body}</div>'


def stamp(when: datetime) -> str:
    """Return an aware time as the Content API writes it: UTC with a Z."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _remains(old: Item, kind: str, at: datetime) -> Item:
    return {
        "base_path": old["base_path"],
        "content_id": None,
        "description": None,
        "document_type": kind,
        "links": {},
        "locale": old.get("locale", "en"),
        "public_updated_at": stamp(at),
        "publishing_app": "whitehall",
        "schema_name": kind,
        "title": None,
        "updated_at": stamp(at),
    }


def _link(to: Linked) -> Item:
    return {
        "api_path": f"/api/content{to.path}",
        "api_url": f"{GOVUK}/api/content{to.path}",
        "base_path": to.path,
        "content_id": content_id_of(to.path),
        "document_type": to.document_type,
        "links": {},
        "locale": "en",
        "schema_name": to.schema_name or to.document_type,
        "title": to.title,
        "web_url": f"{GOVUK}{to.path}",
        "withdrawn": False,
    }


def _topic_link(to: Linked) -> Item:
    above = [_link(EDUCATION_LINK)] if to.path != EDUCATION_TOPIC else []
    return {**_link(to), "links": {"parent_taxons": above}}


def _child_link(attachment: Item, public: str) -> Item:
    kind = "html_publication"
    return {**_link(Linked(attachment["url"], attachment["title"], kind)), "public_updated_at": public}
