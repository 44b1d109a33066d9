"""Hold two states of a Document side by side and say what happened. Pure.

The event table is that of the sources' contract, section 2.5. Dates are compared with !=, since publishers
move them back; no date alone is a change. Never reads a failed fetch as a removal: callers carry the last
good part over, and a part that cannot be read is left out of the comparison.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline.model.blocks import ReadStatus
from pipeline.model.changes import ChangeKind, Findings, Significance, heaviest
from pipeline.model.documents import DocumentState, Part, PartKind, Record, Version
from pipeline.model.facts import Announcement, ThreeWay
from pipeline.model.redlines import Noticed, Redline
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.noticing.blocks import blocks_to_compare, only_parts
from pipeline.text.noticing.facts import (
    date_details,
    fact_findings,
    heading_facts,
    label_details,
    stage_findings,
    stage_kind,
)
from pipeline.text.noticing.files import PartPair, PartStep, paired_parts, part_steps
from pipeline.text.noticing.fingerprint import fingerprint, text_fingerprint
from pipeline.text.noticing.kinds import kinds_of, mark_of
from pipeline.text.noticing.notes import NoteSteps, note_steps
from pipeline.text.noticing.state import StateStep, state_step
from pipeline.text.weighing.significance import Judged, judge_significance
from pipeline.text.weighing.verdict import three_way
from pipeline.text.weighing.weighing import Finding
from pipeline.text.words.normalise import for_comparison

MOST_REASONS = 8
SETTLED = timedelta(days=1)  # a page that has been public for longer has shown its text to someone
_KINDS = (ChangeKind.ATTACHMENT_REPLACED, ChangeKind.ATTACHMENT_ADDED, ChangeKind.ATTACHMENT_REMOVED)


def notice(old: Version, new_record: Record, new_parts: Sequence[Part]) -> Noticed | None:
    """Return what happened between ``old`` and a newer look, or None when nothing did.

    ``kind`` is the headline, by what an editor must know first: the page is gone, moved, withdrawn or back;
    the publisher announced a change; the text changed without a note; a file did. ``details`` tell all the
    rest in plain sentences, the most important first.
    """
    if fingerprint(old.record, old.parts) == fingerprint(new_record, new_parts):
        return None
    state = state_step(old.record, new_record)
    if new_record.state in (DocumentState.GONE, DocumentState.MOVED):
        return Noticed(state.kind, state.details, state.significance) if state else None
    if state and not old.parts:  # nothing is known of the text before
        return Noticed(state.kind, state.details, state.significance)
    seen = _Seen.of(old, new_record, new_parts)
    kind, significance = seen.verdict()
    if state:
        kind, significance = state.kind, heaviest(state.significance, significance)
    elif significance is not Significance.TYPOGRAPHICAL and (stage := stage_kind(old.record, new_record)):
        kind = stage
    found = seen.findings(kind, old.record, new_record)
    details = seen.details(state, found.verdict)
    return Noticed(kind, details, significance, seen.notes.new, seen.redline, found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Everything that was found to differ, before it is put into an order."""

    notes: NoteSteps
    facts: Sequence[Finding]
    stage: bool
    steps: Sequence[PartStep]
    own: Judged  # the words of the page and its HTML children
    filed: Judged  # the words of files that lived on
    redline: Redline
    kept: Redline  # without parts that came or went: these are told as such
    dates: Sequence[str]
    labels: Sequence[str]
    layout: bool  # the words are set otherwise, and say the same
    late: bool  # the text only reached us late
    only_titled: bool  # nothing but the title is new
    child: bool  # the text of an HTML child changed
    has_files: bool  # before or now
    announced: bool  # a note, a consultation's new stage, or a public date that moved on

    @classmethod
    def of(cls, old: Version, record: Record, parts: Sequence[Part]) -> "_Seen":
        """Compare all there is to compare."""
        pairs, came, went = paired_parts(old.parts, parts)
        notes = note_steps(old.record, record)
        stage = bool(stage_findings(old.record, record))
        went_on = not _went_back(old.record, record) and old.record.public_updated != record.public_updated
        redline = compare_blocks(*blocks_to_compare(parts, pairs, went))
        files, own = _keys((now for _, now in pairs), file=True), _keys((now for _, now in pairs), file=False)
        heirs = _keys(came, file=True), _keys(came, file=False)
        return cls(
            notes=notes,
            facts=fact_findings(old.record, record),
            stage=stage,
            steps=part_steps(pairs, came, went, quiet=not notes.new and not went_on),
            own=judge_significance(only_parts(redline, own, heirs[1])),
            filed=judge_significance(only_parts(redline, files, heirs[0])),
            redline=redline,
            kept=only_parts(redline, own | files, heirs[0] | heirs[1]),
            dates=date_details(old.record, record),
            labels=label_details(old.record, record),
            layout=any(_set_as(was) != _set_as(now) for was, now in pairs if now.kind is not PartKind.FILE),
            late=not (notes.moved or came or went) and _reached_us_late(old, record, pairs),
            only_titled=_only_titled(old.record, record) and not (redline.edits or came or went),
            child=any(_said_otherwise(was, now) for was, now in pairs if now.kind is PartKind.CHILD),
            has_files=any(part.kind is PartKind.FILE for part in (*old.parts, *parts)),
            announced=bool(notes.new) or stage or went_on,
        )

    def verdict(self) -> tuple[ChangeKind, Significance]:
        """The headline among the changes of a page that stayed where and what it was."""
        own = [self.own.significance, *(fact.significance for fact in self.facts)]
        filed = [self.filed.significance, *(step.significance for step in self.steps)]
        weight = heaviest(*own, *filed)
        edited = bool(self.redline.edits or self.facts or self.steps)
        if self.notes.new and not edited:
            return ChangeKind.UPDATED, Significance.SUBSTANTIVE  # nothing in the text to judge by
        if self.notes.new:
            return ChangeKind.UPDATED, heaviest(weight, Significance.MINOR)
        if not edited:
            kind = ChangeKind.NOTE_EDITED if self.notes.moved else ChangeKind.RELABELLED
            return kind, Significance.TYPOGRAPHICAL
        if self.late:  # that excuses the page's own text, and nothing else
            titled = [fact.significance for fact in self.facts]
            weight = heaviest(Significance.TYPOGRAPHICAL, *titled, *filed)
            if weight is Significance.TYPOGRAPHICAL:
                return ChangeKind.QUIETLY_UPDATED, weight
        if self.announced:
            return ChangeKind.UPDATED, weight
        if heaviest(*own) is weight and weight is not Significance.TYPOGRAPHICAL:
            return (ChangeKind.TITLE_CHANGED if self.only_titled else ChangeKind.QUIETLY_UPDATED), weight
        weighty = [step.kind for step in self.steps if step.kind and step.significance is weight]
        kinds = weighty or [step.kind for step in self.steps if step.kind]
        return next((kind for kind in _KINDS if kind in kinds), ChangeKind.QUIETLY_UPDATED), weight

    def findings(self, kind: ChangeKind, old: Record, new: Record) -> Findings:
        """Every kind that fits, the facts, and what the three witnesses say."""
        own = () if self.late else self.own.facts  # readers are likely to have had that text all along
        facts = (*heading_facts(old, new), *own, *self.filed.facts)
        kinds = kinds_of(
            kind,
            old,
            new,
            steps=self.steps,
            facts=facts,
            child=self.child,
            note_edited=bool(self.notes.details),
        )
        files = [step.why for step in self.steps if step.kind]
        weighty = [fact for fact in self.facts if fact.significance is Significance.SUBSTANTIVE]
        verdict = three_way(
            self.notes.new,
            self.own,
            self.filed,
            redline=self.kept,
            files=files,
            facts=[fact.why for fact in weighty] if not self.stage else [],
            has_files=self.has_files,
            announced=self.announced,
        )
        return Findings(kinds, facts, verdict, mark_of(self.redline, kinds, facts=bool(self.facts)))

    def details(self, state: StateStep | None, verdict: ThreeWay | None) -> tuple[str, ...]:
        """Plain sentences, most important first."""
        edited = bool(self.redline.edits or self.facts or self.steps)
        weighty = [fact for fact in self.facts if fact.significance is Significance.SUBSTANTIVE]
        told = [*(state.details if state else ())]
        if self.notes.new:
            told.append(f"The publisher's note says: “{self.notes.new}”")
        if verdict and verdict.judgement is Announcement.NOT_COVERED:
            told.append(f"The note does not speak of everything that changed. {verdict.uncovered[0]}")
        if self.late:
            told.append(
                "The text was missing from the earlier copy; readers are likely to have had it all along."
            )
        told += [fact.why for fact in weighty]
        told += [step.why for step in self.steps]
        told += _few(self.own.why + self.filed.why)
        told += [fact.why for fact in self.facts if fact not in weighty]
        if not edited and self.notes.new:
            told.append("No difference was found in the text of the page or of its files.")
        elif not edited and not self.notes.moved and not state:
            told += ["Only the layout changed; the words are the same."] if self.layout else self.labels
        elif edited and not (self.own.why or self.filed.why or self.facts or self.steps):
            told.append("Only marks, spelling or layout changed.")
        told += [*self.notes.details, *self.dates]
        if edited and not self.announced and not self.late and not state:
            told.append(_unannounced(self.dates))
        return tuple(dict.fromkeys(told))


