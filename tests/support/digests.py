"""Digests as the rows that sending finds: people, a digest, its mails, and one owed mail for each person."""

import base64
import hashlib
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec
from sqlalchemy import Connection, insert, select

from alerts.slots import LEAVE_SLOT, PREFERENCES_SLOT
from pipeline.model.mails import Mail
from pipeline.store.database import Database
from pipeline.store.mailing_tables import (
    digest_deliveries,
    digest_mails,
    digests,
    subscribers,
    subscriptions,
)

FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
SITE = "https://news.charity.example"


def a_digest_mail(words: str = "A letter from the minister", *, plain: bool = False) -> Mail:
    """A digest's mail as it is composed: with slots, and with text beyond ASCII in long lines."""
    leave, prefs = f"{SITE}/leave/{LEAVE_SLOT}", f"{SITE}/preferences/{PREFERENCES_SLOT}"
    story = f"{words} – “what it means for families” = £3.7bn by 2029. " * 6
    text = f"This week\n\n{story}\n\nLeave: {leave}\nChange what you get: {prefs}\n"
    html = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>This week</title></head><body>'
        f'<h1>This week</h1><p>{story}</p><p><a href="{leave}">Leave</a> or '
        f'<a href="{prefs}">change what you get</a></p></body></html>'
    )
    return Mail(f"This week in SEND: {words}", text, "" if plain else html)


def key_of(address: str) -> str:
    """A key as the program makes them at random, but the same every time: 22 characters."""
    return base64.urlsafe_b64encode(hashlib.sha256(address.encode()).digest()[:16]).decode().rstrip("=")


def add_people(
    tx: Connection, addresses: Sequence[str], *, plan: str = "weekly", **more: object
) -> list[int]:
    """Confirmed subscribers of a plan; their numbers."""
    rows = [
        {
            "key": key_of(address), "address": address, "state": "active", "created_at": FRIDAY,
            "confirmed_at": FRIDAY, "topics": "[]", "nations": "[]", "phases": "[]", "plain": False,
            "refusals": 0, "soft_bounces": 0, "suspended_because": "", "consent_source": "form",
            "consent_words": "", **more,
        }
        for address in addresses
    ]  # fmt: skip
    tx.execute(insert(subscribers), rows)
    found = dict(tx.execute(select(subscribers.c.address, subscribers.c.id)).all())
    ids = [int(found[address]) for address in addresses]
    tx.execute(insert(subscriptions), [{"plan": plan, "subscriber_id": i, "since": FRIDAY} for i in ids])
    return ids


def add_digest(
    tx: Connection,
    people: Sequence[int],
    *,
    key: str = "weekly:2026-11-27",
    state: str = "sending",
    mail: Mail | None = None,
    made_at: datetime = FRIDAY,
) -> int:
    """A digest whose mails are owed to these people; its number."""
    plan = key.partition(":")[0]
    row = {"key": key, "plan": plan, "day": date(2026, 11, 27), "state": state, "made_at": made_at}
    made = tx.execute(insert(digests).values({**row, "opening": "", "owed_to": 0})).inserted_primary_key
    assert made is not None
    mail = mail or a_digest_mail()
    packed = zlib.compress(msgspec.json.encode(mail))
    mail_row = {
        "digest_id": made[0], "key": hashlib.sha256(mail.text.encode()).hexdigest(), "positions": "[0]",
        "plain": not mail.html, "subject": mail.subject, "packed": packed,
    }  # fmt: skip
    kept = tx.execute(insert(digest_mails).values(mail_row)).inserted_primary_key
    assert kept is not None
    owed = [
        {
            "digest_id": made[0], "subscriber_id": person, "mail_id": kept[0], "state": "owed",
            "due_at": made_at, "lease": "", "attempts": 0, "last_error": "",
        }
        for person in people
    ]  # fmt: skip
    if owed:
        tx.execute(insert(digest_deliveries), owed)
    return int(made[0])


def a_digest_to(db: Database, addresses: Sequence[str], **more: object) -> int:
    """People and a digest that is owed to each of them; the digest's number."""
    with db.begin() as tx:
        people = add_people(tx, addresses)
        return add_digest(tx, people, **more)  # type: ignore[arg-type]


def addresses_of(count: int, domain: str = "people.example") -> list[str]:
    """So many invented addresses."""
    return [f"person{number:06}@{domain}" for number in range(count)]
