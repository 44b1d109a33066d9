"""The digest: what is in the next one of each plan and in which order, its opening line, hold and release.

Sends nothing to subscribers: that is done by the watch, at the hour of the plan. A proof goes to the editor
who asks for it, and to nobody else.
"""

import hashlib
from datetime import timedelta

from starlette.responses import Response
from starlette.routing import Route

from alerts.compose_digest import digest_html
from alerts.desk.desk import Desk
from alerts.desk.editors.asked import cleaned
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.guarding import Visit, done, go, shown, whole
from alerts.desk.editors.showing import desk_page
from alerts.steps.alerting import message_ids
from alerts.steps.proofing import coming_page, proof_mail
from pipeline.model.bounces import Kind
from pipeline.model.digests import DigestState
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.coming_digest import Ordering, Step, coming, move_entry
from pipeline.steps.stopping import release_plan, stop_plan, stopped_by
from pipeline.store import audience_figures, deliveries, digest_orders, digest_progress, digests

HERE = "/desk/digest"
MOST_OPENING = 1_500
PAST = 12
BOUNCES_OF = timedelta(days=28)
A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox"
STATES = {
    DigestState.GATHERED: "Being made ready",
    DigestState.SENDING: "On its way",
    DigestState.HELD: "Stopped",
    DigestState.SENT: "Sent",
    DigestState.CANCELLED: "Cancelled",
    DigestState.QUIET: "Nothing to send",
}
KINDS = {
    Kind.HARD: "no such mailbox",
    Kind.SOFT: "not taken for now",
    Kind.COMPLAINT: "called it spam",
    Kind.LEAVE: "left by mail",
    Kind.DELAYED: "still being tried",
    Kind.OTHER: "other reports",
}
MOVED = {Ordering.DONE: "moved", Ordering.STALE: "order-stale", Ordering.NOWHERE: "moved-nowhere"}


def routes(desk: Desk) -> list[Route]:
    """GET /desk/digest and the preview of a plan; what is done below each plan."""
    plan = f"{HERE}/{{plan}}"
    return [
        shown(desk, HERE, show),
        shown(desk, f"{plan}/preview", preview),
        done(desk, f"{plan}/move", move),
        done(desk, f"{plan}/by-weight", by_weight),
        done(desk, f"{plan}/opening", opening),
        done(desk, f"{plan}/proof", proof),
        done(desk, f"{plan}/hold", hold),
        done(desk, f"{plan}/release", release),
    ]


def show(visit: Visit) -> Response:
    """The next digest of each plan, and past ones with how they were delivered."""
    plans = visit.desk.site.facts.plans
    with visit.desk.db.look() as tx:
        next_ones = [coming(tx, plan, visit.now) for plan in plans if plan.rhythm is not Rhythm.STORY]
        at_once = [(plan, stopped_by(tx, plan.key)) for plan in plans if plan.rhythm is Rhythm.STORY]
        past = digest_progress.standings(tx, visit.now, most=PAST)
        bounces = audience_figures.reports(tx, visit.now - BOUNCES_OF)
    return desk_page(
        visit,
        "digest",
        next_ones=next_ones,
        at_once=at_once,
        past=list(reversed(past)),
        states=STATES,
        bounces=[(KINDS.get(kind, kind.value), number) for kind, number in bounces.items()],
        most_opening=MOST_OPENING,
    )


def preview(visit: Visit) -> Response:
    """The mail as it would be now, in a sandbox: a mail has styles of its own, and may do nothing."""
    plan = _plan(visit)
    if plan is None:
        return _unknown(visit)
    with visit.desk.db.look() as tx:
        shown_now = coming(tx, plan, visit.now)
        if not shown_now.seen:
            return _unknown(visit)
        page, _ = coming_page(tx, plan, shown_now.day, frame=visit.desk.frame, now=visit.now)
    html = digest_html(page, plan.key)
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": A_MAIL})


