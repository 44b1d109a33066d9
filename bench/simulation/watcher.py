"""The watch, in a child process, with a clock that the parent moves. The daemon's own poke does all the work.

Reads moments as lines (ISO 8601, aware), pokes the daemon at each, and answers with one line. It is killed
without warning by its parent, and started again, as a machine would.
"""

import asyncio
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60.0
LOGS = "watch.log"


@dataclass(slots=True)
class SimulatedClock:
    """A clock that stands still until it is moved."""

    moment: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Aware UTC."""
        return self.moment


@dataclass(slots=True)
class Watcher:
    """The child as its parent sees it, with the CPU seconds of all that ended, their readers included."""

    environment: dict[str, str]
    folder: Path
    cpu: float = 0.0
    peak: float = 0.0  # MB
    starts: int = 0
    killed: int = 0
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
            self._bury()

    def poke(self, moment: datetime) -> None:
        """Let the daemon do what is due at ``moment``. Raises RuntimeError when it died of itself."""
        self._tell(moment)
        assert self._child is not None
        assert self._child.stdout is not None
        if self._child.stdout.readline() != b"done\n":
            self._bury()
            raise RuntimeError((self.folder / LOGS).read_text("utf-8")[-4000:])

    def poke_and_kill(self, moment: datetime, after: float) -> bool:
        """Poke; when that is still at work ``after`` seconds, kill without warning and poke a new child.

        Returns whether it was killed: False means that there was too little to do.
        """
        self._tell(moment)
        child = self._child
        assert child is not None
        assert child.stdout is not None
        if select.select([child.stdout], [], [], after)[0]:
            child.stdout.readline()
            return False
        child.send_signal(signal.SIGKILL)
        self._bury()
        self.killed += 1
        self.poke(moment)
        return True

    def _tell(self, moment: datetime) -> None:
        if self._child is None:
            self.starts += 1
            command = [sys.executable, "-W", "ignore", "-m", "bench.simulation.watcher"]
            with (self.folder / LOGS).open("ab") as log:
                pipe = subprocess.PIPE
                self._child = subprocess.Popen(
                    command, env=self.environment, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=log
                )
        assert self._child.stdin is not None
        self._child.stdin.write(f"{moment.isoformat()}\n".encode())
        self._child.stdin.flush()

    def _bury(self) -> None:
        assert self._child is not None
        _, status, used = os.wait4(self._child.pid, 0)
        self._child.returncode = os.waitstatus_to_exitcode(status)
        for end in (self._child.stdin, self._child.stdout):
            if end is not None and not end.closed:
                end.close()
        self.cpu += used.ru_utime + used.ru_stime
        self.peak = max(self.peak, used.ru_maxrss / 1024)
        self._child = None


def main() -> None:
    """Be the child."""
    from sendwatch.alone import alone
    from sendwatch.embedded import Daemon
    from sendwatch.reactor import run_on_reactor
    from sendwatch.schedules import read_schedules
    from sendwatch.settings import read_settings
    from sendwatch.wiring import wire

    clock = SimulatedClock()
    settings = read_settings(os.environ, cwd=Path.cwd())
    wiring = wire(settings, read_schedules(settings.schedules), clock=clock.now)

    async def obey() -> None:
        daemon: Daemon | None = None
        line = await asyncio.to_thread(sys.stdin.readline)
        clock.moment = datetime.fromisoformat(line.strip())
        with alone(wiring):
            daemon = Daemon(wiring)
            while line:
                clock.moment = datetime.fromisoformat(line.strip())
                await daemon.poke()
                print("done", flush=True)
                line = await asyncio.to_thread(sys.stdin.readline)

    run_on_reactor(obey)


if __name__ == "__main__":
    main()
