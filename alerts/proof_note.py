"""The proof: what the team sees the day before. Pure: what is in, what waits, what is left out, the digest.

The digest below the note is composed by the same templates from the same entries as the mail itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.digest_page import DAYS, DigestPage
from alerts.team_notes import Note, NoteBlock, NoteItem
from pipeline.model.digests import DigestEntry
from pipeline.model.plans import Plan, Unreviewed
from pipeline.model.reviews import Standing
from pipeline.store.reviews import StoryStanding
from pipeline.text.words.dates import at_time

MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof is made of. ``approvers`` is who approved, by approval id; ``stopped_by`` an editor."""

    plan: Plan
    due: datetime  # aware UTC
    page: DigestPage
    entries: Sequence[DigestEntry]
    approvers: dict[int, str]
    left_out: Sequence[StoryStanding]
    links: dict[int, str]  # address of the main document by Story
    now: datetime
    stopped_by: str = ""


def proof_note(proof: Proof) -> Note:
    """The words above the digest in its proof."""
    plan, page = proof.plan, proof.page
    waiting = [one for one in proof.left_out if _waits(one)]
    others = [one for one in proof.left_out if not _waits(one)]
    day = f"{DAYS[page.day.weekday()]} {page.day.day} {page.day:%B}"
    count = len(proof.entries)
    noun = "item" if count == 1 else "items"
    subject = f"[Proof] {day}: {count} {noun}"
    subject += f", {len(waiting)} waiting" if waiting else ""
    subject += f" ({plan.title})"
    return Note(
        subject,
        f"Proof for {day}",
        tuple(block for block in _blocks(proof, waiting, others) if block is not None),
    )


def _blocks(
    proof: Proof, waiting: Sequence[StoryStanding], others: Sequence[StoryStanding]
) -> list[NoteBlock | None]:
    plan = proof.plan
    hour = at_time(proof.due)
    if proof.stopped_by:
        first = f"{proof.stopped_by} has stopped this digest: it is not sent until it is released."
        commands = (f"sendwatch digest release {plan.key}",)
    else:
        first = (
            f"“{plan.title}” is put together at {hour} and then sent. What is approved before then is in "
            "it. To stop it:"
        )
        commands = (f"sendwatch digest hold {plan.key} --by NAME",)
    opening = (
        "The opening line is set: it stands at the top of the digest below."
        if proof.page.opening
        else "There is no opening line. You can write one:"
    )
    write = () if proof.page.opening else (f'sendwatch digest opening {plan.key} "Your words" --by NAME',)
    left = (
        "They appear under their own titles as links, nothing more."
        if plan.unreviewed is Unreviewed.LINK
        else "They are left out unless somebody approves them."
    )
    return [
        NoteBlock(words=(first,), commands=commands),
        NoteBlock(
            "What is in it",
            words=() if proof.entries else ("Nothing so far.",),
            items=tuple(_entry(proof, one) for one in proof.entries),
        ),
        NoteBlock(
            "What waits for a decision",
            words=(left,),
            items=tuple(_standing(proof, one) for one in waiting[:MOST_LISTED]) + _more(len(waiting)),
        )
        if waiting
        else None,
        NoteBlock(
            "What is left out, and why",
            items=tuple(_standing(proof, one) for one in others[:MOST_LISTED]) + _more(len(others)),
        )
        if others
        else None,
        NoteBlock("Opening line", words=(opening,), commands=write),
    ]


def _entry(proof: Proof, one: DigestEntry) -> NoteItem:
    if one.item is None:
        bare = one.bare
        assert bare is not None
        return NoteItem(bare.title, f"Story {one.story_id}: a bare link, nobody has looked at it")
    item = one.item
    words = len(item.text.split())
    days = [f"deadline {deadline.day.day} {deadline.day:%B %Y}" for deadline in item.deadlines]
    said = ", ".join([f"{words} words", *days])
    by = proof.approvers.get(one.approval_id, "")
    return NoteItem(item.title, f"Story {one.story_id}, approved by {by}: {said}")


def _standing(proof: Proof, one: StoryStanding) -> NoteItem:
    story = one.story
    age = max(0, (proof.now - one.drafted_at).days)
    old = "drafted today" if not age else f"drafted {age} day{'s' if age > 1 else ''} ago"
    why = {
        Standing.WAITING: "nobody has decided",
        Standing.APPROVED: "approved, and there is a newer draft that nobody has decided on",
        Standing.LAPSED: "approved, but the page has changed since",
        Standing.HELD: f"held back by {one.review.by if one.review else 'an editor'}",
        Standing.REJECTED: f"rejected by {one.review.by if one.review else 'an editor'}",
    }[one.standing]
    reason = f": {one.review.why}" if one.review and one.review.why else ""
    command = f"sendwatch stories approve {story.id} --revision {story.drafted} --by NAME"
    if one.standing is Standing.LAPSED and not one.newer:
        command = f"sendwatch stories show {story.id}"
    decided = one.standing in (Standing.HELD, Standing.REJECTED) and not one.newer
    return NoteItem(
        story.title,
        f"Story {story.id}, {old}; {why}{reason}",
        proof.links.get(story.id, ""),
        "" if decided else command,
    )


def _waits(one: StoryStanding) -> bool:
    return one.standing is Standing.WAITING or (one.standing is Standing.APPROVED and one.newer)


def _more(count: int) -> tuple[NoteItem, ...]:
    rest = count - MOST_LISTED
    return (NoteItem(f"and {rest} more", command="sendwatch stories list"),) if rest > 0 else ()
