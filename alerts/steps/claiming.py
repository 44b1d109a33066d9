"""Claim mails of digests that are due, within the limit of a day, and make messages of them. Sends none."""

import logging
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.message_bytes import DigestFacts, MessageTemplate
from alerts.sending_pool import Job
from alerts.steps.marking import Marker
from alerts.steps.sending_terms import SendingTerms
from pipeline.store import digest_deliveries, digest_progress
from pipeline.store.database import Database
from pipeline.store.digest_deliveries import Claim, Letter
from pipeline.store.digest_progress import OpenDigest
from pipeline.text.words.dates import LONDON

logger = logging.getLogger("sendwatch")
LEASE = timedelta(minutes=30)  # longer than one mail can take on the slowest server
MOST_AT_ONCE = 100  # claimed in one transaction
COUNT_AGAIN = 60.0  # seconds until the day's mails are counted again
LOOK_AGAIN = 2.0  # seconds until digests that had nothing due are looked at again
DAY = timedelta(hours=24)  # rolling, as mail providers count it
KEPT_TEMPLATES = 200


class Claims:
    """The claims of one sending. ``name`` is a digest's key or a plan's; empty means all.

    ``finished`` are the keys of digests that came to their end, ``day_is_full`` whether the limit was met.
    """

    def __init__(
        self, db: Database, terms: SendingTerms, clock: Callable[[], datetime], name: str, marker: Marker
    ) -> None:
        self._db, self._terms, self._clock, self._name, self._marker = db, terms, clock, name, marker
        self._lease = uuid.uuid4().hex
        self._templates: dict[int, MessageTemplate] = {}
        self._quiet_until: dict[bool, float] = {}
        self._day_before, self._day_counted_at = 0, 0.0
        self.finished: list[str] = []
        self.day_is_full = False

    def take(self, most: int, in_hand: int) -> tuple[list[Job], bool]:
        """Claim up to ``most`` mails, each with the message that it becomes; ``in_hand`` are with the server.

        The second value is False when nothing was due, or the day is full.
        """
        with self._db.begin() as tx:
            most = self._within_the_day(tx, min(most, MOST_AT_ONCE), in_hand)
            if most <= 0:
                return [], False
            digests = digest_progress.open_digests(tx, self._name)
            found, jobs = False, list[Job]()
            # What is mailed at once must not wait behind a hundred thousand weekly ones.
            for at_once in (True, False):
                group = [d for d in digests if (":story:" in d.key) is at_once]
                if not group or self._terms.ticks() < self._quiet_until.get(at_once, 0.0):
                    continue
                taken = self._claim_of(tx, group, most)
                found = found or not taken.is_empty
                self._marker.tally.dropped += taken.dropped
                self._marker.tally.withheld += taken.withheld
                jobs = self._jobs(tx, group, taken.letters)
                if taken.is_empty:
                    self._quiet_until[at_once] = self._terms.ticks() + LOOK_AGAIN
                    self.finish(tx)
                elif jobs:
                    break
        return jobs, found

    def look_again(self) -> None:
        """Something was given back, and is due at once."""
        self._quiet_until.clear()

    def finish(self, tx: Connection) -> None:
        """End every digest of which nothing is owed any more; their keys are in ``finished``."""
        for digest in digest_progress.open_digests(tx, self._name):
            if digest_progress.finish(tx, digest.id, self._clock()):
                self.finished.append(digest.key)

    def _claim_of(self, tx: Connection, group: Sequence[OpenDigest], most: int) -> Claim:
        now = self._clock()
        return digest_deliveries.claim(
            tx,
            lease=self._lease,
            now=now,
            today=now.astimezone(LONDON).date(),
            lasting=LEASE,
            limit=most,
            allows=self._terms.allows,
            only=[digest.id for digest in group],
        )

    def _within_the_day(self, tx: Connection, most: int, in_hand: int) -> int:
        if not self._terms.per_day:
            return most
        sent, now = self._marker.tally.sent, self._terms.ticks()
        if now >= self._day_counted_at:
            before = digest_progress.sent_since(tx, self._clock() - DAY) - sent
            self._day_before, self._day_counted_at = before, now + COUNT_AGAIN
        left = self._terms.per_day - self._day_before - sent - in_hand
        self.day_is_full = left <= 0 and not in_hand
        return min(most, left)

    def _jobs(self, tx: Connection, group: Sequence[OpenDigest], letters: Sequence[Letter]) -> list[Job]:
        jobs = []
        for letter in letters:
            try:
                jobs.append(Job(letter, self._template(tx, group, letter)))
            except Exception as error:  # one mail that is kept badly must not hold up all others
                logger.exception("mail %s of digest %s cannot be read", letter.mail_id, letter.digest_id)
                self._marker.put_off(tx, letter, error)
        return jobs

    def _template(self, tx: Connection, group: Sequence[OpenDigest], letter: Letter) -> MessageTemplate:
        found = self._templates.get(letter.mail_id)
        if found is None:
            if len(self._templates) >= KEPT_TEMPLATES:
                self._templates.clear()
            digest = next(d for d in group if d.id == letter.digest_id)
            facts = DigestFacts(digest.key, digest.plan, digest.day, digest.made_at)
            mail = digest_deliveries.mail_of(tx, letter.mail_id)
            found = MessageTemplate(mail, facts, self._terms.sender, self._terms.tokens)
            self._templates[letter.mail_id] = found
        return found
