"""Stop the digests of a Plan, and let them go again: the word alone. Moves no digest and mails nobody."""

from datetime import datetime

from sqlalchemy import Connection

from pipeline.store import memory

STOPPED = "stopped:"


def stop_plan(tx: Connection, plan: str, by: str, now: datetime) -> None:
    """Nothing more leaves for this Plan, and no digest is put together, until it is released."""
    memory.keep(tx, STOPPED + plan, by, now)


def release_plan(tx: Connection, plan: str) -> None:
    """Let the Plan go on."""
    memory.forget(tx, STOPPED + plan)


def stopped_by(tx: Connection, plan: str) -> str:
    """Who has stopped a Plan; empty when nobody has."""
    held = memory.recall(tx, STOPPED + plan)
    return held.value if held else ""


def stopped_plans(tx: Connection) -> dict[str, str]:
    """Every Plan that is stopped, and who did so."""
    return {plan: held.value for plan, held in memory.beginning(tx, STOPPED).items() if held.value}
