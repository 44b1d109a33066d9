"""What others' tools say of our mails: SpamAssassin's score, and the line and header rules of RFC 5322."""

import email
import re
from datetime import UTC, timedelta
from email.policy import default
from email.utils import format_datetime
from pathlib import Path

import pytest

from alerts.compose import compose_alert
from alerts.mailers import build_message
from alerts.message_bytes import DigestFacts, MessageTemplate, Person, Sender
from alerts.tokens import Tokens
from tests.support.digests import FRIDAY, SITE, a_digest_mail, key_of
from tests.support.spamassassin import Judgement, NoSpamAssassin, judge
from tests.unit.alerts.test_compose import facts

ONCE = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type", "reply-to"}


def _digest_mail(*, plain: bool = False) -> bytes:
    sender = Sender("Open Lanes <news@charity.example>", "Open Lanes", SITE, "hello@charity.example")
    facts = DigestFacts("weekly:2026-11-27", "weekly", FRIDAY.date(), FRIDAY)
    template = MessageTemplate(
        a_digest_mail(plain=plain), facts, sender, Tokens("a secret of the tests, long")
    )
    return template.for_person(Person(key_of("anna@people.example"), "anna@people.example"))


def _alert_mail() -> bytes:
    message = build_message(
        "anna@charity.example", compose_alert(facts()), sender="sendwatch@charity.example",
        message_id="<0123456789abcdef0123456789abcdef@charity.example>", date=FRIDAY,
    )  # fmt: skip
    return message.as_bytes()


MAILS = {"digest": _digest_mail, "plain digest": lambda: _digest_mail(plain=True), "alert": _alert_mail}


@pytest.mark.parametrize("kind", MAILS)
def test_spamassassin_takes_it_for_no_spam(kind: str, tmp_path: Path) -> None:
    said = _judged(MAILS[kind](), tmp_path)
    assert said.score < 1.0, said.rules


@pytest.mark.parametrize("kind", MAILS)
def test_header_and_line_rules_hold(kind: str) -> None:
    raw = MAILS[kind]()
    parsed = email.message_from_bytes(raw, policy=default)
    for part in parsed.walk():
        assert not part.defects
        for name, value in part.items():
            assert not value.defects, (name, value.defects)
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw), "lines end with CR LF (RFC 5322, 2.3)"
    assert max(map(len, raw.split(b"\r\n"))) <= 998, "RFC 5322, 2.1.1"
    body = raw.partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert max(len(line) for line in body if not line.startswith((b"Content-", b"--"))) <= 76, "RFC 2045, 6"
    names = [name.lower() for name in parsed]
    assert all(names.count(name) <= 1 for name in ONCE), "RFC 5322, 3.6"
    assert {"from", "date", "message-id", "to", "subject"} <= set(names)
    assert re.fullmatch(r"<[0-9a-f]{32}@charity\.example>", str(parsed["Message-ID"]))


def _judged(raw: bytes, home: Path) -> Judgement:
    """With the trace that a receiving server puts in front: a mail without one is judged otherwise."""
    when = format_datetime((FRIDAY + timedelta(seconds=4)).astimezone(UTC))
    trace = (
        "Received: from relay.charity.example (relay.charity.example [81.2.69.142])\r\n"
        f"\tby mx.people.example with ESMTPS id 4XyZ12; {when}\r\n"
    )
    try:
        return judge(trace.encode() + raw, home)
    except NoSpamAssassin as why:
        pytest.skip(str(why))
