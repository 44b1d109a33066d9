"""What the commands that send digests print: numbers, and nobody's address."""

import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from sendwatch.cli import EX_TEMPFAIL
from sendwatch.commands.moments import on_the_clock

if TYPE_CHECKING:
    from alerts.steps.sending import Progress, Sent
    from pipeline.store.digest_progress import Standing

BAR = 24


def report(done: "Sent") -> None:
    """Say what a sending did. Ends the program with exit code 75 when something is owed still."""
    if done.another:
        click.echo("another sendwatch is sending already; `digest status` shows how far it is", err=True)
        sys.exit(EX_TEMPFAIL)
    tally = done.tally
    click.echo(f"{tally.sent:,} sent, {tally.failed:,} failed, {tally.again:,} to be tried again")
    if tally.suspended:
        click.echo(f"{tally.suspended:,} addresses are suspended: mail to them is refused for good")
    if tally.dropped:
        click.echo(f"{tally.dropped:,} not sent: they have left, paused or been suspended meanwhile")
    if tally.withheld:
        click.echo(
            f"{tally.withheld:,} withheld: SENDWATCH_MAIL_ALLOW does not name their addresses "
            "(SENDWATCH_MAIL_ALLOW=* lets everybody be mailed)"
        )
    if tally.unsure:
        click.echo(
            f"{tally.unsure:,} may arrive twice, under one Message-ID: the connection broke at the end"
        )
    for key in done.finished:
        click.echo(f"{key} is through")
    if done.stopped:
        click.echo(f"stopped: {done.stopped}", err=True)
    if done.owed:
        when = f", the next at {on_the_clock(done.next_due)}" if done.next_due else ""
        click.echo(f"{done.owed:,} owed still{when}: `sendwatch digest resume` goes on, or the daemon does")
        sys.exit(EX_TEMPFAIL)


def bar() -> "Callable[[Progress], None]":
    """One line that is written over, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _progress: None
    width = max(40, shutil.get_terminal_size().columns - 1)

    def draw(progress: "Progress") -> None:
        click.echo(f"\r{bar_line(progress)[:width].ljust(width)}", nl=False, err=True)

    return draw


def bar_line(progress: "Progress") -> str:
    """``[####----] 1,234 of 20,000  312/s  about 1 min left``."""
    done = progress.tally.sent + progress.tally.failed
    whole = max(1, done + progress.left)
    full = BAR * done // whole
    bar = "#" * full + "-" * (BAR - full)
    if progress.pause:
        then = f"the mail server is busy: waiting {progress.pause:.0f} s"
    elif progress.rate > 0:
        then = f"about {in_words(timedelta(seconds=progress.left / progress.rate))} left"
    else:
        then = ""
    return f"[{bar}] {done:,} of {whole:,}  {progress.rate:.0f}/s  {then}"


def in_words(span: timedelta) -> str:
    """A span as a person says it: 40 s, 12 min, 3 h 20 min."""
    seconds = int(span.total_seconds())
    if seconds < 90:
        return f"{seconds} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds // 3600} h {seconds % 3600 // 60} min"


def standing_line(one: "Standing") -> str:
    """How far one digest is, in a line."""
    cells = [f"{one.key}: {one.state}", f"{one.owed:,} owed", f"{one.sent:,} sent", f"{one.failed:,} failed"]
    cells += [f"{one.withheld:,} withheld", f"{one.dropped:,} dropped"]
    if one.waiting:
        cells.append(f"{one.waiting:,} wait for a later try")
    if one.through_at:
        cells.append(f"{one.rate:.1f} a second, through at about {on_the_clock(one.through_at)}")
    elif one.owed:
        cells.append("nothing has left in the last five minutes")
    if one.finished_at:
        cells.append(f"ended {on_the_clock(one.finished_at)}")
    return ", ".join(cells)
