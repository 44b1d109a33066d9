"""Changes: the ledger of what happened, and what became of each entry in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from pipeline.model.changes import Change, ChangeKind, Evidence, Findings, Relevance, Significance, Verdict
from pipeline.store.packing import from_json, to_json
from pipeline.store.tables import changes, documents
from pipeline.store.upserts import upsert


class Fate(StrEnum):
    """What became of a Change."""

    HELD = "held"  # settling: it must last before it is told
    OWED = "owed"  # to be told: waits for its Story
    TOLD = "told"  # has a Story
    RECORDED = "recorded"  # kept in the ledger, told to nobody
    LAPSED = "lapsed"  # undone or overtaken while it was held


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A Change with the Document it happened to and what became of it.

    ``told_in`` is the revision of its Story that tells it, ``joined`` why it belongs to that Story, in words.
    A copy says nothing that the Story does not say: no mail is sent for it.
    """

    change: Change
    title: str
    url: str
    source: str
    fate: Fate
    story_id: int | None
    held_since: datetime | None = None
    held_until: datetime | None = None
    told_in: int = 0
    joined: str = ""
    is_copy: bool = False


def add(
    tx: Connection,
    change: Change,
    fate: Fate,
    *,
    held_since: datetime | None = None,
    held_until: datetime | None = None,
) -> bool:
    """Keep a Change (its ``id`` is ignored). False when this step is in the ledger already."""
    row = {
        "document_id": change.document_id,
        "from_version": change.from_version or 0,
        "to_version": change.to_version,
        "seen_at": change.seen_at,
        "kind": change.kind.value,
        "details": to_json(change.details),
        "significance": change.significance.value,
        "public_note": change.public_note,
        "verdict": change.relevance.verdict.value,
        "score": change.relevance.score,
        "evidence": to_json(change.relevance.evidence),
        "nations": to_json(change.relevance.nations),
        "phases": to_json(change.relevance.phases),
        "section": change.relevance.section,
        "story_id": None,
        "held_since": held_since,
        "held_until": held_until,
        "fate": fate.value,
        "findings": to_json(change.findings),
        "edit": change.findings.edit,
    }
    return upsert(tx, changes, [row], key=["document_id", "from_version", "to_version"], update=[]) > 0


def set_fate(tx: Connection, change_id: int, fate: Fate, *, story_id: int | None = None) -> None:
    """Say what became of a Change. A Story is only ever added."""
    values: dict[str, object] = {"fate": fate.value}
    if story_id is not None:
        values["story_id"] = story_id
    tx.execute(update(changes).where(changes.c.id == change_id).values(values))


def join(
    tx: Connection, change_id: int, story_id: int, *, told_in: int, words: str = "", is_copy: bool = False
) -> None:
    """Give a Change its Story: told with that revision of it."""
    values = {
        "fate": Fate.TOLD.value,
        "story_id": story_id,
        "told_in": told_in,
        "joined": words,
        "is_copy": is_copy,
    }
    tx.execute(update(changes).where(changes.c.id == change_id).values(values))


def held(tx: Connection, document_id: int) -> LedgerLine | None:
    """The Change of a Document that is settling, if one is."""
    query = _lines().where(changes.c.document_id == document_id, changes.c.fate == Fate.HELD)
    row = tx.execute(query.order_by(changes.c.id.desc()).limit(1)).one_or_none()
    return _read(row) if row else None


def with_fate(tx: Connection, fates: Collection[Fate]) -> list[LedgerLine]:
    """All Changes with one of these fates, oldest first."""
    query = _lines().where(changes.c.fate.in_([f.value for f in fates])).order_by(changes.c.id)
    return [_read(row) for row in tx.execute(query)]


def of_story(tx: Connection, story_id: int) -> list[LedgerLine]:
    """The Changes of a Story, oldest first."""
    query = _lines().where(changes.c.story_id == story_id).order_by(changes.c.id)
    return [_read(row) for row in tx.execute(query)]


def of_stories(tx: Connection, story_ids: Collection[int]) -> list[LedgerLine]:
    """The Changes of several Stories, oldest first."""
    query = _lines().where(changes.c.story_id.in_(list(story_ids))).order_by(changes.c.id)
    return [_read(row) for row in tx.execute(query)]


