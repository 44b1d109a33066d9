"""``digest send``, ``status``, ``resume`` and ``cancel``: the digest's mails on their way to subscribers.

Shows numbers, and nobody's address. Loads neither the crawler nor the drafter.
"""

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sendwatch.cli import EX_TEMPFAIL
from sendwatch.commands.moments import LONDON
from sendwatch.commands.opening import opened_store

if TYPE_CHECKING:
    from alerts.steps.sending import Progress, SendingTerms, Sent
    from pipeline.store.database import Database
    from pipeline.store.digest_progress import Standing

BAR = 24


@click.command("send")
@click.argument("name", metavar="[PLAN|KEY]", default="")
def send(name: str) -> None:
    """Send what the open digests owe; with PLAN or KEY that plan's or that one digest.

    It goes on where it stopped: whoever was sent a digest is never sent it again, so that `send` and
    `resume` are one and the same. Ctrl-C finishes the mails in hand; the daemon, or the next `send`, goes on.
    Only addresses that SENDWATCH_MAIL_ALLOW names are mailed.

    \b
    Exit codes: 0 all that is owed is sent; 2 there is no such digest; 75 something is owed still (it says
    why), or another sendwatch is sending; 78 a setting is wrong.
    """
    _send(name)


@click.command("resume")
@click.argument("name", metavar="[PLAN|KEY]", default="")
def resume(name: str) -> None:
    """The same as `send`: sending always goes on where it stopped, and never starts again."""
    _send(name)


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a digest.")
def status(as_json: bool) -> None:
    """Show how far each digest is: owed, sent, failed, withheld, dropped, and when it will be through."""
    from pipeline.model.problems import SENDING
    from pipeline.steps.stopping import stopped_plans
    from pipeline.store import digest_progress, runs
    from sendwatch.wiring import now

    moment = now()
    with opened_store() as db, db.begin() as tx:
        standings = digest_progress.standings(tx, moment)
        problems = [p for p in runs.standing_problems(tx) if p.source == SENDING]
        stopped = stopped_plans(tx)
    for one in standings:
        click.echo(json.dumps(asdict(one), default=datetime.isoformat) if as_json else _line(one))
    if not as_json:
        for plan, by in stopped.items():
            click.echo(f"! {plan} is stopped by {by}: sendwatch digest release {plan}")
        for problem in problems:
            click.echo(f"! since {_clock(problem.opened_at)}: {problem.words}")
        if not standings:
            click.echo("There is no digest yet.")


@click.command("cancel")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
def cancel(key: str, yes: bool) -> None:
    """Stop the digest KEY for good: what is owed of it is dropped. What has left stays sent.

    The few mails that are in the mail server's hands at this moment still arrive.
    """
    from pipeline.store import digest_progress
    from sendwatch.wiring import now

    with opened_store() as db:
        with db.begin() as tx:
            known = [s for s in digest_progress.standings(tx, now()) if s.key == key]
        owed = known[0].owed if known else 0
        if not yes:
            click.confirm(f"Drop the {owed:,} mails that {key} owes? This cannot be undone", abort=True)
        with db.begin() as tx:
            dropped = digest_progress.cancel(tx, key, now())
    if dropped is None:
        raise click.UsageError(f"there is no digest {key!r} that could be cancelled; see `digest status`")
    click.echo(f"{key} is cancelled; {dropped:,} mails were dropped")


SENDING: tuple[click.Command, ...] = (send, status, resume, cancel)


def _send(name: str) -> None:
    from alerts.steps.sending import send_digests
    from pipeline.store import digest_progress
    from sendwatch.wiring import now

    with _opened() as (db, terms):
        with db.begin() as tx:
            if name and not digest_progress.is_known(tx, name):
                raise click.UsageError(f"no digest {name!r} has been put together yet; see `digest status`")
        with _asked_to_stop() as stop:
            done = send_digests(db, terms, clock=now, stop=stop, progress=_bar(), name=name)
    _report(done)


@contextmanager
def _opened() -> "Iterator[tuple[Database, SendingTerms]]":
    from alerts.tokens import Tokens
    from pipeline.store.database import open_database
    from sendwatch.household import read_house
    from sendwatch.secret import signing_secret
    from sendwatch.sending_terms import sending_terms
    from sendwatch.settings import read_settings

    settings = read_settings(os.environ, cwd=Path.cwd())
    settings.var.mkdir(parents=True, exist_ok=True)
    tokens = Tokens(signing_secret(settings.mailing.secret, settings.var))
    charity = read_house(settings.house).charity
    terms = sending_terms(settings, tokens, charity, settings.var / "mail")
    db = open_database(settings.database_url)
    try:
        yield db, terms
    finally:
        db.close()


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Ctrl-C and SIGTERM ask to stop; a second Ctrl-C does not wait for the mails in hand."""
    stopping = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()
        click.echo("\nstopping: the mails in hand are finished", err=True)

    before = {sign: signal.signal(sign, ask) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping.is_set
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _report(done: "Sent") -> None:
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
        when = f", the next at {_clock(done.next_due)}" if done.next_due else ""
        click.echo(f"{done.owed:,} owed still{when}: `sendwatch digest resume` goes on, or the daemon does")
        sys.exit(EX_TEMPFAIL)


def _bar() -> "Callable[[Progress], None]":
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


def _line(one: "Standing") -> str:
    cells = [f"{one.key}: {one.state}", f"{one.owed:,} owed", f"{one.sent:,} sent", f"{one.failed:,} failed"]
    cells += [f"{one.withheld:,} withheld", f"{one.dropped:,} dropped"]
    if one.waiting:
        cells.append(f"{one.waiting:,} wait for a later try")
    if one.through_at:
        cells.append(f"{one.rate:.1f} a second, through at about {_clock(one.through_at)}")
    elif one.owed:
        cells.append("nothing has left in the last five minutes")
    if one.finished_at:
        cells.append(f"ended {_clock(one.finished_at)}")
    return ", ".join(cells)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%a %d %b %H:%M}"
