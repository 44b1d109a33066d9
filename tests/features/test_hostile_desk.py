"""The public pages among people who mean harm: forged links, poisoned fields, floods, prying."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from alerts.desk.limits import SignUpLimits
from alerts.tokens import Purpose, Tokens
from pipeline.model.subscribers import SubscriberState
from pipeline.store.database import Database, open_database
from tests.support.databases import fresh_sqlite
from tests.support.desk import FACTS, Desk, OneDigest, a_desk, link_in

PARENT = "parent@home.example"
SCRIPT = "\"'><script>alert(1)</script>"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database: Database = open_database(fresh_sqlite(tmp_path / "desk.db"))
    with a_desk(database, archive=OneDigest()) as running:
        yield running
    database.close()


def test_a_forged_or_foreign_link_opens_nothing(desk: Desk) -> None:
    person = desk.join(PARENT)
    forger = Tokens("another secret of the same length")
    for purpose in Purpose:
        good = desk.site.tokens.make(purpose, person.key, desk.now)
        bad = [
            forger.make(purpose, person.key, desk.now),
            good[:-1],
            good + "A",
            "x" * 5000,
            "%00",
            "%2e",
        ]
        bad += [desk.site.tokens.make(other, person.key, desk.now) for other in Purpose if other != purpose]
        for token in bad:
            for method in ("GET", "POST"):
                answer = desk.client.request(method, f"{desk.root}/{purpose}/{token}")
                assert answer.status_code in (404, 405), (purpose, token)
                assert PARENT not in answer.text
    assert desk.person(PARENT) == person


def test_a_confirmation_link_ends_after_two_weeks(desk: Desk) -> None:
    desk.sign_up(PARENT)
    (mail,) = desk.deliver()
    desk.wait(timedelta(days=14, minutes=1))
    assert desk.post(link_in(mail, "confirm")).status_code == 404
    assert desk.person(PARENT).state is SubscriberState.PENDING


@pytest.mark.parametrize(
    "address",
    [
        "parent@home.example\r\nBcc: all@home.example",
        "parent@home.example\nX: y",
        "parent@home.example\x00",
        "parent@home.example,other@home.example",
        "parent@home.example other@home.example",
        "<parent@home.example>",
        "pa\u202erent@home.example",
        "parent@[127.0.0.1]",
        "parent@localhost",
        "a@" + "b" * 300 + ".example",
        SCRIPT,
        "",
    ],
)
def test_an_address_with_a_trick_in_it_is_refused_and_mails_nobody(desk: Desk, address: str) -> None:
    answer = desk.sign_up(address)
    assert answer.status_code == 422
    assert "<script>" not in answer.text
    assert desk.post("/api/subscribe", json={"address": address}).status_code == 422
    assert desk.deliver() == []


def test_what_looks_alike_is_one_address(desk: Desk) -> None:
    desk.join(PARENT)
    for same in ("PARENT@HOME.EXAMPLE", "parent@ｈome.example", " parent@home.example\t"):
        desk.sign_up(same)
    assert len(desk.deliver()) == 1
    desk.sign_up("parent@münchen.example")
    (mail,) = desk.deliver()
    assert mail["To"] == "parent@xn--mnchen-3ya.example"


def test_no_field_can_carry_a_script(desk: Desk) -> None:
    person = desk.join(PARENT)
    pages = [
        desk.sign_up(SCRIPT, plans=SCRIPT, website=SCRIPT),
        desk.post("/subscribe", {"address": f"{SCRIPT}@x.example", "moment": SCRIPT}),
        desk.post(
            desk.preferences(person), {"pause": SCRIPT, "topics": SCRIPT, "phases": SCRIPT, "plans": SCRIPT}
        ),
        desk.get(f"/archive/{SCRIPT}"),
        desk.get(f"/archive/weekly/{SCRIPT}"),
        desk.get(f"/confirm/{SCRIPT}"),
        desk.get(f"/{SCRIPT}"),
        desk.get("/subscribe", params={"x": SCRIPT}),
    ]
    for answer in pages:
        assert "<script" not in answer.text
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_every_answer_wears_its_headers_even_an_error(desk: Desk) -> None:
    person = desk.join(PARENT)
    private = [desk.preferences(person), desk.leave(person), "/confirm/forged"]
    for path in ["/subscribe", "/archive", "/style.css", "/no-such-page", "/", *private]:
        headers = desk.get(path).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["strict-transport-security"].startswith("max-age=")
        assert "set-cookie" not in headers
        assert "server" not in headers
    for path in private:
        headers = desk.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "noindex" in headers["x-robots-tag"]


def test_a_request_for_another_host_is_turned_away(desk: Desk) -> None:
    for host in (
        "evil.example",
        "news.charity.example.evil.example",
        "news.charity.example@evil.example",
        "[::",
    ):
        answer = desk.get("/subscribe", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
    assert desk.get("/subscribe", headers={"Host": "news.charity.example"}).status_code == 200
    assert desk.get("//evil.example/").headers.get("location") is None
    assert desk.get("/archive/").status_code == 404, "no redirect is built from what was asked"


def test_a_body_is_read_no_further_than_a_form_can_be_long(desk: Desk) -> None:
    huge = b"address=" + b"a" * 200_000
    for path in ("/subscribe", "/api/subscribe", "/leave/x", "/preferences/x"):
        assert desk.client.post(desk.root + path, content=huge).status_code == 413
        drip = (huge[at : at + 9_000] for at in range(0, len(huge), 9_000))
        try:
            assert desk.client.post(desk.root + path, content=drip).status_code == 413
        except httpx.WriteError:  # the server hung up in the middle of it
            continue
    nested = b"[" * 50_000
    answer = desk.client.post(
        desk.root + "/api/subscribe", content=nested, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    files = desk.client.post(desk.root + "/subscribe", files={"address": ("x.txt", b"x")})
    assert files.status_code == 400
    fields = {f"field{number}": "x" for number in range(2000)}
    assert desk.post("/subscribe", fields).status_code == 400


def test_paths_with_tricks_lead_nowhere(desk: Desk) -> None:
    tricks = [
        "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/archive/..%2f..%2fetc",
        "/style.css/%2e%2e/x",
        "/.git/config",
    ]
    tricks += [
        "/archive/weekly/20261127",
        "/archive/weekly/2026-W48-5",
        "/archive/weekly/2026-11-28",
        "/archive/x",
    ]
    for path in tricks:
        assert desk.get(path).status_code == 404, path
    assert "New guidance on transport" in desk.get("/archive/weekly/2026-11-27").text
    for method in ("PUT", "DELETE", "PATCH"):
        assert desk.client.request(method, desk.root + "/subscribe").status_code == 405


def test_the_time_of_an_answer_does_not_tell_who_is_on_the_list(tmp_path: Path) -> None:
    limits = SignUpLimits(per_network=10_000, in_all=10_000)
    with a_desk(f"sqlite:///{tmp_path / 'desk.db'}", limits=limits, answer_step=0.4) as desk:
        desk.join(PARENT)
        known, strange = [], []
        for number in range(15):
            for address, times in ((PARENT, known), (f"stranger{number}@home.example", strange)):
                began = time.perf_counter()
                desk.sign_up(address)
                times.append(time.perf_counter() - began)
        assert min(*known, *strange) >= 0.4
        assert abs(statistics.median(known) - statistics.median(strange)) < 0.05


def test_the_network_of_a_stranger_is_never_taken_from_their_own_word(tmp_path: Path) -> None:
    limits = SignUpLimits(per_network=2)
    with a_desk(f"sqlite:///{tmp_path / 'desk.db'}", limits=limits) as desk:
        for number in range(6):  # the last entry is the one that the proxy wrote
            spoofed = {"X-Forwarded-For": f"198.51.{number}.1, 203.0.113.7"}
            form = {"address": f"a{number}@home.example", "moment": desk.moment()}
            desk.client.post(desk.root + "/subscribe", data=form, headers=spoofed)
        assert len(desk.deliver()) == 2


def test_a_page_that_breaks_says_so_plainly_and_shows_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(OneDigest):
        def days(self, plan: str) -> list[object]:  # type: ignore[override]  # noqa: ARG002
            raise OSError(f"the secret of {PARENT}")

    with a_desk(f"sqlite:///{tmp_path / 'desk.db'}", archive=Broken()) as desk:
        answer = desk.get("/archive")
    assert answer.status_code == 500
    assert "something went wrong" in answer.text
    assert PARENT not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "a page failed: GET '/archive': OSError" in caplog.text
    assert ", in days" in caplog.text, "the operator is told where"
    assert PARENT not in caplog.text, "and not about whom"


def test_no_address_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    facts = replace(FACTS, allows=lambda address: "no" not in address)
    with a_desk(f"sqlite:///{tmp_path / 'desk.db'}", facts=facts) as desk:
        desk.join(PARENT)
        desk.sign_up(PARENT)
        desk.sign_up("nobody@home.example")
        desk.sign_up("broken@@home.example")
    ours = [record.getMessage() for record in caplog.records if record.name in ("sendwatch", "uvicorn.error")]
    assert any("a sign-up: asked" in words for words in ours)
    assert not [words for words in ours if "home.example" in words]
