"""``bounces``: read what came back of the digests that were sent."""

import json
import sys

import click

from pipeline.model.bounces import Kind, Outcome
from sendwatch.cli import EX_TEMPFAIL
from sendwatch.commands.opening import opened_links


@click.command()
@click.option("--check", is_flag=True, help="Say what would follow, and do nothing.")
@click.option("--believe", is_flag=True, help="Take hard bounces for true, however many came at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def bounces(check: bool, believe: bool, as_json: bool) -> None:
    """Read the mailbox of SENDWATCH_BOUNCES once. The daemon does the same every ten minutes.

    A hard bounce suspends; soft ones bring 2, 4, 8 … 64 hours of rest and then suspend; a complaint
    unsubscribes for good. No address is shown.

    \b
    Exit codes: 0 done; 75 the mailbox cannot be reached, or another sendwatch is reading it; 78 a setting
    is wrong.
    """
    from pipeline.model.errors import TransientError
    from sendwatch.bounce_rounds import AlreadyReading, BounceRoom, counted, held_words, one_round
    from sendwatch.clock import now

    if check and believe:
        raise click.UsageError("--check and --believe do not go together")
    with opened_links() as (settings, db, tokens):
        room = BounceRoom(db, settings.mailing, tokens, now)
        try:
            done = one_round(room, check=check, believe=believe)
        except TransientError as error:
            click.echo(f"sendwatch: bounces cannot be read: {error}", err=True)
            sys.exit(EX_TEMPFAIL)
        except AlreadyReading:
            click.echo("another sendwatch is reading the bounces; try again when it is done", err=True)
            sys.exit(EX_TEMPFAIL)
    if as_json:
        kinds = {kind.value: done.kinds[kind] for kind in Kind}
        outcomes = {one.name.lower(): done.outcomes[one] for one in Outcome}
        told = {"check": check, "read": done.read, "kinds": kinds, "outcomes": outcomes}
        click.echo(json.dumps({**told, "held": done.held, "eased": done.eased}))
        return
    kinds_line = ", ".join(f"{done.kinds[kind]} {kind.value}" for kind in Kind if done.kinds[kind])
    click.echo(f"{done.read} mails read" + (f": {kinds_line}" if kinds_line else ""))
    click.echo(("would follow: " if check else "") + counted(done))
    if done.held:
        click.echo(held_words(done.held))
