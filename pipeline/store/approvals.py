"""Approvals: the exact bytes that a named editor approved of a Story, and whether they still hold.

Nothing is overwritten: a later approval of the same Story replaces an earlier one, which stays on record.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, insert, select, update

from pipeline.model.digests import Approval, ApprovedItem
from pipeline.store.mailing_tables import approvals, digest_items
from pipeline.store.packing import from_json, to_json


def keep(
    tx: Connection,
    *,
    story_id: int,
    revision: int,
    at: datetime,
    by: str,
    item: ApprovedItem,
    sources: Sequence[tuple[int, int]],
) -> Approval:
    """Keep an approval and return it as it is kept. ``sources`` are (document id, version id) pairs."""
    content = _bytes_of(item)
    row = {
        "story_id": story_id,
        "revision": revision,
        "at": at,
        "by": by,
        "content": content,
        "digest": hashlib.sha256(content.encode()).hexdigest(),
        "sources": to_json(tuple(sources)),
        "lapsed_because": "",
    }
    key = tx.execute(insert(approvals).values(row)).inserted_primary_key
    assert key is not None
    return get(tx, int(key[0]))


def get(tx: Connection, approval_id: int) -> Approval:
    """The approval with this id; KeyError when there is none."""
    row = tx.execute(select(approvals).where(approvals.c.id == approval_id)).one_or_none()
    if row is None:
        raise KeyError(approval_id)
    return _read(row)


def newest(tx: Connection, story_id: int) -> Approval | None:
    """The approval of a Story that counts: its latest, lapsed or not."""
    query = select(approvals).where(approvals.c.story_id == story_id).order_by(approvals.c.id.desc())
    row = tx.execute(query.limit(1)).one_or_none()
    return _read(row) if row else None


def counting(tx: Connection) -> list[Approval]:
    """The approval that counts of each Story that has one, lapsed or not, oldest first."""
    return [_read(row) for row in tx.execute(_counting().order_by(approvals.c.id))]


def standing_sources(tx: Connection) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    """(approval id, its sources) of every approval that counts and has not lapsed."""
    query = _counting().with_only_columns(approvals.c.id, approvals.c.sources)
    rows = tx.execute(query.where(approvals.c.lapsed_at.is_(None)).order_by(approvals.c.id))
    return [(row.id, from_json(row.sources, tuple[tuple[int, int], ...])) for row in rows]


def unassigned(tx: Connection, plan: str, since: datetime) -> list[Approval]:
    """Approvals that count, hold, and are not in a digest of this plan; made since then, oldest first.

    Whether an editor has taken one back since is for ``reviews`` to say.
    """
    mine = (
        digest_items.c.plan == plan,
        digest_items.c.story_id == approvals.c.story_id,
        digest_items.c.revision == approvals.c.revision,
    )
    query = _counting().where(
        approvals.c.lapsed_at.is_(None), approvals.c.at >= since, ~exists().where(*mine)
    )
    return [_read(row) for row in tx.execute(query.order_by(approvals.c.id))]


def lapse(tx: Connection, approval_id: int, at: datetime, because: str) -> bool:
    """Say that an approval holds no more, and why. False when it had lapsed before."""
    live = (approvals.c.id == approval_id, approvals.c.lapsed_at.is_(None))
    values = {"lapsed_at": at, "lapsed_because": because}
    return tx.execute(update(approvals).where(*live).values(values)).rowcount == 1


def lapsed_untold(tx: Connection) -> list[Approval]:
    """Lapsed approvals that count and that the team was not told of, oldest first."""
    query = _counting().where(approvals.c.lapsed_at.is_not(None), approvals.c.told_at.is_(None))
    return [_read(row) for row in tx.execute(query.order_by(approvals.c.id))]


def lapsed_told(tx: Connection, since: datetime) -> list[Approval]:
    """Approvals that count, that lapsed since then, and that the team was told of, oldest first."""
    query = _counting().where(approvals.c.lapsed_at >= since, approvals.c.told_at.is_not(None))
    return [_read(row) for row in tx.execute(query.order_by(approvals.c.id))]


def mark_told(tx: Connection, approval_id: int, at: datetime) -> None:
    """The team was told that it lapsed: call it in the transaction that owes the mail."""
    tx.execute(update(approvals).where(approvals.c.id == approval_id).values(told_at=at))


def holding(tx: Connection, story_ids: Collection[int]) -> list[Approval]:
    """The approval that counts of each of these Stories, where it has not lapsed."""
    query = _counting().where(approvals.c.story_id.in_(list(story_ids)), approvals.c.lapsed_at.is_(None))
    return [_read(row) for row in tx.execute(query.order_by(approvals.c.id))]


def newest_holding(tx: Connection, *, since: datetime | None, until: datetime, most: int) -> list[Approval]:
    """Approvals that count and hold, made up to ``until`` (and since ``since``), newest first."""
    query = _counting().where(approvals.c.lapsed_at.is_(None), approvals.c.at <= until)
    if since is not None:
        query = query.where(approvals.c.at >= since)
    rows = tx.execute(query.order_by(approvals.c.at.desc(), approvals.c.id.desc()).limit(most))
    return [_read(row) for row in rows]


def _counting() -> Select[Any]:
    latest = select(func.max(approvals.c.id)).group_by(approvals.c.story_id)
    return select(approvals).where(approvals.c.id.in_(latest))


def _bytes_of(item: ApprovedItem) -> str:
    """The item as JSON, the same bytes every time: sets have no order of their own."""
    return to_json(
        {
            "title": item.title,
            "text": item.text,
            "link": item.link,
            "link_text": item.link_text,
            "publisher": item.publisher,
            "topics": sorted(item.topics),
            "nations": sorted(item.nations),
            "phases": sorted(item.phases),
            "importance": item.importance,
            "deadlines": item.deadlines,
            "is_update": item.is_update,
            "others": item.others,
        }
    )


def _read(row: Row[Any]) -> Approval:
    return Approval(
        id=row.id,
        story_id=row.story_id,
        revision=row.revision,
        at=row.at,
        by=row.by,
        item=from_json(row.content, ApprovedItem),
        digest=row.digest,
        sources=from_json(row.sources, tuple[tuple[int, int], ...]),
        lapsed_at=row.lapsed_at,
        lapsed_because=row.lapsed_because,
    )
