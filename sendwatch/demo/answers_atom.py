"""Answer the Atom feeds of organisations and finders, in their two dialects. Pure.

Source: source contract, section 3; alphagov/collections, app/views/feeds; alphagov/finder-frontend,
app/views/finders/*.atom.builder.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from sendwatch.demo.answers import FIVE_MINUTES, Answer, Query, many, one, page_answer, weak
from sendwatch.demo.items import GOVUK
from sendwatch.demo.search_index import Row, rows_of
from sendwatch.demo.shelf import Shelf

ENTRIES = 20

_ORGANISATIONS = "/government/organisations/"
_FINDERS = {
    "/search/news-and-communications": ("News and communications", "news_and_communications"),
    "/search/guidance-and-regulation": ("Guidance and regulation", "guidance_and_regulation"),
    "/search/policy-papers-and-consultations": ("Policy papers and consultations", "policy_and_engagement"),
    "/search/research-and-statistics": ("Research and statistics", "research_and_statistics"),
    "/search/transparency-and-freedom-of-information-releases": ("Transparency", "transparency"),
}
_FACETS = {
    "policy_papers": ("impact_assessment", "case_study", "policy_paper"),
    "open_consultations": ("open_consultation",),
    "closed_consultations": ("closed_consultation", "consultation_outcome"),
    "open_calls_for_evidence": ("open_call_for_evidence",),
    "closed_calls_for_evidence": ("closed_call_for_evidence", "call_for_evidence_outcome"),
}
_LONDON = ZoneInfo("Europe/London")
_TOPICS = ("topic", "level_one_taxon", "level_two_taxon")


@dataclass(frozen=True, slots=True)
class _Feed:
    path: str  # without .atom
    title: str
    rows: list[Row]
    finder: bool
    query: str = ""


def answer_atom(shelf: Shelf, path: str, query: Query) -> Answer:
    """Return the feed at ``path`` (which ends in .atom, or is /government/feed); 404 where there is none."""
    bare = path.removesuffix(".atom")
    if path in shelf.ended_feeds:
        return _atom(_tombstone(bare))
    if bare in _FINDERS:
        feed = _finder(shelf, bare, query)
    elif bare == "/government/feed":
        feed = _Feed(bare, "Activity on GOV.UK", _newest(shelf), finder=False)
    elif bare.startswith(_ORGANISATIONS) and bare in shelf.documents:
        slug = bare.removeprefix(_ORGANISATIONS)
        rows = [row for row in _newest(shelf) if _has(row, "organisations", [slug])]
        rows = [row for row in rows if row["content_purpose_supergroup"] != "other"]
        feed = _Feed(bare, f"{shelf.documents[bare]['title']} - Activity on GOV.UK", rows, finder=False)
    else:
        return page_answer(404, "Page not found", "<main><h1>Page not found</h1></main>")
    return _atom(_written(feed, int(one(query, "page") or 1) if feed.finder else 1))


def _finder(shelf: Shelf, path: str, query: Query) -> _Feed:
    """A finder ignores filters that it does not know, and documents without a date."""
    name, supergroup = _FINDERS[path]
    rows = [row for row in _newest(shelf) if row["content_purpose_supergroup"] == supergroup]
    for field in ("organisations", "people", "roles"):
        if wanted := many(query, field):
            rows = [row for row in rows if _has(row, field, wanted)]
    for topic in (value for key in _TOPICS for value in many(query, key)):
        rows = [row for row in rows if topic in row.get("part_of_taxonomy_tree", [])]
    facets = many(query, "content_store_document_type")
    if facets and supergroup == "policy_and_engagement":
        kinds = {kind for facet in facets for kind in _FACETS.get(facet, ())}
        rows = [row for row in rows if row["content_store_document_type"] in kinds]
    if since := one(query, "public_timestamp[from]"):
        rows = [row for row in rows if row["public_timestamp"][: len(since)] >= since]
    for word in one(query, "keywords").casefold().split():
        rows = [row for row in rows if word in row["_words"]]
    slugs = many(query, "organisations")
    named = (each for row in rows for each in row.get("organisations", []))
    titles = {each["slug"]: each["title"] for each in named}
    of = f" from {' or '.join(titles.get(slug, slug) for slug in slugs)}" if slugs else ""
    return _Feed(path, name + of, rows, finder=True, query=urlencode(query))


def _newest(shelf: Shelf) -> list[Row]:
    dated = [row for row in rows_of(shelf) if "public_timestamp" in row and not row.get("is_withdrawn")]
    dated.sort(key=lambda row: str(row["content_id"]))
    return sorted(dated, key=lambda row: _moment(row["public_timestamp"]), reverse=True)


def _written(feed: _Feed, page: int) -> str:
    rows = feed.rows[(page - 1) * ENTRIES : page * ENTRIES]
    url = f"{GOVUK}{feed.path}.atom" + (f"?{feed.query}" if feed.query else "")
    web = GOVUK if feed.finder else GOVUK + feed.path
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xml:lang="{"en-US" if feed.finder else "en-GB"}" xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>tag:www.gov.uk,2005:{feed.path}</id>",
        f'  <link rel="alternate" type="text/html" href={quoteattr(web)}/>',
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(url)}/>',
        f"  <title>{escape(feed.title)}</title>",
        "  <author>\n    <name>HM Government</name>\n  </author>",
    ]
    if rows:
        newest = _moment(rows[0]["public_timestamp"])
        parts.append(f"  <updated>{newest.isoformat() if feed.finder else _zulu(newest)}</updated>")
    parts += [_finder_entry(row) if feed.finder else _organisation_entry(row) for row in rows]
    return "\n".join((*parts, "</feed>\n"))


def _organisation_entry(row: Row) -> str:
    """The id moves with every major update; the display type stands before the title."""
    when = _zulu(_moment(row["public_timestamp"]))
    kind = row["display_type"]
    return _entry(
        f"{GOVUK}{row['link']}#{when}",
        when,
        row,
        f"{kind}: {row['title']}",
        f"    <category label={quoteattr(kind)} term={quoteattr(kind)}/>\n    <summary>",
    )


def _finder_entry(row: Row) -> str:
    """The id never moves; the date is London's."""
    when = _moment(row["public_timestamp"]).astimezone(_LONDON).isoformat()
    return _entry(f"tag:www.gov.uk,2005:{row['link']}", when, row, row["title"], '    <summary type="html">')


