"""Schemathesis, as a program of its own: asks a site what its description offers, well-formed and not.

All its checks are on. Nothing that it draws is kept for the next run, so that a seed gives the same requests.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner said, its exit status (0: nothing found), and each path with the answers it had."""

    status: int
    words: str
    had: frozenset[tuple[str, int]]


def scan(description: Path, root: str, bearer: str, *, examples: int, seed: int, seconds: int = 200) -> Scan:
    """Scan the site at ``root``. ``examples`` bounds what is drawn for each operation."""
    log = description.with_suffix(f".{seed}.har")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", ROOT / "tests" / "support" / "scan_settings.toml"),
            *("run", description, "--url", root, "--header", f"Authorization: Bearer {bearer}"),
            *("--checks", "all", "--continue-on-failure"),
            *("--max-examples", str(examples), "--seed", str(seed)),
            *("--generation-database", "none", "--suppress-health-check", "all", "--no-color"),
            *("--report", "har", "--report-har-path", log),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.support.scan_hooks"},
        cwd=description.parent,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    asked = json.loads(log.read_text("utf-8"))["log"]["entries"] if log.exists() else []
    paths = [(one["request"]["url"].removeprefix(root), one["response"]["status"]) for one in asked]
    return Scan(done.returncode, done.stdout + done.stderr, frozenset(paths))
