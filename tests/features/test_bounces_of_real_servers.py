"""Debian's Postfix returns a digest, and Debian's Dovecot hands it out: what they really say is read."""

import imaplib
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from pipeline.store import runs
from tests.support.bounce_house import BOUNCE_ADDRESS, EXAMPLES, BounceHouse
from tests.support.bounce_servers import PASSWORD, USER, NoServer, Relay, a_dovecot, a_postfix
from tests.support.subscribers import KEY, a_subscriber, all_subscribers, the_subscriber

BEN, CARA = "Ben_1234-Ben_1234-Ben_", "CaraCaraCaraCaraCaraCa"
LETTER = "From: news@charity.example\r\nTo: {}\r\nSubject: SEND news of the week\r\n\r\nNews.\r\n"


@pytest.fixture
def relay() -> Iterator[Relay]:
    try:
        with a_postfix() as made:
            yield made
    except NoServer as why:
        pytest.skip(str(why))


@pytest.fixture
def imap() -> Iterator[tuple[str, Path]]:
    try:
        with a_dovecot() as made:
            yield made
    except NoServer as why:
        pytest.skip(str(why))


def test_what_postfix_returns_suspends_who_is_unknown_and_rests_whose_mailbox_is_full(
    tmp_path: Path, relay: Relay
) -> None:
    house = BounceHouse(tmp_path, {"SENDWATCH_BOUNCES": f"maildir:{relay.maildir}"})
    people = {KEY: "nobody@mail.example", BEN: "full@mail.example", CARA: "known@mail.example"}
    with house.ledger() as tx:
        for key, address in people.items():
            a_subscriber(tx, key=key, address=address)
    local, _, domain = BOUNCE_ADDRESS.partition("@")
    with smtplib.SMTP("127.0.0.1", relay.port, timeout=20) as server:
        for key, address in people.items():
            server.sendmail(f"{local}+{key}@{domain}", [address], LETTER.format(address))
    _until(lambda: len(list(relay.maildir.glob("new/*"))) == 2, relay.log)
    _until(lambda: len(list((relay.maildir.parent / "known" / "new").glob("*"))) == 1, relay.log)

    assert "2 mails read: 1 hard, 1 soft" in house.command()
    with house.ledger() as tx:
        gone, full, fine = (the_subscriber(tx, key) for key in people)
    assert gone["state"] == "suspended"
    assert gone["suspended_because"].startswith("5.1.1")
    assert "@" not in gone["suspended_because"]
    assert (full["state"], full["soft_bounces"]) == ("active", 1)
    assert (fine["state"], fine["soft_bounces"]) == ("active", 0)
    assert not list(relay.maildir.glob("new/*"))
    assert "0 mails read" in house.command()


def test_a_mailbox_of_imap_is_read_over_tls_and_other_mail_is_left_unread(
    tmp_path: Path, imap: tuple[str, Path]
) -> None:
    url, _ = imap
    house = BounceHouse(tmp_path, {"SENDWATCH_BOUNCES": url})
    with house.ledger() as tx:
        a_subscriber(tx)
    _append(url, "somebody_elses_mail", "postfix_unknown_user")
    assert "1 suspended, 1 no report" in house.command("--check")
    assert _unseen(url) == 2, "a trial marks nothing"
    said = house.command()
    assert "2 mails read: 1 hard, 1 foreign" in said
    assert PASSWORD not in said
    assert (_unseen(url), _count(url, "INBOX"), _count(url, "handled")) == (1, 1, 1)
    with house.ledger() as tx:
        assert the_subscriber(tx)["state"] == "suspended"
    assert "0 mails read" in house.command(), "what is not ours is not fetched again"


def test_a_wrong_password_is_a_problem_that_does_not_show_it(tmp_path: Path, imap: tuple[str, Path]) -> None:
    url = imap[0].replace("a%20pass", "another")
    house = BounceHouse(tmp_path, {"SENDWATCH_BOUNCES": url})
    said = house.command(code=75)
    assert "bounces cannot be read: 127.0.0.1:" in said
    assert "another" not in said
    with house.ledger() as tx:
        standing = runs.standing_problems(tx)
        assert [(one.source, one.kind) for one in standing] == [("bounces", "mailbox")]
        assert "another" not in standing[0].words
        assert all_subscribers(tx) == []


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_password(
    tmp_path: Path, imap: tuple[str, Path]
) -> None:
    house = BounceHouse(tmp_path, {"SENDWATCH_BOUNCES": imap[0].partition("?")[0]})
    assert "certificate" in house.command(code=75).lower()


def _open(url: str) -> imaplib.IMAP4_SSL:
    parts = urlsplit(url)
    context = ssl.create_default_context(cafile=unquote(parts.query.removeprefix("ca=")))
    server = imaplib.IMAP4_SSL("127.0.0.1", parts.port or 993, ssl_context=context, timeout=20)
    server.login(USER, PASSWORD)
    return server


def _append(url: str, *names: str) -> None:
    with _open(url) as server:
        for name in names:
            raw = (EXAMPLES / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")
            assert server.append("INBOX", "", "", raw)[0] == "OK"


def _unseen(url: str) -> int:
    with _open(url) as server:
        server.select("INBOX", readonly=True)
        return len(server.search(None, "UNSEEN")[1][0].split())


def _count(url: str, folder: str) -> int:
    with _open(url) as server:
        said, counted = server.select(folder, readonly=True)
        return int(counted[0] or 0) if said == "OK" else -1


def _until(holds: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, log.read_text("utf-8")[-2_000:]
        time.sleep(0.1)
