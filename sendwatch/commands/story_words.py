"""What ``stories`` prints of a Story's standing and of an approval, in words."""

from pipeline.model.reviews import Standing
from pipeline.steps.review import Approving, Outcome
from pipeline.store.reviews import StoryStanding
from pipeline.text.words.dates import LONDON, on_day


def story_line(one: StoryStanding, url: str) -> str:
    """A Story in one line: number, day of its newest draft, how it stands, title, address, who said so."""
    how = one.standing.value
    if one.newer:
        how += " (newer draft)"
    who = f"by {one.review.by}" if one.review and one.standing is not Standing.WAITING else ""
    day = f"{one.drafted_at.astimezone(LONDON):%Y-%m-%d}"
    cells = [f"{one.story.id:5}", day, f"{how:10}", one.story.title, url, who]
    return "  ".join(cell for cell in cells if cell)


def approved_words(done: Approving) -> str:
    """What was approved, and what to mind about it."""
    kept = done.approval
    assert kept is not None
    item = kept.item
    lines = [
        f"Approved by {kept.by}: {item.title}",
        f"  {len(item.text.split())} words; {', '.join(sorted(item.topics))}",
        *(f"  deadline {one.day.day} {one.day:%B %Y}: {one.what}" for one in item.deadlines),
        *(f"  mind: {one}" for one in done.warnings),
    ]
    return "\n".join(lines)


def refused_words(number: int, done: Approving, revision: int | None, newest: int | None) -> str:
    """Why nothing was approved, and what to do. ``revision`` is the one that was asked for, if any."""
    if done.outcome is Outcome.NO_STORY:
        return f"there is no Story {number}: sendwatch stories list"
    if done.outcome is Outcome.NO_DRAFT:
        return (
            f"Story {number} has no draft to approve; give your own words: "
            f"sendwatch stories approve {number} --title TITLE --text FILE"
        )
    if done.outcome is Outcome.NEWER and revision is not None and revision > (newest or 0):
        return (
            f"Story {number} has no draft {revision}; its newest is {newest}: sendwatch stories show {number}"
        )
    if done.outcome is Outcome.NEWER:
        return f"Story {number} has a newer draft than the one you read: sendwatch stories show {number}"
    if done.outcome is Outcome.MERGED:
        return f"Story {number} has gone into another one: sendwatch stories show {number}"
    if done.outcome is Outcome.EDITED:
        return f"Somebody has saved another text of Story {number} meanwhile: read it on the desk, then again"
    moved = "\n".join(f"  “{one.title}” {one.happened} on {on_day(one.seen_at)}" for one in done.moved)
    return (
        f"Nothing was approved: since the draft of Story {number} was made, the page has changed.\n{moved}\n"
        f"Read the page, then: sendwatch stories approve {number} --as-it-is-now"
    )
