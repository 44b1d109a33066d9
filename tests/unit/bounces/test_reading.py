"""What mail servers of all kinds send back is read for what it says, and for whom; no address is believed."""

import json
import re
import time
from pathlib import Path

import pytest

from alerts.bounces.codes import HARD, SOFT, judge
from alerts.bounces.keys import Keys
from alerts.bounces.reading import read_report
from pipeline.model.bounces import Kind, Report

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "bounces"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))
KEY = "Abcd1234_-Efgh5678ijKL"
TOKENS = {"TOKENTOKENTOKENTOKENTOKEN": KEY}
KEYS = Keys("bounces@charity.example", TOKENS.get)


def test_every_example_has_been_looked_at() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.eml")} == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["unix", "internet"])
def test_a_report_is_read_for_what_it_says(name: str, line_end: bytes) -> None:
    raw = (EXAMPLES / f"{name}.eml").read_bytes().replace(b"\n", line_end)
    report = read_report(raw, KEYS)
    found = {"kind": report.kind.value, "key": report.subscriber_key, "status": report.status}
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_address_leaves_a_report(name: str) -> None:
    report = read_report((EXAMPLES / f"{name}.eml").read_bytes(), KEYS)
    assert "@" not in report.words
    assert report.address == ""
    assert len(report.words) <= 200
    assert re.fullmatch(r"[^\r\n]*", report.words)


def test_a_key_is_compared_exactly_and_only_at_our_own_address() -> None:
    assert KEYS.among([f"<bounces+{KEY}@CHARITY.example>"]) == KEY
    for other in (
        f"bounces+{KEY.lower()[:-1]}@charity.example",
        f"bounces+{KEY}x@charity.example",
        f"xbounces+{KEY}@charity.example",
        f"bounces+{KEY}@charity.example.evil.example",
        f"bounces-{KEY}@charity.example",
    ):
        assert KEYS.among([other]) == ""
    assert Keys("").among([f"bounces+{KEY}@charity.example"]) == ""


def test_only_a_mailbox_that_is_gone_is_hard() -> None:
    assert {judge(code, "")[0] for code in HARD} == {Kind.HARD}
    assert {judge(code, "")[0] for code in SOFT} == {Kind.SOFT}
    assert judge("5.7.1", "550 5.7.1 user unknown")[0] is Kind.SOFT
    assert judge("", "450 user unknown")[0] is Kind.SOFT, "a 4xx is never for good (RFC 5321, 4.2.1)"
    assert judge("", "")[0] is Kind.SOFT
    assert judge("4.1.1", "no such user")[0] is Kind.SOFT


def _multipart(depth: int) -> bytes:
    if not depth:
        return b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    mark = f"b{depth}".encode()
    head = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n"
    return head + _multipart(depth - 1) + b"\r\n--" + mark + b"--\r\n"


TO = f"To: bounces+{KEY}@charity.example\r\n".encode()
MANY = ", ".join(f"a{n}@mail.example" for n in range(20_000)).encode()
HOSTILE = {
    "nothing": b"",
    "a hundred boxes in one another": TO + _multipart(100),
    "ten million line ends": b"\n" * 10_000_000,
    "one endless header": TO + b"Subject: Undeliverable " + b"a" * 5_000_000,
    "endless dashes": TO + b"From: mailer-daemon\r\nSubject: failure notice\r\n\r\n" + b"-" * 3_000_000,
    "twenty thousand recipients": b"To: " + MANY + b"\r\n" + TO + b"Subject: failure notice\r\n\r\nx",
    "a charset that does not exist": TO
    + b"Subject: failure notice\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe no such user",
    "a codec that is no charset": TO
    + b"Subject: failure notice\r\nContent-Type: text/plain; charset=zip\r\n\r\n\xff\xfe no such user",
    "broken base64": TO
    + b"Subject: failure notice\r\nContent-Transfer-Encoding: base64\r\n\r\n=====A=B==\xff",
    "a boundary of one dash": TO
    + b'Content-Type: multipart/report; boundary="-"\r\n\r\n'
    + b"\r\n---\r\n" * 200_000,
    "at signs": TO + b"Subject: failure notice\r\n\r\n" + b"a@" * 500_000,
    "endless blanks": TO + b"Subject: failure notice" + b"\r\n " * 300_000 + b"\r\n\r\nx",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_costs_little_and_suspends_nobody(name: str) -> None:
    begun = time.monotonic()
    report = read_report(HOSTILE[name], KEYS)
    assert time.monotonic() - begun < 2
    assert isinstance(report, Report)
    assert report.kind is not Kind.COMPLAINT
    assert "char" in name or report.kind is not Kind.HARD
