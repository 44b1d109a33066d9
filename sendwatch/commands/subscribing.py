"""``subscribers``: the people who get the digest, for whoever looks after the list.

Shows an address only where it was asked for: a person who is named, or a list that is written out.
"""

import json
from datetime import datetime
from pathlib import Path

import click

from alerts.addresses import read_address
from alerts.desk.forms import read_wishes
from alerts.held import held_as_json
from alerts.steps.importing import Imported, import_list
from alerts.subscriber_rows import ListRow, read_list
from pipeline.model.errors import SendwatchError
from pipeline.model.subscribers import Consent, Held, Subscriber, SubscriberState, Way
from pipeline.store import forgetting, subscriber_lists, subscribers, suppressions
from pipeline.text.words.dates import LONDON
from sendwatch.commands.new_secret import new_secret
from sendwatch.commands.opening import opened
from sendwatch.secret_mark import refuse_another_secret
from sendwatch.wiring import Wiring

MOST_BYTES = 200_000_000


@click.group("subscribers")
def subscriber_group() -> None:
    """Look after the people who get the digest.

    People sign up themselves on the public pages (`sendwatch desk`). These commands are for a list that you
    have from before, and for a person who has written to you.
    """


subscriber_group.add_command(new_secret)


@subscriber_group.command("add")
@click.argument("address")
@click.option(
    "--consent", default="", help="Where they said yes; without it they are mailed and must confirm."
)
@click.option(
    "--plan", "plans", multiple=True, help="The key of a digest in schedules.yaml; may be repeated."
)
def add(address: str, consent: str, plans: tuple[str, ...]) -> None:
    """Add one person, who must confirm by mail unless --consent says where they said yes.

    Whoever was forgotten, has left or complained is not added: ask them to sign up themselves.
    """
    with opened() as wiring:
        facts, now = wiring.mailing_facts, wiring.clock()
        refuse_another_secret(wiring.db, wiring.tokens.secret, now)
        foreign = sorted(set(plans) - {plan.key for plan in facts.plans})
        if foreign:
            raise click.UsageError(f"schedules.yaml has no digest {foreign[0]!r}")
        checked = read_address(address, facts.named)
        if not checked.address:
            raise click.UsageError(checked.fault)
        wishes = read_wishes((), (), plans, facts.plans)
        rows = [ListRow(1, checked.address, wishes, Consent(consent, now) if consent else None)]
        done = import_list(wiring.db, wiring.tokens, facts, rows, now, ask=1, way=Way.COMMAND)
        if not facts.allows(checked.address):
            click.echo("SENDWATCH_MAIL_ALLOW does not name this address: nothing is mailed to it", err=True)
    for _, reason in done.refused:
        raise SendwatchError(f"this address {reason}")
    click.echo("added" if done.taken else "a mail asks them to confirm; `sendwatch run` sends it")


@subscriber_group.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Say what would be taken in, and keep nothing.")
@click.option("--ask-them", is_flag=True, help="Mail a confirmation to those without consent on record.")
@click.option("--pace", default=20, show_default=True, type=click.IntRange(1, 1000), help="Mails a minute.")
def import_(path: Path, *, check: bool, ask_them: bool, pace: int) -> None:
    """Take in the people of FILE, a CSV file whose first line names its columns.

    \b
    address (or email)               required
    plan, topics, phases             separated by semicolons; without them the usual digest, and all
    consent_source, consent_date     where and when they said yes; required unless --ask-them

    Who has consent on record gets the digest from now on, and no mail about it. Lines that are not taken in
    are listed by their number. Twice does no harm. Exit code 66 when FILE cannot be read.
    """
    with opened() as wiring, wiring.db.kept_open():
        facts, now = wiring.mailing_facts, wiring.clock()
        refuse_another_secret(wiring.db, wiring.tokens.secret, now)
        if not facts.plans:
            raise SendwatchError("schedules.yaml declares no digest that people could get")
        rows = read_list(_text(path), offered=facts.plans, named=facts.named, now=now)
        done = import_list(
            wiring.db, wiring.tokens, facts, rows, now, ask=pace if ask_them else 0, check=check
        )
    _say(done, check=check)


