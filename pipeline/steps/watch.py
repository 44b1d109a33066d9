"""Watch the Sources themselves: a fault opens a Problem, its end clears it, silence is a fault.

Decides from what a crawl reported and from the ledger. Mails nothing.
"""

from collections.abc import Mapping
from datetime import datetime

from pipeline.model.sources import Source
from pipeline.store import runs, sources
from pipeline.store.database import Database
from pipeline.text.words.dates import on_day


def note_faults(db: Database, source: Source, faults: Mapping[str, str], now: datetime) -> None:
    """Open or renew a Problem for each fault of a crawl, and clear those that it no longer has.

    ``faults`` maps a kind to plain words.
    """
    silent = _silence(db, source, now)
    standing = dict(faults) | ({"silent": silent} if silent else {})
    with db.begin() as tx:
        for kind, words in standing.items():
            runs.open_problem(tx, source.key, kind, words, now)
        for problem in runs.standing_problems(tx):
            if problem.source == source.key and problem.kind not in standing:
                runs.clear_problem(tx, source.key, problem.kind, now)


def _silence(db: Database, source: Source, now: datetime) -> str:
    if source.silent_for is None:
        return ""
    with db.begin() as tx:
        state = sources.state(tx, source.key)
    newest = state.newest_entry_at
    if newest is None or state.baselined_at is None or now - newest <= source.silent_for:
        return ""
    days = source.silent_for.days
    return f"nothing new since {on_day(newest)}: this source should not be silent for more than {days} days"
