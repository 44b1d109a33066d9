"""How long to wait before something that another machine did not take is tried again."""

from datetime import timedelta

_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240))


def wait_after(tries: int) -> timedelta:
    """1, 2, 5, 15, 30, 60, 120 minutes after the first tries, and 240 after each later one.

    ``tries`` is how many there were, 1 at least.
    """
    return _WAITS[min(tries, len(_WAITS)) - 1]
