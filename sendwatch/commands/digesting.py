"""``digest``: look at the next digest, proof it, open it with a line, stop it, let it go. Sends nothing."""

from pathlib import Path

import click

from alerts.compose_digest import digest_html, digest_text
from alerts.digest_page import DAYS
from alerts.slots import nobodys
from alerts.steps.alerting import message_ids
from alerts.steps.proofing import coming_page, proof_mail
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.collect import begin_now, seen_ahead
from pipeline.steps.due_plans import due_at, next_day
from pipeline.steps.lapse import lapse_moved
from pipeline.steps.stopping import release_plan, stop_plan, stopped_by
from pipeline.store import deliveries, digests
from pipeline.text.words.dates import at_time, on_day
from sendwatch.commands.opening import opened
from sendwatch.commands.sending_digests import SENDING
from sendwatch.commands.who import who
from sendwatch.wiring import Wiring


@click.group("digest")
def digest_group() -> None:
    """See and steer the digest that subscribers get.

    \b
    sendwatch digest preview                 the next one as it stands now
    sendwatch digest opening weekly "Words"  a line of your own at its top
    sendwatch digest hold weekly             stop it; nothing leaves until `digest release`

    It is put together and sent by `sendwatch run` at its hour (schedules.yaml). What is in it an editor has
    approved: `sendwatch stories`.
    """


@digest_group.command("preview")
@click.argument("plan", required=False)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the HTML to this file.")
def preview(plan: str | None, html: Path | None) -> None:
    """Print the next digest of PLAN (else of the first plan) as it would be now. Nothing is sent."""
    with opened() as wiring:
        chosen = _plan(wiring, plan)
        moment = wiring.clock()
        day = next_day(chosen, moment)
        with wiring.db.begin() as tx:
            lapse_moved(tx, moment)
            page, _ = coming_page(tx, chosen, day, frame=wiring.frame, now=moment)
            stopped = stopped_by(tx, chosen.key)
    if stopped:
        click.echo(
            f"“{chosen.title}” is stopped by {stopped}: sendwatch digest release {chosen.key}", err=True
        )
    if html is not None:
        html.write_text(nobodys(digest_html(page, chosen.key)), "utf-8")
        click.echo(f"written to {html}")
        return
    if page.quiet:
        click.echo("Nothing is approved for it so far: sendwatch stories list --waiting", err=True)
    click.echo(f"Subject: {page.subject}\n")
    click.echo(nobodys(digest_text(page, chosen.key)), nl=False)


@digest_group.command("proof")
@click.argument("plan", required=False)
def proof(plan: str | None) -> None:
    """Mail the team a proof of the next digest of PLAN as it stands now.

    One comes by itself the day before; this is for another look. Leaves with the next round of
    `sendwatch run`.
    """
    with opened() as wiring:
        chosen = _plan(wiring, plan)
        if not wiring.settings.team:
            click.echo("there is nobody to mail it to: set SENDWATCH_TEAM", err=True)
            raise click.exceptions.Exit(1)
        moment = wiring.clock()
        day = next_day(chosen, moment)
        mail = proof_mail(wiring.db, chosen, day, frame=wiring.frame, now=moment)
        key = f"proof:{chosen.key}:{day.isoformat()}:{moment.isoformat(timespec='seconds')}"
        with wiring.db.begin() as tx:
            to = message_ids(key, mail, wiring.settings.team, wiring.domain, moment)
            deliveries.owe(tx, key, mail, to, moment)
    click.echo(f"{mail.subject}\nIt is owed to {', '.join(wiring.settings.team)}.")


@digest_group.command("opening")
@click.argument("plan")
@click.argument("words")
@click.option("--by", default="", help="Who wrote it; without it the name of the account.")
def opening(plan: str, words: str, by: str) -> None:
    """Put WORDS at the top of the next digest of PLAN; empty words take them out again.

    They stand there exactly as you write them. The last ones count.
    """
    said = "\n\n".join(" ".join(part.split()) for part in words.split("\n\n"))
    with opened() as wiring:
        chosen = _plan(wiring, plan)
        moment = wiring.clock()
        day = next_day(chosen, moment)
        with wiring.db.begin() as tx:
            digests.set_opening(tx, plan=chosen.key, day=day, words=said, by=who(by), now=moment)
        place = f"the digest of {DAYS[day.weekday()]} {day.day} {day:%B}"
        click.echo(f"At the top of {place}: {said}" if said else f"There is no opening line in {place}.")


@digest_group.command("hold")
@click.argument("plan")
@click.option("--by", default="", help="Who stops it; without it the name of the account.")
def hold(plan: str, by: str) -> None:
    """Stop the digest of PLAN: what is not sent yet is not sent, and none is put together.

    Its items are safe. `sendwatch digest release PLAN` lets it go.
    """
    with opened() as wiring:
        chosen = _known(wiring, plan)
        with wiring.db.begin() as tx:
            held = stop_plan(tx, chosen.key, who(by), wiring.clock())
    click.echo(f"“{chosen.title}” is stopped." + (f" Under way were: {', '.join(held)}." if held else ""))
    click.echo(f"To let it go: sendwatch digest release {chosen.key}")


@digest_group.command("release")
@click.argument("plan")
def release(plan: str) -> None:
    """Let the digest of PLAN go again: what is due leaves with the next round of `sendwatch run`."""
    with opened() as wiring:
        chosen = _known(wiring, plan)
        moment = wiring.clock()
        with wiring.db.begin() as tx:
            held = release_plan(tx, chosen.key)
        click.echo(f"“{chosen.title}” is released." + (f" Going on: {', '.join(held)}." if held else ""))
        if chosen.rhythm is not Rhythm.STORY:
            click.echo(f"The next one is due at {at_time(due_at(chosen, next_day(chosen, moment)))}.")


@digest_group.command("begin")
@click.argument("plan")
def begin(plan: str) -> None:
    """Let PLAN begin now, when it was first seen by a clock that ran ahead (`doctor` says so).

    It holds what is approved from now on: approve again what was approved meanwhile. Exit code 1 when it has
    begun already.
    """
    with opened() as wiring:
        chosen = _known(wiring, plan)
        with wiring.db.begin() as tx:
            ahead = seen_ahead(tx, chosen.key, wiring.clock())
            if ahead is not None:
                begin_now(tx, chosen.key, wiring.clock())
    if ahead is None:
        click.echo(f"“{chosen.title}” has begun already; nothing is changed", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"“{chosen.title}” begins now; it would have begun on {on_day(ahead)}.")


def _known(wiring: Wiring, key: str) -> Plan:
    found = next((one for one in wiring.schedules.plans if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in wiring.schedules.plans) or "none"
        raise click.UsageError(f"schedules.yaml has no digest {key!r}; it has: {known}")
    return found


def _plan(wiring: Wiring, key: str | None) -> Plan:
    """The plan of a week or month that is meant."""
    dated = [one for one in wiring.schedules.plans if one.rhythm is not Rhythm.STORY]
    if key is None:
        if not dated:
            raise click.UsageError("schedules.yaml has no digest of a week or a month")
        return dated[0]
    chosen = _known(wiring, key)
    if chosen.rhythm is Rhythm.STORY:
        raise click.UsageError(f"{key!r} is mailed for every Story: there is no next one to look at")
    return chosen


for _command in SENDING:
    digest_group.add_command(_command)
