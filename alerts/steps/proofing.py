"""Owe the team the proof of each plan's next digest, once for each plan and day. Assigns nothing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from alerts.digest_page import DigestPage, Frame, digest_page
from alerts.proof_note import Proof, proof_note
from alerts.steps.alerting import message_ids
from alerts.team_notes import compose_note
from pipeline.model.digests import DigestEntry
from pipeline.model.mails import Mail
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.collect import closing_soon, entries_for, first_seen, left_out, previous_digest
from pipeline.steps.due_plans import due_at, next_day, proof_at
from pipeline.steps.stopping import stopped_by
from pipeline.store import approvals, deliveries, digests, documents, memory, readership
from pipeline.store.database import Database

NAMED_FOR = timedelta(days=28)  # what was drafted longer ago is counted by `stories list` alone


def owe_proofs(
    db: Database, plans: Sequence[Plan], *, team: Sequence[str], domain: str, frame: Frame, now: datetime
) -> int:
    """Owe the proof of each plan whose hour has come. Returns how many; none without a team."""
    owed = 0
    for plan in plans:
        if plan.rhythm is Rhythm.STORY or not team:
            continue
        day = next_day(plan, now)
        key = f"proof:{plan.key}:{day.isoformat()}"
        if proof_at(plan, day) > now:
            continue
        with db.begin() as tx:
            known = memory.recall(tx, key)
        if known is not None:
            continue
        mail = proof_mail(db, plan, day, frame=frame, now=now) if _wanted(db, plan, now) else None
        if mail is None:
            continue
        with db.begin() as tx:
            owed += deliveries.owe(tx, key, mail, message_ids(key, mail, team, domain, now), now)
            memory.keep(tx, key, "owed", now)
    return owed


def _wanted(db: Database, plan: Plan, now: datetime) -> bool:
    """A plan that nobody reads and for which nothing is approved bothers nobody."""
    with db.begin() as tx:
        if readership.anybody(tx, plan.key):
            return True
        return bool(approvals.unassigned(tx, plan.key, first_seen(tx, plan.key, now)))


def proof_mail(db: Database, plan: Plan, day: date, *, frame: Frame, now: datetime) -> Mail:
    """The proof of one plan and day, as things stand."""
    with db.begin() as tx:
        page, entries = coming_page(tx, plan, day, frame=frame, now=now)
        out = left_out(tx, entries, since=now - NAMED_FOR)
        mains = {one.story.id: one.story.main_document_id for one in out if one.story.main_document_id}
        urls = documents.urls(tx, [document for document in mains.values() if document])
        approvers = {
            one.approval_id: approvals.get(tx, one.approval_id).by for one in entries if one.approval_id
        }
        stopped = stopped_by(tx, plan.key)
    proof = Proof(
        plan=plan,
        due=due_at(plan, day),
        page=page,
        entries=entries,
        approvers=approvers,
        left_out=out,
        links={story: urls[document] for story, document in mains.items() if document in urls},
        now=now,
        stopped_by=stopped,
    )
    return compose_note(proof_note(proof), page, plan.key)


def coming_page(
    tx: Connection, plan: Plan, day: date, *, frame: Frame, now: datetime
) -> tuple[DigestPage, tuple[DigestEntry, ...]]:
    """What the plan's digest of ``day`` would be if it were made now: its page, and its entries in order."""
    since = first_seen(tx, plan.key, now)
    entries = entries_for(tx, plan, since=since, previous=previous_digest(tx, plan.key, now), now=now)
    closing = closing_soon(tx, plan.key, entries, day, until=now)
    opening = digests.opening(tx, plan.key, day)
    page = digest_page(entries, closing, plan_title=plan.title, day=day, opening=opening, frame=frame)
    return page, entries
