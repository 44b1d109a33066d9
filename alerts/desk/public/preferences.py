"""The page of preferences, what is held, and erasing it: by the signed link in each mail, without a password.

The address is shown only in part: a mail that is handed on takes its links along.
"""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.forms import Filled, pressed, read_preferences, slug
from alerts.desk.pages import page
from alerts.desk.site import Site
from alerts.held import held_as_json
from alerts.slots import leave_link
from alerts.steps.leaving import change, forget, held_about, whose
from alerts.tokens import Purpose
from pipeline.model.digests import Topic
from pipeline.model.subscribers import NATIONS, PHASES, Subscriber, SubscriberState
from pipeline.text.words.dates import LONDON


def preferences_routes(site: Site) -> list[Route]:
    """GET and POST /preferences/{token}, POST …/export, GET and POST …/erase."""

    async def person_of(request: Request) -> Subscriber | None:
        token = request.path_params["token"]
        return await run_in_threadpool(whose, site.db, site.tokens, Purpose.PREFERENCES, token, site.clock())

    async def show(request: Request) -> Response:
        person = await person_of(request)
        if person is None:
            return page(site, "ended", status=404)
        return _shown(site, request, person, Filled(person.preferences))

    async def save(request: Request) -> Response:
        person = await person_of(request)
        if person is None:
            return page(site, "ended", status=404)
        async with request.form(max_files=0, max_fields=200) as form:
            filled = read_preferences(
                [str(one) for one in form.getlist("topics")],
                [str(one) for one in form.getlist("phases")],
                [str(one) for one in form.getlist("nations")],
                [str(one) for one in form.getlist("plans")],
                str(form.get("pause", "")),
                form.get("plain") is not None,
                before=person.preferences,
                offered=site.facts.plans,
                today=site.clock().astimezone(LONDON).date(),
            )
            typed = str(form.get("pause", ""))[:20]
        if filled.faults:
            return _shown(site, request, person, filled, typed=typed)
        await run_in_threadpool(change, site.db, person.key, filled.wishes, site.clock())
        person = await person_of(request)
        assert person is not None
        return _shown(site, request, person, Filled(person.preferences), saved=True)

    async def export(request: Request) -> Response:
        if not pressed(await request.body()):
            return await show(request)
        person = await person_of(request)
        held = await run_in_threadpool(held_about, site.db, person.key) if person else None
        if held is None:
            return page(site, "ended", status=404)
        body = json.dumps(held_as_json(held), ensure_ascii=False, indent=2)
        disposition = {"Content-Disposition": 'attachment; filename="what-we-hold.json"'}
        return Response(body, media_type="application/json", headers=disposition)

    async def ask_erase(request: Request) -> Response:
        person = await person_of(request)
        if person is None:
            return page(site, "ended", status=404)
        return page(site, "erase", token=request.path_params["token"])

    async def erase(request: Request) -> Response:
        if not pressed(await request.body()):
            return await ask_erase(request)
        person = await person_of(request)
        if person is None:
            return page(site, "ended", status=404)
        await run_in_threadpool(forget, site.db, site.tokens, person.key, site.clock())
        return page(site, "erased")

    return [
        Route("/preferences/{token}", show, methods=["GET"]),
        Route("/preferences/{token}", save, methods=["POST"]),
        Route("/preferences/{token}/export", export, methods=["POST"]),
        Route("/preferences/{token}/erase", ask_erase, methods=["GET"]),
        Route("/preferences/{token}/erase", erase, methods=["POST"]),
    ]


def _shown(
    site: Site, request: Request, person: Subscriber, filled: Filled, *, saved: bool = False, typed: str = ""
) -> Response:
    wishes = filled.wishes
    today = site.clock().astimezone(LONDON).date()
    paused = wishes.paused_until if wishes.paused_until and wishes.paused_until > today else None
    missing = filled.faults
    chosen = wishes.plans if "plans" not in missing else frozenset()
    topics = [(slug(t), t.value, (not wishes.topics or t in wishes.topics)) for t in Topic]
    phases = [(p, p.capitalize(), (not wishes.phases or p in wishes.phases)) for p in PHASES]
    nations = [(n, n, (not wishes.nations or n in wishes.nations)) for n in NATIONS]
    values: dict[str, Any] = {
        "token": request.path_params["token"],
        "leave": leave_link("", site.tokens.make(Purpose.LEAVE, person.key, site.clock())),
        "masked": masked(person.address),
        "active": person.state is SubscriberState.ACTIVE,
        "suspended": person.state is SubscriberState.SUSPENDED,
        "topics": [(word, title, on and "topics" not in missing) for word, title, on in topics],
        "phases": [(word, title, on and "phases" not in missing) for word, title, on in phases],
        "nations": [(word, title, on and "nations" not in missing) for word, title, on in nations],
        "plans": [(plan.key, plan.title, plan.key in chosen) for plan in site.facts.plans],
        "pause": typed or (paused.isoformat() if paused else ""),
        "paused": paused,
        "earliest": today,
        "plain": wishes.plain,
        "faults": missing,
        "saved": saved,
    }
    return page(site, "preferences", status=422 if missing else 200, **values)


def masked(address: str) -> str:
    """``jo…@school.example``: enough to know which of one's own addresses it is."""
    local, _, domain = address.rpartition("@")
    return f"{local[: min(2, len(local) - 1)]}…@{domain}"
