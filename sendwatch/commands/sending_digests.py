"""``digest send``, ``status``, ``resume`` and ``cancel``: the digest's mails on their way to subscribers.

Shows numbers, and nobody's address. Loads neither the crawler nor the drafter.
"""

import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

import click

from sendwatch.commands.moments import on_the_clock
from sendwatch.commands.opening import opened_links, opened_store
from sendwatch.commands.sending_told import bar, report, standing_line


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
        click.echo(json.dumps(asdict(one), default=datetime.isoformat) if as_json else standing_line(one))
    if not as_json:
        for plan, by in stopped.items():
            click.echo(f"! {plan} is stopped by {by}: sendwatch digest release {plan}")
        for problem in problems:
            click.echo(f"! since {on_the_clock(problem.opened_at)}: {problem.words}")
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
    from sendwatch.clock import now
    from sendwatch.household import read_house
    from sendwatch.sending_terms import sending_terms

    with opened_links() as (settings, db, tokens):
        terms = sending_terms(settings, tokens, read_house(settings.house).charity)
        with db.begin() as tx:
            if name and not digest_progress.is_known(tx, name):
                raise click.UsageError(f"no digest {name!r} has been put together yet; see `digest status`")
        with _asked_to_stop() as stop:
            done = send_digests(db, terms, clock=now, stop=stop, progress=bar(), name=name)
    report(done)


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
