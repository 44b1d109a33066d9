"""``run`` and ``crawl``: the commands that speak to publishers and to the mail server."""

import json
import logging
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from sendwatch.cli import EX_TEMPFAIL
from sendwatch.commands.opening import opened
from sendwatch.commands.summary import summary_json, summary_table
from sendwatch.secret_mark import warn_of_another_secret

if TYPE_CHECKING:
    from pipeline.model.sources import Source
    from sendwatch.wiring import Wiring


@click.command()
@click.option("--once", is_flag=True, help="Every source now, then deliver, print a summary and stop.")
@click.option("--sweep", is_flag=True, help="With --once: look at every document not seen for a day, too.")
@click.option("--strict", is_flag=True, help="With --once: exit 1 when a source or a document is degraded.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print the summary as JSON.")
@click.option("--desk/--no-desk", default=None, help="Serve the public pages, too; see below.")
def run(once: bool, sweep: bool, strict: bool, as_json: bool, desk: bool | None) -> None:
    """Watch the sources that schedules.yaml names.

    Without options this is the daemon: it runs until SIGTERM or Ctrl-C, crawls what is due, and sends what
    is owed. Work that was missed while it was down is found from its ledger.

    It serves the public pages on SENDWATCH_LISTEN as soon as SENDWATCH_SITE_URL says where people reach them;
    --no-desk leaves that to `sendwatch desk`, --desk does it without an address, to try it out.

    \b
    Exit codes: 0 done; 1 --strict and something was degraded; 75 another sendwatch is at work;
    78 a setting is wrong.
    """
    if once:
        _once(None, sweep=sweep, strict=strict, as_json=as_json)
    else:
        _watch(desk)


@click.command()
@click.argument("source")
@click.option("--strict", is_flag=True, help="Exit 1 when the source or a document is degraded.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def crawl(source: str, strict: bool, as_json: bool) -> None:
    """Crawl SOURCE (its key in schedules.yaml) now, and deliver what is owed.

    \b
    Exit codes: as for `run --once`; 2 when schedules.yaml has no such source.
    """
    _once(source, sweep=False, strict=strict, as_json=as_json)


def _once(key: str | None, *, sweep: bool, strict: bool, as_json: bool) -> None:
    from sendwatch.alone import AlreadyRunning
    from sendwatch.embedded import once
    from sendwatch.reactor import run_on_reactor

    with opened() as wiring:
        warn_of_another_secret(wiring.db, wiring.tokens.secret, wiring.clock())
        sources = [s for s in wiring.schedules.sources if key in (None, s.key)]
        if not sources:
            known = ", ".join(s.key for s in wiring.schedules.sources)
            raise click.UsageError(f"there is no source {key!r}; schedules.yaml has {known}")
        if key is None:
            sources = _unpaused(wiring, sources)
        progress = _progress() if not as_json else (lambda _words: None)
        try:
            report = run_on_reactor(lambda: once(wiring, sources, sweep=sweep, progress=progress))
        except AlreadyRunning:
            click.echo("another sendwatch is at work on this database; try again when it is done", err=True)
            sys.exit(EX_TEMPFAIL)
        progress("")
        if as_json:
            click.echo(json.dumps(summary_json(wiring, report)))
        else:
            click.echo(summary_table(wiring, report))
    if strict and not report.whole:
        sys.exit(1)


def _unpaused(wiring: "Wiring", sources: "list[Source]") -> "list[Source]":
    """Those that nobody has paused; the others are named, so that a pause is not forgotten."""
    from pipeline.steps.pausing import pauses

    with wiring.db.begin() as tx:
        paused = pauses(tx)
    for source in sources:
        if source.key in paused:
            click.echo(f"{source.key} is paused: `sendwatch sources resume {source.key}`", err=True)
    return [source for source in sources if source.key not in paused]


def _watch(desk: bool | None) -> None:
    from sendwatch.alone import AlreadyRunning
    from sendwatch.embedded import Daemon
    from sendwatch.newsdesk import serving_pages
    from sendwatch.reactor import run_on_reactor

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with opened() as wiring:
        warn_of_another_secret(wiring.db, wiring.tokens.secret, wiring.clock())
        mailing = wiring.settings.mailing
        served = mailing.has_site if desk is None else desk
        beside = (lambda: serving_pages(wiring, mailing.listen)) if served else None
        try:
            run_on_reactor(lambda: Daemon(wiring, beside).run())
        except AlreadyRunning:
            click.echo("another sendwatch is at work on this database", err=True)
            sys.exit(EX_TEMPFAIL)


def _progress() -> Callable[[str], None]:
    """One line that is written over at each step, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _words: None
    width = max(20, shutil.get_terminal_size().columns - 1)
    return lambda words: click.echo(f"\r{words[:width].ljust(width)}", nl=False, err=True)
