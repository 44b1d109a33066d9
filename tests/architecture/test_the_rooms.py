"""The house is as its plan says: who imports whom, how long a file is, what is forbidden."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("sendwatch", "crawler", "pipeline", "alerts")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_imports_point_one_way() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_says_what_it_does_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.stat().st_size:
        assert ast.get_docstring(ast.parse(text)), "a module opens with what it does"
    assert text.count("\n") <= 300, "a file that grows past 300 lines is two rooms"


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "common", "misc"])
def test_no_room_has_a_name_that_says_nothing(name: str) -> None:
    assert not [path for path in SOURCES if path.stem == name or name in path.parts]


def test_no_unfinished_work_is_left_lying_about() -> None:
    unfinished = re.compile(r"NotImplemented" + r"Error|\bTO" + r"DO\b|\bFIX" + r"ME\b|\bX" + r"XX\b")
    found = [str(p.relative_to(ROOT)) for p in SOURCES if unfinished.search(p.read_text("utf-8"))]
    assert not found


def test_both_copies_of_the_schedule_are_one() -> None:
    assert (ROOT / "schedules.yaml").read_bytes() == (ROOT / "sendwatch" / "schedules.yaml").read_bytes()
