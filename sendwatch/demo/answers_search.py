"""Answer /api/search.json as the GOV.UK Search API v1 does. Pure: a query and a shelf in, an Answer out.

Source: source contract, sections 1.1 and 1.2; alphagov/search-api, lib/parameter_parser.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sendwatch.demo.answers import FIVE_MINUTES, Answer, Query, json_answer
from sendwatch.demo.search_index import Row, rows_of
from sendwatch.demo.shelf import DateFilter, Shelf

MOST_RESULTS = 1500
FURTHEST_START = 900_000

_DATES = frozenset({"public_timestamp", "updated_at", "first_published_at", "start_date", "end_date"})
_FILTERS = _DATES | {
    "organisations",
    "content_store_document_type",
    "content_purpose_supergroup",
    "content_purpose_subgroup",
    "format",
    "link",
    "part_of_taxonomy_tree",
    "taxons",
    "people",
    "roles",
    "topical_events",
    "document_collections",
    "is_historic",
    "content_id",
    "display_type",
}
_ORDERS = frozenset(
    {"public_timestamp", "closing_date", "title", "start_date", "end_date", "release_timestamp", "popularity"}
)
_FIELDS = _FILTERS | {"title", "description", "latest_change_note", "parts", "popularity"}
_PLAIN = frozenset({"q", "count", "start", "order", "fields", "debug", "c"})
_FILTER = re.compile(r"(filter|reject)_(?:(all|any)_)?(.+)")
_BOUND = re.compile(r"(from|to):([^,]+)")


class _Refused(Exception):
    """The query breaks a rule; the text is what the 422 says."""


@dataclass(frozen=True, slots=True)
class _Filter:
    field: str
    values: tuple[str, ...]
    rejects: bool
    wants_all: bool

    def keeps(self, row: Row) -> bool:
        held = _held(row, self.field)
        if self.field in _DATES:
            matched = _within(held, self.values[0])
        else:
            hits = [not held if value == "_MISSING" else value in held for value in self.values]
            matched = all(hits) if self.wants_all else any(hits)
        return matched != self.rejects


def answer_search(shelf: Shelf, query: Query) -> Answer:
    """Return the page of results asked for, or 422 with the reason."""
    named = [(name.removesuffix("[]"), value) for name, value in query]
    try:
        return json_answer(200, _search(shelf, named), cache=FIVE_MINUTES)
    except _Refused as error:
        return json_answer(422, {"error": str(error)})


def _search(shelf: Shelf, query: Query) -> dict[str, Any]:
    _refuse_strangers(query)
    start = _number(query, "start", 0, FURTHEST_START, "Maximum start point (as specified in 'start')")
    count = _number(query, "count", 10, MOST_RESULTS, "Maximum result set size (as specified in 'count')")
    fields = _fields(query)
    order = _only(query, "order")
    if order.removeprefix("-") not in _ORDERS | {""}:
        raise _Refused(f'"{order.removeprefix("-")}" is not a valid sort field')
    filters = _filters(shelf, query)
    words = _only(query, "q").casefold().split()
    if len(_only(query, "q")) > 512:
        raise _Refused("Query exceeds the maximum allowed length")
    withdrawn = _only(query, "debug") == "include_withdrawn"
    found = [
        row
        for row in rows_of(shelf)
        if (withdrawn or not row.get("is_withdrawn"))
        and all(one.keeps(row) for one in filters)
        and all(word.strip('"') in row["_words"] for word in words)
    ]
    found = _ordered(found, order, words)
    return {
        "results": [_result(row, fields) for row in found[start : start + count]],
        "total": len(found),
        "start": start,
        "aggregates": {},
        "suggested_queries": [],
        "suggested_autocomplete": [],
        "es_cluster": "A",
    }


def _refuse_strangers(query: Query) -> None:
    unknown = [
        name
        for name, _ in query
        if name not in _PLAIN and not _FILTER.fullmatch(name) and not name.startswith("aggregate_")
    ]
    if unknown:
        raise _Refused(f"Unexpected parameters: {', '.join(sorted(set(unknown)))}")


def _filters(shelf: Shelf, query: Query) -> list[_Filter]:
    grouped: dict[str, list[str]] = {}
    for name, value in query:
        if _FILTER.fullmatch(name):
            grouped.setdefault(name, []).append(value)
    found = []
    for name, values in grouped.items():
        match = _FILTER.fullmatch(name)
        verb, how, field = match.groups() if match else ("", "", "")
        if field not in _FILTERS:
            raise _Refused(f'"{field}" is not a valid filter field')
        if field == "updated_at" and shelf.date_filter is DateFilter.REFUSED:
            raise _Refused('"updated_at" is not a valid filter field')
        if field == "updated_at" and shelf.date_filter is DateFilter.IGNORED:
            continue
        if field in _DATES:
            _check_dates(field, values)
        found.append(_Filter(field, tuple(values), verb == "reject", how == "all"))
    return found


def _check_dates(field: str, values: list[str]) -> None:
    if len(values) > 1:
        raise _Refused(f'Too many values ({len(values)}) for parameter "{field}" (must occur at most once)')
    for part in values[0].split(","):
        if not _is_bound(part):
            words = f'Invalid value "{part}" for parameter "{field}" (expected ISO8601 date)'
            raise _Refused(words)


def _is_bound(part: str) -> bool:
    match = _BOUND.fullmatch(part)
    try:
        return match is not None and _moment(match[2]) is not None
    except ValueError:
        return False


def _within(held: list[str], asked: str) -> bool:
    if not held:
        return False
    when = _moment(held[0])
    bounds = [(match[1], _moment(match[2], end=match[1] == "to")) for match in _BOUND.finditer(asked)]
    return all(when >= edge if side == "from" else when <= edge for side, edge in bounds)


def _moment(text: str, *, end: bool = False) -> datetime:
    """No zone means UTC; a bare date as an end means its last second."""
    when = datetime.fromisoformat(text)
    if len(text) == 10 and end:
        when = when.replace(hour=23, minute=59, second=59)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _held(row: Row, field: str) -> list[str]:
    value = row.get(field, [])
    listed = value if isinstance(value, list) else [value]
    return [str(one["slug"]) if isinstance(one, dict) else str(one) for one in listed]


def _ordered(rows: list[Row], order: str, words: list[str]) -> list[Row]:
    """Ties go by content id; rows without the field come last, whichever way the sort goes."""
    rows = sorted(rows, key=lambda row: str(row["content_id"]))
    name = order.removeprefix("-")
    if not name:
        return sorted(rows, key=lambda row: -sum(row["_words"].count(word) for word in words))
    having = [row for row in rows if name in row]
    key = (lambda row: _moment(row[name])) if name in _DATES else (lambda row: str(row[name]))
    having.sort(key=key, reverse=order.startswith("-"))
    return having + [row for row in rows if name not in row]


def _fields(query: Query) -> list[str]:
    asked = [name for key, value in query if key == "fields" for name in value.split(",") if name]
    wrong = [name for name in asked if name not in _FIELDS]
    if wrong:
        raise _Refused(f"Some requested fields are not valid return fields: {wrong}".replace("'", '"'))
    return asked


def _result(row: Row, fields: list[str]) -> Row:
    shown = {name: row[name] for name in fields or row if name in row and not name.startswith(("_", "is_"))}
    always = {
        "index": "govuk",
        "es_score": None,
        "_id": row["link"],
        "elasticsearch_type": "edition",
        "document_type": "edition",
    }
    return shown | always


def _number(query: Query, name: str, default: int, most: int, label: str) -> int:
    given = _only(query, name)
    if not given:
        return default
    if not given.isascii() or not given.isdigit():
        raise _Refused(f'Invalid value "{given}" for parameter "{name}" (expected positive integer)')
    if int(given) > most:
        raise _Refused(f"{label} is {most}")
    return int(given)


def _only(query: Query, name: str) -> str:
    values = [value for key, value in query if key == name]
    if len(values) > 1:
        raise _Refused(f'Too many values ({len(values)}) for parameter "{name}" (must occur at most once)')
    return values[0] if values else ""
