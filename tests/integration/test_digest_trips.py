"""A digest that cannot be put together keeps no news from the team, and is said to be broken."""

from pathlib import Path

from pipeline.store import runs
from sendwatch.cycle import gather_due
from sendwatch.schedules import Schedules, read_schedules
from sendwatch.settings import read_settings
from sendwatch.wiring import wire
from tests.support.newsroom import FRIDAY, WEEKLY, Newsroom


def test_a_digest_that_trips_is_a_problem_and_is_put_together_when_it_is_mended(tmp_path: Path) -> None:
    settings = read_settings({"SENDWATCH_TEAM": "team@charity.example"}, cwd=tmp_path)
    schedules = Schedules(read_schedules(None).sources, read_schedules(None).limits, (WEEKLY,))
    moment = [FRIDAY]
    wiring = wire(settings, schedules, clock=lambda: moment[0])
    room = Newsroom(wiring.db)
    moment[0] = room.now
    gather_due(wiring)
    room.subscriber("pat")
    room.page("short breaks")
    kept = room.approves("short breaks").approval
    assert kept is not None
    moment[0] = FRIDAY
    _overwrite(room, "{")
    assert gather_due(wiring).made == ()
    assert gather_due(wiring).made == ()
    assert _problems(room) == ["The digest for subscribers"]
    with room.db.begin() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM digests").scalar_one() == 0
    _overwrite(room, None)
    assert gather_due(wiring).made == ("weekly:2026-11-27",)
    assert _problems(room) == []
    room.db.close()


KEPT: list[str] = []


def _overwrite(room: Newsroom, content: str | None) -> None:
    """Let what is kept of the approval rot; None puts it right."""
    with room.db.begin() as tx:
        KEPT.append(str(tx.exec_driver_sql("SELECT content FROM approvals").scalar_one()))
        new = KEPT[0] if content is None else content
        tx.exec_driver_sql("UPDATE approvals SET content = ?", (new,))


def _problems(room: Newsroom) -> list[str]:
    with room.db.begin() as tx:
        return [one.source for one in runs.standing_problems(tx)]