def _keys(parts: Iterable[Part], *, file: bool) -> set[str]:
    return {part.key for part in parts if (part.kind is PartKind.FILE) is file}


def _few(reasons: Sequence[str]) -> list[str]:
    rest = len(reasons) - MOST_REASONS
    if rest <= 1:
        return list(reasons)
    return [*reasons[:MOST_REASONS], f"And {rest} further differences, which the marked-up text shows."]


def _unannounced(dates: Sequence[str]) -> str:
    still = "" if dates else ", and the public date did not move"
    return f"The publisher gave no note{still}."


def _went_back(old: Record, new: Record) -> bool:
    return bool(old.public_updated and new.public_updated and new.public_updated < old.public_updated)


def _reached_us_late(old: Version, record: Record, pairs: Sequence[PartPair]) -> bool:
    """A page long public, without a word in the earlier copy: the copy was at fault, not the page."""
    since = old.record.public_updated
    if since is None or since != record.public_updated or old.seen_at - since <= SETTLED:
        return False
    page = [(was, now) for was, now in pairs if now.kind is PartKind.PAGE]
    return bool(page) and all(not was.blocks and now.blocks for was, now in page)


def _only_titled(old: Record, new: Record) -> bool:
    named = for_comparison(old.title) != for_comparison(new.title)
    return named and not fact_findings(replace(old, title=new.title), new)


def _said_otherwise(was: Part, now: Part) -> bool:
    heard = bool(now.blocks) or now.status is ReadStatus.READ
    return heard and text_fingerprint(was.blocks) != text_fingerprint(now.blocks)


def _set_as(part: Part) -> list[tuple[str, int]]:
    return [(block.kind.value, block.level) for block in part.blocks]
