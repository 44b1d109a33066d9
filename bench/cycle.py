"""Measure whole cycles of the real program: the baseline, a quiet cycle, and one with five quiet edits.

    python -m bench.cycle [100 1000 5000]

The publisher is a child process; so is each run of sendwatch, whose CPU and peak memory the system counts.
The floor is a bare asyncio loop that fetches the same addresses over one connection and does nothing else.
"""

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.store import versions
from pipeline.store.database import open_database
from pipeline.store.tables import documents
from sendwatch.demo.bulk import FIRST
from sendwatch.demo.publisher_process import PublisherProcess

ROOT = Path(__file__).resolve().parents[1]
LIMITS = """
limits:
  requests_per_cycle: 1000000
  requests_per_day: 100000000
  items_per_cycle: 1000000
  children_per_cycle: 1000000
  assets_per_cycle: 1000000
"""


@dataclass(frozen=True)
class Figures:
    """Wall and CPU in seconds, peak memory in MB, requests as the publisher counted them."""

    wall: float
    cpu: float
    peak: float
    requests: int


def main(sizes: list[int]) -> None:
    """Print one block of figures for each size."""
    print("documents  cycle          wall s    CPU s  CPU/floor  peak MB  requests")
    for size in sizes:
        with (
            tempfile.TemporaryDirectory(prefix="sendwatch-bench-") as folder,
            PublisherProcess(size) as publisher,
        ):
            house = Path(folder)
            schedule = (ROOT / "schedules.yaml").read_text("utf-8")
            own = schedule[: schedule.index("limits:")] + LIMITS + schedule[schedule.index("sources:") :]
            (house / "schedules.yaml").write_text(own, "utf-8")
            first = _cycle(house, publisher)
            floor = _floor(house, publisher)
            quiet = _cycle(house, publisher)
            publisher.edit(0, 5, at=FIRST + timedelta(days=1))
            busy = _cycle(house, publisher)
        for name, figures in (("baseline", first), ("floor", floor), ("quiet", quiet), ("five edits", busy)):
            ratio = (
                f"{figures.cpu / floor.cpu:9.1f}" if floor.cpu and name in ("baseline", "floor") else " " * 9
            )
            line = f"{figures.wall:8.2f} {figures.cpu:8.2f} {ratio}  {figures.peak:8.0f}"
            print(f"{size:9}  {name:12} {line} {figures.requests:9}")


def _cycle(house: Path, publisher: PublisherProcess) -> Figures:
    publisher.forget()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SENDWATCH_")} | {
        "PYTHONPATH": str(ROOT),
        "SENDWATCH_VAR": str(house / "var"),
        "SENDWATCH_TEAM": "team@charity.example",
        "SENDWATCH_SCHEDULES": str(house / "schedules.yaml"),
        "SENDWATCH_GOVUK_URL": publisher.govuk_url,
        "SENDWATCH_ASSETS_URL": publisher.assets_url,
        "SENDWATCH_EDUCATIONHUB_URL": publisher.blog_url,
        "SENDWATCH_SETTLE": "0",
        "SENDWATCH_DELAY": "0",
    }
    began = time.perf_counter()
    with (house / "out.txt").open("w") as out:
        command = [sys.executable, "-m", "sendwatch", "run", "--once"]
        child = subprocess.Popen(command, env=environment, cwd=house, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit((house / "out.txt").read_text("utf-8"))
    wall = time.perf_counter() - began
    return Figures(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, publisher.counts()["total"])


def _floor(house: Path, publisher: PublisherProcess) -> Figures:
    urls = _addresses(house)
    publisher.forget()
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    asyncio.run(_fetch_all(urls))
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figures(time.perf_counter() - began, cpu, after.ru_maxrss / 1024, publisher.counts()["total"])


def _addresses(house: Path) -> list[str]:
    db = open_database(f"sqlite:///{house / 'var' / 'sendwatch.db'}")
    with db.begin() as tx:
        ids = [row.version_id for row in tx.execute(documents.select()) if row.version_id]
        urls = [part.url for version in ids for part in versions.get(tx, version).parts]
    db.close()
    return urls


async def _fetch_all(urls: list[str]) -> None:
    """GET each address over one kept-alive connection a host, one after the other."""
    open_to: dict[str, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}
    for url in urls:
        place = urlsplit(url)
        if place.netloc not in open_to:
            open_to[place.netloc] = await asyncio.open_connection(place.hostname, place.port)
        reader, writer = open_to[place.netloc]
        writer.write(f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(int(x.split(":")[1]) for x in head.splitlines() if x.startswith("content-length:"))
        await reader.readexactly(length)
    for _, writer in open_to.values():
        writer.close()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100, 1000, 5000])
