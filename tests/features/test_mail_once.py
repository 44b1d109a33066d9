"""Mail is owed before it is sent, sent once, and shows nobody's address to anybody else."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sendwatch.demo.demo_documents import GUIDANCE_TEXT, demo_day_two
from tests.support.stories import tags, the_first_day
from tests.support.watch import TEAM

EVERYTHING = ["New blog post", "New letter", "Quiet change", "Withdrawn"]


def test_each_member_of_the_team_gets_a_mail_of_their_own(tmp_path: Path) -> None:
    both = "anna@charity.example,ben@charity.example"
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        watch.settings["SENDWATCH_TEAM"] = both
        demo_day_two(shelf)
        watch.once()
        assert all(len(recipients) == 1 for recipients in postbox.recipients)
        for mail, raw, recipients in zip(
            postbox.mails[1:], postbox.raw[1:], postbox.recipients[1:], strict=True
        ):
            assert mail["To"] == recipients[0]
            other = next(address for address in both.split(",") if address != recipients[0])
            assert other.encode() not in raw
        assert len({mail["Message-ID"] for mail in postbox.mails}) == len(postbox.mails) == 1 + 2 * 4


def test_a_letter_comes_with_a_draft_to_copy_its_sources_and_a_word_file(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        watch.once()
        letter = next(mail for mail in postbox.mails if str(mail["Subject"]).startswith("[New letter]"))
        text, page = letter.get_body(("plain",)), letter.get_body(("html",))
        assert text is not None
        assert page is not None
        words = text.get_content()
        assert "Helen Marsh MP" in words
        assert "Read the letter in full" in words
        assert "page 2" in words
        assert "20 weeks" in page.get_content()
        files = [part.get_filename() for part in letter.iter_attachments()]
        assert [Path(str(name)).suffix for name in files] == [".docx", ".ics"]


def test_a_server_that_says_later_gets_the_mail_later_and_once(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        postbox.answers = ["451 come back later"] * 2
        assert watch.once()["mail"] == {"sent": 2, "to_try_again": 2, "refused": 0, "owed": 2}
        assert "451" in watch.command("doctor", "--offline", check=False).stdout
        time.sleep(1)
        assert watch.once()["mail"]["owed"] == 2, "it waits its turn: the server asked for that"
        _make_due(watch.folder)
        assert watch.once()["mail"] == {"sent": 2, "to_try_again": 0, "refused": 0, "owed": 0}
        assert tags(postbox) == EVERYTHING


def test_a_refused_address_is_given_up_and_named_by_doctor(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        postbox.answers = ["550 no such mailbox"] * 4
        assert watch.once()["mail"]["refused"] == 4
        checkup = watch.command("doctor", "--offline", check=False)
        assert checkup.returncode == 1
        assert f"WRONG  mail to {TEAM}" in checkup.stdout
        assert watch.once()["mail"]["owed"] == 0


def test_a_killed_run_is_finished_by_the_next_and_each_mail_is_sent_once(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        for patience in (0.8, 1.2, 1.6, 2.0, 2.4):
            child = subprocess.Popen(
                [sys.executable, "-m", "sendwatch", "run", "--once"],
                env=watch.environment(),
                cwd=watch.folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(patience)
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
        watch.once()
        assert tags(postbox) == EVERYTHING, "what the killed processes had in hand is not left lying"
        watch.once()
        assert tags(postbox) == EVERYTHING


def test_without_a_mail_server_mail_is_written_to_files(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        watch.settings["SENDWATCH_SMTP_URL"] = ""
        demo_day_two(shelf)
        watch.once()
        watch.once()
        assert len(list((watch.folder / "var" / "mail").glob("*.eml"))) == 4
        assert len(postbox.raw) == 1


def test_an_edit_that_is_undone_while_it_settles_is_never_told(tmp_path: Path) -> None:
    with the_first_day(tmp_path, SENDWATCH_SETTLE="3") as (watch, shelf, postbox):
        demo_day_two(shelf)
        watch.once()
        assert "Quiet change" not in tags(postbox)
        before = shelf.earlier[GUIDANCE_TEXT]
        _undo(shelf, before)
        watch.once()
        time.sleep(3)
        watch.once()
        watch.once()
        assert tags(postbox) == ["New blog post", "New letter", "Withdrawn"]


def _undo(shelf: object, before: dict[str, object]) -> None:
    """Put the child back as it was, as a later edition."""
    from datetime import timedelta

    from sendwatch.demo.demo_documents import DAY_TWO, GUIDANCE
    from sendwatch.demo.shelf import Shelf

    assert isinstance(shelf, Shelf)
    again = {**before, "updated_at": (DAY_TWO + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")}
    shelf.publish(again)
    shelf.touch(GUIDANCE, at=DAY_TWO + timedelta(minutes=5))


def _make_due(folder: Path) -> None:
    """Let the waiting time of owed mail, and the leases of killed processes, be over."""
    import sqlite3

    with sqlite3.connect(folder / "var" / "sendwatch.db") as database:
        database.execute("UPDATE deliveries SET due_at = '2026-01-01 00:00:00.000000', lease_until = NULL")
    database.close()