def since(tx: Connection, when: datetime | None, *, baseline: bool = False) -> list[LedgerLine]:
    """The ledger from ``when`` on, oldest first; the silent baseline only when asked for."""
    query = _lines().order_by(changes.c.id)
    if when is not None:
        query = query.where(changes.c.seen_at >= when)
    if not baseline:
        query = query.where(changes.c.kind != ChangeKind.BASELINE)
    return [_read(row) for row in tx.execute(query)]


def with_edit(tx: Connection, edit: str, since: datetime) -> list[LedgerLine]:
    """The Changes since then that took out and put in the very same words, oldest first."""
    query = _lines().where(changes.c.edit == edit, changes.c.seen_at >= since).order_by(changes.c.id)
    return [_read(row) for row in tx.execute(query)]


def of_document(tx: Connection, document_id: int) -> list[LedgerLine]:
    """The Changes of a Document, oldest first."""
    query = _lines().where(changes.c.document_id == document_id).order_by(changes.c.id)
    return [_read(row) for row in tx.execute(query)]


def steps(tx: Connection) -> list[tuple[int, int, int]]:
    """(id, from_version, to_version) of every Change; from_version is 0 where there was none."""
    columns = (changes.c.id, changes.c.from_version, changes.c.to_version)
    return [(row[0], row[1], row[2]) for row in tx.execute(select(*columns).order_by(changes.c.id))]


def unsettled_versions(tx: Connection, document_id: int) -> set[int]:
    """Versions of a Document that came and went while a Change settled: nobody was ever told of them."""
    query = select(changes.c.to_version, changes.c.fate).where(changes.c.document_id == document_id)
    rows = [(row.to_version, Fate(row.fate)) for row in tx.execute(query)]
    passing = {Fate.HELD, Fate.LAPSED}
    return {version for version, fate in rows if fate in passing} - {
        version for version, fate in rows if fate not in passing
    }


def cited_versions(tx: Connection) -> set[int]:
    """Versions that an Alert cites or will cite: both ends of every Change that was told or is to be told."""
    waiting = [Fate.TOLD.value, Fate.OWED.value, Fate.HELD.value]
    query = select(changes.c.from_version, changes.c.to_version).where(
        changes.c.story_id.is_not(None) | changes.c.fate.in_(waiting)
    )
    return {version for row in tx.execute(query) for version in row}


def _lines() -> Select[Any]:
    return select(changes, documents.c.title, documents.c.url, documents.c.source).join(
        documents, documents.c.id == changes.c.document_id
    )


def _read(row: Row[Any]) -> LedgerLine:
    change = Change(
        id=row.id,
        document_id=row.document_id,
        from_version=row.from_version or None,
        to_version=row.to_version,
        seen_at=row.seen_at,
        kind=ChangeKind(row.kind),
        details=from_json(row.details, tuple[str, ...]),
        significance=Significance(row.significance),
        public_note=row.public_note,
        relevance=Relevance(
            Verdict(row.verdict),
            row.score,
            from_json(row.evidence, tuple[Evidence, ...]),
            from_json(row.nations, tuple[str, ...]),
            from_json(row.phases, tuple[str, ...]),
            row.section,
        ),
        findings=from_json(row.findings, Findings),
    )
    return LedgerLine(
        change=change,
        title=row.title,
        url=row.url,
        source=row.source,
        fate=Fate(row.fate),
        story_id=row.story_id,
        held_since=row.held_since,
        held_until=row.held_until,
        told_in=row.told_in,
        joined=row.joined,
        is_copy=row.is_copy,
    )


def fates_between(tx: Connection, since: datetime, until: datetime) -> dict[Fate, int]:
    """How many Changes were seen in this time, by what became of them; the silent baseline is left out."""
    within = (changes.c.seen_at >= since, changes.c.seen_at <= until)
    query = select(changes.c.fate, func.count()).where(*within, changes.c.kind != ChangeKind.BASELINE)
    return {Fate(row[0]): row[1] for row in tx.execute(query.group_by(changes.c.fate))}


def tell_as_new(tx: Connection, change_id: int) -> None:
    """A first Version that was recorded in silence is news after all: a person said so."""
    tx.execute(update(changes).where(changes.c.id == change_id).values(kind=ChangeKind.NEW.value))
