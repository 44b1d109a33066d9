"""An editor's week through the front door: the mail, the draft, the approval, Friday."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sendwatch.demo.demo_documents import DAY_TWO
from sendwatch.demo.items import page
from tests.support.stories import TWO_SOURCES, the_first_day
from tests.support.watch import Postbox, Watch

LETTER = "/government/publications/letter-to-directors-on-hidden-exclusions"
TITLE = "Letter to directors on hidden exclusions and SEND"
TEXT = (
    "<p>Dear directors,</p><p>I am writing about children with special educational needs and disabilities "
    "(SEND) who are sent home from school without being excluded.</p>"
    "<p>Exclusion must be a last resort, and it must be lawful, reasonable and fair.</p>"
    "<p>No family should be pressed to educate a child at home, and no EHC plan ends because a child has "
    "left a school roll.</p>"
    "<p>Local authorities must be told within ten school days when a pupil with an EHC plan leaves.</p>"
)
PLANS = """
digests:
  weekly:
    title: Every week, on Friday
    every: week
  at-once:
    title: As soon as there is news
    every: story
"""


@contextmanager
def a_watch(folder: Path) -> Iterator[tuple[Watch, Postbox]]:
    """A watch with a letter that the team was mailed, and two subscribers."""
    with the_first_day(folder, SENDWATCH_SITE_URL="https://news.charity.example") as (watch, shelf, postbox):
        Path(watch.settings["SENDWATCH_SCHEDULES"]).write_text(TWO_SOURCES + PLANS, "utf-8")
        shelf.publish(page(LETTER, TITLE, document_type="correspondence", at=DAY_TWO, body=TEXT))
        watch.once()
        with asked(folder) as db:
            for number, name in enumerate(("pat", "sam"), 1):
                moment = "2026-01-01 00:00:00.000000"
                db.execute(
                    "INSERT INTO subscribers (key, address, state, created_at, confirmed_at, topics, nations,"
                    " phases, plain, refusals, soft_bounces, suspended_because, consent_source,"
                    " consent_words) VALUES (?, ?, 'active', ?, ?, '[]', '[]', '[]', ?, 0, 0, '', '', '')",
                    (f"key{number}", f"{name}@families.example", moment, moment, name == "sam"),
                )
                db.execute("INSERT INTO subscriptions VALUES ('weekly', ?, ?)", (number, moment))
        yield watch, postbox


@contextmanager
def asked(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "var" / "sendwatch.db")) as db, db:
        yield db


def a_friday_passes(folder: Path) -> None:
    """The plan was known before the last Friday, so that that Friday's digest is owed."""
    with asked(folder) as db:
        moved = db.execute("UPDATE memory SET kept_at = '2026-01-01 00:00:00' WHERE key = 'plan:weekly'")
        assert moved.rowcount == 1


@pytest.mark.timeout(240)
def test_an_editor_approves_a_letter_and_the_week_holds_it_once(tmp_path: Path) -> None:
    with a_watch(tmp_path) as (watch, postbox):
        alert = postbox.mails[-1].get_body(("plain",))
        assert alert is not None
        number = alert.get_content().partition("sendwatch stories approve ")[2].split()[0]
        shown = watch.command("stories", "show", number).stdout
        assert "WHAT EACH SENTENCE RESTS ON" in shown
        assert "Topics: Letters from ministers" in shown
        approved = watch.command("stories", "approve", number, "--revision", "1", "--by", "Anna").stdout
        assert approved.startswith("Approved by Anna: ")
        assert "Every week, on Friday: it goes at 12pm on " in approved
        assert "As soon as there is news: it leaves at " in approved

        before = len(postbox.raw)
        watch.command("digest", "hold", "weekly", "--by", "Ben")
        a_friday_passes(tmp_path)
        watch.once()
        told = [subject.split("]")[0] for subject in postbox.subjects[before:]]
        assert "[Stopped" in told
        assert all(to == ["team@charity.example"] for to in postbox.recipients), "no subscriber is mailed"
        released = watch.command("digest", "release", "weekly").stdout
        assert "“Every week, on Friday” is released." in released
        watch.once()
        watch.once()
        with asked(tmp_path) as db:
            states = db.execute("SELECT plan, state FROM digests").fetchall()
            owed = db.execute("SELECT subscriber_id, state, mail_id FROM digest_deliveries").fetchall()
            plain = db.execute("SELECT plain FROM digest_mails ORDER BY id").fetchall()
        assert states == [("weekly", "sent")]
        assert owed == [(1, "withheld", 1), (2, "withheld", 2)], (
            "nobody is mailed whom the operator allows not"
        )
        assert plain == [(0,), (1,)]


@pytest.mark.timeout(240)
def test_who_stops_a_single_run_while_it_sends_loses_nobody_and_doubles_nobody(tmp_path: Path) -> None:
    with a_watch(tmp_path) as (watch, postbox):
        watch.settings |= {"SENDWATCH_MAIL_ALLOW": "@families.example", "SENDWATCH_MAIL_PER_SECOND": "1"}
        with asked(tmp_path) as db:
            columns = [row[1] for row in db.execute("PRAGMA table_info(subscribers)")][3:]
            rest = ", ".join(columns)
            for number in range(3, 15):
                db.execute(
                    f"INSERT INTO subscribers (id, key, address, {rest})"
                    f" SELECT ?, ?, ?, {rest} FROM subscribers WHERE id = 1",
                    (number, f"key{number}", f"person{number}@families.example"),
                )
                db.execute("INSERT INTO subscriptions VALUES ('weekly', ?, '2026-01-01')", (number,))
        watch.command("stories", "approve", "1", "--by", "Anna")
        a_friday_passes(tmp_path)
        run = subprocess.Popen(
            [sys.executable, "-m", "sendwatch", "run", "--once"],
            env=watch.environment(), cwd=tmp_path, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        while len(parents(postbox)) < 2 and run.poll() is None:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        try:
            said, _ = run.communicate(timeout=60)
        finally:
            run.kill()
        assert run.returncode == 0, said
        assert len(parents(postbox)) < 14
        watch.settings["SENDWATCH_MAIL_PER_SECOND"] = "100"
        watch.command("digest", "resume")
        assert len(parents(postbox)) == len(set(parents(postbox))) == 14


def parents(postbox: Postbox) -> list[str]:
    """Whom the digest has reached, each as often as it did."""
    return [to for [to] in postbox.recipients if to.endswith("@families.example")]
