"""Deliver what is owed: claim with a lease, send, mark. Knows nothing of what a mail says.

A process that dies between the mail server's yes and the mark sends that one mail again under the same
Message-ID; nothing else is ever sent twice.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.mailers import Mailer
from pipeline.model.errors import DeliveryRefused, TransientError
from pipeline.model.retries import wait_after
from pipeline.store import deliveries
from pipeline.store.database import Database

logger = logging.getLogger("sendwatch")
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = 40  # tries: about six days at the longest wait


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round of delivering did."""

    sent: int = 0
    again: int = 0
    failed: int = 0


def deliver_owed(
    db: Database, mailer: Mailer, *, clock: Callable[[], datetime], stop: Callable[[], bool] = lambda: False
) -> Delivered:
    """Send every Delivery that is due, one at a time, until none is left or ``stop()`` says so."""
    lease = uuid.uuid4().hex
    counted = {"sent": 0, "again": 0, "failed": 0}
    while not stop():
        with db.begin() as tx:
            claimed = deliveries.claim(tx, lease=lease, now=clock(), lasting=LEASE)
        if claimed is None:
            break
        try:
            with db.begin() as tx:
                mail = deliveries.mail_of(tx, claimed.alert_id)
            mailer.send(claimed.recipient, mail, message_id=claimed.message_id, date=claimed.made_at)
        except DeliveryRefused as error:
            with db.begin() as tx:
                deliveries.failed(tx, claimed, str(error))
            counted["failed"] += 1
        except TransientError as error:
            counted[_later(db, claimed, str(error), clock())] += 1
        except Exception as error:  # one mail that cannot be made ready must not be claimed first for ever
            logger.exception("delivery %s failed", claimed.id)
            words = f"this mail cannot be sent as it is kept ({type(error).__name__}: {error})"
            counted[_later(db, claimed, words, clock())] += 1
        else:
            with db.begin() as tx:
                deliveries.sent(tx, claimed, clock())
            counted["sent"] += 1
    return Delivered(**counted)


def _later(db: Database, claimed: deliveries.Claimed, words: str, now: datetime) -> str:
    with db.begin() as tx:
        if claimed.attempts >= GIVE_UP_AFTER:
            deliveries.failed(tx, claimed, f"given up after {claimed.attempts} tries: {words}")
            return "failed"
        deliveries.again(tx, claimed, due_at=now + wait_after(claimed.attempts), words=words)
        return "again"
