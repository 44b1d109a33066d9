"""Hold two states of a Document side by side and say what happened. Pure.

The event table is that of the sources' contract, section 2.5. Dates are compared with != and never with >,
since publishers move them back; no date alone is a change.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import DocumentState, Part, PartKind, Record, Version
from pipeline.model.redlines import Noticed, Redline
from pipeline.text.compare import compare_blocks
from pipeline.text.fingerprint import fingerprint, text_fingerprint
from pipeline.text.normalise import for_comparison
from pipeline.text.noticing_files import FileChanges, file_changes
from pipeline.text.significance import Judged, judge_significance

LONDON = ZoneInfo("Europe/London")


def notice(old: Version, record: Record, parts: Sequence[Part]) -> Noticed | None:
    """Return what happened between ``old`` and a newer look, or None when nothing did.

    ``kind`` is the headline; ``details`` tell all the rest in plain sentences.
    """
    if fingerprint(old.record, old.parts) == fingerprint(record, parts):
        return None
    state = _state_change(old.record, record)
    if state is not None:
        return state
    files = file_changes(old.parts, parts)
    new_blocks = tuple(block for part in parts for block in part.blocks)
    redline = compare_blocks(old.blocks, new_blocks)
    judged = judge_significance(redline)
    note = _new_note(old.record, record)
    facts = _facts(old.record, record)
    text_moved = text_fingerprint(old.blocks) != text_fingerprint(new_blocks)
    details = [
        *([f"The publisher's note says: “{note}”"] if note else []),
        *facts,
        *files.details,
        *_child_details(old.parts, parts),
        *judged.why,
        *_date_details(old.record, record),
    ]
    if not (facts or files.details or text_moved or note):
        return _only_around(old.record, record, tuple(details))
    told = not note and old.record.public_updated == record.public_updated
    if told and (files.details or text_moved or facts):
        details.append("The publisher gave no note, and the public date did not move.")
    kind = _kind(note, old.record, record, files)
    significance = _significance(judged, files, facts, note, text_moved=text_moved)
    return Noticed(kind, tuple(dict.fromkeys(details)), significance, note, redline)


def _state_change(old: Record, new: Record) -> Noticed | None:
    if old.state is new.state and old.url == new.url:
        return None
    big, because = (
        Significance.SUBSTANTIVE,
        [f"The publisher says: “{new.state_note}”"] if new.state_note else [],
    )
    if new.state is DocumentState.GONE:
        if old.state is DocumentState.GONE:
            return None
        to = [f"It points readers to {new.moved_to}"] if new.moved_to else []
        return Noticed(ChangeKind.GONE, ("The page was removed.", *because, *to), big)
    if new.state is DocumentState.MOVED:
        return Noticed(ChangeKind.MOVED, (f"The page now leads to {new.moved_to}",), big)
    if new.state is DocumentState.WITHDRAWN and old.state is not DocumentState.WITHDRAWN:
        return Noticed(ChangeKind.WITHDRAWN, ("The page was withdrawn.", *because), big)
    if old.state is not new.state:
        return Noticed(ChangeKind.RESTORED, (f"The page was {old.state.value} and is there again.",), big)
    return Noticed(
        ChangeKind.MOVED, (f"The page has a new address: {new.url}", f"It was {old.url}"), Significance.MINOR
    )


def _only_around(old: Record, new: Record, details: tuple[str, ...]) -> Noticed:
    """Neither text, nor files, nor facts moved: change notes, tags or the like did."""
    notes_old, notes_new = [n.note for n in old.change_notes], [n.note for n in new.change_notes]
    if notes_old != notes_new:
        gone = [n for n in notes_old if n not in notes_new]
        words = [f"A change note was taken away: “{n}”" for n in gone] or ["A change note was edited."]
        return Noticed(ChangeKind.NOTE_EDITED, (*words, *details), Significance.COSMETIC)
    words = ["Only the page's tags or links changed."]
    return Noticed(ChangeKind.RELABELLED, (*words, *details), Significance.COSMETIC)


def _new_note(old: Record, new: Record) -> str:
    """The publisher's own words for this step: the newest note that was not there before."""
    known = {(n.when, for_comparison(n.note)) for n in old.change_notes}
    whens = {n.when for n in old.change_notes}
    fresh = [
        n for n in new.change_notes if (n.when, for_comparison(n.note)) not in known and n.when not in whens
    ]
    return fresh[0].note if fresh else ""


def _facts(old: Record, new: Record) -> list[str]:
    told = []
    if for_comparison(old.title) != for_comparison(new.title):
        told.append(f"The title was “{old.title}” and is now “{new.title}”.")
    if for_comparison(old.description) != for_comparison(new.description):
        told.append("The summary at the top of the page was rewritten.")
    if old.document_type != new.document_type:
        told.append(f"The page was a {_words(old.document_type)} and is now a {_words(new.document_type)}.")
    before, after = dict(old.facts), dict(new.facts)
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            told.append(f"{_words(name).capitalize()}: was {_value(was)}, is now {_value(now)}.")
    if old.state_note != new.state_note:
        told.append(f"The notice on the page now says: “{new.state_note}”")
    return told


def _child_details(old: Sequence[Part], new: Sequence[Part]) -> list[str]:
    before = {p.key: p for p in old if p.kind is PartKind.CHILD}
    after = {p.key: p for p in new if p.kind is PartKind.CHILD}
    told = []
    for key, part in after.items():
        if key not in before:
            told.append(f"An HTML document was added: “{part.title}”.")
        elif text_fingerprint(before[key].blocks) != text_fingerprint(part.blocks):
            told.append(f"The text of the HTML document “{part.title}” changed.")
    told += [
        f"An HTML document was taken away: “{p.title}”." for key, p in before.items() if key not in after
    ]
    return told


def _date_details(old: Record, new: Record) -> list[str]:
    was, now = old.public_updated, new.public_updated
    if was is None or now is None or was == now:
        return []
    back = "went back" if now < was else "moved"
    return [f"The public date {back} from {_date(was)} to {_date(now)}."]


def _kind(note: str, old: Record, new: Record, files: FileChanges) -> ChangeKind:
    if note:
        return ChangeKind.UPDATED
    if files.replaced:
        return ChangeKind.ATTACHMENT_REPLACED
    if files.added:
        return ChangeKind.ATTACHMENT_ADDED
    if files.removed:
        return ChangeKind.ATTACHMENT_REMOVED
    moved_on = old.public_updated is not None and new.public_updated != old.public_updated
    return ChangeKind.UPDATED if moved_on else ChangeKind.QUIETLY_UPDATED


def _significance(
    judged: Judged, files: FileChanges, facts: Sequence[str], note: str, *, text_moved: bool
) -> Significance:
    if note or facts or files.weighty:
        return Significance.SUBSTANTIVE
    return judged.significance if text_moved else Significance.COSMETIC


def _words(name: str) -> str:
    return name.replace("_", " ") or "page"


def _value(value: str) -> str:
    if not value:
        return "not given"
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return _date(moment) if moment.tzinfo else value


def _date(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}"


def without_redline(noticed: Noticed) -> Noticed:
    """The same without its redline, which is made again from the Versions when it is needed."""
    return replace(noticed, redline=None)


def has_edits(redline: Redline) -> bool:
    """True when a redline shows anything."""
    return bool(redline.edits)
