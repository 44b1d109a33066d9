"""What comes back of a digest, through the real command: counted once, and never an address shown."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from sqlalchemy import select

from alerts.tokens import Purpose, Tokens
from pipeline.store import runs
from pipeline.store.mailing_tables import bounce_reports
from sendwatch.demo.demo_documents import demo_day_one
from sendwatch.demo.publisher import Publisher
from tests.support.bounce_house import BounceHouse
from tests.support.subscribers import (
    AT,
    KEY,
    a_delivery,
    a_subscriber,
    all_subscribers,
    the_delivery,
    the_subscriber,
    the_suppressions,
)

ONE_SOURCE = """
sources:
  education-hub:
    title: The Education Hub
    spider: blog_feed
    every: 1 hour
"""
FRIDAY, NEXT = date(2026, 11, 27), date(2026, 12, 4)
BEN, CARA = "Ben_1234-Ben_1234-Ben_", "CaraCaraCaraCaraCaraCa"


def test_a_digest_that_bounces_suspends_the_person_and_the_next_one_is_not_owed(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    with house.ledger() as tx:
        anna = a_subscriber(tx)
        ben = a_subscriber(tx, key=BEN, address="ben@mail.example")
        sent = a_delivery(tx, anna, day=FRIDAY, state="sent", sent_at=AT)
        to_anna, to_ben = (a_delivery(tx, one, day=NEXT) for one in (anna, ben))
    house.arrives("postfix_unknown_user")
    house.arrives("somebody_elses_mail")

    said = house.command("--check")
    assert "2 mails read: 1 hard, 1 foreign" in said
    assert "would follow: 1 suspended, 1 no report, left alone" in said
    assert house.lying() == ["new/postfix_unknown_user", "new/somebody_elses_mail"]
    with house.ledger() as tx:
        assert the_subscriber(tx)["state"] == "active", "nothing was done"
        assert tx.execute(select(bounce_reports)).all() == []

    said = house.command()
    assert "1 suspended" in said
    assert "@" not in said
    assert house.lying() == ["cur/postfix_unknown_user:2,S", "cur/somebody_elses_mail:2,"]
    with house.ledger() as tx:
        assert the_subscriber(tx)["state"] == "suspended"
        assert [the_delivery(tx, one)["state"] for one in (sent, to_anna, to_ben)] == [
            "sent",
            "dropped",
            "owed",
        ]
    assert "0 mails read" in house.command()


def test_the_same_report_that_arrives_twice_counts_once(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    with house.ledger() as tx:
        a_subscriber(tx)
    house.arrives("postfix_mailbox_full")
    house.command()
    house.arrives("postfix_mailbox_full", name="the_same_again")
    assert "1 read before" in house.command()
    assert house.lying() == ["cur/postfix_mailbox_full:2,S", "cur/the_same_again:2,S"]
    with house.ledger() as tx:
        assert the_subscriber(tx)["soft_bounces"] == 1


def test_a_complaint_ends_it_for_good(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    with house.ledger() as tx:
        a_subscriber(tx)
    house.arrives("arf_abuse")
    told = json.loads(house.command("--json"))
    assert told["outcomes"]["left"] == 1
    with house.ledger() as tx:
        assert the_subscriber(tx)["state"] == "left"
        assert [why for _, why in the_suppressions(tx)] == ["complaint"]
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest, _ in the_suppressions(tx))


def test_a_mail_that_asks_to_leave_is_heard_by_its_signed_word_alone(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path, {"SENDWATCH_SECRET": "s" * 40})
    with house.ledger() as tx:
        a_subscriber(tx)
        a_subscriber(tx, key=BEN, address="ben@mail.example")
    token = Tokens("s" * 40).make(Purpose.LEAVE, KEY, AT)
    house.arrives("leave_by_mail", key=("TOKENTOKENTOKENTOKENTOKEN", token))
    house.arrives("leave_by_mail", name="forged", key=(KEY, BEN))
    assert "1 left by mail" in house.command()
    with house.ledger() as tx:
        assert (the_subscriber(tx)["state"], the_subscriber(tx, BEN)["state"]) == ("left", "active")


def test_forged_reports_unsubscribe_nobody_and_tell_nobody_who_subscribes(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    with house.ledger() as tx:
        a_subscriber(tx, key=BEN, address="parent@mail.example")
        before = all_subscribers(tx)
    for name in ("forged_with_an_address_and_no_key", "two_keys_are_nobodys", "arf_about_nobody"):
        house.arrives(name)
    house.arrives("postfix_unknown_user")  # a key of nobody
    house.arrives("gmail_no_such_user", key=(KEY, BEN.swapcase()))  # not exactly the key
    house.command()
    with house.ledger() as tx:
        assert all_subscribers(tx) == before
    house.arrives("exim_unknown_user", key=(KEY, BEN))
    house.command()
    lying = house.lying()
    assert "cur/exim_unknown_user:2,S" in lying
    assert "cur/postfix_unknown_user:2,S" in lying, "a report about nobody is laid away like a true one"


def test_a_night_of_many_hard_bounces_waits_for_a_word_of_the_operator(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    with house.ledger() as tx:
        for number in range(40):
            a_subscriber(tx, key=f"{number:022}", address=f"p{number}@mail.example")
    for number in range(25):
        house.arrives("postfix_unknown_user", name=f"b{number}", key=(KEY, f"{number:022}"))
    house.arrives("postfix_mailbox_full", key=(KEY, f"{39:022}"))
    said = house.command()
    assert "25 hard bounces came at once: they are left unread" in said
    assert "1 resting" in said
    with house.ledger() as tx:
        assert {row["state"] for row in all_subscribers(tx)} == {"active"}
        assert [(p.source, p.kind) for p in runs.standing_problems(tx)] == [("bounces", "many")]
    assert "25 suspended" in house.command("--believe")
    with house.ledger() as tx:
        assert sum(row["state"] == "suspended" for row in all_subscribers(tx)) == 25
        assert runs.standing_problems(tx) == []


def test_a_mailbox_that_cannot_be_read_is_a_problem_until_it_can(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    (house.maildir / "new").rename(house.maildir / "away")
    assert "cannot be read" in house.command(code=75)
    with house.ledger() as tx:
        assert [(p.source, p.kind) for p in runs.standing_problems(tx)] == [("bounces", "mailbox")]
    (house.maildir / "away").rename(house.maildir / "new")
    house.command()
    with house.ledger() as tx:
        assert runs.standing_problems(tx) == []


def test_what_is_not_set_is_said_before_anything_is_read(tmp_path: Path) -> None:
    assert "SENDWATCH_BOUNCES is not set" in BounceHouse(tmp_path, {"SENDWATCH_BOUNCES": ""}).command(code=78)
    without = BounceHouse(tmp_path, {"SENDWATCH_BOUNCE_ADDRESS": ""})
    assert "SENDWATCH_BOUNCE_ADDRESS is not set" in without.command(code=78)


def test_the_daemon_reads_the_mailbox_by_itself(tmp_path: Path) -> None:
    schedule = tmp_path / "blog.yaml"
    schedule.write_text(ONE_SOURCE, "utf-8")
    with Publisher(demo_day_one()) as publisher:
        places = {
            "SENDWATCH_SCHEDULES": str(schedule),
            "SENDWATCH_GOVUK_URL": publisher.govuk_url,
            "SENDWATCH_ASSETS_URL": publisher.assets_url,
            "SENDWATCH_EDUCATIONHUB_URL": publisher.blog_url,
        }
        house = BounceHouse(tmp_path, places)
        with house.ledger() as tx:
            a_subscriber(tx)
        house.arrives("postfix_unknown_user")
        daemon = subprocess.Popen(
            [sys.executable, "-m", "sendwatch", "run"],
            env=house.environment(),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            end = time.monotonic() + 40
            while house.lying() != ["cur/postfix_unknown_user:2,S"]:
                assert daemon.poll() is None, daemon.communicate()[0]
                assert time.monotonic() < end
                time.sleep(0.2)
            daemon.send_signal(signal.SIGTERM)
            said, _ = daemon.communicate(timeout=20)
        finally:
            if daemon.poll() is None:
                daemon.kill()
                daemon.communicate()
    assert daemon.returncode == 0
    assert "bounces: 1 suspended" in said
    assert "@" not in said


def test_kill_9_at_any_moment_neither_loses_nor_doubles_a_bounce(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    people = [f"{number:022}" for number in range(420)]
    with house.ledger() as tx:
        for number, key in enumerate(people):
            a_subscriber(tx, key=key, address=f"p{number}@mail.example")
    for number, key in enumerate(people[:400]):
        house.arrives("postfix_mailbox_full", name=f"b{number:03}", key=(KEY, key))
    killed = 0
    for run in range(4):
        child = subprocess.Popen(
            [sys.executable, "-m", "sendwatch", "bounces"],
            env=house.environment(),
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        begun = time.monotonic()
        settled = len(list((house.maildir / "cur").iterdir()))
        while child.poll() is None and time.monotonic() - begun < 30:
            if len(list((house.maildir / "cur").iterdir())) > settled + run:
                os.kill(child.pid, signal.SIGKILL)
                killed += 1
                break
            time.sleep(0.002)
        child.wait(30)
    assert killed >= 2, "the program was killed in the middle of its work"
    house.command()
    assert {line.partition("/")[0] for line in house.lying()} == {"cur"}
    with house.ledger() as tx:
        counted = [row["soft_bounces"] for row in all_subscribers(tx)]
    assert counted == [1] * 400 + [0] * 20
