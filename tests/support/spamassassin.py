"""SpamAssassin from Debian as a judge of mails: its local rules only, nobody is asked over the network."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_RULE = re.compile(r"^ ?\*? *(-?\d+\.\d) +([A-Z][A-Z0-9_]+)", re.MULTILINE)


class NoSpamAssassin(Exception):
    """Why there is none to ask, in words for the skipped test."""


@dataclass(frozen=True)
class Judgement:
    """The score, and which rules hit with what."""

    score: float
    rules: dict[str, float]


def judge(message: bytes, home: Path) -> Judgement:
    """What SpamAssassin says of a message. ``home`` is a folder that it may write to."""
    program = shutil.which("spamassassin") or "/usr/bin/spamassassin"
    if not Path(program).exists():
        raise NoSpamAssassin("SpamAssassin is not installed (Debian: apt-get install spamassassin)")
    done = subprocess.run(
        [program, "-L", "-t", "--cf=use_bayes 0", "--cf=use_razor2 0", "--cf=use_pyzor 0"],
        input=message, capture_output=True, check=False, timeout=120,
        env={**os.environ, "HOME": str(home), "LC_ALL": "C"},
    )  # fmt: skip
    text = done.stdout.decode("utf-8", "replace")
    found = re.search(r"score=(-?\d+\.\d)", text) or re.search(r"\((-?\d+\.\d) points", text)
    if found is None:
        raise NoSpamAssassin(f"SpamAssassin gave no score: {done.stderr.decode()[-300:]}")
    report = text[text.find("Content analysis details") :]
    return Judgement(float(found[1]), {name: float(points) for points, name in _RULE.findall(report)})
