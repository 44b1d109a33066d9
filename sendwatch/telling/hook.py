"""Tell another program of an Alert: one POST of JSON, made again under the same Idempotency-Key.

Follows no redirect, and never names the address: its path may be a secret.
"""

import logging
from dataclasses import asdict
from urllib.parse import urlsplit

import httpx

from pipeline.steps.told_elsewhere import Told
from sendwatch.telling.rounds import Channel, Trouble

KEY = "hook"
SECONDS = 10.0
TRY_AGAIN = frozenset({408, 425, 429})


def hook_channel(url: str, site: str) -> Channel:
    """The program at ``url``. ``site`` is the root of the desk, empty where there is none."""
    parts = urlsplit(url)
    title = f"alert hook at {parts.scheme}://{parts.hostname}/…"
    return Channel(KEY, title, lambda told, key: _post(url, payload(told, key, site), key))


def payload(told: Told, key: str, site: str) -> dict[str, object]:
    """The JSON of one notice; see docs/reference/machines.md."""
    desk = f"{site}/desk/stories/{told.story_id}" if site else ""
    said = {name: value for name, value in asdict(told).items() if name != "sentences"}
    return {"event": "alert", "id": key, **said, "summary": " ".join(told.sentences), "desk": desk}


def _post(url: str, body: dict[str, object], key: str) -> Trouble | None:
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log the address
    headers = {"Idempotency-Key": f'"{key}"', "User-Agent": "sendwatch"}
    try:
        with (
            httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", url, json=body, headers=headers) as answer,  # its body is not read
        ):
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Trouble(f"it cannot be reached ({type(error).__name__})")
    if 200 <= status < 300:
        return None
    return Trouble(f"it answered {status}", for_good=300 <= status < 500 and status not in TRY_AGAIN)
