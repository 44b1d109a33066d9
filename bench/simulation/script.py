"""The script of a simulation: which episodes begin when, and the loop that lets them go on. Seeded."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.simulation import edits, faults, lives, noise
from bench.simulation.stage import Stage

Opening = Callable[[Stage], edits.Episode]

REAL: tuple[Opening, ...] = (
    edits.new_page,
    edits.new_partial,
    edits.new_post,
    edits.announced,
    edits.quiet,
    edits.quiet,
    edits.quiet,
    edits.paragraph,
    edits.reversal,
    edits.joined,
    edits.child,
    edits.replaced,
    edits.replaced,
    lives.file_comes_and_goes,
    lives.retitled,
    lives.withdrawn,
    lives.gone,
    lives.gone,
    lives.moved,
    lives.consultation,
)
NOISE: tuple[Opening, ...] = (
    noise.other_page,
    noise.other_edit,
    noise.slip,
    noise.dressed,
    noise.written_again,
    noise.tagged,
    noise.tagged,
    noise.dated,
    noise.undone,
    noise.shrunk,
    noise.error_page,
    faults.stale,
    faults.stale,
    faults.missing_once,
    faults.failing,
    faults.failing,
)
RARE: tuple[Opening, ...] = (noise.storm, edits.rollover, faults.outage, faults.killed)
RARE_EVERY = 4  # days


@dataclass(slots=True)
class Script:
    """What is still to happen, soonest first."""

    stage: Stage
    _waiting: list[tuple[datetime, int, edits.Episode]] = field(default_factory=list)

    @classmethod
    def written(cls, stage: Stage, begin: datetime, days: int, per_day: int) -> "Script":
        """Every episode at least once, then at random: ``per_day`` a day, four of five in working hours."""
        chance = stage.chance
        count = max(days * per_day, len(REAL) + len(NOISE))
        chosen: list[Opening] = [*REAL, *NOISE]
        chosen += [
            chance.choice(REAL if chance.random() < 0.6 else NOISE) for _ in range(count - len(chosen))
        ]
        chosen += [one for one in RARE for _ in range(max(1, days // RARE_EVERY))]
        script = cls(stage)
        for one in chosen:
            script._open(one, begin + timedelta(days=chance.randrange(days), minutes=_minute(stage)))
        return script

    def until(self, moment: datetime) -> None:
        """Let everything happen that happens up to ``moment``."""
        while self._waiting and self._waiting[0][0] <= moment:
            at, number, episode = heapq.heappop(self._waiting)
            self.stage.now = at
            wait = next(episode, None)
            if wait is not None:
                heapq.heappush(self._waiting, (at + wait, number, episode))

    @property
    def over(self) -> bool:
        """True when nothing more is to happen."""
        return not self._waiting

    def _open(self, opening: Opening, at: datetime) -> None:
        heapq.heappush(self._waiting, (at, len(self._waiting), opening(self.stage)))


def _minute(stage: Stage) -> int:
    by_day = stage.chance.random() < 0.8
    return stage.chance.randint(7 * 60, 19 * 60) if by_day else stage.chance.randint(0, 24 * 60 - 1)
