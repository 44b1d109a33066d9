"""Take in one Look: the same content moves a date, new content makes a Version and a Change.

Fetches nothing and mails nothing. Reads in one transaction, compares outside any, writes in another.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from pipeline.model.changes import ALERTED, Change, ChangeKind, Relevance, Significance, Verdict
from pipeline.model.documents import Part, Record, Version
from pipeline.model.errors import Conflict
from pipeline.model.looks import Look
from pipeline.model.redlines import Noticed
from pipeline.steps import keeping, settling, trouble
from pipeline.steps.rereading import DEPARTED, Reread, carried_in_todays_words, departed, in_todays_words
from pipeline.store import changes, documents, entries, memory, versions
from pipeline.store.changes import Fate
from pipeline.store.database import Database
from pipeline.store.documents import DocumentRow
from pipeline.text.noticing.doubts import STALE_FOR, hold_until, is_error_page
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.noticing.notice import notice
from pipeline.text.noticing.reversal import as_reversal, earlier_self
from pipeline.text.words.normalise import NORMALISER

CLOCKS_DIFFER = timedelta(hours=1)
CACHES_LAG = timedelta(hours=1)
MOST_BACK = 8  # earlier Versions among which a page may find itself again
ERROR_PAGE = "The publisher answered with an error message in place of the page; it is looked at again."

Judge = Callable[[Record, Sequence[Part]], Relevance]


class Intake(StrEnum):
    """What a Look turned out to be."""

    BASELINE = "baseline"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    STALE = "stale"  # an older copy than the one that is known
    DOUBTED = "doubted"  # an error message that came as a page
    UNKNOWN = "unknown"  # a removal of something that was never seen


@dataclass(frozen=True, slots=True)
class Terms:
    """How Looks are taken in: who judges, who reads stored bytes again, how long a change must last."""

    judge: Judge
    reread: Reread
    settle: Callable[[str], timedelta]  # by the key of a Source


@dataclass(frozen=True, slots=True)
class _Known:
    row: DocumentRow
    version: Version


def take_in(db: Database, look: Look, terms: Terms, *, baseline: bool) -> Intake:
    """Take in one Look; ``baseline`` says that its Source has only begun to watch.

    Taking in the same Look twice is a no-op. Raises Conflict when another process took in a Look at the
    same Document meanwhile: look again later.
    """
    if is_error_page(look.record, look.parts):
        trouble.note_failure(db, look.asked or look.record.url, ERROR_PAGE, look.seen_at)
        return Intake.DOUBTED
    with db.begin() as tx:
        row = documents.find(tx, look.identity)
        known = _Known(row, versions.get(tx, row.version_id)) if row and row.version_id else None
        first = baseline or entries.known_before(tx, look.record.url)
    if known is None:
        return _first_sight(db, look, terms, baseline=first)
    if _is_older(look.record, known.version) and not _stays_older(db, look, known.version):
        return Intake.STALE
    if known.version.normaliser != NORMALISER:
        known = replace(known, version=in_todays_words(db, known.version, look, terms.reread))
        look = carried_in_todays_words(look, known.version)
    record, parts = _carried(look, known.version)
    print_now = fingerprint(record, parts)
    if print_now == known.version.fingerprint:
        return _unchanged(db, look, known, parts)
    return _changed(db, replace(look, record=record, parts=parts), known, print_now, terms)


def _first_sight(db: Database, look: Look, terms: Terms, *, baseline: bool) -> Intake:
    if look.record.state in DEPARTED:
        with db.begin() as tx:
            keeping.answer(tx, look)
        return Intake.UNKNOWN
    print_now = fingerprint(look.record, look.parts)
    relevance = terms.judge(look.record, look.parts)
    kind = ChangeKind.BASELINE if baseline else ChangeKind.NEW
    told = kind is ChangeKind.NEW and relevance.verdict is not Verdict.NOT
    with db.begin() as tx:
        row = keeping.new_row(look, relevance)
        document_id = documents.insert_new(tx, row)
        version_id = keeping.keep_version(tx, look, document_id, print_now)
        documents.save(tx, replace(row, id=document_id, version_id=version_id))
        change = Change(
            id=0,
            document_id=document_id,
            from_version=None,
            to_version=version_id,
            seen_at=look.seen_at,
            kind=kind,
            details=(),
            significance=Significance.SUBSTANTIVE,
            public_note="",
            relevance=relevance,
        )
        changes.add(tx, change, Fate.OWED if told else Fate.RECORDED)
        keeping.answer(tx, look)
    return Intake.BASELINE if baseline else Intake.NEW


def _changed(db: Database, look: Look, known: _Known, print_now: str, terms: Terms) -> Intake:
    noticed = notice(known.version, look.record, look.parts) or Noticed(
        ChangeKind.RELABELLED, (), Significance.TYPOGRAPHICAL
    )
    if known.version.record.moved_to == look.record.url and noticed.kind is ChangeKind.RESTORED:
        noticed = replace(noticed, significance=Significance.TYPOGRAPHICAL)  # the move was told already
    with db.begin() as tx:
        passing = {known.version.id, *changes.unsettled_versions(tx, known.row.id)}
        kept = [one for one in versions.latest(tx, known.row.id, MOST_BACK) if one.id not in passing]
        told = settling.told_before(tx, known.row.id)
    before = in_todays_words(db, told, look, terms.reread) if told else None
    earlier = [in_todays_words(db, one, look, terms.reread) for one in kept]
    back_to = earlier_self(look.record, look.parts, earlier)
    if back_to is not None:
        noticed = as_reversal(noticed, back_to)
    hold = hold_until(known.version, look.record, look.parts, back_to=back_to, seen_at=look.seen_at)
    relevance = settling.stronger(
        terms.judge(look.record, look.parts), terms.judge(known.version.record, known.version.parts)
    )
    with db.begin() as tx:
        row = documents.get(tx, known.row.id)
        if row.version_id != known.version.id:
            raise Conflict(f"{look.record.url} was taken in by another process meanwhile")
        version_id = keeping.keep_version(tx, look, row.id, print_now)
        documents.save(tx, keeping.seen_row(row, look, version_id=version_id, verdict=relevance.verdict))
        change = Change(
            id=0,
            document_id=row.id,
            from_version=known.version.id,
            to_version=version_id,
            seen_at=look.seen_at,
            kind=noticed.kind,
            details=noticed.details,
            significance=noticed.significance,
            public_note=noticed.public_note,
            relevance=relevance,
            findings=noticed.findings,
        )
        _settle(
            tx, change, look, print_now, terms.settle(look.source), hold=hold, before=before, back_to=back_to
        )
        keeping.answer(tx, look)
    return Intake.CHANGED


def _settle(
    tx: Connection,
    change: Change,
    look: Look,
    print_now: str,
    settle: timedelta,
    *,
    hold: datetime | None,
    before: Version | None,
    back_to: Version | None,
) -> None:
    """A change must last for the settle time or until ``hold``; edited on and on, for an hour at most.

    Less than an hour would tell the second edit on the crawl after the first one, without a second look.
    """
    settled = settling.after_edit(
        tx,
        change,
        print_now=print_now,
        record=look.record,
        parts=look.parts,
        before=before,
        back_to=back_to,
    )
    until = min(look.seen_at + settle, settled.since + max(settling.PATIENCE, 3 * settle))
    until = max(until, min(hold, settled.since + STALE_FOR)) if hold else until
    if not worth_telling(settled.change):
        changes.add(tx, settled.change, Fate.RECORDED)
    elif until <= look.seen_at:
        changes.add(tx, settled.change, Fate.OWED)
    else:
        changes.add(tx, settled.change, Fate.HELD, held_since=settled.since, held_until=until)
        documents.owe_look(tx, change.document_id, due_at=until, reason=documents.SETTLING)


def worth_telling(change: Change) -> bool:
    """True for Changes that the content team hears of: SEND, and more than a comma."""
    return (
        change.kind in ALERTED
        and change.relevance.verdict is not Verdict.NOT
        and change.significance is not Significance.TYPOGRAPHICAL
    )


def _unchanged(db: Database, look: Look, known: _Known, parts: tuple[Part, ...]) -> Intake:
    with db.begin() as tx:
        row = documents.get(tx, known.row.id)
        documents.save(tx, keeping.seen_row(row, look, version_id=row.version_id, verdict=row.verdict))
        keeping.keep_again(tx, parts, look)
        settling.after_same(tx, row.id, now=look.seen_at)
        same_write = look.record.system_updated == known.version.record.system_updated
        if same_write and entries.is_ahead(tx, look.record.url):
            entries.fail(tx, look.record.url, look.seen_at)  # the list has moved on: this may be an old copy
        else:
            keeping.answer(tx, look)
    return Intake.UNCHANGED


def _carried(look: Look, old: Version) -> tuple[Record, tuple[Part, ...]]:
    """Record and parts of a Look; a removal brings no text, and the last that is known stays."""
    if look.record.state not in DEPARTED:
        return look.record, look.parts
    return departed(look.record, old.record), old.parts


def _is_older(now: Record, known: Version) -> bool:
    """An older date than the known one is a copy out of a cache; unless the known one was yet to come."""
    then = known.record.system_updated
    if now.system_updated is None or then is None or then > known.seen_at + CLOCKS_DIFFER:
        return False
    return now.system_updated < then


def _stays_older(db: Database, look: Look, known: Version) -> bool:
    """Whether the same older copy has come for an hour now: a publisher's clock can be set back for good."""
    key = f"older:{hashlib.sha256(look.identity.encode()).hexdigest()}"
    copy = f"{known.id}:{fingerprint(look.record, look.parts)}"
    with db.begin() as tx:
        before = memory.recall(tx, key)
        lasted = look.seen_at - before.kept_at if before and before.value == copy else None
        if lasted is not None and CACHES_LAG <= lasted <= STALE_FOR:
            return True
        if lasted is None or lasted > STALE_FOR:
            memory.keep(tx, key, copy, look.seen_at)
        entries.fail(tx, look.record.url, look.seen_at)  # ask again later
    return False
