"""The digest: what is in the next one of each plan, its opening line, hold and release.

Sends nothing to subscribers: that is done by the watch, at the hour of the plan or when it was asked for. A
proof goes to the editor who asks for it, and to nobody else.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response
from starlette.routing import Route

from alerts.compose_digest import digest_html
from alerts.desk.desk import Desk
from alerts.desk.editors.asked import cleaned, day_of
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.guarding import Visit, done, go, shown, whole
from alerts.desk.editors.of_plan import no_such_digest, of_plan
from alerts.desk.editors.showing import desk_page, mail_page
from alerts.steps.alerting import message_ids
from alerts.steps.proofing import coming_page, proof_mail
from pipeline.model.bounces import Kind
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.all_well import STATES
from pipeline.steps.coming_digest import coming
from pipeline.steps.stopping import release_plan, stop_plan, stopped_by
from pipeline.store import audience_figures, deliveries, digest_progress, digests
from pipeline.text.words.dates import in_full

HERE = "/desk/digest"
MOST_OPENING = 1_500
PAST = 12
BOUNCES_OF = timedelta(days=28)
KINDS = {
    Kind.HARD: "no such mailbox",
    Kind.SOFT: "not taken for now",
    Kind.COMPLAINT: "called it spam",
    Kind.LEAVE: "left by mail",
    Kind.DELAYED: "still being tried",
    Kind.OTHER: "other reports",
}


def routes(desk: Desk) -> list[Route]:
    """GET /desk/digest and the preview of a plan; what is done below each plan."""
    plan = f"{HERE}/{{plan}}"
    return [
        shown(desk, HERE, show),
        shown(desk, f"{plan}/preview", of_plan(preview)),
        done(desk, f"{plan}/opening", of_plan(opening)),
        done(desk, f"{plan}/proof", of_plan(proof)),
        done(desk, f"{plan}/hold", of_plan(hold, at_once_too=True)),
        done(desk, f"{plan}/release", of_plan(release, at_once_too=True)),
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
        script=True,
        next_ones=next_ones,
        at_once=at_once,
        past=[(one, *_named(one.key, plans)) for one in reversed(past)],
        states=STATES,
        bounces=[(KINDS.get(kind, kind.value), number) for kind, number in bounces.items()],
        most_opening=MOST_OPENING,
    )


def _named(key: str, plans: Sequence[Plan]) -> tuple[str, int]:
    """What people call a past digest, and the Story that it was for, if any."""
    plan, _, rest = key.partition(":")
    title = next((one.title for one in plans if one.key == plan), plan)
    if rest.startswith("story:"):
        return title, whole(rest.split(":")[1])
    day = day_of(rest)
    return (f"{title}: {in_full(day)}" if day else key), 0


def preview(visit: Visit, plan: Plan) -> Response:
    """The mail as it would be now, in a sandbox: a mail has styles of its own, and may do nothing."""
    with visit.desk.db.look() as tx:
        shown_now = coming(tx, plan, visit.now)
        if not shown_now.seen:
            return no_such_digest(visit)
        page, _ = coming_page(tx, plan, shown_now.day, frame=visit.desk.frame, now=visit.now)
    return mail_page(digest_html(page, plan.key))


def opening(visit: Visit, plan: Plan) -> Response:
    """Keep the line that stands at its top; empty words take it out."""
    typed = cleaned(visit.form.get("opening", ""), MOST_OPENING).replace("\r\n", "\n")
    words = "\n\n".join(" ".join(part.split()) for part in typed.split("\n\n") if part.strip())
    seen = visit.form.get("was")
    with visit.desk.db.begin() as tx:
        day = coming(tx, plan, visit.now).day
        stands = digests.opening(tx, plan.key, day)
        late = visit.form.get("day", day.isoformat()) != day.isoformat()
        clash = seen is not None and not late and stands not in (seen.replace("\r\n", "\n"), words)
        if not clash:
            digests.set_opening(tx, plan=plan.key, day=day, words=words, by=visit.by, now=visit.now)
            noted(visit, "wrote the opening line", f"digest:{plan.key}:{day.isoformat()}", words, tx=tx)
    if clash:
        return desk_page(visit, "opening_clash", status=409, plan=plan, day=day, theirs=stands, mine=words)
    return go(HERE, "opening-late" if late else "opening-kept" if words else "opening-out")


def proof(visit: Visit, plan: Plan) -> Response:
    """Owe the proof to the editor who asks; once a minute at most."""
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


def hold(visit: Visit, plan: Plan) -> Response:
    """Stop the plan: nothing leaves until somebody releases it."""
    with visit.desk.db.begin() as tx:
        under_way = stop_plan(tx, plan.key, visit.by, visit.now)
        noted(visit, "stopped the digest", f"plan:{plan.key}", ", ".join(under_way), tx=tx)
    return go(HERE, "digest-held")


def release(visit: Visit, plan: Plan) -> Response:
    """Let it go again."""
    with visit.desk.db.begin() as tx:
        going = release_plan(tx, plan.key)
        noted(visit, "released the digest", f"plan:{plan.key}", ", ".join(going), tx=tx)
    return go(HERE, "digest-released")
