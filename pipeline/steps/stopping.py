"""Stop the digests of a Plan, and let them go again. Nothing assigned is lost by it; mails nobody."""

from datetime import datetime

from sqlalchemy import Connection

from pipeline.model.digests import DigestState
from pipeline.steps.hurrying import take_back
from pipeline.store import digests, memory

STOPPED = "stopped:"


def stop_plan(tx: Connection, plan: str, by: str, now: datetime) -> list[str]:
    """Nothing more leaves for this Plan, and no digest is put together. The keys of those under way."""
    memory.keep(tx, STOPPED + plan, by, now)
    take_back(tx, plan)
    return _move(tx, plan, (DigestState.GATHERED, DigestState.SENDING), DigestState.HELD)


def release_plan(tx: Connection, plan: str) -> list[str]:
    """Let the Plan go on: what is due leaves with the next round. The keys of those that go on."""
    memory.forget(tx, STOPPED + plan)
    return _move(tx, plan, (DigestState.HELD,), DigestState.GATHERED)


def stopped_by(tx: Connection, plan: str) -> str:
    """Who has stopped a Plan; empty when nobody has."""
    held = memory.recall(tx, STOPPED + plan)
    return held.value if held else ""


def stopped_plans(tx: Connection) -> dict[str, str]:
    """Every Plan that is stopped, and who did so."""
    return {plan: held.value for plan, held in memory.beginning(tx, STOPPED).items() if held.value}


def _move(tx: Connection, plan: str, was: tuple[DigestState, ...], to: DigestState) -> list[str]:
    mine = [one for one in digests.with_state(tx, *was) if one.plan == plan]
    return [one.key for one in mine if digests.move(tx, one.id, was=was, to=to)]
