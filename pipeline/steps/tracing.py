"""Say at which stage a page was lost on its way to people, or how far it got. Changes nothing."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from pipeline.model.changes import Change, ChangeKind, Verdict
from pipeline.model.documents import Entry
from pipeline.model.problems import of_story
from pipeline.model.traces import Site, Stage, Step, Trace
from pipeline.steps.pages import Here, Meant, meant, watching
from pipeline.store import changes, runs, stories, told
from pipeline.store.changes import Fate, LedgerLine
from pipeline.store.database import Database
from pipeline.store.documents import DocumentRow
from pipeline.text.words.dates import at_time, on_day

Ending = tuple[Stage, str]


def trace(
    db: Database, pasted: str, *, sites: Sequence[Site], here: Here, score: Callable[[Entry], float]
) -> Trace:
    """Follow the page at an address as it was pasted. ``score`` is what the title alone weighs."""
    with db.begin() as tx:
        found = meant(tx, pasted, here)
        lines = changes.of_document(tx, found.row.id) if found.row else []
        if not found.url:
            stage, words = Stage.NOT_A_PAGE, "That is no web address."
            return Trace(pasted, "", stage, words, ())
        steps = _listed(found)
        if found.row is None or not lines:
            stage, words = _unseen(found, watching(found.url, sites), score)
            can = bool(watching(found.url, sites))
            return Trace(pasted, found.url, stage, words, tuple(steps), can_make=can)
        steps += [_step(line) for line in lines]
        line = lines[-1]
        stage, words = _ended(tx, line, found.row)
        if line.story_id is not None:
            steps += _afterwards(tx, line.story_id)
        earlier = [one for one in lines[:-1] if one.story_id is not None and one.story_id != line.story_id]
        if earlier:
            words += f" An earlier change of it was told: Story {earlier[-1].story_id}."
    open_ends = (Stage.TOLD, Stage.MAIL_OWED, Stage.NO_DRAFT, Stage.NO_MAIL, Stage.WAITING)
    can = stage not in open_ends or line.is_copy
    return Trace(
        pasted,
        found.url,
        stage,
        f"{_where(found)}{words}",
        tuple(steps),
        found.row.title,
        found.row.id,
        line.story_id,
        can,
    )


def _listed(found: Meant) -> list[Step]:
    return [Step(one.first_seen, f"listed by {one.source}: “{one.title}”") for one in found.lists]


def _where(found: Meant) -> str:
    row = found.row
    if row is None or found.what == "page":
        return ""
    said = {"file": "It is a file of", "child": "It is a part of", "moved": "It is where this page moved to:"}
    return f"{said[found.what]} {row.url}. "


def _unseen(found: Meant, sites: Sequence[Site], score: Callable[[Entry], float]) -> Ending:
    host = found.url.partition("://")[2].partition("/")[0]
    if not found.lists:
        if not sites:
            return Stage.NOT_WATCHED, f"No source watches {host}, and no page that is known leads there."
        names = ", ".join(site.title for site in sites)
        return Stage.NEVER_LISTED, f"No source has ever listed it. These watch {host}: {names}."
    failed = [one for one in found.lists if one.trouble and one.retry_at]
    if failed:
        again = at_time(failed[0].retry_at) if failed[0].retry_at else "soon"
        words = (
            f"It was listed, and the look at it failed: {failed[0].trouble}. It is tried again at {again}."
        )
        return Stage.LOOK_FAILED, words
    if any(one.wanted_by for one in found.lists):
        return Stage.NOT_YET_LOOKED, "An editor asked for it; it is looked at when its source is read next."
    if not any(one.matters for one in found.lists):
        one = found.lists[0]
        weight = score(Entry(one.url, one.title, document_type=one.document_type))
        words = (
            f"It was listed, and its title did not look like SEND (score {weight:.1f}): it was never read."
        )
        return Stage.PASSED_OVER, words
    since = on_day(found.lists[0].first_seen)
    return Stage.NOT_YET_LOOKED, f"It is listed since {since} and was not looked at yet."


def _step(line: LedgerLine) -> Step:
    change = line.change
    kind = {ChangeKind.BASELINE: "there when the watch began", ChangeKind.NEW: "seen for the first time"}
    said = kind.get(change.kind, change.kind.value.replace("_", " "))
    judged = f"{change.significance.value}, judged {change.relevance.verdict.value}"
    return Step(change.seen_at, f"{said}: {judged} (score {change.relevance.score:.1f}), {line.fate.value}")


def _ended(tx: Connection, line: LedgerLine, row: DocumentRow) -> Ending:
    change = line.change
    since = f"No change was seen since {on_day(change.seen_at)}; last looked at {at_time(row.last_seen)}."
    if line.fate is Fate.HELD:
        until = at_time(line.held_until) if line.held_until else "it is looked at again"
        return (
            Stage.HELD,
            f"Its change of {at_time(change.seen_at)} must last before it is told: until {until}.",
        )
    if line.fate is Fate.LAPSED:
        return (
            Stage.UNDONE,
            f"Its change of {on_day(change.seen_at)} was taken back, or went into a later one.",
        )
    if line.fate is Fate.OWED:
        return Stage.WAITING, "It is to be told, and gets its Story in the next cycle."
    if line.fate is Fate.TOLD and line.story_id is not None:
        return _told(tx, line, line.story_id)
    if change.relevance.verdict is Verdict.NOT:
        return Stage.NOT_RELEVANT, f"It was judged not relevant{_evidence(change)}. {since}"
    if change.kind is ChangeKind.BASELINE:
        return Stage.KNOWN_BEFORE, f"It was there when the watch began: that is no news. {since}"
    what = f"{change.significance.value}, {change.kind.value.replace('_', ' ')}"
    return Stage.TOO_SLIGHT, f"Its last change is recorded and not mailed ({what}). {since}"


def _evidence(change: Change) -> str:
    reasons = "; ".join(f"“{one.term}” in {one.where}" for one in change.relevance.evidence[:3])
    return f" (score {change.relevance.score:.1f}{f': {reasons}' if reasons else ''})"


def _told(tx: Connection, line: LedgerLine, story_id: int) -> Ending:
    story = stories.get(tx, story_id)
    named = f"Story {story.id}, “{story.title}”"
    if line.is_copy:
        return Stage.TOLD, f"It says what {named} says already, so no mail of its own was sent."
    if story.edit:
        others = len(changes.of_story(tx, story.id)) - 1
        named = f"Story {story.id} (the same edit on {others} more pages)"
    if story.drafted < line.told_in:
        wrong = [p.words for p in runs.standing_problems(tx) if p.source == of_story(story.id)]
        because = f": {wrong[0]}" if wrong else "; it is made in the next cycle"
        return Stage.NO_DRAFT, f"{named} is open and has no draft{because}."
    if story.alerted < line.told_in:
        return Stage.NO_MAIL, f"{named} is drafted and no mail was made: is anybody on the team list?"
    mails = (told.mailed(tx, f"story:{story.id}:{n}") for n in range(line.told_in, story.alerted + 1))
    mail = next((one for one in mails if one is not None), None)
    if mail is None:
        return Stage.NO_MAIL, f"{named} is marked as told, and no mail of it is known."
    if mail.sent and mail.first_sent:
        failed = f" {mail.failed} could not be delivered: {mail.error}." if mail.failed else ""
        people = f"{mail.sent} address{'es' if mail.sent > 1 else ''}"
        return Stage.TOLD, f"{named} was told at {at_time(mail.first_sent)} to {people}.{failed}"
    if mail.owed:
        why = f": {mail.error}" if mail.error else ""
        return Stage.MAIL_OWED, f"The mail of {named} is owed since {at_time(mail.made_at)}{why}."
    return Stage.MAIL_FAILED, f"The mail of {named} could not be delivered: {mail.error}."


def _afterwards(tx: Connection, story_id: int) -> list[Step]:
    steps = [Step(stories.get(tx, story_id).opened_at, f"Story {story_id} opened")]
    approval = told.approved(tx, story_id)
    if approval is not None:
        steps.append(Step(approval.at, f"approved by {approval.by}"))
        if approval.lapsed_at is not None:
            steps.append(Step(approval.lapsed_at, "the approval lapsed: a source changed"))
    for plan, day, state in told.in_digests(tx, story_id):
        steps.append(Step(None, f"in the digest “{plan}” of {day.day} {day:%B %Y} ({state})"))
    return steps
