"""Tell the team once of each approval that lapsed, and once when its page is back. Owes mails; sends none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.steps.alerting import message_ids
from alerts.team_notes import back_note, compose_note, lapsed_note
from pipeline.model.digests import Approval
from pipeline.model.plans import Plan
from pipeline.steps.lapse import what_moved
from pipeline.store import approvals, deliveries, digests
from pipeline.store.database import Database

LOOKED_AT_FOR = timedelta(days=60)  # after it lapsed, a page is looked at for being back


def tell_lapsed(
    db: Database, plans: Sequence[Plan], *, team: Sequence[str], domain: str, now: datetime
) -> int:
    """One mail for each approval that lapsed while a digest was still to have it. Returns how many.

    What every plan has had already is marked as told in silence: the Alert about the change says it all.
    """
    if not team:
        return 0
    told = 0
    with db.begin() as tx:
        waiting = [(one, what_moved(tx, one)) for one in approvals.lapsed_untold(tx)]
        if not waiting and not approvals.lapsed_told(tx, since=now - LOOKED_AT_FOR):
            return 0
        had = [digests.assigned(tx, plan.key) for plan in plans]
    for one, moved in waiting:
        pair = (one.story_id, one.revision)
        pending = any(pair not in assigned for assigned in had)
        key = f"lapsed:{one.id}"
        mail = compose_note(lapsed_note(one, moved)) if pending else None
        with db.begin() as tx:
            if mail is not None:
                deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
                told += 1
            approvals.mark_told(tx, one.id, now)
    return told + _tell_back(db, had, team=team, domain=domain, now=now)


def _tell_back(
    db: Database,
    had: Sequence[dict[tuple[int, int], str]],
    *,
    team: Sequence[str],
    domain: str,
    now: datetime,
) -> int:
    told = 0
    with db.begin() as tx:
        back: list[Approval] = [
            one
            for one in approvals.lapsed_told(tx, since=now - LOOKED_AT_FOR)
            if any((one.story_id, one.revision) not in assigned for assigned in had)
            and not what_moved(tx, one)
        ]
        for one in back:
            key = f"back:{one.id}"
            mail = compose_note(back_note(one))
            told += deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
    return told
