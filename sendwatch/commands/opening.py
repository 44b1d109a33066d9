"""Open the house for a command: read the settings and the schedule, wire, and close behind it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sendwatch.schedules import read_schedules
from sendwatch.settings import read_settings
from sendwatch.wiring import Wiring, wire


@contextmanager
def opened() -> Iterator[Wiring]:
    """The wired-up house, from the environment. Raises ConfigError."""
    settings = read_settings(os.environ, cwd=Path.cwd())
    wiring = wire(settings, read_schedules(settings.schedules))
    try:
        yield wiring
    finally:
        wiring.db.close()
