"""POST /hooks/{provider}: bounces and complaints as mail providers tell them. Behind the shared secret.

Answers 204 to all that is authorised and well-formed, whoever it is about: nobody learns who subscribes.
401 without the secret, 404 for a provider that is not known, 413 for too much, 400 for what is no JSON.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from alerts.bounces.hooks import LARGEST, Refused, is_authorised, read_hook
from alerts.bounces.keys import Keys
from alerts.steps.bouncing import note_events
from pipeline.store.database import Database

logger = logging.getLogger("sendwatch")


@dataclass(frozen=True, slots=True)
class HookFacts:
    """What the webhook works with. ``suppressed_as`` gives the keyed hash of an address."""

    db: Database
    secret: str
    keys: Keys
    suppressed_as: Callable[[str], str]
    clock: Callable[[], datetime]


def hook_routes(facts: HookFacts) -> list[Route]:
    """The routes of the webhook; none without a secret."""
    if not facts.secret:
        return []

    async def hook(request: Request) -> Response:
        if not is_authorised(dict(request.headers), facts.secret):
            # SNS sends the password of its address only when it is asked for it.
            headers = {"WWW-Authenticate": 'Basic realm="sendwatch", charset="UTF-8"'}
            return PlainTextResponse("the shared secret is missing or wrong\n", 401, headers)
        body = await _capped(request)
        if body is None:
            return PlainTextResponse("more than one megabyte\n", 413)
        return await run_in_threadpool(_answer, facts, request.path_params["provider"], body)

    return [Route("/hooks/{provider:str}", hook, methods=["POST"], name="hook")]


def _answer(facts: HookFacts, provider: str, body: bytes) -> Response:
    told = read_hook(provider, body, facts.keys)
    if isinstance(told, Refused):
        return PlainTextResponse(f"{told.words}\n", told.status)
    if told.to_confirm:
        logger.warning("%s", told.to_confirm)
    done = note_events(
        facts.db, provider, told.reports, body, suppressed_as=facts.suppressed_as, now=facts.clock()
    )
    if done:
        counts = ", ".join(f"{count} {outcome.value}" for outcome, count in sorted(done.items()))
        logger.info("webhook %s: %s", provider, counts)
    return Response(status_code=204)


async def _capped(request: Request) -> bytes | None:
    """The body; None as soon as it is more than the cap, whatever its length was said to be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
