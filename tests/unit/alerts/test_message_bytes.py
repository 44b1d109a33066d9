"""What a subscriber's mail program is given: whole, plain, one's own, and the same every time."""

import email
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import default

import pytest

from alerts.mailers import build_message
from alerts.message_bytes import (
    DigestFacts,
    MessageTemplate,
    Person,
    Sender,
    Unsuitable,
    message_id,
    on_the_wire,
)
from alerts.slots import LEAVE_SLOT, PREFERENCES_SLOT
from alerts.tokens import Purpose, Tokens
from pipeline.model.mails import Attached, Mail
from tests.support.digests import SITE, a_digest_mail

MADE = datetime(2026, 11, 27, 12, tzinfo=UTC)
FACTS = DigestFacts("weekly:2026-11-27", "weekly", date(2026, 11, 27), MADE)
SENDER = Sender(
    "Open Lanes <news@charity.example>",
    "Open Lanes",
    SITE,
    "hello@charity.example",
    "bounces@charity.example",
)
TOKENS = Tokens("a secret of the tests, long enough")
ANNA = Person("abcdefghijklmnopqrst_-", "anna@people.example")
BEN = Person("ABCDEFGHIJKLMNOPQRST01", "ben@people.example")


def _message(mail: Mail | None = None, person: Person = ANNA, sender: Sender = SENDER) -> bytes:
    return MessageTemplate(mail or a_digest_mail(), FACTS, sender, TOKENS).for_person(person)


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def test_a_mail_says_how_to_leave_and_what_list_it_is_of() -> None:
    raw = _message()
    mail = _parsed(raw)
    https, mailto = (part.strip(" <>") for part in str(mail["List-Unsubscribe"]).split(", "))
    token = https.removeprefix(f"{SITE}/leave/")
    assert TOKENS.read(Purpose.LEAVE, token, MADE) == ANNA.key
    assert mailto == f"mailto:bounces+{ANNA.key}@charity.example?subject=leave%20{token}"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "Open Lanes <weekly.charity.example>"
    assert mail["Feedback-ID"] == "weekly:2026-11-27:sendwatch:charity.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "bulk"
    assert "All" not in mail["X-Auto-Response-Suppress"], "that would keep back bounces, too"
    assert mail["Content-Language"] == "en-GB"
    assert (mail["To"], mail["Reply-To"]) == ("anna@people.example", "hello@charity.example")
    assert mail["Date"].datetime == MADE
    assert SENDER.envelope(ANNA.key) == f"bounces+{ANNA.key}@charity.example"


def test_text_comes_first_and_says_all_that_the_page_says() -> None:
    mail = _parsed(_message())
    assert mail.get_content_type() == "multipart/alternative"
    text, page = mail.iter_parts()
    assert [text.get_content_type(), page.get_content_type()] == ["text/plain", "text/html"]
    filled = a_digest_mail()
    for part, given in ((text, filled.text), (page, filled.html)):
        token = TOKENS.make(Purpose.LEAVE, ANNA.key, MADE)
        wanted = given.replace(LEAVE_SLOT, token)
        wanted = wanted.replace(PREFERENCES_SLOT, TOKENS.make(Purpose.PREFERENCES, ANNA.key, MADE))
        assert part.get_content().replace("\r\n", "\n").strip() == wanted.strip()


def test_who_wants_plain_text_gets_that_alone() -> None:
    mail = _parsed(_message(a_digest_mail(plain=True)))
    assert mail.get_content_type() == "text/plain"
    assert "what it means for families" in mail.get_content()


def test_the_same_person_and_digest_are_the_same_bytes_every_time() -> None:
    assert _message() == _message()
    assert _message(person=BEN) != _message()


def test_the_message_id_stays_and_tells_nobody_who_it_is() -> None:
    own = message_id(FACTS.key, ANNA.key, "charity.example")
    assert own == message_id(FACTS.key, ANNA.key, "charity.example") == str(_parsed(_message())["Message-ID"])
    assert own != message_id(FACTS.key, BEN.key, "charity.example")
    assert own != message_id("weekly:2026-12-04", ANNA.key, "charity.example")
    local = own.strip("<>").partition("@")[0]
    assert len(local) == 32
    assert int(local, 16)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: thief@evil.example",
        "a@b.example\nX: y",
        "a b@c.example",
        "a@b.example, c@d.example",
        "Anna <a@b.example>",
        "a@b@c.example",
        "",
        "a\x00@b.example",
    ],
)
def test_no_address_can_add_a_header_or_a_recipient(address: str) -> None:
    with pytest.raises(Unsuitable) as refused:
        _message(person=Person(ANNA.key, address))
    assert "example" not in str(refused.value)


def test_no_subject_name_or_plan_can_add_a_header() -> None:
    evil = "\r\nBcc: thief@evil.example\r\n\r\nHello"
    sender = replace(SENDER, charity=f'Open "Lanes" <x>{evil}')
    facts = replace(FACTS, plan=f"weekly{evil}")
    mail = replace(a_digest_mail(), subject=f"News{evil}")
    parsed = _parsed(MessageTemplate(mail, facts, sender, TOKENS).for_person(ANNA))
    assert parsed["Bcc"] is None
    assert len(parsed.get_all("Subject", [])) == 1
    assert parsed["List-Id"].count("<") == 1


def test_a_title_that_a_header_would_decode_adds_no_header() -> None:
    words = "=?utf-8?q?x=0D=0ABcc:_evil@x.example=0D=0A=0D=0A<h1>?= and more"
    mail = replace(a_digest_mail(), subject=words)
    raw = _message(mail, sender=replace(SENDER, charity=words))
    assert b"\r\nBcc:" not in raw
    assert _parsed(raw)["Bcc"] is None
    assert _parsed(raw).keys() == _parsed(_message()).keys()
    alert = build_message(
        "team@charity.example", mail, sender=SENDER.sender, message_id="<a@charity.example>", date=MADE
    )
    assert b"\nBcc:" not in alert.as_bytes()


def test_a_charity_whose_name_needs_it_is_quoted_or_encoded() -> None:
    dotted = _message(sender=replace(SENDER, charity="Lanes, Inc."))
    assert _parsed(dotted)["List-Id"] == '"Lanes, Inc." <weekly.charity.example>'
    accented = _message(sender=replace(SENDER, charity="Llŷn Ôl"))
    assert accented.isascii()
    assert _parsed(accented)["List-Id"] == "Llŷn Ôl <weekly.charity.example>"


def test_a_digest_with_attachments_is_refused() -> None:
    mail = replace(a_digest_mail(), attachments=(Attached("a.txt", "text/plain", b"x"),))
    with pytest.raises(Unsuitable):
        _message(mail)


def test_without_a_bounce_address_bounces_go_to_the_sender() -> None:
    sender = replace(SENDER, bounce_address="", reply_to="")
    assert sender.envelope(ANNA.key) == "news@charity.example"
    assert "mailto:news@charity.example?" in str(_parsed(_message(sender=sender))["List-Unsubscribe"])


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("anna@people.example", "anna@people.example"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("jürgen@people.example", "jürgen@people.example"),
    ],
)
def test_a_domain_in_any_script_can_be_written_in_ascii(address: str, wire: str) -> None:
    assert on_the_wire(address) == wire
