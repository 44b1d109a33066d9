"""What the team is told about its digest: proofs, lapsed approvals, quiet weeks. Pure: words in, mail out.

Says each time what happens next and what can be done about it. Never goes to a subscriber.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.compose_digest import environment, wrapped
from alerts.digest_page import DigestPage
from alerts.slots import PROOF, archive_link, leave_link, preferences_link
from alerts.templating import inlined
from alerts.wording import day_and_time
from pipeline.model.digests import Approval
from pipeline.model.mails import Mail
from pipeline.steps.lapse import Moved
from pipeline.text.words.dates import LONDON

MOST_DETAILS = 6


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A line of a list, with where it leads and what to type; all but the title may be empty."""

    title: str
    words: str = ""
    link: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A stretch of a note under a heading of its own, or under none."""

    title: str = ""
    words: tuple[str, ...] = ()
    items: tuple[NoteItem, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A mail to the team."""

    subject: str
    heading: str
    blocks: tuple[NoteBlock, ...]

    @property
    def preview(self) -> str:
        """Its first words, for the list of mails."""
        return next((words for block in self.blocks for words in block.words), "")[:120]


def compose_note(note: Note, page: DigestPage | None = None, plan: str = "") -> Mail:
    """The mail of a note; with ``page`` followed by the digest exactly as subscribers will read it."""
    values: dict[str, object] = {"note": note, "page": page}
    if page is not None:
        site = page.frame.site
        values |= {"frame": page.frame, "web": archive_link(site, plan, page.day.isoformat())}
        values |= {"leave": leave_link(site, PROOF), "preferences": preferences_link(site, PROOF)}
    text = wrapped(environment().get_template("email/digest/note.txt").render(values))
    html = environment().get_template("email/digest/note.html").render(values)
    return Mail(" ".join(note.subject.split())[:150], text, inlined(html, keep_rules=False))


def lapsed_note(approval: Approval, moved: Sequence[Moved]) -> Note:
    """An approval holds no more: what moved, and what to do."""
    title, story = approval.item.title, approval.story_id
    first = (
        f"{approval.by} approved this on {day_and_time(approval.at)}. Since then a page that it rests on has "
        "changed, so the approval holds no more. It will not go into any digest until somebody has looked at "
        "it again."
    )
    then = (
        "A new draft comes by itself within minutes when the change is news: read it and approve that. When "
        "the draft is still right for the page as it is now:"
    )
    items = tuple(
        NoteItem(one.title, f"It {one.happened}. {' '.join(one.details[:MOST_DETAILS])}".strip(), one.url)
        for one in moved
    )
    looks = tuple(
        f"sendwatch compare {one.url}@{_moment(approval.at)} {one.url}@{_moment(one.seen_at)}"
        for one in moved
    ) or (f"sendwatch history {approval.item.link}",)
    return Note(
        f"[Held back] {title}: the page has changed since it was approved",
        f"Held back: {title}",
        (
            NoteBlock(words=(first,)),
            NoteBlock("What changed", words=() if items else (approval.lapsed_because,), items=items),
            NoteBlock("To see it word by word", commands=looks),
            NoteBlock(
                "What to do",
                words=(then,),
                commands=(
                    f"sendwatch stories show {story}",
                    f"sendwatch stories approve {story} --by NAME --as-it-is-now",
                ),
            ),
            _approved_words(approval),
        ),
    )


def back_note(approval: Approval) -> Note:
    """The page says again exactly what was approved."""
    words = (
        "The page had changed after the approval, which was held back. It says again the very words "
        f"that {approval.by} approved. Nothing goes out by itself: approve it again if it should."
    )
    commands = (f"sendwatch stories approve {approval.story_id} --by NAME --as-it-is-now",)
    return Note(
        f"[Back again] {approval.item.title}: the page says again what was approved",
        f"Back again: {approval.item.title}",
        (NoteBlock(words=(words,), commands=commands), _approved_words(approval)),
    )


def quiet_note(plan_title: str, day: str, waiting: int, *, line: bool) -> Note:
    """There was nothing to send this time; ``line``: subscribers get one line that says so."""
    words = "Subscribers get one line that says so." if line else "Nothing is sent to subscribers."
    blocks = [NoteBlock(words=(f"No approved item is new since the last digest. {words}",))]
    if waiting:
        noun = "Story waits" if waiting == 1 else "Stories wait"
        more = f"{waiting} {noun} for a decision. What is approved now goes into the next one."
        blocks.append(NoteBlock(words=(more,), commands=("sendwatch stories list --waiting",)))
    subject = f"[Quiet] {plan_title}: nothing to send on {day}"
    return Note(subject, f"Nothing to send on {day}", tuple(blocks))


def stopped_note(plan: str, plan_title: str, day: str, by: str) -> Note:
    """The hour has come, and an editor has stopped the digest."""
    words = (
        f"{by} has stopped this digest, so nothing was put together at its hour. Its items are safe: they go "
        "into it as soon as it is released, or into the next one."
    )
    block = NoteBlock(words=(words,), commands=(f"sendwatch digest release {plan}",))
    return Note(f"[Stopped] {plan_title}: {day}", f"The digest of {day} is stopped", (block,))


def _moment(when: datetime) -> str:
    """A moment as `compare` takes it, in London time."""
    return f"{when.astimezone(LONDON):%Y-%m-%dT%H:%M:%S}"


def _approved_words(approval: Approval) -> NoteBlock:
    words = (approval.item.title, *approval.item.text.split("\n\n"))
    return NoteBlock("The words that were approved", words=words)
