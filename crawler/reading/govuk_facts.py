"""Flatten the stable details of a GOV.UK page into named facts. Pure.

Never holds text that is already in the blocks, nor anything that moves without the page's own content
moving (labels of the current government, image addresses, tags, presentation).
"""

import re
from collections.abc import Iterator
from typing import Any

from crawler.reading.json_shape import JsonObject, loose_object, loose_text
from crawler.reading.tidy import moment, tidy

Facts = tuple[tuple[str, str], ...]

MOST_FACTS = 100
LONGEST_FACT = 300
_HELD_ELSEWHERE = frozenset(
    [
        "body",
        "attachments",
        "change_history",
        "change_notes",
        "parts",
        "collection_groups",
        "child_section_groups",
        "headers",
        "documents",
        "introduction",
        "introductory_paragraph",
        "more_information",
        "summary",
        "explanation",
        "step_by_step_nav",
        "about",
        "organisations",
        "speaker_without_profile",
        "final_outcome_detail",
        "outcome_detail",
        "public_feedback_detail",
    ]
)
_UNSTABLE = frozenset(
    [
        "government",
        "political",
        "tags",
        "emphasised_organisations",
        "featured_attachments",
        "first_public_at",
        "public_timestamp",
        "image",
        "images",
        "logo",
        "default_news_image",
        "brand",
        "social_media_links",
        "facets",
        "filter",
        "reject",
        "sort",
        "order",
        "ordered_featured_documents",
        "ordered_featured_links",
        "ordered_promotional_features",
        "ordered_corporate_information_pages",
        "related_mainstream_content",
        "external_related_links",
        "breadcrumbs",
        "hide_chapter_navigation",
        "show_summaries",
        "default_documents_per_page",
        "visible_to_departmental_editors",
        "visually_expanded",
        "email_filter_facets",
        "subscriber_list",
        "first_published_version",
        "locale",
        "manual",
        "outcome_attachments",
        "final_outcome_attachments",
        "public_feedback_attachments",
        "outcome_documents",
        "final_outcome_documents",
        "public_feedback_documents",
    ]
)
_MARKUP = re.compile(r"<[a-zA-Z!/]")


def facts_of(details: JsonObject) -> Facts:
    """Return the page's other details as (name, text), sorted by name; dates as ISO 8601 in UTC.

    Names are the publisher's own (``closing_date``, ``ways_to_respond.email``). ``national_applicability``
    becomes the list of nations that the page applies to. At most 100 facts.
    """
    facts = list(_applicability(loose_object(details, "national_applicability")))
    for key, value in details.items():
        if key not in _HELD_ELSEWHERE and key not in _UNSTABLE and key != "national_applicability":
            facts.extend(_flat(tidy(key), value, 0))
    return tuple(sorted(set(facts))[:MOST_FACTS])


def is_fact(text: str) -> bool:
    """Tell a short plain value, which is a fact, from running text, which belongs to the blocks."""
    return len(text) <= LONGEST_FACT and not _MARKUP.search(text)


def _flat(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, bool):
        yield name, "yes" if value else "no"
    elif isinstance(value, int | float):
        yield name, str(value)
    elif isinstance(value, str):
        text = tidy(value)
        if text and is_fact(value):
            when = moment(text)
            yield name, when.isoformat() if when else text
    elif isinstance(value, dict) and depth < 4:
        for key, inner in value.items():
            if key not in _UNSTABLE:
                yield from _flat(f"{name}.{tidy(key)}", inner, depth + 1)
    elif isinstance(value, list) and depth < 4:
        plain = [tidy(one) for one in value if isinstance(one, str) and one.strip() and is_fact(one)]
        if plain:
            yield name, ", ".join(plain)[:LONGEST_FACT]
        for number, one in enumerate((one for one in value if isinstance(one, dict)), start=1):
            yield from _flat(f"{name}.{number}", one, depth + 1)


def _applicability(nations: JsonObject) -> Iterator[tuple[str, str]]:
    applies = []
    for name in sorted(nations):
        nation = loose_object(nations, name)
        if nation.get("applicable") is True:
            applies.append(loose_text(nation, "label") or tidy(name))
        if url := loose_text(nation, "alternative_url"):
            yield f"national_applicability.{tidy(name)}.alternative_url", url
    if applies:
        yield "national_applicability", ", ".join(applies)


def unread_texts(details: JsonObject) -> Iterator[str]:
    """Yield the HTML and the long texts in details that no known shape holds, for unknown kinds of page."""
    for key, value in details.items():
        if key not in _UNSTABLE and key not in _HELD_ELSEWHERE:
            yield from _texts(value)


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip() and not is_fact(value):
            yield value
    elif isinstance(value, dict) and depth < 4:
        for inner in value.values():
            yield from _texts(inner, depth + 1)
    elif isinstance(value, list) and depth < 4:
        for inner in value:
            yield from _texts(inner, depth + 1)