@subscriber_group.command("list")
@click.option("--state", type=click.Choice([state.value for state in SubscriberState]))
@click.option("--addresses", is_flag=True, help="Write out each person, one line of JSON each.")
def list_(state: str | None, *, addresses: bool) -> None:
    """Count the people on the list; with --addresses write them out."""
    with opened() as wiring, wiring.db.begin() as tx:
        counts, plans = subscriber_lists.counts(tx), subscriber_lists.counts_by_plan(tx)
    if not addresses:
        for one in SubscriberState:
            if state in (None, one.value):
                click.echo(f"{getattr(counts, one.value):>9,}  {one.value}")
        for plan, number in sorted(plans.items()):
            click.echo(f"{number:>9,}  active in {plan}")
        return
    wanted = SubscriberState(state) if state else None
    with opened() as wiring:
        after = 0
        while True:
            with wiring.db.begin() as tx:
                people = subscriber_lists.every(tx, wanted, after=after)
            if not people:
                break
            after = people[-1].id
            click.echo("\n".join(json.dumps(_line(person), ensure_ascii=False) for person in people))


@subscriber_group.command("show")
@click.argument("address")
def show(address: str) -> None:
    """Show what is known of one person: state, choices and log, in London time.

    Exit code 66 when they are not known.
    """
    with opened() as wiring:
        about = _held(wiring, address)
    person, held = about.subscriber, held_as_json(about)
    confirmed = _london(person.confirmed_at) if person.confirmed_at else "never"
    click.echo(f"{held['state']}, signed up {_london(person.created_at)}, confirmed {confirmed}")
    for name, value in held["preferences"].items():
        shown = ", ".join(value) if isinstance(value, list) else value
        click.echo(f"  {name}: {shown or ('all' if name in ('topics', 'nations', 'ages') else 'no')}")
    for line in about.log:
        click.echo(f"  {_london(line.at)}  {line.way:9}  {line.what}")
    click.echo(f"  {len(held['emails sent'])} digests sent")


@subscriber_group.command("export")
@click.argument("address")
def export(address: str) -> None:
    """Print all that is held about one person, as JSON that you can send them. Exit code 66: not known."""
    with opened() as wiring:
        click.echo(json.dumps(held_as_json(_held(wiring, address)), ensure_ascii=False, indent=2))


@subscriber_group.command("forget")
@click.argument("address")
@click.option("--yes", is_flag=True, help="Do not ask back.")
def forget(address: str, *, yes: bool) -> None:
    """Erase one person. What stays is a code of the address, so that no list brings it back."""
    with opened() as wiring:
        held = _held(wiring, address)
        if not yes:
            click.confirm("This erases the person and cannot be undone. Go on?", abort=True)
        person = held.subscriber
        digest = suppressions.suppression_hash(wiring.tokens.secret, person.address)
        with wiring.db.begin() as tx:
            forgetting.forget(tx, person, digest, suppressions.FORGOTTEN, wiring.clock())
    click.echo("erased")


def _held(wiring: Wiring, address: str) -> Held:
    typed = read_address(address, wiring.mailing_facts.named).address or address.strip().lower()
    with wiring.db.begin() as tx:
        person = subscribers.by_address(tx, typed)
        if person is None:
            raise SendwatchError("nobody with this address is known")
        return forgetting.held_about(tx, person)


def _london(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def _line(person: Subscriber) -> dict[str, object]:
    wishes = person.preferences
    confirmed = person.confirmed_at.astimezone(LONDON).isoformat() if person.confirmed_at else None
    return {
        "address": person.address,
        "state": person.state.value,
        "plans": sorted(wishes.plans),
        "topics": sorted(topic.value for topic in wishes.topics),
        "phases": sorted(wishes.phases),
        "confirmed": confirmed,
    }


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SendwatchError(f"{path}: larger than {MOST_BYTES:,} bytes")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise SendwatchError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SendwatchError(
            f"{path}: is not UTF-8 text (byte {error.start}); in a spreadsheet save it as “CSV UTF-8”"
        ) from None


def _say(done: Imported, *, check: bool) -> None:
    would = "would be " if check else ""
    click.echo(f"{done.taken:,} {would}taken in")
    if done.asked:
        click.echo(f"{done.asked:,} {would}asked to confirm")
    for reason, number in done.counts.most_common():
        lines = [str(line) for line, why in done.refused if why == reason]
        more = f" and {len(lines) - 20} more" if len(lines) > 20 else ""
        click.echo(f"{number:,} left out: {reason} (line {', '.join(lines[:20])}{more})")
