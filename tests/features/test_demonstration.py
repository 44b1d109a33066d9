"""The first of the README's two commands: what a newcomer sees of it."""

import email
import subprocess
import sys
from email.policy import default
from pathlib import Path

import pytest

from sendwatch.demo.friday import PARENT

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(240)
def test_a_newcomer_sees_what_an_editor_gets_and_what_a_parent_gets(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sendwatch", "demo", "--folder", str(tmp_path / "demo")],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Friday: 1 digest is sent, to {PARENT}." in done.stdout
    assert "[Proof] Friday" in done.stdout
    [digest] = (tmp_path / "demo" / "mail").glob("digest-*.eml")
    message = email.message_from_bytes(digest.read_bytes(), policy=default)
    assert message["To"] == PARENT
    assert message["From"] == "Open Lanes <sendwatch@charity.example>", "a name that a parent knows"
    assert message["Subject"] == "Ministerial letter about EHC plans, and 1 more"
    page = digest.with_suffix(".html").read_text("utf-8")
    assert "Stronger duty" not in page, "nobody approved that"
    assert "127.0.0.1</a>" not in page, "a number is no place that a parent knows"
