"""Look after the subscribers once an hour: reminders, and the erasing of addresses that nobody should hold.

When it was last done is in the database, so that a restart neither repeats nor forgets it.
"""

from collections.abc import Callable
from datetime import timedelta

from alerts.steps.tidying import Tidied, tidy_subscribers
from pipeline.store import memory
from sendwatch.wiring import Wiring

EVERY = timedelta(hours=1)
KEY = "subscribers tidied"


def tend_subscribers(wiring: Wiring, *, stop: Callable[[], bool] = lambda: False) -> Tidied | None:
    """Do it when an hour has passed; None when it is not time yet."""
    now = wiring.clock()
    with wiring.db.begin() as tx:
        last = memory.recall(tx, KEY)
        if last is not None and timedelta(0) <= now - last.kept_at < EVERY:
            return None
    tidied = tidy_subscribers(wiring.db, wiring.tokens, wiring.mailing_facts, now, stop=stop)
    with wiring.db.begin() as tx:
        memory.keep(tx, KEY, "", now)
    return tidied
