"""Sign-up by form and by JSON. The answer is the same, in words and in time, whoever's the address is."""

import asyncio
import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from alerts.addresses import read_address
from alerts.desk.form_moments import FormMoments, Pace
from alerts.desk.forms import read_wishes, unknown_in
from alerts.desk.guards import network_of
from alerts.desk.limits import SignUpLimits
from alerts.desk.pages import page
from alerts.desk.site import Site
from alerts.steps.subscribing import SignUp, sign_up
from pipeline.model.subscribers import Way

logger = logging.getLogger("sendwatch")
MOST_WORDS = 50  # in a list that a program sends
HONEYPOT = "website"  # a field that no person sees


def sign_up_routes(site: Site, limits: SignUpLimits) -> list[Route]:
    """GET and POST /subscribe, POST /api/subscribe."""
    moments = FormMoments(site.tokens.secret)

    async def show(_request: Request) -> Response:
        return _form(site, moments)

    async def post(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=100) as form:
            given = {name: str(value) for name, value in form.multi_items()}
            plans = [str(plan) for plan in form.getlist("plans")]
        typed = given.get("address", "")
        checked = read_address(typed, site.facts.named)
        if not checked.address:
            return _form(site, moments, typed=typed[:254], plans=plans, fault=checked.fault)
        pace = moments.pace(given.get("moment", ""), site.clock())
        if pace is Pace.STALE:
            again = "This page was open for a long time. Please press the button once more"
            return _form(site, moments, typed=checked.address, plans=plans, fault=again)
        person = pace is Pace.PERSON and not given.get(HONEYPOT)
        wishes = read_wishes((), (), plans, site.facts.plans)
        await _work(site, limits, request, SignUp(checked.address, wishes, Way.FORM), person=person)
        return page(site, "asked", address=checked.address)

    async def post_json(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _refusal("send JSON, with Content-Type: application/json", status=415)
        try:
            given = json.loads(await request.body(), parse_constant=_no_number)
        except (ValueError, RecursionError):
            return _refusal("this is not JSON")
        if not isinstance(given, dict) or not isinstance(given.get("address"), str):
            return _refusal('send an object with an "address"')
        checked = read_address(given["address"], site.facts.named)
        if not checked.address:
            return _refusal(checked.fault)
        words = {name: _words(given, name) for name in ("topics", "phases", "plans")}
        if None in words.values():
            return _refusal("topics, phases and plans are lists of words")
        topics, phases, plans = (words[name] or () for name in ("topics", "phases", "plans"))
        strange = unknown_in(topics, phases, plans, site.facts.plans)
        if strange:
            return _refusal(strange)
        wishes = read_wishes(topics, phases, plans, site.facts.plans)
        person = not given.get(HONEYPOT)
        await _work(site, limits, request, SignUp(checked.address, wishes, Way.API), person=person)
        return JSONResponse({"answer": "If this address is theirs, a mail asks them to confirm."}, 202)

    return [
        Route("/subscribe", show, methods=["GET"]),
        Route("/subscribe", post, methods=["POST"]),
        Route("/api/subscribe", post_json, methods=["POST"]),
    ]


async def _work(site: Site, limits: SignUpLimits, request: Request, wanted: SignUp, *, person: bool) -> None:
    """Do what the sign-up asks for, and let the same time pass when there is nothing to do."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    now = site.clock()
    if not person:
        logger.info("a sign-up: a robot")
    elif not limits.admits(network_of(request), now):
        logger.warning("a sign-up: too many in an hour")
    else:
        outcome = await run_in_threadpool(sign_up, site.db, site.tokens, site.facts, wanted, now)
        logger.info("a sign-up: %s", outcome)
    if site.answer_step:  # answers leave only at whole steps: how long the work took is not to be read
        await asyncio.sleep(site.answer_step - (loop.time() - began) % site.answer_step)


def _form(
    site: Site, moments: FormMoments, *, typed: str = "", plans: Collection[str] = (), fault: str = ""
) -> Response:
    chosen = set(plans) or {plan.key for plan in site.facts.plans[:1]}
    faults = {"address": fault} if fault else {}
    values: dict[str, Any] = {"typed": typed, "chosen": chosen, "faults": faults, "honeypot": HONEYPOT}
    status = 422 if fault else 200
    return page(site, "sign_up", status=status, moment=moments.make(site.clock()), **values)


def _words(given: Mapping[str, object], name: str) -> list[str] | None:
    found = given.get(name, [])
    if not isinstance(found, list) or len(found) > MOST_WORDS:
        return None
    return found if all(isinstance(word, str) for word in found) else None


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is Python's, and no JSON")


def _refusal(words: str, status: int = 422) -> Response:
    return JSONResponse({"fault": words}, status)
