"""The rest of the demonstration's week: an editor approves, the team has its proof, a parent gets the digest.

Mails one invented address below .example alone, into files. Nothing here waits: the clock is moved on.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from alerts.steps.delivering import deliver_owed
from alerts.steps.importing import import_list
from alerts.subscriber_rows import ListRow
from pipeline.model.plans import Plan, Rhythm
from pipeline.model.subscribers import Consent, Preferences
from pipeline.steps.due_plans import due_at, next_day, proof_at
from pipeline.steps.review import Outcome, approve
from sendwatch.cycle import gather_due
from sendwatch.sending_terms import send_owed_digests
from sendwatch.wiring import Wiring

PARENT = "parent@families.example"
SITE = "https://news.charity.example"
BY = "Anna"


def the_week_ends(wiring: Wiring, stories: Collection[int], *, say: Callable[[str], None]) -> int:
    """Approve these Stories, and pass Thursday and Friday. Returns how many digests were sent."""
    plan = next(one for one in wiring.schedules.plans if one.rhythm is Rhythm.WEEK)
    began = wiring.clock()
    day = next_day(plan, began)
    _sign_up(wiring, plan, began)
    done = [approve(wiring.db, story, by=BY, now=began) for story in sorted(stories)]
    approved = sum(one.outcome is Outcome.DONE for one in done)
    say(f"Wednesday: {BY}, an editor, reads the drafts and approves {approved} of them for the digest.")
    thursday = _at(wiring, max(began, proof_at(plan, day)))
    gather_due(thursday)
    deliver_owed(thursday.db, thursday.mailer, clock=thursday.clock)
    say("Thursday: the team gets the proof, with what is in and what still waits.")
    friday = _at(wiring, due_at(plan, day))
    gather_due(friday)
    sent = send_owed_digests(friday, lambda: False).tally.sent
    say(f"Friday: {sent} digest is sent, to {PARENT}.")
    return sent


def _sign_up(wiring: Wiring, plan: Plan, now: datetime) -> None:
    """Somebody who said yes before, as in a list that a charity brings along."""
    consent = Consent("invented for the demonstration", now)
    row = ListRow(1, PARENT, Preferences(plans=frozenset({plan.key})), consent)
    import_list(wiring.db, wiring.tokens, wiring.mailing_facts, [row], now)


def _at(wiring: Wiring, moment: datetime) -> Wiring:
    """The same house at another moment, with public pages, and nobody but the parent to be mailed."""
    mailing = replace(wiring.settings.mailing, site=SITE, allow=frozenset({PARENT}))
    return replace(wiring, settings=replace(wiring.settings, mailing=mailing), clock=lambda: moment)