def _entry(identity: str, when: str, row: Row, title: str, before_summary: str) -> str:
    return (
        f"  <entry>\n    <id>{escape(identity)}</id>\n    <updated>{when}</updated>\n"
        f'    <link rel="alternate" type="text/html" href={quoteattr(GOVUK + row["link"])}/>\n'
        f"    <title>{escape(title)}</title>\n"
        f"{before_summary}{escape(row.get('description', ''))}</summary>\n  </entry>"
    )


def _tombstone(path: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xml:lang="en-GB" xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>tag:www.gov.uk,2005:{path}</id>\n  <title>This feed has ended</title>\n"
        "  <updated>2026-01-05T09:00:00Z</updated>\n  <entry>\n"
        f"    <id>tag:www.gov.uk,2005:{path}/feed-ended</id>\n    <updated>2026-01-05T09:00:00Z</updated>\n"
        f'    <link rel="alternate" type="text/html" href={quoteattr(GOVUK + path)}/>\n'
        "    <title>This feed has ended</title>\n    <summary>Please use another feed.</summary>\n"
        "  </entry>\n</feed>\n"
    )


def _atom(text: str) -> Answer:
    body = text.encode()
    return Answer(200, body, "application/atom+xml; charset=utf-8", FIVE_MINUTES, weak(body))


def _has(row: Row, field: str, slugs: list[str]) -> bool:
    held: list[dict[str, Any]] = row.get(field, [])
    return any(each["slug"] in slugs for each in held)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _zulu(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"
