"""The subscribers, for operators: how many there are, and one person by the exact address. No list.

An address is only ever sent in the body of a form, never in the address of a page, where logs would keep it;
the audit log says what was done, and not to whom.
"""

import json
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from alerts.addresses import read_address
from alerts.desk.desk import Desk
from alerts.desk.editors.asked import cleaned
from alerts.desk.editors.auditing import noted
from alerts.desk.editors.digest import KINDS
from alerts.desk.editors.guarding import Visit, done, go, shown
from alerts.desk.editors.showing import desk_page
from alerts.held import held_as_json
from pipeline.model.desk import Role
from pipeline.model.subscribers import Held
from pipeline.store import audience_figures, forgetting, subscriber_lists, subscribers, suppressions
from pipeline.text.words.dates import LONDON, at_time, read_moment

HERE = "/desk/subscribers"
WEEKS = 12
BOUNCES_OF = timedelta(days=28)
MOST_ADDRESS = 320
NOBODY = "looked for somebody who is no subscriber"
MOMENTS = ("signed up", "confirmed", "confirmation asked for", "reminded", "left")


def routes(desk: Desk) -> list[Route]:
    """GET /desk/subscribers; POSTs below it that look one person up, hand out what is held, and forget."""
    only = Role.OPERATOR
    return [
        shown(desk, HERE, show, role=only),
        done(desk, f"{HERE}/look-up", look_up, role=only),
        done(desk, f"{HERE}/export", export, role=only),
        done(desk, f"{HERE}/forget", ask_back, role=only),
        done(desk, f"{HERE}/forget/yes", forget, role=only),
    ]


def show(visit: Visit) -> Response:
    """Counts by state and plan, growth by week, bounces."""
    return _page(visit)


def look_up(visit: Visit) -> Response:
    """What is held about the person with exactly this address."""
    held = _held(visit, "looked a subscriber up")
    if held is None:
        return _unknown(visit)
    return desk_page(visit, "subscriber", held=_in_words(held), address=held.subscriber.address)


def export(visit: Visit) -> Response:
    """All that is held about the person, as a file to send them."""
    held = _held(visit, "exported a subscriber")
    if held is None:
        return _unknown(visit)
    body = json.dumps(held_as_json(held), ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": 'attachment; filename="what-is-held.json"'}
    return Response(body, media_type="application/json", headers=headers)


def ask_back(visit: Visit) -> Response:
    """Ask once more before a person is erased: it cannot be undone."""
    held = _held(visit, "was asked whether to forget a subscriber")
    if held is None:
        return _unknown(visit)
    return desk_page(visit, "subscriber_forget", address=held.subscriber.address)


def forget(visit: Visit) -> Response:
    """Erase the person. What stays is a code of the address, so that no list brings it back."""
    with visit.desk.db.begin() as tx:
        person = subscribers.by_address(tx, _address(visit))
        noted(visit, "forgot a subscriber" if person else NOBODY, "subscribers", tx=tx)
        if person is not None:
            digest = suppressions.suppression_hash(visit.desk.secret, person.address)
            forgetting.forget(tx, person, digest, suppressions.FORGOTTEN, visit.now)
    return go(HERE, "forgotten") if person else _unknown(visit)


def _page(visit: Visit, *, fault: str = "", status: int = 200) -> Response:
    titles = {plan.key: plan.title for plan in visit.desk.site.facts.plans}
    with visit.desk.db.look() as tx:
        counts = subscriber_lists.counts(tx)
        plans = subscriber_lists.counts_by_plan(tx)
        weeks = audience_figures.growth(tx, _weeks(visit.now))
        resting = audience_figures.resting(tx, visit.now)
        reports = audience_figures.reports(tx, visit.now - BOUNCES_OF)
    most = max([1, *(max(one.confirmed, one.left) for one in weeks)])
    return desk_page(
        visit,
        "subscribers",
        status=status,
        counts=counts,
        plans=[(titles.get(key, key), number) for key, number in sorted(plans.items())],
        weeks=list(reversed(weeks)),
        most=most,
        resting=resting,
        bounces=[(KINDS.get(kind, kind.value), number) for kind, number in reports.items()],
        fault=fault,
    )


def _weeks(now: datetime) -> list[tuple[datetime, datetime]]:
    """The last weeks from Monday to Monday in London, this one too, oldest first."""
    today = now.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    begins = [monday - timedelta(days=7 * back) for back in range(WEEKS - 1, -2, -1)]
    moments = [datetime.combine(day, time(), LONDON) for day in begins]
    return list(pairwise(moments))


def _address(visit: Visit) -> str:
    typed = cleaned(visit.form.get("address", ""), MOST_ADDRESS)
    return read_address(typed, visit.desk.site.facts.named).address or typed.lower()


def _in_words(held: Held) -> dict[str, Any]:
    """All that is held, with moments as people read them."""
    told = held_as_json(held)
    for name in MOMENTS:
        told[name] = _moment(told[name])
    if told["consent"]:
        told["consent"] = {**told["consent"], "given": _moment(told["consent"]["given"])}
    told["log"] = [{**line, "at": _moment(line["at"])} for line in told["log"]]
    return told


def _moment(text: str | None) -> str:
    when = read_moment(text) if text else None
    return at_time(when) if when else ""


def _held(visit: Visit, what: str) -> Held | None:
    """What is held about the person; that it was looked at is in the log, and that nobody was found, too."""
    with visit.desk.db.look() as tx:
        person = subscribers.by_address(tx, _address(visit))
        held = forgetting.held_about(tx, person) if person else None
    noted(visit, what if held else NOBODY, "subscribers")
    return held


def _unknown(visit: Visit) -> Response:
    return _page(visit, fault="Nobody with this address is known.", status=404)
