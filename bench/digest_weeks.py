"""Live through many made-up weeks of a newsroom: the property test of the digest, for as long as you like.

    python -m bench.digest_weeks [--weeks 200]

Each week holds approvals, edits, edits taken back, rejections, digests and power cuts in any order. At its
end nobody has had a Story twice, nothing that was approved and holds is lost, nothing was sent that nobody
approved, and nobody got an empty mail. Stops at the first week that breaks one of these, and prints it.
"""

import argparse
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.support.digest_weeks import Week, a_begun_week, live_through, weeks


def main() -> None:
    """Print how many weeks held, and how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=200)
    count = parser.parse_args().weeks
    lived = 0
    with tempfile.TemporaryDirectory(prefix="sendwatch-weeks-") as folder:
        begun = a_begun_week(Path(folder))

        @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(week=weeks)
        def live(week: Week) -> None:
            nonlocal lived
            live_through(begun, week)
            lived += 1

        start = time.perf_counter()
        live()
        print(f"{lived} weeks held in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
