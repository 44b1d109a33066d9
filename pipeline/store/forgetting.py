"""All that is held about one person: handed out, and erased (UK GDPR, Articles 15 and 17).

What remains of an erased person is a keyed hash on the suppression list, and deliveries under a number that
leads nowhere.
"""

from datetime import datetime

from sqlalchemy import Connection, select, update

from pipeline.model.subscribers import ConsentLine, Held, Subscriber
from pipeline.store import confirmations, suppressions
from pipeline.store.mailing_tables import consents, digest_deliveries, digest_mails, digests
from pipeline.store.subscribers import delete_person


def held_about(tx: Connection, person: Subscriber) -> Held:
    """The person's row, log, subscriptions, and the digests that the mail server took for them."""
    log = tx.execute(
        select(consents.c.at, consents.c.way, consents.c.what)
        .where(consents.c.subscriber_id == person.id)
        .order_by(consents.c.id)
    )
    sent = tx.execute(
        select(digest_mails.c.subject, digests.c.plan, digests.c.day)
        .select_from(digest_deliveries)
        .join(digests, digests.c.id == digest_deliveries.c.digest_id)
        .join(digest_mails, digest_mails.c.id == digest_deliveries.c.mail_id)
        .where(digest_deliveries.c.subscriber_id == person.id, digest_deliveries.c.state == "sent")
        .order_by(digests.c.day, digests.c.id)
    )
    return Held(
        person,
        tuple(ConsentLine(row.at, row.way, row.what) for row in log),
        tuple((row.subject, row.plan, row.day) for row in sent),
    )


def forget(tx: Connection, person: Subscriber, digest: str, why: str, now: datetime) -> None:
    """Erase the person; ``digest`` is the suppression hash of their address, ``why`` the reason that stays.

    An empty ``digest`` keeps nothing at all: for people who never confirmed.
    """
    confirmations.erase(tx, person.id)
    theirs = digest_deliveries.c.subscriber_id == person.id
    tx.execute(
        update(digest_deliveries).where(theirs, digest_deliveries.c.last_error != "").values(last_error="")
    )
    free = (digest_deliveries.c.state == "owed", digest_deliveries.c.lease == "")
    tx.execute(update(digest_deliveries).where(theirs, *free).values(state="dropped"))
    delete_person(tx, person.id)
    if digest:
        suppressions.suppress(tx, digest, why, now)
