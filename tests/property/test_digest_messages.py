"""Whatever a digest says: the message is whole, its lines are short, its links are the reader's own."""

import email
import re
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.message_bytes import DigestFacts, MessageTemplate, Person, Sender, quoted_printable
from alerts.slots import LEAVE_SLOT, PREFERENCES_SLOT
from alerts.tokens import Purpose, Tokens
from pipeline.model.mails import Mail

MADE = datetime(2026, 11, 27, 12, tzinfo=UTC)
TOKENS = Tokens("a secret of the tests, long enough")
SENDER = Sender("Open Lanes <news@charity.example>", "Open Lanes", "https://news.charity.example")
FACTS = DigestFacts("weekly:2026-11-27", "weekly", date(2026, 11, 27), MADE)

words = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=200
)
texts = st.lists(st.one_of(words, st.sampled_from([LEAVE_SLOT, PREFERENCES_SLOT, "\n", ".", " ", "="]))).map(
    "".join
)
keys = st.binary(min_size=16, max_size=16).map(lambda raw: urlsafe_b64encode(raw).decode().rstrip("="))
locals_ = st.text("abcxyz019._+'-", min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(texts, texts, words, keys, keys, locals_)
def test_a_message_parses_without_a_fault_and_holds_nobody_elses_links(
    text: str, html: str, subject: str, mine: str, other: str, local: str
) -> None:
    mail = Mail(subject, text, html)
    template = MessageTemplate(mail, FACTS, SENDER, TOKENS)
    raw = template.for_person(Person(mine, f"{local}@people.example"))
    assert raw == template.for_person(Person(mine, f"{local}@people.example"))
    assert LEAVE_SLOT.encode() not in raw
    assert PREFERENCES_SLOT.encode() not in raw
    parsed = email.message_from_bytes(raw, policy=default)
    parts = list(parsed.iter_parts()) if parsed.is_multipart() else [parsed]
    assert len(parts) == (2 if html else 1)
    tokens = {purpose: TOKENS.make(purpose, mine, MADE) for purpose in (Purpose.LEAVE, Purpose.PREFERENCES)}
    for part, given_text in zip(parts, (text, html), strict=False):
        assert not part.defects
        wanted = given_text.replace(LEAVE_SLOT, tokens[Purpose.LEAVE])
        wanted = wanted.replace(PREFERENCES_SLOT, tokens[Purpose.PREFERENCES])
        assert part.get_content().replace("\r\n", "\n").rstrip("\n") == wanted.rstrip("\n")
    assert not parsed.defects
    if mine != other and other not in local:
        assert TOKENS.make(Purpose.LEAVE, other, MADE).encode() not in raw
        assert other.encode() not in raw
    head, _, body = raw.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 998, "RFC 5322, 2.1.1"
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    coded = [line for line in body.split(b"\r\n") if not line.startswith((b"--=_", b"Content-"))]
    assert max(map(len, coded)) <= 76, "RFC 2045, 6.7"
    assert raw.isascii()


@settings(max_examples=60, deadline=None)
@given(texts, st.text("ABCabc019_.-", min_size=1, max_size=75))
def test_lines_stay_short_whatever_fills_a_slot(text: str, token: str) -> None:
    coded = quoted_printable(text)
    filled = re.sub(f"{LEAVE_SLOT}|{PREFERENCES_SLOT}", token, coded)
    assert max(map(len, filled.split("\r\n"))) <= 76
