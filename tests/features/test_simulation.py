"""A day of scripted edits with known truth: what was altered is mailed once, and nothing else is."""

import os
import subprocess
import sys

import pytest

from tests.support.watch import ROOT


@pytest.mark.timeout(900)  # a minute of CPU; a busy machine takes its time
def test_in_a_day_of_scripted_edits_each_real_one_is_told_once_and_nothing_else_is() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SENDWATCH_")}
    short = ["--seed", "7", "--days", "1", "--documents", "40"]
    short += ["--every", "120", "--tick", "60", "--per-day", "14"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.simulate", *short],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=840,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert done.stdout.startswith("seed 7, 1 days, 40 documents")
    assert "recall 1.0000" in done.stdout
    assert "killed 2 times" in done.stdout, (
        "a watch that is killed at work forgets nothing and says nothing twice"
    )
