"""The search index as it follows from the shelf: which pages are in it and what it holds of each. Pure.

Source: source contract, sections 1.2 and 1.3; alphagov/govuk_document_types, data/supertypes.yml.
"""

import html
import re
from typing import Any

from sendwatch.demo.items import DFE, Item
from sendwatch.demo.shelf import Shelf

Row = dict[str, Any]

NEVER_INDEXED = frozenset({"html_publication", "redirect", "gone", "taxon", "organisation", "person", "role"})

_GROUPS = {
    ("news_and_communications", "news"): "news_story press_release world_news_story case_study",
    ("news_and_communications", "speeches_and_statements"): (
        "oral_statement written_statement authored_article correspondence speech government_response"
    ),
    ("news_and_communications", "decisions"): "decision",
    ("guidance_and_regulation", "guidance"): (
        "detailed_guide manual manual_section guidance map statutory_guidance notice international_treaty "
        "promotional standard"
    ),
    ("guidance_and_regulation", "regulation"): "regulation statutory_instrument",
    ("services", "transactions"): "form step_by_step_nav transaction answer guide",
    ("policy_and_engagement", "policy"): "impact_assessment policy_paper",
    ("policy_and_engagement", "consultations"): "open_consultation closed_consultation consultation_outcome",
    ("policy_and_engagement", "calls_for_evidence"): (
        "open_call_for_evidence closed_call_for_evidence call_for_evidence_outcome"
    ),
    ("research_and_statistics", "research"): "independent_report research",
    ("research_and_statistics", "statistics"): (
        "statistics national_statistics statistics_announcement national_statistics_announcement "
        "official_statistics_announcement statistical_data_set official_statistics"
    ),
    ("transparency", "transparency_data"): "transparency corporate_report",
    ("transparency", "freedom_of_information_releases"): "foi_release",
}
_GROUP_OF = {kind: groups for groups, kinds in _GROUPS.items() for kind in kinds.split()}
_TAG = re.compile(r"<[^>]*>")


def rows_of(shelf: Shelf) -> list[Row]:
    """Return one row a page in the index, withdrawn ones marked ``is_withdrawn``; ordered by path.

    Gone, moved and vanished pages are not in it, nor HTML publications, translations and topic pages.
    ``_words`` is the text that ``q`` looks in.
    """
    return shelf.made("search rows", lambda: [_row(shelf, item) for item in _indexed(shelf)])


def group_of(document_type: str) -> tuple[str, str]:
    """Return the (supergroup, subgroup) of a document type; "other" for both when it has none."""
    return _GROUP_OF.get(document_type, ("other", "other"))


def display_type(document_type: str) -> str:
    """Return the words that a feed puts before a title."""
    if document_type.endswith("consultation"):
        return "Consultation"
    return document_type.replace("_", " ").capitalize()


def _indexed(shelf: Shelf) -> list[Item]:
    return [
        item
        for _, item in sorted(shelf.documents.items())
        if item["schema_name"] not in NEVER_INDEXED and item.get("locale", "en") == "en"
    ]


def _row(shelf: Shelf, item: Item) -> Row:
    links, details, path = item.get("links", {}), item.get("details", {}), item["base_path"]
    kind = item["document_type"]
    supergroup, subgroup = group_of(kind)
    direct = [link["content_id"] for link in links.get("taxons", [])]
    row: Row = {
        "title": item["title"],
        "description": item.get("description") or None,
        "link": path,
        "content_id": item["content_id"],
        "format": kind,
        "content_store_document_type": kind,
        "display_type": display_type(kind),
        "content_purpose_supergroup": supergroup,
        "content_purpose_subgroup": subgroup,
        "public_timestamp": item.get("public_updated_at"),
        "updated_at": _index_time(shelf.indexed.get(path) or item["updated_at"]),
        "organisations": [_organisation(link) for link in links.get("organisations", [])],
        "taxons": direct,
        "part_of_taxonomy_tree": _with_ancestors(shelf, links.get("taxons", [])),
        "people": [{"slug": _slug(link)} for link in links.get("people", [])],
        "roles": [{"slug": _slug(link)} for link in links.get("roles", [])],
        "start_date": details.get("opening_date"),
        "end_date": details.get("closing_date"),
        "latest_change_note": (details.get("change_history") or [{}])[0].get("note"),
        "is_withdrawn": bool(item.get("withdrawn_notice")),
        "_words": _words(item),
    }
    return {name: value for name, value in row.items() if value not in (None, [])}


def _organisation(link: Item) -> Row:
    about: Row = {
        "content_id": link["content_id"],
        "title": link["title"],
        "slug": _slug(link),
        "link": link["base_path"],
        "organisation_state": "live",
    }
    return {**about, "acronym": "DfE"} if link["base_path"] == DFE else about


def _with_ancestors(shelf: Shelf, topics: list[Item]) -> list[str]:
    """Topics with all above them, as the links nest them or as the topics' own pages on the shelf say."""
    found: dict[str, None] = {}
    waiting = list(topics)
    while waiting:
        link = waiting.pop()
        if link["content_id"] in found:
            continue
        found[link["content_id"]] = None
        waiting += link.get("links", {}).get("parent_taxons", [])
        own = shelf.documents.get(link.get("base_path", ""), {})
        waiting += own.get("links", {}).get("parent_taxons", [])
    return list(found)[::-1]


def _words(item: Item) -> str:
    body = item.get("details", {}).get("body") or ""
    parts = (part.get("body", "") for part in item.get("details", {}).get("parts", []))
    text = " ".join((item["title"], item.get("description") or "", body, *parts))
    return html.unescape(_TAG.sub(" ", text)).casefold()


def _index_time(stamped: str) -> str:
    """The index writes its own clock with a fraction and an offset."""
    return (
        f"{stamped.removesuffix('Z')}.000+00:00" if stamped.endswith("Z") and "." not in stamped else stamped
    )


def _slug(link: Item) -> str:
    return str(link["base_path"]).rpartition("/")[2]
