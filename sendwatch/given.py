"""The SENDWATCH_ variables of the environment, and which of them sendwatch knows."""

import difflib
from collections.abc import Callable, Mapping
from typing import TypeVar

from pipeline.model.errors import ConfigError

T = TypeVar("T")
PREFIX = "SENDWATCH_"
_FOREIGN = {"SENDWATCH_SHARED", "SENDWATCH_TEST_MODEL"}  # where the tests find corpus and model


class Given:
    """The environment, and which of its names were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._known: set[str] = set()

    def text(self, name: str, default: str) -> str:
        """The value; ``default`` where there is none, or an empty one."""
        self._known.add(PREFIX + name)
        return self._environ.get(PREFIX + name, "").strip() or default

    def checked(self, name: str, default: str, check: Callable[[str], T]) -> T:
        """What ``check`` makes of the value. Raises ConfigError with the name for its ValueError."""
        try:
            return check(self.text(name, default))
        except ValueError as error:
            raise ConfigError(f"environment: {PREFIX}{name}: {error}") from None

    def refuse_unknown(self) -> None:
        """Raise ConfigError for a SENDWATCH_ variable that nobody asked for."""
        for name in sorted(n for n in self._environ if n.startswith(PREFIX)):
            if name not in self._known | _FOREIGN:
                near = difflib.get_close_matches(name, self._known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise ConfigError(f"environment: {name}: sendwatch has no such setting{hint}")
