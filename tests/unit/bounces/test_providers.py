"""What each provider's webhook tells is read; who may speak is decided by the secret alone."""

import base64
import json
import time

import pytest

from alerts.bounces.hooks import DEEPEST, LARGEST, Refused, Told, is_authorised, read_hook
from alerts.bounces.keys import Keys
from tests.support.provider_events import EVENTS, KEY, WHOM, confirmation

KEYS = Keys("bounces@charity.example")
SECRET = "a-secret-of-more-than-24-characters"


@pytest.mark.parametrize("name", EVENTS)
def test_a_provider_is_understood(name: str) -> None:
    provider, payload, expected = EVENTS[name]
    told = read_hook(provider, json.dumps(payload).encode(), KEYS)
    assert isinstance(told, Told)
    found = [(r.kind.value, r.status, r.subscriber_key or r.address) for r in told.reports]
    assert found == expected
    assert all(WHOM not in repr(report) and "@" not in report.words for report in told.reports)


def test_an_address_is_only_taken_where_there_is_no_key() -> None:
    told = read_hook(
        "generic", json.dumps({"kind": "hard", "key": KEY, "address": "x@y.example"}).encode(), KEYS
    )
    assert isinstance(told, Told)
    assert [(one.subscriber_key, one.address) for one in told.reports] == [(KEY, "")]


def test_a_subscription_of_amazon_waits_for_a_person() -> None:
    told = read_hook("ses", json.dumps(confirmation()).encode(), KEYS)
    assert isinstance(told, Told)
    assert told.reports == ()
    assert "confirm it by hand: open https://sns.eu-west-2.amazonaws.example/" in told.to_confirm


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"kind=hard", 400),
        (b'"a word"', 400),
        (b"\xff\xfe", 400),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400),
        (b"[" * 900_000, 400),
        (b'{"a": "' + b"x" * LARGEST + b'"}', 413),
        (b"[" + b"{}," * 5_000 + b"{}]", 413),
    ],
)
def test_what_is_broken_or_too_much_is_refused(body: bytes, status: int) -> None:
    told = read_hook("generic", body, KEYS)
    assert isinstance(told, Refused)
    assert told.status == status


def test_brackets_in_words_are_no_depth() -> None:
    words = json.dumps({"kind": "hard", "key": KEY, "words": "[" * DEEPEST * 3 + '\\"{'})
    assert isinstance(read_hook("generic", words.encode(), KEYS), Told)
    assert read_hook("unheard-of", b"{}", KEYS) == Refused(404, "there is no such provider")


def _basic(words: str) -> str:
    return "Basic " + base64.b64encode(words.encode()).decode()


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"authorization": f"Bearer {SECRET}"}, True),
        ({"authorization": _basic(f"anybody:{SECRET}")}, True),
        ({"x-sendwatch-secret": SECRET}, True),
        ({}, False),
        ({"authorization": "Bearer "}, False),
        ({"authorization": f"Bearer {SECRET}x"}, False),
        ({"authorization": _basic(SECRET)}, False),
        ({"authorization": "Basic %%%"}, False),
        ({"authorization": "Bearer \udcff"}, False),
        ({"authorization": f"Digest {SECRET}"}, False),
    ],
)
def test_only_the_secret_opens_the_webhook(headers: dict[str, str], allowed: bool) -> None:
    assert is_authorised(headers, SECRET) is allowed
    assert not is_authorised(headers, "")


def test_a_text_without_an_end_costs_no_more_than_its_length() -> None:
    began = time.perf_counter()
    assert read_hook("generic", b'"' + rb"\"" * 400_000, KEYS) == Refused(
        400, "not the JSON that this provider sends"
    )
    assert time.perf_counter() - began < 5, "it was hours, in which nothing else ran"
