"""The commands `digest send|status|resume|cancel`, for real: stopped, killed, gone on with, cancelled."""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.store.database import open_database
from tests.support.digests import a_digest_to, add_digest, addresses_of
from tests.support.killed_sendings import KEY, MADE, environment, killed_and_gone_on_with, prepare
from tests.support.program import run_program
from tests.support.smtp_sink import Session, Sink, a_sink

SEND = [sys.executable, "-m", "sendwatch", "digest", "send"]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Path, Sink, dict[str, str]]]:
    """A folder with a digest that is owed to 80 people, a mail server, and the settings for both."""
    db = open_database(f"sqlite:///{tmp_path / 'var' / 'sendwatch.db'}")
    a_digest_to(db, addresses_of(80), made_at=MADE, key=KEY)
    db.close()
    with a_sink() as (sink, url):
        yield tmp_path, sink, environment(tmp_path, url)


def _command(folder: Path, surroundings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return run_program(["digest", *words], env=surroundings, cwd=folder)


def test_a_digest_is_sent_and_its_status_says_so(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house
    before = json.loads(_command(folder, surroundings, "status", "--json").stdout)
    assert (before["owed"], before["sent"], before["state"]) == (80, 0, "sending")
    done = _command(folder, surroundings, "send")
    assert done.returncode == 0, done.stderr
    assert "80 sent, 0 failed, 0 to be tried again" in done.stdout
    assert f"{KEY} is through" in done.stdout
    assert Counter(sink.recipients) == Counter(addresses_of(80))
    after = _command(folder, surroundings, "status").stdout
    assert f"{KEY}: sent, 0 owed, 80 sent" in after
    again = _command(folder, surroundings, "resume")
    assert again.returncode == 0
    assert len(sink.taken) == 80, "resume never starts again"
    assert "person" not in done.stdout + done.stderr + after


def test_nobody_is_mailed_until_the_allow_list_names_them(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house
    surroundings["SENDWATCH_MAIL_ALLOW"] = "person000003@people.example"
    surroundings["SENDWATCH_TEAM"] = "person000004@people.example"
    done = _command(folder, surroundings, "send")
    assert sorted(sink.recipients) == ["person000003@people.example", "person000004@people.example"]
    assert "78 withheld" in done.stdout


def test_who_stops_it_is_told_how_to_go_on(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house
    slow = {**surroundings, "SENDWATCH_MAIL_PER_SECOND": "2"}
    child = subprocess.Popen(
        SEND, env=slow, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    ends = time.monotonic() + 30
    while len(sink.taken) < 3 and time.monotonic() < ends:
        time.sleep(0.02)
    status = json.loads(_command(folder, surroundings, "status", "--json").stdout)
    assert status["sent"] > 0
    assert status["through_at"] > datetime.now(UTC).isoformat()
    another = _command(folder, surroundings, "send")
    assert another.returncode == 75
    assert "is sending already" in another.stderr
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 75
    assert "`sendwatch digest resume` goes on" in out
    assert "asked to stop" in err
    assert len(sink.taken) < 80
    assert _command(folder, surroundings, "resume", "weekly").returncode == 0
    assert Counter(sink.recipients) == Counter(addresses_of(80))


def test_a_cancelled_digest_sends_nothing_more(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house
    asked = subprocess.run(
        [sys.executable, "-m", "sendwatch", "digest", "cancel", KEY],
        env=surroundings, cwd=folder, input="n\n", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert asked.returncode != 0
    assert "80 mails" in asked.stdout
    done = _command(folder, surroundings, "cancel", KEY, "--yes")
    assert "80 mails were dropped" in done.stdout
    assert _command(folder, surroundings, "send").returncode == 0
    assert not sink.taken
    assert _command(folder, surroundings, "cancel", KEY, "--yes").returncode == 2
    assert _command(folder, surroundings, "send", "nonsense").returncode == 2


def test_a_server_that_will_not_have_us_is_told_in_words(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house

    def behave(stage: str, _session: Session) -> str | None:
        return "553 5.1.8 this sender is not welcome" if stage == "mail" else None

    sink.behave = behave
    done = _command(folder, surroundings, "send")
    assert done.returncode == 75
    assert "553" in done.stderr
    assert "80 owed still" in done.stdout
    assert "553" in _command(folder, surroundings, "status").stdout


def test_without_a_mail_server_a_digest_is_written_to_files(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house
    surroundings["SENDWATCH_SMTP_URL"] = ""
    assert _command(folder, surroundings, "send").returncode == 0
    assert len(list((folder / "var" / "mail").glob("*.eml"))) == 80
    assert not sink.taken


def test_killed_at_random_points_everybody_still_gets_exactly_one(tmp_path: Path) -> None:
    """The short form of bench/kill_sending.py, which does it a hundred times with 2,000 addresses."""
    prepared = prepare(tmp_path, 200)
    (tmp_path / "run").mkdir()
    count = killed_and_gone_on_with(tmp_path / "run", prepared, 5, random.Random(11))
    assert (count.missing, count.other_id, count.unmarked) == (0, 0, 0)
    assert count.through
    assert count.doubled <= 8 * count.kills, "at most one a connection, in the one moment"


def test_the_daemon_sends_beside_its_crawls_and_stops_when_asked(
    house: tuple[Path, Sink, dict[str, str]],
) -> None:
    folder, sink, surroundings = house
    schedule = folder / "schedules.yaml"
    schedule.write_text(
        "sources:\n  hub:\n    title: Hub\n    spider: blog_feed\n    every: 24 hours\n", "utf-8"
    )
    nowhere = {f"SENDWATCH_{n}_URL": "http://127.0.0.1:9" for n in ("GOVUK", "ASSETS", "EDUCATIONHUB")}
    slow = {**surroundings, **nowhere, "SENDWATCH_MAIL_PER_SECOND": "15", "SENDWATCH_TIMEOUT": "2"}
    child = subprocess.Popen(
        [sys.executable, "-m", "sendwatch", "run"], env=slow, cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    ends = time.monotonic() + 60
    while len(sink.taken) < 10 and child.poll() is None and time.monotonic() < ends:
        time.sleep(0.05)
    child.send_signal(signal.SIGTERM)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert 10 <= len(sink.taken) < 80
    assert "person" not in err
    assert _command(folder, surroundings, "send").returncode == 0
    assert Counter(sink.recipients) == Counter(addresses_of(80))


def test_two_plans_are_sent_and_one_can_be_sent_alone(house: tuple[Path, Sink, dict[str, str]]) -> None:
    folder, sink, surroundings = house
    db = open_database(f"sqlite:///{folder / 'var' / 'sendwatch.db'}")
    with db.begin() as tx:
        from sqlalchemy import insert

        from pipeline.store.mailing_tables import subscriptions

        tx.execute(insert(subscriptions), [{"plan": "monthly", "subscriber_id": 1, "since": MADE}])
        add_digest(tx, [1], key="monthly:2025-12-05", made_at=MADE)
    db.close()
    assert _command(folder, surroundings, "send", "monthly").returncode == 0
    assert sink.recipients == ["person000000@people.example"]
    assert _command(folder, surroundings, "send").returncode == 0
    assert len(sink.taken) == 81
