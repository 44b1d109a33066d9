"""Sign-up and confirmation: nobody is mailed news before they have said yes twice.

What a stranger sees of it is always the same, whether or not an address is known. Sends nothing itself: a
mail is owed in the same transaction as the line in the log that says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from alerts.compose_subscribing import compose_confirm, compose_known
from alerts.mailing_facts import MailingFacts
from alerts.slots import confirm_link, preferences_link
from alerts.steps.alerting import message_ids
from alerts.tokens import Purpose, Tokens
from pipeline.model.mails import Mail
from pipeline.model.subscribers import Consent, Preferences, Subscriber, SubscriberState, Way
from pipeline.store import confirmations, deliveries, subscribers, suppressions
from pipeline.store.database import Database
from pipeline.store.suppressions import COMPLAINT, suppression_hash

KEPT = timedelta(days=14)  # an address that nobody confirms; its link lasts as long
A_DAY = timedelta(days=1)
MOST_ASKED = 3  # confirmation mails to one address in a day
MOST_TOLD = 1  # mails to one address in a day that say it is on the list
ASKED, TOLD = "asked to confirm", "told that the address is on the list"


class Outcome(StrEnum):
    """What a sign-up led to. For counts and tests: whoever signs up is told the same in every case."""

    ASKED = "asked"
    KNOWN = "known"
    ENOUGH = "enough"  # mailed often enough today
    SUPPRESSED = "suppressed"  # a complaint stands against mail to this address
    NOT_ALLOWED = "not allowed"  # not on the allow-list


class Answer(StrEnum):
    """What a confirmation led to."""

    DONE = "done"
    ALREADY = "already"
    ENDED = "ended"  # too old, forged, or nobody has asked since the person left


@dataclass(frozen=True, slots=True)
class SignUp:
    """Who asks for what. ``address`` is normalised (alerts.addresses)."""

    address: str
    wishes: Preferences
    way: Way = Way.FORM


def sign_up(db: Database, tokens: Tokens, facts: MailingFacts, wanted: SignUp, now: datetime) -> Outcome:
    """Owe the mail that this sign-up deserves, if any. The work is much the same on every way through it."""
    digest = suppression_hash(tokens.secret, wanted.address)
    with db.begin() as tx:
        known = subscribers.by_address(tx, wanted.address)
        complained = suppressions.why_suppressed(tx, digest) == COMPLAINT
    key = known.key if known else subscribers.new_key()
    active = known is not None and known.state is SubscriberState.ACTIVE
    mail = (known_mail if active else confirm_mail)(tokens, facts, key, now)
    with db.begin() as tx:  # for all of them: the wait for the lock tells nothing
        if not facts.allows(wanted.address):
            return Outcome.NOT_ALLOWED
        if complained:
            return Outcome.SUPPRESSED
        person = subscribers.by_address(tx, wanted.address)
        if person is None:
            person = subscribers.add(tx, wanted.address, wanted.wishes, now, key=key)
        elif person.state is not SubscriberState.ACTIVE:
            subscribers.wish(tx, person, wanted.wishes, now)
        if person is None or person.key != key or (person.state is SubscriberState.ACTIVE) != active:
            return Outcome.ENOUGH  # something else of this very moment was quicker: it has the mail
        return (_tell if active else _ask)(tx, facts, person, mail, wanted.way, now)


def confirm(db: Database, tokens: Tokens, facts: MailingFacts, token: str, now: datetime) -> Answer:
    """A person has pressed the button behind the link in their mail."""
    person = person_behind(db, tokens, token, now)
    if person is None:
        return Answer.ENDED
    consent = Consent(f"sign-up at {facts.site}/subscribe, confirmed by mail", now, facts.consent_words)
    with db.begin() as tx:
        now_known = subscribers.by_key(tx, person.key)
        if now_known is None:
            return Answer.ENDED
        if subscribers.confirm(tx, now_known, consent, Way.LINK):
            suppressions.lift(tx, suppression_hash(tokens.secret, now_known.address))
            return Answer.DONE
    return Answer.ALREADY if now_known.state is SubscriberState.ACTIVE else Answer.ENDED


def person_behind(db: Database, tokens: Tokens, token: str, now: datetime) -> Subscriber | None:
    """Whom a confirmation link belongs to; None when it is forged or has ended."""
    key = tokens.read(Purpose.CONFIRM, token, now, lasting=KEPT)
    if key is None:
        return None
    with db.begin() as tx:
        return subscribers.by_key(tx, key)


def confirm_mail(tokens: Tokens, facts: MailingFacts, key: str, now: datetime) -> Mail:
    """The mail that asks the person with this key to confirm."""
    link = confirm_link(facts.site, tokens.make(Purpose.CONFIRM, key, now))
    return compose_confirm(facts, link, ends=now + KEPT)


def known_mail(tokens: Tokens, facts: MailingFacts, key: str, now: datetime) -> Mail:
    """The mail that says the person with this key is on the list."""
    return compose_known(facts, preferences_link(facts.site, tokens.make(Purpose.PREFERENCES, key, now)))


def owe_mail(
    tx: Connection, facts: MailingFacts, person: Subscriber, mail: Mail, line: int, due: datetime
) -> None:
    """Owe one mail about a subscription; ``line`` is the number of the log's line that says so."""
    key = confirmations.confirmation_key(person.id, line)
    deliveries.owe(tx, key, mail, message_ids(key, mail, [person.address], facts.domain, due), due)


def _ask(
    tx: Connection, facts: MailingFacts, person: Subscriber, mail: Mail, way: Way, now: datetime
) -> Outcome:
    if subscribers.noted_since(tx, person.id, ASKED, now - A_DAY) >= MOST_ASKED:
        return Outcome.ENOUGH
    subscribers.ask(tx, person.id, now)
    line = subscribers.note(tx, person.id, way, f"{ASKED}: {facts.consent_words}", now)
    owe_mail(tx, facts, person, mail, line, now)
    return Outcome.ASKED


def _tell(
    tx: Connection, facts: MailingFacts, person: Subscriber, mail: Mail, way: Way, now: datetime
) -> Outcome:
    if subscribers.noted_since(tx, person.id, TOLD, now - A_DAY) >= MOST_TOLD:
        return Outcome.ENOUGH
    line = subscribers.note(tx, person.id, way, TOLD, now)
    owe_mail(tx, facts, person, mail, line, now)
    return Outcome.KNOWN
