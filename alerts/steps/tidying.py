"""Subscribers who need looking after: one reminder, and the erasing of addresses that nobody should hold.

Works in short transactions, a person at a time, and is the same however often it is run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.compose_subscribing import compose_reminder
from alerts.mailing_facts import MailingFacts
from alerts.slots import confirm_link
from alerts.steps.subscribing import KEPT, owe_mail
from alerts.tokens import Purpose, Tokens
from pipeline.model.subscribers import Subscriber, SubscriberState, Way
from pipeline.store import confirmations, forgetting, subscriber_lists, subscribers
from pipeline.store.database import Database
from pipeline.store.suppressions import LEFT, suppression_hash

REMIND_AFTER = timedelta(days=3)
LEFT_KEPT = timedelta(days=90)
MAIL_KEPT = timedelta(days=30)
REMINDED = "reminded to confirm"


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many people were reminded, deleted unconfirmed, and reduced to a hash after they had left."""

    reminded: int = 0
    deleted: int = 0
    reduced: int = 0


def tidy_subscribers(
    db: Database,
    tokens: Tokens,
    facts: MailingFacts,
    now: datetime,
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Tidied:
    """Delete after 14 days, remind after 3, reduce to a hash 90 days after leaving, drop old mails.

    Whoever has let 14 days pass is not reminded any more, even when the reminder was missed.
    """
    deleted = _each(db, lambda tx: subscriber_lists.due_for_deletion(tx, now - KEPT), _delete(db, now), stop)
    reminded = _each(
        db,
        lambda tx: subscriber_lists.due_for_reminder(tx, now - REMIND_AFTER),
        lambda person: _remind(db, tokens, facts, person, now),
        stop,
    )
    reduced = _each(
        db,
        lambda tx: subscriber_lists.left_before(tx, now - LEFT_KEPT),
        lambda person: _reduce(db, tokens, person, now),
        stop,
    )
    while not stop():
        with db.begin() as tx:
            if not confirmations.erase_old(tx, now - MAIL_KEPT):
                break
    return Tidied(reminded, deleted, reduced)


def _each(
    db: Database,
    due: Callable[[Connection], list[Subscriber]],
    act: Callable[[Subscriber], bool],
    stop: Callable[[], bool],
) -> int:
    done = 0
    while not stop():
        with db.begin() as tx:
            people = due(tx)
        acted = sum(act(person) for person in people if not stop())
        done += acted
        if not acted:
            break
    return done


def _remind(db: Database, tokens: Tokens, facts: MailingFacts, person: Subscriber, now: datetime) -> bool:
    """True when the person needs no more looking after: also where a mail server refused the first mail."""
    assert person.asked_at is not None
    link = confirm_link(facts.site, tokens.make(Purpose.CONFIRM, person.key, now))
    mail = compose_reminder(facts, link, ends=person.asked_at + KEPT)
    with db.begin() as tx:
        still = subscribers.by_key(tx, person.key)
        if still is None or still.state is not SubscriberState.PENDING or still.reminded_at is not None:
            return False
        subscriber_lists.reminded(tx, person.id, now)
        if facts.allows(person.address) and not confirmations.was_refused(tx, person.id):
            line = subscribers.note(tx, person.id, Way.FORM, REMINDED, now)
            owe_mail(tx, facts, person, mail, line, now)
    return True


def _delete(db: Database, now: datetime) -> Callable[[Subscriber], bool]:
    def delete(person: Subscriber) -> bool:
        with db.begin() as tx:
            still = subscribers.by_key(tx, person.key)
            if (
                still is None
                or still.state is not SubscriberState.PENDING
                or still.asked_at != person.asked_at
            ):
                return False
            forgetting.forget(tx, still, "", "", now)
        return True

    return delete


def _reduce(db: Database, tokens: Tokens, person: Subscriber, now: datetime) -> bool:
    with db.begin() as tx:
        still = subscribers.by_key(tx, person.key)
        if still is None or still.state is not SubscriberState.LEFT or still.left_at != person.left_at:
            return False
        forgetting.forget(tx, still, suppression_hash(tokens.secret, still.address), LEFT, now)
    return True
