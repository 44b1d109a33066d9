"""What machines may ask, as OpenAPI 3.1: ``openapi.yaml`` beside the pages, with the digests of the house."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from starlette.routing import Route

from alerts.desk.machines.kept import kept_route
from alerts.desk.site import Site
from pipeline.model.plans import Plan

PATH = "/api/openapi.json"


def description_routes(site: Site) -> list[Route]:
    """GET /api/openapi.json."""
    written = json.dumps(described(site.facts.plans), ensure_ascii=False, indent=1) + "\n"
    return [kept_route(site, PATH, "application/json", lambda _now: written.encode())]


def described(plans: Sequence[Plan]) -> dict[str, Any]:
    """The description, with the keys of the digests that may be asked for."""
    found: dict[str, Any] = json.loads(_as_it_comes())
    if plans:
        asked = found["components"]["schemas"]["SignUp"]["properties"]["plans"]
        asked["items"] = {"enum": [plan.key for plan in plans]}
    return found


@cache
def _as_it_comes() -> str:
    return json.dumps(yaml.safe_load((Path(__file__).parents[1] / "openapi.yaml").read_text("utf-8")))
