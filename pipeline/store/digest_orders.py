"""The order that an editor gave to the next digest of a plan: Stories by position. Composes nothing."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, text

from pipeline.store.mailing_tables import digest_orders


def in_turn(tx: Connection, plan: str) -> None:
    """Wait until nobody else is at this plan's order, to the end of the transaction.

    On SQLite every transaction that may write waits for the one before it anyhow.
    """
    if tx.dialect.name == "postgresql":
        name = hashlib.sha256(f"sendwatch:order:{plan}".encode()).digest()
        number = int.from_bytes(name[:8], "big", signed=True)
        tx.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": number})


def positions(tx: Connection, plan: str) -> dict[int, int]:
    """The position of each Story that an editor has put in order; empty when nobody has."""
    query = select(digest_orders.c.story_id, digest_orders.c.position).where(digest_orders.c.plan == plan)
    return {row.story_id: row.position for row in tx.execute(query)}


def keep(tx: Connection, plan: str, story_ids: Sequence[int]) -> None:
    """Keep this order in place of the former one."""
    clear(tx, plan)
    rows = [{"plan": plan, "story_id": one, "position": place} for place, one in enumerate(story_ids)]
    if rows:
        tx.execute(insert(digest_orders), rows)


def clear(tx: Connection, plan: str) -> None:
    """Forget the order: the digest that it was for is made, or an editor wants the order of weight again."""
    in_turn(tx, plan)
    tx.execute(delete(digest_orders).where(digest_orders.c.plan == plan))
