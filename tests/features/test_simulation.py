"""Days of edits with known truth, in a minute: what was altered is mailed once, and nothing else is."""

import os
import subprocess
import sys

from tests.support.watch import ROOT


def test_in_two_days_of_scripted_edits_each_real_one_is_told_once_and_nothing_else_is() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SENDWATCH_")}
    short = ["--seed", "7", "--days", "2", "--documents", "60", "--every", "60", "--tick", "30"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.simulate", *short],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert done.stdout.startswith("seed 7, 2 days, 60 documents")
    assert "recall 1.0000" in done.stdout
    assert "killed 2 times" in done.stdout, (
        "a watch that is killed at work forgets nothing and says nothing twice"
    )
