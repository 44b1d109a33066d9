"""What the commands of editors say: in plain words, what happens next, and what to do when it does not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.store import memory
from pipeline.store.database import Database, open_database
from sendwatch.cli import cli
from tests.support.newsroom import Newsroom

PLANS = """
sources:
  a: {title: A, spider: blog_feed, every: 1 hour}
digests:
  weekly: {title: Every week, every: week}
  at-once: {title: At once, every: story}
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    url = f"sqlite:///{tmp_path / 'sendwatch.db'}"
    schedule = tmp_path / "own.yaml"
    schedule.write_text(PLANS, "utf-8")
    for name, value in (("DATABASE_URL", url), ("SCHEDULES", str(schedule)), ("VAR", str(tmp_path / "var"))):
        monkeypatch.setenv(f"SENDWATCH_{name}", value)
    db: Database = open_database(url)
    return Newsroom(db)


def say(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(cli, list(words), input=given)


@pytest.mark.parametrize(
    ("words", "code", "answer"),
    [
        ("stories show 99", 66, "there is no Story 99 with a draft: sendwatch stories list"),
        ("stories approve 99", 66, "there is no Story 99: sendwatch stories list"),
        (
            "stories approve 1 --revision 7",
            1,
            "Story 1 has no draft 7; its newest is 1: sendwatch stories show 1",
        ),
        ("stories reject 99", 66, "sendwatch stories list"),
        ("digest preview yearly", 2, "schedules.yaml has no digest 'yearly'; it has: weekly, at-once"),
        ("digest preview at-once", 2, "there is no next one to look at"),
        ("digest proof", 1, "there is nobody to mail it to: set SENDWATCH_TEAM"),
        ("stories approve 1 --text -", 2, "there are no words in -"),
    ],
)
def test_what_cannot_be_done_is_answered_with_what_to_do(
    room: Newsroom, words: str, code: int, answer: str
) -> None:
    room.page("short breaks")
    done = say(*words.split())
    assert done.exit_code == code
    assert answer in done.output


def test_an_editor_is_told_what_happens_next(room: Newsroom) -> None:
    room.page("short breaks")
    room.page("football")
    done = say("stories", "approve", "1", "--by", "Anna", "--title", "Own title", "--text", "-", given="Few.")
    lines = done.output.splitlines()
    assert lines[0] == "Approved by Anna: Own title"
    assert "  mind: the text has 1 words, which is short: 25 to 70 read well in a digest" in lines
    assert any(line.startswith("  Every week: it goes at 12pm on ") for line in lines)
    assert any(line.startswith("  At once: it leaves at ") for line in lines)
    assert "is rejected" in say("stories", "reject", "2", "--by", "Ben", "--why", "no SEND").output
    assert "no SEND" in say("labels", "list").output
    listed = say("stories", "list", "--all").output
    assert [line.split()[2] for line in listed.splitlines()] == ["approved", "rejected"]
    sheet = say("stories", "show", "2").output
    assert "rejected by Ben at " in sheet
    assert "waits for a decision" in say("stories", "reopen", "2").output
    assert "is held back" in say("stories", "hold", "2").output
    assert "All about football" in say("stories", "list", "--held", "--all").output
    preview = say("digest", "preview").output
    assert "Subject: Own title" in preview
    assert "Slot" not in preview, "what a program fills in later is no sight for an editor"
    assert "is stopped" in say("digest", "hold", "weekly", "--by", "Ben").output
    assert "“Every week” is stopped by Ben" in say("digest", "preview").output
    assert "weekly is stopped by Ben" in say("digest", "status").output
    again = say("stories", "approve", "1").output
    assert "it goes when that is released" in again
    assert "  mind: Anna had approved it before; from now on this word counts" in again
    assert "is released" in say("digest", "release", "weekly").output


def test_a_page_that_has_changed_is_not_approved_without_a_second_look(room: Newsroom) -> None:
    room.page("short breaks")
    room.edits("short breaks")
    done = say("stories", "approve", "1")
    assert done.exit_code == 1
    assert "“All about short breaks” has changed on 24 November 2026" in done.output
    assert say("stories", "approve", "1", "--as-it-is-now").exit_code == 0


def test_a_plan_that_a_wrong_clock_saw_first_is_named_and_begins_by_command(room: Newsroom) -> None:
    with room.db.begin() as tx:
        memory.keep(tx, "plan:weekly", "seen", datetime(2099, 1, 5, tzinfo=UTC))
    named = "WRONG  digest: “Every week” takes no approval before 5 January 2099"
    assert named in say("doctor", "--offline").output
    assert "it would have begun on 5 January 2099" in say("digest", "begin", "weekly").output
    assert "WRONG  digest" not in say("doctor", "--offline").output
    again = say("digest", "begin", "weekly")
    assert (again.exit_code, "has begun already" in again.output) == (1, True)


@pytest.mark.parametrize("command", ["stories", "digest"])
def test_each_command_teaches(command: str) -> None:
    assert "sendwatch " in say(command, "--help").output