def move(visit: Visit) -> Response:
    """Move one item up, down, or into the subject; on the page that the editor saw, or not at all."""
    plan = _plan(visit)
    if plan is None:
        return _unknown(visit)
    word, _, number = visit.form.get("move", "").partition(":")
    seen = [whole(one) for one in visit.form.get("order", "").split(",")[:500]]
    if word not in list(Step):
        return go(HERE, "order-stale")
    with visit.desk.db.begin() as tx:
        moved = move_entry(tx, coming(tx, plan, visit.now), whole(number), Step(word), seen)
        if moved is Ordering.DONE:
            noted(visit, "ordered the digest", f"plan:{plan.key}", f"story {whole(number)}: {word}", tx=tx)
    return go(HERE, MOVED[moved])


def by_weight(visit: Visit) -> Response:
    """Forget the editors' order."""
    plan = _plan(visit)
    if plan is None:
        return _unknown(visit)
    with visit.desk.db.begin() as tx:
        digest_orders.clear(tx, plan.key)
        noted(visit, "ordered the digest", f"plan:{plan.key}", "by weight again", tx=tx)
    return go(HERE, "by-weight")


def opening(visit: Visit) -> Response:
    """Keep the line that stands at its top; empty words take it out."""
    plan = _plan(visit)
    if plan is None:
        return _unknown(visit)
    typed = cleaned(visit.form.get("opening", ""), MOST_OPENING).replace("\r\n", "\n")
    words = "\n\n".join(" ".join(part.split()) for part in typed.split("\n\n") if part.strip())
    with visit.desk.db.begin() as tx:
        day = coming(tx, plan, visit.now).day
        digests.set_opening(tx, plan=plan.key, day=day, words=words, by=visit.by, now=visit.now)
        noted(visit, "wrote the opening line", f"digest:{plan.key}:{day.isoformat()}", words, tx=tx)
    return go(HERE, "opening-kept" if words else "opening-out")


def proof(visit: Visit) -> Response:
    """Owe the proof to the editor who asks; once a minute at most."""
    plan = _plan(visit)
    if plan is None:
        return _unknown(visit)
    desk, now = visit.desk, visit.now
    with desk.db.begin() as tx:
        day = coming(tx, plan, now).day
    mail = proof_mail(desk.db, plan, day, frame=desk.frame, now=now)
    whose = hashlib.sha256(visit.by.encode()).hexdigest()[:12]
    key = f"proof:{plan.key}:{day.isoformat()}:{now:%Y-%m-%dT%H:%M}:{whose}"
    with desk.db.begin() as tx:
        to = message_ids(key, mail, [visit.by], desk.site.facts.domain, now)
        owed = deliveries.owe(tx, key, mail, to, now)
        if owed:
            noted(visit, "asked for a proof", f"digest:{plan.key}:{day.isoformat()}", tx=tx)
    return go(HERE, "proof-owed" if owed else "proof-again")


def hold(visit: Visit) -> Response:
    """Stop the plan: nothing leaves until somebody releases it."""
    plan = _plan(visit, at_once_too=True)
    if plan is None:
        return _unknown(visit)
    with visit.desk.db.begin() as tx:
        under_way = stop_plan(tx, plan.key, visit.by, visit.now)
        noted(visit, "stopped the digest", f"plan:{plan.key}", ", ".join(under_way), tx=tx)
    return go(HERE, "digest-held")


def release(visit: Visit) -> Response:
    """Let it go again."""
    plan = _plan(visit, at_once_too=True)
    if plan is None:
        return _unknown(visit)
    with visit.desk.db.begin() as tx:
        going = release_plan(tx, plan.key)
        noted(visit, "released the digest", f"plan:{plan.key}", ", ".join(going), tx=tx)
    return go(HERE, "digest-released")


def _plan(visit: Visit, *, at_once_too: bool = False) -> Plan | None:
    asked = visit.params.get("plan", "")
    found = next((one for one in visit.desk.site.facts.plans if one.key == asked), None)
    return found if found and (at_once_too or found.rhythm is not Rhythm.STORY) else None


def _unknown(visit: Visit) -> Response:
    return desk_page(visit, "no_such", status=404, words="There is no such digest.", typed=[])
