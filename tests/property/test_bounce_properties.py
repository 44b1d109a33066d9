"""Whatever comes to the bounce address: it never raises, and only a key of a person touches that person."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alerts.bounces.hooks import PROVIDERS, Refused, Told, read_hook
from alerts.bounces.keys import Keys
from alerts.bounces.reading import read_report
from pipeline.model.bounces import Kind, Outcome
from pipeline.store import bounced
from pipeline.store.database import Database, open_database
from tests.support.subscribers import AT, a_subscriber, all_subscribers

KEY = "Abcd1234_-Efgh5678ijKL"
OTHER = "Zzzz9999_-Zzzz9999zzZZ"
KEYS = Keys("bounces@charity.example")
EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples" / "bounces").glob("*.eml"))
WHOLE = [path.read_bytes() for path in EXAMPLES]
WORDS = st.sampled_from(
    [b"\r\n", b"\n\n", b"--=_b1.example", b"--", b"boundary=", b"Action: failed", b"5.1.1", b"@"]
)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A real report that was cut, joined and overwritten at random."""
    raw = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(0, 6))):
        at, until = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
        raw = raw[:at] + draw(WORDS | st.binary(max_size=12)) + raw[until if draw(st.booleans()) else at :]
    return raw


@settings(max_examples=300, deadline=2_000)
@given(st.binary(max_size=4_000) | mangled())
@example(b"To: bounces+%s@charity.example\r\nSubject: @\r\n\r\n" % KEY.encode())
@example(b"To: bounces+%s@charity.example\r\nSubject: \x80\r\n\r\n" % KEY.encode())
@example(b"Subject: @\r\n\r\n")
@example(b"Subject: \x80\r\n\r\n")
def test_any_bytes_give_a_report_of_one_plain_line(raw: bytes) -> None:
    report = read_report(raw, KEYS)
    assert isinstance(report.kind, Kind)
    assert re.fullmatch(r"|[A-Za-z0-9_-]{22}", report.subscriber_key)
    assert (report.kind is Kind.FOREIGN) == (report.subscriber_key == "")
    assert "@" not in report.words
    assert report.words.isprintable()
    assert report.address == ""


@settings(max_examples=200, deadline=2_000)
@given(st.sampled_from(sorted(PROVIDERS)), st.binary(max_size=2_000))
def test_any_bytes_to_a_webhook_are_refused_or_read(provider: str, body: bytes) -> None:
    assert isinstance(read_hook(provider, body, KEYS), Refused | Told)


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = open_database(f"sqlite:///{tmp_path_factory.mktemp('bounces') / 'x.db'}")
    with db.begin() as tx:
        a_subscriber(tx, key=OTHER, address="parent@mail.example")
    yield db
    db.close()


@settings(max_examples=60, deadline=None)
@given(raws=st.lists(st.binary(max_size=500) | mangled(), min_size=1, max_size=8))
def test_no_bytes_change_a_subscriber_whose_key_they_do_not_hold(
    raws: list[bytes], one_store: Database
) -> None:
    with one_store.begin() as tx:
        before = all_subscribers(tx)
        for raw in raws:
            report, mark = read_report(raw, KEYS), bounced.digest_of("mail", raw)
            assert report.subscriber_key != OTHER
            outcome = bounced.note(tx, report, mark, suppressed_as=lambda _: "x" * 64, now=AT)
            assert outcome in (Outcome.FOREIGN, Outcome.NOBODY, Outcome.AGAIN)
        assert all_subscribers(tx) == before
