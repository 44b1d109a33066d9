"""Read schedules.yaml: what is watched, how often, and what is expected. Refuses what it does not know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.model.errors import ConfigError
from pipeline.model.plans import Plan
from pipeline.model.sources import Source
from sendwatch.plans import read_plans
from sendwatch.yaml_places import Placed, read_placed

SPIDERS: Mapping[str, frozenset[str]] = {
    "govuk_search": frozenset({"taxon", "organisations", "document_types", "q"}),
    "govuk_feed": frozenset({"path", "query"}),
    "blog_feed": frozenset({"path"}),
}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?")
_AT_LEAST = re.compile(r"(\d+)\.\.")


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on requests; the sources' contract, section 13."""

    requests_per_cycle: int = 250
    requests_per_day: int = 6000
    items_per_cycle: int = 120
    children_per_cycle: int = 60
    assets_per_cycle: int = 30


@dataclass(frozen=True, slots=True)
class Schedules:
    """The whole file."""

    sources: tuple[Source, ...]
    limits: Limits
    plans: tuple[Plan, ...] = ()


def read_schedules(path: Path | None) -> Schedules:
    """Read ``path``, or the schedule that comes with sendwatch. Raises ConfigError with file, line, key."""
    if path is None:
        return parse_schedules(
            (files("sendwatch") / "schedules.yaml").read_text("utf-8"), name="schedules.yaml"
        )
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: it cannot be read: {error}") from None
    return parse_schedules(text, name=str(path))


def parse_schedules(text: str, *, name: str) -> Schedules:
    """Parse the text of a schedules.yaml; ``name`` is what errors call it."""
    top = read_placed(text, name=name)
    keys = top.mapping(frozenset({"timezone", "sources", "limits", "digests"}), frozenset({"sources"}))
    if "timezone" in keys and keys["timezone"].value != "Europe/London":
        raise keys["timezone"].refuse("sendwatch keeps London time; write Europe/London")
    placed = keys["sources"]
    if not isinstance(placed.value, dict) or not placed.value:
        raise placed.refuse("name at least one source")
    sources = tuple(_source(key, value) for key, value in placed.value.items())
    plans = read_plans(keys["digests"]) if "digests" in keys else ()
    return Schedules(sources, _limits(keys["limits"]) if "limits" in keys else Limits(), plans)


def _source(key: str, placed: Placed) -> Source:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", key):
        raise placed.refuse("a source's key is made of small letters, digits and hyphens")
    known = frozenset({"title", "spider", "where", "every", "nights", "expect", "settle"})
    keys = placed.mapping(known, frozenset({"title", "spider", "every"}))
    spider = keys["spider"]
    if spider.value not in SPIDERS:
        raise spider.refuse(f"there is no spider {spider.value!r}; known are {', '.join(SPIDERS)}")
    expect = keys["expect"].mapping(frozenset({"entries", "silent_for"})) if "expect" in keys else {}
    return Source(
        key=key,
        title=_text(keys["title"]),
        spider=spider.value,
        where=_where(keys.get("where"), placed, spider.value),
        every=_span(keys["every"]),
        nights=_span(keys["nights"]) if "nights" in keys else None,
        expect_entries_min=_at_least(expect["entries"]) if "entries" in expect else None,
        settle=_span(keys["settle"]) if "settle" in keys else None,
        silent_for=_span(expect["silent_for"]) if "silent_for" in expect else None,
    )


def _where(placed: Placed | None, source: Placed, spider: str) -> dict[str, Any]:
    given = placed.mapping(SPIDERS[spider]) if placed is not None else {}
    if spider == "govuk_feed" and not str(given["path"].value if "path" in given else "").startswith("/"):
        raise (placed or source).refuse("a feed needs a path that begins with /")
    if spider == "govuk_search" and not given:
        raise (placed or source).refuse("a search needs a taxon, organisations, document_types or q")
    return {name: value.plain() for name, value in given.items()}


def _limits(placed: Placed) -> Limits:
    keys = placed.mapping(frozenset(Limits.__dataclass_fields__))
    for value in keys.values():
        if not isinstance(value.value, int) or isinstance(value.value, bool) or value.value < 1:
            raise value.refuse(f"{value.value!r} is not a whole number above 0")
    return Limits(**{name: value.value for name, value in keys.items()})


def _text(placed: Placed) -> str:
    if not isinstance(placed.value, str) or not placed.value.strip() or "\n" in placed.value.strip():
        raise placed.refuse("this must be one line of text")
    return placed.value.strip()


def _span(placed: Placed) -> timedelta:
    match = _SPAN.fullmatch(str(placed.value).strip())
    if not match or float(match[1]) <= 0:
        raise placed.refuse(f"{placed.value!r} is not a span of time; write 15 minutes, 1 hour or 30 days")
    return timedelta(**{f"{match[2]}s": float(match[1])})


def _at_least(placed: Placed) -> int:
    match = _AT_LEAST.fullmatch(str(placed.value))
    if not match:
        raise placed.refuse(f"{placed.value!r} is not a least number; write 5.. for five or more")
    return int(match[1])
