"""The order that an editor gave to the next digest of a plan: Stories by position. Composes nothing."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from pipeline.store.mailing_tables import digest_orders


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
    tx.execute(delete(digest_orders).where(digest_orders.c.plan == plan))
