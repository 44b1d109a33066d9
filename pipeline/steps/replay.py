"""Judge the ledger again with other rules: which alerts would be gained, and which lost.

Changes nothing and mails nothing. Each Version is read in a transaction of its own and judged outside any.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.model.changes import Change, Relevance, Verdict
from pipeline.steps.intake import Judge, worth_telling
from pipeline.steps.settling import stronger
from pipeline.store import changes, documents, labels, versions
from pipeline.store.changes import Fate, LedgerLine
from pipeline.store.database import Database
from pipeline.store.labels import Label

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A Change with what was judged of it (in ``line``) and what the other rules say."""

    line: LedgerLine
    now: Relevance

    @property
    def then(self) -> Relevance:
        """What was judged when the Change was seen."""
        return self.line.change.relevance

    @property
    def told_then(self) -> bool:
        """Whether it was worth an alert."""
        return worth_telling(self.line.change)

    @property
    def told_now(self) -> bool:
        """Whether it would be."""
        return worth_telling(replace(self.line.change, relevance=self.now))


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How many of the labels that count are met; ``unread`` have no text that could be judged."""

    judged: int
    right_then: int
    right_now: int
    unread: int
    wrong_now: tuple[tuple[Label, Verdict], ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """All Changes that were judged again, oldest first; ``let_go`` had no text left."""

    rejudged: tuple[Rejudged, ...]
    let_go: int
    labels: LabelScore

    @property
    def gained(self) -> tuple[Rejudged, ...]:
        """Alerts that there would be and were not."""
        return tuple(one for one in self.rejudged if one.told_now and not one.told_then)

    @property
    def lost(self) -> tuple[Rejudged, ...]:
        """Alerts that there were and would not be."""
        return tuple(one for one in self.rejudged if one.told_then and not one.told_now)

    @property
    def other(self) -> tuple[Rejudged, ...]:
        """Another verdict, and an alert either way or neither way."""
        told = [one for one in self.rejudged if one.told_then == one.told_now]
        return tuple(one for one in told if one.then.verdict is not one.now.verdict)


def replay(db: Database, since: datetime, judge: Judge, progress: Progress = lambda _words: None) -> Replay:
    """Judge the Changes seen since then, and every label that counts, with ``judge``."""
    court = _Court(db, judge)
    with db.begin() as tx:
        lines = [line for line in changes.since(tx, since) if line.fate is not Fate.LAPSED]
        counting = labels.counting(labels.every(tx))
    found: list[Rejudged] = []
    for number, line in enumerate(lines, start=1):
        progress(f"{number} of {len(lines)} changes: {line.title}")
        now = court.of_change(line.change)
        if now is not None:
            found.append(Rejudged(line, now))
    progress(f"{len(counting)} labels")
    return Replay(tuple(found), len(lines) - len(found), _score(court, counting))


def _score(court: "_Court", counting: list[Label]) -> LabelScore:
    judged = [(label, now.verdict) for label in counting if (now := court.of_label(label)) is not None]
    wrong = tuple((label, now) for label, now in judged if now is not label.label)
    then = sum(label.agrees for label, _ in judged)
    return LabelScore(len(judged), then, len(judged) - len(wrong), len(counting) - len(judged), wrong)


class _Court:
    """Judges each Version once. None stands for a text that is not there."""

    def __init__(self, db: Database, judge: Judge) -> None:
        self._db = db
        self._judge = judge
        self._known: dict[int, Relevance | None] = {}

    def of_change(self, change: Change) -> Relevance | None:
        """As when it was seen: of the two Versions the one that is more about SEND."""
        now = self._of_version(change.to_version)
        if now is None or change.from_version is None:
            return now
        then = self._of_version(change.from_version)
        return stronger(now, then) if then else now

    def of_label(self, label: Label) -> Relevance | None:
        """Of the Version that was labelled, or of the newest if the document was seen only later."""
        version_id = label.version_id
        if version_id is None:
            with self._db.begin() as tx:
                row = documents.by_url(tx, label.url)
            version_id = row.version_id if row else None
        return None if version_id is None else self._of_version(version_id)

    def _of_version(self, version_id: int) -> Relevance | None:
        if version_id not in self._known:
            try:
                with self._db.begin() as tx:
                    version = versions.get(tx, version_id)
            except KeyError:  # also LetGo: retention has let the text go
                self._known[version_id] = None
            else:
                self._known[version_id] = self._judge(version.record, version.parts)
        return self._known[version_id]
