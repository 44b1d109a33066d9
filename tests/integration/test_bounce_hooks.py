"""The webhook over real HTTP: who may call, what it answers, and what becomes of the person."""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from alerts.bounces.keys import Keys
from alerts.desk.public.hooks import HookFacts, hook_routes
from pipeline.store.database import Database
from tests.support.provider_events import KEY, confirmation, mailgun, ses_bounce, ses_complaint
from tests.support.subscribers import AT, a_subscriber, all_subscribers, the_subscriber, the_suppressions

SECRET = "a-secret-of-more-than-24-characters"
BEARER = {"Authorization": f"Bearer {SECRET}"}


@contextmanager
def a_webhook(db: Database) -> Iterator[str]:
    keys = Keys("bounces@charity.example")
    facts = HookFacts(db, SECRET, keys, lambda address: f"hash of {len(address)}", lambda: AT)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    config = uvicorn.Config(Starlette(routes=hook_routes(facts)), port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < end
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}/hooks"
    finally:
        server.should_exit = True
        thread.join(20)


def test_a_provider_with_the_secret_suspends_and_unsubscribes_and_a_replay_changes_nothing(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with db.begin() as tx:
        a_subscriber(tx)
    with a_webhook(db) as url, httpx.Client(timeout=20) as client:
        gone = ses_bounce("Permanent", "NoEmail")
        for _ in range(2):
            assert client.post(f"{url}/ses", json=gone, headers=BEARER).status_code == 204
        with db.begin() as tx:
            assert the_subscriber(tx)["state"] == "suspended"
        answer = client.post(f"{url}/ses", json=ses_complaint(), auth=("anybody", SECRET))
        assert (answer.status_code, answer.content) == (204, b"")
        with db.begin() as tx:
            assert the_subscriber(tx)["state"] == "left"
            assert the_suppressions(tx) == [("hash of 19", "complaint")]
    assert "@" not in "".join(record.getMessage() for record in caplog.records if record.name == "sendwatch")


def test_without_the_secret_nothing_is_read_and_with_it_nobody_learns_who_subscribes(db: Database) -> None:
    with db.begin() as tx:
        a_subscriber(tx)
        before = all_subscribers(tx)
    hard = mailgun("failed", code="5.1.1")
    with a_webhook(db) as url, httpx.Client(timeout=20) as client:
        refused = client.post(f"{url}/mailgun?secret={SECRET}", json=hard)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Basic"), "SNS sends its password when asked"
        assert client.get(f"{url}/mailgun", headers=BEARER).status_code == 405
        assert client.head(f"{url}/mailgun", headers=BEARER).status_code == 405
        assert client.post(f"{url}/unheard-of", json=hard, headers=BEARER).status_code == 404
        assert client.post(f"{url}/mailgun", content=b"{", headers=BEARER).status_code == 400
        assert client.post(f"{url}/mailgun", content=b" " * 1_000_001, headers=BEARER).status_code == 413
        endless = (b" " * 100_000 for _ in range(100))
        assert client.post(f"{url}/mailgun", content=endless, headers=BEARER).status_code == 413
        with db.begin() as tx:
            assert all_subscribers(tx) == before
        stranger = json.loads(json.dumps(hard).replace(KEY, "N" * 22))
        stranger["event-data"]["id"] = "another"
        answers = [client.post(f"{url}/mailgun", json=one, headers=BEARER) for one in (stranger, hard)]
        assert {(one.status_code, one.content) for one in answers} == {(204, b"")}


def test_a_subscription_of_amazon_is_told_to_the_operator_and_never_fetched(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with a_webhook(db) as url:
        assert httpx.post(f"{url}/ses", json=confirmation(), headers=BEARER, timeout=20).status_code == 204
    assert "confirm it by hand" in caplog.text


def test_without_a_secret_there_is_no_webhook(db: Database) -> None:
    assert hook_routes(HookFacts(db, "", Keys(""), str, lambda: AT)) == []
