"""What a mail says of a Story with several documents, or of one that was told before. Pure.

The subject says what joined; the body lists every document with what it is and why it belongs there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts import wording
from pipeline.model.changes import ChangeKind
from pipeline.steps.story_facts import Member, StoryFacts

MOST_NAMED = 2  # kinds of document that a subject names
MOST_DETAILS = 3


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """One document of a Story: what it is, and in plain sentences what is to be said of it."""

    title: str
    url: str
    what: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryTold:
    """``tag``, ``title`` and ``happened`` say it in the place of the one Change, where they are not empty."""

    documents: tuple[StoryDocument, ...] = ()
    tag: str = ""
    title: str = ""
    happened: str = ""


NOTHING_ELSE = StoryTold()


def story_told(facts: StoryFacts) -> StoryTold:
    """Return what the mail about a Story says beyond the Change that it is about."""
    documents = tuple(_document(member, facts) for member in facts.members)
    if facts.others:
        more = f"{facts.news} more page{'s' if facts.news > 1 else ''}"
        return StoryTold(tag=f"Update: {more}" if facts.again else "")
    arrived = [member for member in facts.members if _arrived(member)]
    if facts.again and arrived and facts.line.change.kind is ChangeKind.NEW:
        return StoryTold(
            documents,
            tag=f"Update: {_kinds(arrived)}",
            title=_title(arrived[0].record.title, len(arrived) - 1),
            happened=_joined(arrived, facts),
        )
    rest = len([member for member in facts.members if not member.line.is_copy]) - 1
    if facts.line.change.kind is ChangeKind.NEW and rest > 0:
        return StoryTold(documents, title=_title(facts.record.title, rest))
    return StoryTold(documents)


def _document(member: Member, facts: StoryFacts) -> StoryDocument:
    notes = []
    if member.main:
        notes.append("The draft rests on this one.")
    if member.line.joined:
        notes.append(f"It belongs here: {member.line.joined}.")
    if facts.again and _arrived(member):
        notes.append("It is new since the last mail.")
    for line in member.news:
        if line.change.kind is not ChangeKind.NEW and line.change.id != facts.line.change.id:
            notes.append(wording.happened(line.change.kind, member.record))
            notes += line.change.details[:MOST_DETAILS]
    url = member.record.url
    return StoryDocument(member.record.title, url, wording.type_of(member.record), tuple(notes))


def _arrived(member: Member) -> bool:
    return any(line.change.kind is ChangeKind.NEW for line in member.news)


def _kinds(members: Sequence[Member]) -> str:
    kinds = list(dict.fromkeys(wording.type_of(member.record) for member in members))
    if len(kinds) > MOST_NAMED or len(kinds) < len(members):
        return f"{len(members)} more documents"
    return " and ".join(kinds)


def _title(title: str, more: int) -> str:
    return f"{title[:110]}, and {more} more document{'s' if more > 1 else ''}" if more > 0 else title


def _joined(arrived: Sequence[Member], facts: StoryFacts) -> str:
    known = [member.line.change.seen_at for member in facts.members if member not in arrived]
    named = "; ".join(f"{wording.type_of(m.record)}, “{m.record.title}”" for m in arrived[:4])
    since = f" An earlier mail told of it on {wording.day(min(known))}." if known else ""
    return f"There is more on this announcement: {named}.{since}"
