"""Kill the sender of a digest at random points, over and over: does everybody get exactly one?

    python -m bench.kill_sending [--runs 100] [--addresses 2000] [--seed 7]

Prints one line a run and a sum. Exit code 1 when an address got none, when a mail came twice under two
Message-IDs, or when a digest did not end. What comes twice is counted: it is the one moment between the
server's 250 and the mark, which no design can close.
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.support.killed_sendings import killed_and_gone_on_with, prepare


def main() -> int:
    """Run them all; the exit code."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--runs", type=int, default=100)
    words.add_argument("--addresses", type=int, default=2000)
    words.add_argument("--seed", type=int, default=7)
    given = words.parse_args()
    chance = random.Random(given.seed)
    counts = []
    with tempfile.TemporaryDirectory(prefix="sendwatch-kill-") as place:
        prepared = prepare(Path(place), given.addresses)
        for number in range(given.runs):
            folder = Path(place) / f"run{number}"
            folder.mkdir()
            count = killed_and_gone_on_with(folder, prepared, chance.randint(1, 2), chance)
            counts.append(count)
            print(f"{number + 1:4} {count}", flush=True)
            shutil.rmtree(folder)
    kills, doubled = sum(c.kills for c in counts), sum(c.doubled for c in counts)
    bad = [c for c in counts if c.missing or c.other_id or c.unmarked or not c.through]
    mails = given.runs * given.addresses
    print(f"{given.runs} runs, {mails:,} mails, {kills} kills while sending, seed {given.seed}")
    print(f"missing: {sum(c.missing for c in counts)}; runs with a fault: {len(bad)}")
    print(f"came twice: {doubled} ({doubled / max(1, kills):.2f} a kill), all under the same Message-ID")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
