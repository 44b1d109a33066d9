"""Simulate a month of watching: scripted edits of every kind, with known truth, and what was mailed.

    python -m bench.simulate [--seed 7] [--days 30] [--documents 2000] [--every 30] [--database URL]

The real daemon, in a child process with a simulated clock, through the real spiders, store and mailer. Exits
with 1 when an edit was missed, told twice, or when anything else was told. Asks nobody but loopback.
"""

import argparse
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.simulation.judge import judge, read_mails
from bench.simulation.script import Script
from bench.simulation.stage import Stage, open_stage
from bench.simulation.watcher import ROOT, Watcher
from sendwatch.demo.publisher import Publisher

BEGIN = datetime(2026, 10, 12, 5, tzinfo=UTC)  # thirteen days later the clocks in London change
PER_HOUR = 60  # documents: that many an hour are read at first, at the least, before edits begin
TAIL = timedelta(hours=30)  # after the last one: what is held for a day must come out
SOURCES = "govuk-send,govuk-dfe,feed-dfe,education-hub"


@dataclass(frozen=True)
class Options:
    """What is simulated."""

    seed: int
    days: int
    documents: int
    every: int  # minutes between two crawls of a source by day
    tick: int  # minutes between two pokes of the daemon
    per_day: int
    sources: str
    database: str
    keep: str


def main(words: list[str]) -> int:
    """Run one simulation, print its table, and return the exit code."""
    options = _options(words)
    print(f"seed {options.seed}, {options.days} days, {options.documents} documents", flush=True)
    began = time.perf_counter()
    stage = open_stage(options.documents, random.Random(options.seed), BEGIN)
    with _folder(options) as folder, Publisher(stage.shelf) as at:
        watcher = Watcher(_environment(options, folder, at), folder)
        with watcher:
            ended = _run(options, stage, watcher)
        requests = at.counts["total"]
        alerts, others = read_mails(folder / "var" / "mail")
    judged = judge(stage.deeds, alerts)
    print("\n".join(judged.table()))
    must = sum(deed.told for deed in stage.deeds)
    told = sum(row.told for row in judged.rows.values())
    print(f"\nrecall {told / must:.4f}: {told} of {must} edits told in {len(alerts)} mails", end="; ")
    print(", ".join(f"{n} × {subject}" for subject, n in Counter(map(_tag, others)).items()))
    print(f"simulated until {ended:%d %B %Y}; {requests} requests; peak {watcher.peak:.0f} MB; ", end="")
    print(f"the watch was started {watcher.starts} times, killed {watcher.killed} times at work")
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(f"CPU: watch and its readers {watcher.cpu:.0f} s, publisher and script ", end="")
    print(f"{own.ru_utime + own.ru_stime:.0f} s; wall {time.perf_counter() - began:.0f} s")
    print("\n".join(judged.trouble()))
    print(f"goals met (seed {options.seed})" if judged.met else f"GOALS MISSED (seed {options.seed})")
    return 0 if judged.met else 1


def _run(options: Options, stage: Stage, watcher: Watcher) -> datetime:
    """A poke every few minutes until the last episode is over, and for a day and a bit after it."""
    begin = BEGIN + timedelta(hours=2 + options.documents // PER_HOUR)
    script = Script.written(stage, begin, options.days, options.per_day)
    mishaps = random.Random(options.seed + 1)
    moment, quiet_since = BEGIN, BEGIN
    while moment <= quiet_since + TAIL or not script.over:
        if not script.over:
            quiet_since = moment
        script.until(moment)
        if stage.kills:
            stage.kills -= watcher.poke_and_kill(moment, mishaps.uniform(0.05, 0.9))
        else:
            watcher.poke(moment)
        if moment.hour == moment.minute == 0:
            print(f"{moment:%d %b}: {len(stage.deeds)} edits", file=sys.stderr, flush=True)
        moment += timedelta(minutes=options.tick)
    return moment


def _environment(options: Options, folder: Path, publisher: Publisher) -> dict[str, str]:
    schedule = (ROOT / "schedules.yaml").read_text("utf-8")
    own = folder / "schedules.yaml"
    own.write_text(_cut(schedule, options).replace("every: 15 minutes", f"every: {options.every} minutes"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SENDWATCH_")}
    database = {"SENDWATCH_DATABASE_URL": options.database} if options.database else {}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "SENDWATCH_VAR": str(folder / "var"),
        "SENDWATCH_TEAM": "team@charity.example",
        "SENDWATCH_SCHEDULES": str(own),
        "SENDWATCH_GOVUK_URL": publisher.govuk_url,
        "SENDWATCH_ASSETS_URL": publisher.assets_url,
        "SENDWATCH_EDUCATIONHUB_URL": publisher.blog_url,
        "SENDWATCH_DELAY": "0",
        "SENDWATCH_TIMEOUT": "2",
        **database,
    }


@contextmanager
def _folder(options: Options) -> Iterator[Path]:
    """The folder that is kept for who wants to look into it, else a temporary one."""
    if options.keep:
        folder = Path(options.keep).resolve()
        folder.mkdir(parents=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="sendwatch-simulation-") as name:
        yield Path(name)


def _cut(schedule: str, options: Options) -> str:
    """The shipped schedule with the chosen sources alone ("all" keeps them all), and without digests."""
    head, _, listed = schedule.partition("\ndigests:")[0].partition("sources:\n")
    stanzas = re.split(r"\n(?=  [a-z][a-z-]*:\n)", "\n" + listed)[1:]
    chosen = options.sources.split(",")
    kept = [one for one in stanzas if options.sources == "all" or one.split(":")[0].strip() in chosen]
    return f"{head}sources:\n" + "\n".join(kept)


def _options(words: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=None, help="of everything random; printed")
    parser.add_argument("--days", type=int, default=30, help="on which edits begin")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--every", type=int, default=30, help="minutes between two crawls by day")
    parser.add_argument("--tick", type=int, default=10, help="minutes between two pokes of the daemon")
    parser.add_argument("--per-day", type=int, default=25, help="episodes that begin on a day")
    parser.add_argument("--sources", default=SOURCES, help="keys in schedules.yaml, or all")
    parser.add_argument("--database", default="", help="an empty one; else SQLite in a temporary folder")
    parser.add_argument("--keep", default="", help="a new folder in which mails and database stay")
    given = vars(parser.parse_args(words))
    if given["seed"] is None:
        given["seed"] = random.SystemRandom().randrange(10_000)
    if given["database"] and "://" not in given["database"]:
        given["database"] = f"sqlite:///{Path(given['database']).resolve()}"
    return Options(**given)


def _tag(subject: str) -> str:
    return " ".join(subject.split()[:2] if "problem" in subject else subject.split()[:4])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
