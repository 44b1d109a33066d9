"""Collect what a plan's next digest holds, and what it leaves out and why. Reads; assigns nothing.

Works inside the caller's transaction: what is collected and assigned in the same one can never be assigned
twice, nor change in between. No window of dates decides, only whether a digest of the plan has had it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from pipeline.model.changes import Verdict
from pipeline.model.digests import BareLink, Closing, Digest, DigestEntry
from pipeline.model.documents import DocumentState
from pipeline.model.plans import Plan, Unreviewed
from pipeline.model.reviews import Act, Standing
from pipeline.steps.item_of_story import publisher_of
from pipeline.steps.kindred import ROTTEN
from pipeline.store import approvals, changes, digest_orders, digests, documents, memory, reviews, versions
from pipeline.store.reviews import StoryStanding
from pipeline.store.stories import StoryRow
from pipeline.text.drafting.digest_topics import topics_of
from pipeline.text.papers.kinds import kind_of
from pipeline.text.words.dates import LONDON

UNDO = timedelta(minutes=5)  # after an approval, before a mail leaves at once
CLOSING_WITHIN = timedelta(days=28)
NAMED_UP_TO = timedelta(days=400)  # a deadline is not named longer before


def first_seen(tx: Connection, plan: str, now: datetime) -> datetime:
    """When a plan was first seen (aware UTC); now, and kept, if never."""
    known = memory.recall(tx, f"plan:{plan}")
    if known is None:
        memory.keep(tx, f"plan:{plan}", "seen", now)
        return now
    return known.kept_at


def seen_ahead(tx: Connection, plan: str, now: datetime) -> datetime | None:
    """When a plan was first seen (aware UTC), if that is still to come: a clock ran ahead, or runs late now.

    Until then no approval is its news. It is not mended by itself: were it the clock of today that is wrong,
    the plan would take all that was approved before there was such a plan.
    """
    known = memory.recall(tx, f"plan:{plan}")
    return known.kept_at if known is not None and known.kept_at > now else None


def begin_now(tx: Connection, plan: str, now: datetime) -> None:
    """What is approved from now on is the plan's news."""
    memory.keep(tx, f"plan:{plan}", "seen", now)


def previous_digest(tx: Connection, plan: str, now: datetime) -> Digest | None:
    """The plan's newest digest; None before the first.

    One of a day that is still far off was made by a clock that ran ahead: it must not silence the plan until
    then. Tomorrow's counts, so that a clock that is set back by a day does not make up for older ones.
    """
    return digests.newest(tx, plan, now.astimezone(LONDON).date() + timedelta(days=1))


def approved_entries(
    tx: Connection, plan: Plan, *, since: datetime, until: datetime
) -> tuple[DigestEntry, ...]:
    """Every approved, unlapsed Story that no digest of the plan has had, in order.

    First what an editor has put in order, then the rest, the most important first.
    ``since`` is when the plan was first seen: what was approved before there was such a plan is not its news.
    ``until`` leaves out what was approved later. Call lapse.lapse_moved before it, in the same transaction.
    """
    found = [one for one in approvals.unassigned(tx, plan.key, since) if one.at <= until]
    acts = reviews.last_acts(tx, [one.story_id for one in found])
    held = [one for one in found if acts.get(one.story_id) is Act.APPROVE]
    place = digest_orders.positions(tx, plan.key)
    held.sort(key=lambda one: (place.get(one.story_id, len(place)), -one.item.importance, one.id))
    return tuple(DigestEntry(one.story_id, one.revision, one.id, one.item) for one in held)


def bare_entries(
    tx: Connection, plan: Plan, *, since: datetime, taken: Iterable[int]
) -> tuple[DigestEntry, ...]:
    """With ``unreviewed: link``: Stories of since then about SEND that nobody has dealt with, as bare links.

    ``taken`` are Stories that the digest holds already.
    """
    if plan.unreviewed is not Unreviewed.LINK:
        return ()
    gone, out = digests.assigned(tx, plan.key), set(taken)
    found = []
    for one in reviews.standings(tx, since=since):
        story = one.story
        fresh = one.standing is Standing.WAITING or (one.standing is Standing.APPROVED and one.newer)
        if not fresh or one.drafted_at < since or story.id in out or (story.id, story.drafted) in gone:
            continue
        link = _bare(tx, story)
        if link is not None:
            found.append(DigestEntry(story.id, story.drafted, 0, bare=link))
    return tuple(found)


def entries_for(
    tx: Connection, plan: Plan, *, since: datetime, previous: Digest | None, now: datetime
) -> tuple[DigestEntry, ...]:
    """All that the plan's digest holds if it is made now, in order."""
    approved = approved_entries(tx, plan, since=since, until=now)
    after = max(since, previous.made_at) if previous else since
    return approved + bare_entries(tx, plan, since=after, taken=[one.story_id for one in approved])


def closing_soon(
    tx: Connection, plan: str, entries: Sequence[DigestEntry], day: date, *, until: datetime
) -> tuple[Closing, ...]:
    """Deadlines of the next 28 days: of these entries and of the plan's earlier digests, soonest first.

    Named as they are approved now: what has lapsed since is not named, its date may be another by now.
    ``until`` is when the digest was made: what was approved later is for a later one, also on its web page.
    """
    stories = digests.earlier_stories(tx, plan, day - NAMED_UP_TO, day) | {one.story_id for one in entries}
    acts = reviews.last_acts(tx, stories)
    found: dict[tuple[str, date], Closing] = {}
    for one in approvals.holding(tx, stories):
        item = one.item
        held = acts.get(one.story_id) is Act.APPROVE and one.at <= until
        for deadline in item.deadlines if held else ():
            if day <= deadline.day <= day + CLOSING_WITHIN:
                line = Closing(deadline, item.title, item.link, item.topics, item.nations, item.phases)
                found.setdefault((item.link, deadline.day), line)
    return tuple(sorted(found.values(), key=lambda one: (one.deadline.day, one.title)))


def left_out(tx: Connection, entries: Sequence[DigestEntry], *, since: datetime) -> list[StoryStanding]:
    """Stories that are not in ``entries`` and that somebody may miss: drafted since then, or lapsed since."""
    held = {(one.story_id, one.revision) for one in entries}
    found = []
    for one in reviews.standings(tx, since=since):
        lapsed = one.standing is Standing.LAPSED and one.approval and one.approval.lapsed_at
        recent = one.drafted_at >= since or bool(lapsed and lapsed >= since)
        waits = one.standing is not Standing.APPROVED or one.newer
        if recent and waits and (one.story.id, one.story.drafted) not in held:
            found.append(one)
    return found


def _bare(tx: Connection, story: StoryRow) -> BareLink | None:
    lines = [line for line in changes.of_story(tx, story.id) if not line.is_copy]
    mains = [line for line in lines if line.change.document_id == story.main_document_id] or lines
    if not mains or mains[-1].change.relevance.verdict is Verdict.NOT:
        return None
    line = mains[-1]
    if documents.get(tx, line.change.document_id).state is DocumentState.GONE:
        return None  # the link would lead nowhere
    try:
        record = versions.get(tx, line.change.to_version).record
    except ROTTEN:
        return None
    kind = kind_of(record, (), holds_letter=False)
    relevance = line.change.relevance
    topics = topics_of(kind, record, record.title, changes=(line.change.kind,))
    return BareLink(
        title=record.title,
        publisher=publisher_of(record),
        link=record.url,
        topics=topics,
        nations=frozenset(relevance.nations),
        phases=frozenset(relevance.phases),
    )
