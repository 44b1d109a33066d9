"""Stop a plan's digest, and let it go again. Nothing that was assigned is lost by either; sends nothing."""

from datetime import datetime

from sqlalchemy import Connection

from pipeline.model.digests import DigestState
from pipeline.store import digests, memory


def stop_plan(tx: Connection, plan: str, by: str, now: datetime) -> list[str]:
    """Stop the plan: none is put together, and what is not sent is not sent. The keys of those under way."""
    memory.keep(tx, f"stopped:{plan}", by, now)
    return _move(tx, plan, (DigestState.GATHERED, DigestState.SENDING), DigestState.HELD)


def release_plan(tx: Connection, plan: str, now: datetime) -> list[str]:
    """Let the plan go: what is due leaves with the next round. The keys of those that go on."""
    memory.keep(tx, f"stopped:{plan}", "", now)
    return _move(tx, plan, (DigestState.HELD,), DigestState.GATHERED)


def _move(tx: Connection, plan: str, was: tuple[DigestState, ...], to: DigestState) -> list[str]:
    mine = [one for one in digests.with_state(tx, *was) if one.plan == plan]
    return [one.key for one in mine if digests.move(tx, one.id, was=was, to=to)]
