"""Digests: what was assigned to one plan and day, once. A row of digest_items is unique by (plan, Story,
revision), so that no item is ever assigned twice, whatever is stopped or started again.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from pipeline.model.digests import Digest, DigestEntry, DigestState
from pipeline.store.mailing_tables import digest_items, digest_openings, digests
from pipeline.store.packing import from_json, to_json
from pipeline.store.upserts import upsert

SHOWN = (DigestState.SENDING, DigestState.SENT)  # in the public archive


def make(
    tx: Connection,
    *,
    key: str,
    plan: str,
    day: date,
    state: DigestState,
    now: datetime,
    opening: str,
    entries: Sequence[DigestEntry],
) -> Digest | None:
    """Make a digest and assign its entries, in their order. None, and nothing done, when it was made before.

    Entries must be unassigned (see ``assigned``): call both in one transaction.
    """
    row = {
        "key": key,
        "plan": plan,
        "day": day,
        "state": state.value,
        "made_at": now,
        "opening": opening,
        "owed_to": 0,
    }
    if upsert(tx, digests, [row], key=["key"], update=[]) < 1:
        return None
    made = by_key(tx, key)
    assert made is not None
    rows = [
        {
            "digest_id": made.id,
            "plan": plan,
            "story_id": one.story_id,
            "revision": one.revision,
            "approval_id": one.approval_id,
            "position": position,
            "content": to_json(one),
            "importance": one.item.importance if one.item else 0.0,
        }
        for position, one in enumerate(entries)
    ]
    if rows:
        tx.execute(digest_items.insert(), rows)
    return made


def by_key(tx: Connection, key: str) -> Digest | None:
    """The digest with this key."""
    row = tx.execute(select(digests).where(digests.c.key == key)).one_or_none()
    return _read(row) if row else None


def newest(tx: Connection, plan: str, until: date) -> Digest | None:
    """The plan's newest digest of a day up to ``until``, quiet ones too; None before the first."""
    query = (
        select(digests)
        .where(digests.c.plan == plan, digests.c.day <= until)
        .order_by(digests.c.day.desc(), digests.c.id.desc())
    )
    row = tx.execute(query.limit(1)).one_or_none()
    return _read(row) if row else None


def with_state(tx: Connection, *states: DigestState) -> list[Digest]:
    """The digests in one of these states, oldest first."""
    query = select(digests).where(digests.c.state.in_([one.value for one in states])).order_by(digests.c.id)
    return [_read(row) for row in tx.execute(query)]


def shown(tx: Connection, plan: str, day: date | None = None) -> list[Digest]:
    """The digests of a plan that the public may see, newest day first."""
    query = select(digests).where(digests.c.plan == plan, digests.c.state.in_([one.value for one in SHOWN]))
    if day is not None:
        query = query.where(digests.c.day == day)
    return [_read(row) for row in tx.execute(query.order_by(digests.c.day.desc(), digests.c.id))]


def move(tx: Connection, digest_id: int, *, was: Collection[DigestState], to: DigestState) -> bool:
    """Change a digest's state; False when it was in none of ``was``."""
    mine = (digests.c.id == digest_id, digests.c.state.in_([one.value for one in was]))
    return tx.execute(update(digests).where(*mine).values(state=to.value)).rowcount == 1


def free_items(tx: Connection, digest_id: int) -> int:
    """Free what a cancelled digest holds for the plan's next one. Returns how many items.

    The rows stay, under a plan of their own, so that who was sent a mail before it was cancelled is still
    known to have had it. Call it in the transaction that cancels.
    """
    mine = digest_items.c.digest_id == digest_id
    freed = digests.c.plan + f"~{digest_id}"
    plan = select(freed).where(digests.c.id == digest_id).scalar_subquery()
    return tx.execute(update(digest_items).where(mine).values(plan=plan)).rowcount


def assigned(tx: Connection, plan: str) -> dict[tuple[int, int], str]:
    """(Story, revision) of everything that a digest of this plan has had, with the key of that digest."""
    query = select(digest_items.c.story_id, digest_items.c.revision, digests.c.key).join(
        digests, digests.c.id == digest_items.c.digest_id
    )
    rows = tx.execute(query.where(digest_items.c.plan == plan))
    return {(row.story_id, row.revision): row.key for row in rows}


def entries_of(tx: Connection, digest_id: int) -> list[DigestEntry]:
    """What a digest holds, in order, as it was assigned."""
    query = select(digest_items.c.content).where(digest_items.c.digest_id == digest_id)
    found = tx.execute(query.order_by(digest_items.c.position)).scalars()
    return [from_json(content, DigestEntry) for content in found]


def earlier_stories(tx: Connection, plan: str, since: date, until: date) -> set[int]:
    """Stories that a plan's digests of these days hold as approved items; not those of cancelled ones."""
    query = (
        select(digest_items.c.story_id)
        .join(digests, digests.c.id == digest_items.c.digest_id)
        .where(digests.c.plan == plan, digests.c.day >= since, digests.c.day <= until)
        .where(digests.c.state != DigestState.CANCELLED.value, digest_items.c.approval_id > 0)
    )
    return set(tx.execute(query).scalars())


def owed_to(tx: Connection, digest_id: int) -> int:
    """Up to which subscriber's id mails are owed."""
    return int(tx.execute(select(digests.c.owed_to).where(digests.c.id == digest_id)).scalar_one())


def plans_with_digests(tx: Connection) -> list[str]:
    """Keys of plans that have something in the public archive, by their newest day."""
    states = [one.value for one in SHOWN]
    query = select(digests.c.plan).where(digests.c.state.in_(states)).group_by(digests.c.plan)
    return list(tx.execute(query.order_by(func.max(digests.c.day).desc(), digests.c.plan)).scalars())


def set_opening(tx: Connection, *, plan: str, day: date, words: str, by: str, now: datetime) -> None:
    """Keep the opening line of one plan and day; the last one counts."""
    row = {"plan": plan, "day": day, "words": words, "by": by, "at": now}
    upsert(tx, digest_openings, [row], key=["plan", "day"], update=["words", "by", "at"])


def opening(tx: Connection, plan: str, day: date) -> str:
    """The opening line that an editor has written; empty without one."""
    query = select(digest_openings.c.words).where(
        digest_openings.c.plan == plan, digest_openings.c.day == day
    )
    return str(tx.execute(query).scalar() or "")


def _read(row: Row[Any]) -> Digest:
    values = {name: value for name, value in row._asdict().items() if name != "owed_to"}
    return Digest(**{**values, "state": DigestState(values["state"])})
