"""Take in a list of subscribers. Who has consent on record is active without a mail; nobody else is.

The suppression list holds without exception here: whoever was forgotten, left or complained is not brought
back by an old list. Short transactions; twice does no harm.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection

from alerts.mailing_facts import MailingFacts
from alerts.steps.subscribing import ASKED, confirm_mail, owe_mail
from alerts.subscriber_rows import ListRow
from alerts.tokens import Tokens
from pipeline.model.subscribers import SubscriberState, Way
from pipeline.store import subscriber_lists, subscribers, suppressions
from pipeline.store.database import Database
from pipeline.store.subscriber_lists import Newcomer
from pipeline.store.suppressions import suppression_hash

BATCH = 1000

NO_CONSENT = "no consent on record: add consent_source and consent_date, or use --ask-them"
TWICE = "stands twice in this list"
SUPPRESSED = "was forgotten, has left or has complained: not taken in"
KNOWN = {
    SubscriberState.PENDING: "is known and has not confirmed",
    SubscriberState.ACTIVE: "is on the list already",
    SubscriberState.SUSPENDED: "is known, and mail to it came back",
    SubscriberState.LEFT: "has left: not taken in",
}


@dataclass(slots=True)
class Imported:
    """What a list led to. ``refused`` are line numbers and reasons, in the order of the list."""

    taken: int = 0
    asked: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many lines were refused for each reason."""
        return Counter(reason for _, reason in self.refused)


def import_list(
    db: Database,
    tokens: Tokens,
    facts: MailingFacts,
    rows: Iterable[ListRow],
    now: datetime,
    *,
    ask: int = 0,
    check: bool = False,
    way: Way = Way.IMPORT,
) -> Imported:
    """Take the rows in. ``ask`` is how many confirmation mails a minute go to those without consent; 0: none.

    With ``check`` nothing is kept, and what would be is counted.
    """
    done, seen = Imported(), set[str]()
    for batch in _batches(rows):
        with db.begin() as tx:
            good = _sifted(tx, tokens, batch, done, seen, asking=ask > 0)
            active = [row for row in good if row.consent]
            pending = [row for row in good if not row.consent]
            if not check:
                people = [Newcomer(row.address, row.wishes, row.consent) for row in good]
                ids = subscriber_lists.take_in(tx, people, way, now)
                for number, row in enumerate(pending, start=done.asked):
                    due = now + timedelta(minutes=number / ask)
                    _ask(tx, tokens, facts, row, ids[row.address], way, due)
            done.taken += len(active)
            done.asked += len(pending)
    done.refused.sort()
    return done


def _sifted(
    tx: Connection, tokens: Tokens, batch: list[ListRow], done: Imported, seen: set[str], *, asking: bool
) -> list[ListRow]:
    hashes = {row.address: suppression_hash(tokens.secret, row.address) for row in batch if row.address}
    states = subscriber_lists.states_of(tx, list(hashes))
    gone = suppressions.suppressed_among(tx, list(hashes.values()))
    good = []
    for row in batch:
        reason = row.fault
        if not reason and row.address in seen:
            reason = TWICE
        elif not reason and row.address in states:
            reason = KNOWN[states[row.address]]
        elif not reason and hashes[row.address] in gone:
            reason = SUPPRESSED
        elif not reason and row.consent is None and not asking:
            reason = NO_CONSENT
        seen.add(row.address)
        if reason:
            done.refused.append((row.line, reason))
        else:
            good.append(row)
    return good


def _ask(
    tx: Connection,
    tokens: Tokens,
    facts: MailingFacts,
    row: ListRow,
    person_id: int,
    way: Way,
    due: datetime,
) -> None:
    subscribers.ask(tx, person_id, due)
    line = subscribers.note(tx, person_id, way, f"{ASKED}: {facts.consent_words}", due)
    person = subscribers.by_address(tx, row.address)
    if person is not None and facts.allows(row.address):
        owe_mail(tx, facts, person, confirm_mail(tokens, facts, person.key, due), line, due)


def _batches(rows: Iterable[ListRow]) -> Iterator[list[ListRow]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
