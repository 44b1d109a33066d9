"""The description of the JSON endpoints and the site as it is served: asked by Schemathesis, and by hand."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis

from alerts.bounces.hooks import MOST_EVENTS, PROVIDERS
from alerts.desk.forms import slug
from alerts.desk.machines.description import PATH, described
from alerts.desk.machines.feeds import MOST
from alerts.desk.public.sign_up import MOST_WORDS
from pipeline.model.digests import Topic
from pipeline.model.subscribers import PHASES
from pipeline.store.database import Database
from tests.support.desk import PLANS
from tests.support.scanned import BEARER, HOOK_SECRET, Scanned, a_scanned_site
from tests.support.scanning import Scan, scan

HAD = {
    ("/api/openapi.json", 200),
    ("/api/subscribe", 202),
    ("/api/subscribe", 405),
    ("/api/subscribe", 415),
    ("/api/subscribe", 422),
    ("/feed.json", 200),
    ("/feed.json", 405),
    ("/healthz", 200),
    ("/hooks/generic", 204),
    ("/hooks/ses", 204),
}


@pytest.fixture
def site(db: Database) -> Iterator[Scanned]:
    with a_scanned_site(db) as running:
        yield running


@pytest.fixture
def client(site: Scanned) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.root, trust_env=False, timeout=30) as one:
        yield one


def _scanned(client: httpx.Client, folder: Path, **bounds: int) -> Scan:
    place = folder / "openapi.json"
    place.write_bytes(client.get(PATH).content)
    return scan(place, str(client.base_url).rstrip("/"), HOOK_SECRET, **bounds)


def test_a_scanner_finds_nothing_that_is_not_as_it_is_described(client: httpx.Client, tmp_path: Path) -> None:
    found = _scanned(client, tmp_path, examples=8, seed=1)
    assert found.status == 0, found.words[-6000:]
    assert HAD - found.had == set(), "or it has not looked"
    assert any(path.startswith("/hooks/") and status == 401 for path, status in found.had)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_a_scanner_that_asks_for_longer_finds_nothing_either(
    client: httpx.Client, tmp_path: Path, seed: int
) -> None:
    found = _scanned(client, tmp_path, examples=300, seed=seed, seconds=1100)
    assert found.status == 0, found.words[-6000:]
    assert HAD - found.had == set()


def _as_described(answer: httpx.Response, path: str) -> int:
    """The status of an answer whose status, type and body are as the description has them."""
    method = answer.request.method
    told = described(PLANS)
    of_it: dict[str, Any] = told["paths"][path][method.lower()]["responses"][str(answer.status_code)]
    if "$ref" in of_it:
        of_it = told["components"]["responses"][of_it["$ref"].rpartition("/")[2]]
    assert answer.headers["content-type"].partition(";")[0] in of_it["content"]
    schemathesis.openapi.from_dict(told)[path][method].validate_response(answer)
    return answer.status_code


def test_what_no_scanner_can_bring_about_is_answered_as_described_too(
    site: Scanned, client: httpx.Client
) -> None:
    huge = b" " * 100_001
    elsewhere = {"Host": "elsewhere.example"}
    for path in (PATH, "/feed.json", "/healthz"):
        assert _as_described(client.request("GET", path, content=huge), path) == 413
        assert _as_described(client.get(path, headers=elsewhere), path) == 400
    path = "/api/subscribe"
    assert _as_described(client.post(path, content=huge), path) == 413
    assert _as_described(client.post(path, headers=elsewhere), path) == 400
    hook = "/hooks/{provider}"
    assert _as_described(client.post("/hooks/ses", content=b" " * 1_000_001), hook) == 413
    many = [{}] * (MOST_EVENTS + 1)
    assert _as_described(client.post("/hooks/ses", json=many, headers=BEARER), hook) == 413
    assert _as_described(client.post("/hooks/ses", headers=elsewhere), hook) == 400
    assert _as_described(client.post("/hooks/none", json={}, headers=BEARER), hook) == 404
    site.room.travel(site.room.now + timedelta(minutes=6))
    assert _as_described(client.get("/healthz"), "/healthz") == 503
    with site.site.db.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE memory RENAME TO memory_gone")
    assert _as_described(client.get("/healthz"), "/healthz") == 503


def test_whoever_has_the_bytes_is_told_so(client: httpx.Client) -> None:
    for path in (PATH, "/feed.json"):
        first = client.get(path)
        assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == 304
        assert client.get(path, headers={"If-None-Match": '"another"'}).content == first.content


def test_a_program_with_a_slip_in_it_signs_nobody_up(client: httpx.Client) -> None:
    for slip in ({"topics": ["letters", "fundng"]}, {"phases": ["nursery"]}, {"plans": ["weekly", "daily"]}):
        answer = client.post("/api/subscribe", json={"address": "parent@home.example", **slip})
        assert _as_described(answer, "/api/subscribe") == 422, slip
    answer = client.post(
        "/api/subscribe",
        content=b'{"address": "parent@home.example", "x": NaN}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.json() == {"fault": "this is not JSON"}


def test_the_words_and_bounds_of_the_description_are_those_of_the_code() -> None:
    told = described(PLANS)
    schemas = told["components"]["schemas"]
    asked = schemas["SignUp"]["properties"]
    assert asked["topics"]["items"]["enum"] == [slug(topic) for topic in Topic]
    assert asked["phases"]["items"]["enum"] == list(PHASES)
    assert asked["plans"]["items"]["enum"] == [plan.key for plan in PLANS]
    assert {asked[name]["maxItems"] for name in ("topics", "phases", "plans")} == {MOST_WORDS}
    assert schemas["Item"]["properties"]["tags"]["items"]["enum"] == sorted(topic.value for topic in Topic)
    assert schemas["Feed"]["properties"]["items"]["maxItems"] == MOST
    (provider,) = told["paths"]["/hooks/{provider}"]["post"]["parameters"]
    assert provider["schema"]["enum"] == sorted(PROVIDERS)
    assert f"{MOST_EVENTS:,} events" in told["paths"]["/hooks/{provider}"]["post"]["description"]


def test_a_house_without_digests_names_none() -> None:
    asked = described(())["components"]["schemas"]["SignUp"]["properties"]
    assert asked["plans"]["items"] == {"type": "string"}
