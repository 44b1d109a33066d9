"""``sources`` and ``receipt``: how each source is, and what the watch did in a span. Asks no publisher."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta

import click

from pipeline.text.words.dates import LONDON
from sendwatch.commands.moments import Moment
from sendwatch.commands.opening import opened
from sendwatch.commands.who import who
from sendwatch.wiring import Wiring


class Week(click.ParamType[date]):
    """A week of ISO 8601, as 2026-W47: its Monday."""

    name = "week"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            year, _, number = value.upper().partition("-W")
            return date.fromisocalendar(int(year), int(number), 1)
        except ValueError:
            self.fail(f"{value!r} is not a week; write 2026-W47", param, ctx)


@click.command()
@click.option("--week", type=Week(), help="A week, as 2026-W47. Without options the last one that is over.")
@click.option("--since", type=Moment(), help="From this day or moment on (London time).")
@click.option("--until", type=Moment(end=True), help="To the end of this day or moment, or now.")
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON object.")
def receipt(week: date | None, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Say what was checked in a week: how often, what was down and for how long, what came of it.

    So that a week without mail can be told from a week without watching.
    """
    from pipeline.steps.receipts import last_whole_week, lasting, week_of
    from pipeline.steps.receipts import receipt as made

    if (week and (since or until)) or (until and not since):
        raise click.UsageError("say --week, or --since with or without --until")
    with opened() as wiring:
        moment = wiring.clock()
        begin, end = week_of(week) if week else last_whole_week(moment)
        if since:
            begin, end = since, until or moment
        if begin >= moment:
            raise click.UsageError("that span has not begun yet")
        told = made(wiring.db, wiring.schedules.sources, begin, end, moment)
    if as_json:
        click.echo(json.dumps(asdict(told), default=_plain, ensure_ascii=False))
        return
    click.echo(f"{_when(told.since)} to {_when(told.until)} (London)")
    click.echo(told.words)
    fates = ", ".join(f"{number:,} {fate}" for fate, number in sorted(told.changes.items())) or "none"
    click.echo(f"{told.requests:,} requests, {told.looked:,} looks at documents, changes: {fates}")
    click.echo(f"{told.mails:,} mail{'' if told.mails == 1 else 's'} to the team")
    for one in told.sources:
        down = f", down for {lasting(one.down)}" if one.down else ""
        paused = f", paused since {_when(one.paused_since)}" if one.paused_since else ""
        click.echo(f"  {one.key}: {one.checks:,} times, {one.failed:,} failed{down}{paused}")


@click.group("sources")
def source_group() -> None:
    """See how each source is; pause one, resume it, or ask for a run of it now."""


@source_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a source.")
def list_(as_json: bool) -> None:
    """List the sources: when each was last read, what is new in it, what it asked, and what is wrong."""
    from pipeline.steps.health import source_health

    with opened() as wiring:
        rows = source_health(wiring.db, wiring.schedules.sources, wiring.clock())
    for row in rows:
        if as_json:
            click.echo(json.dumps(asdict(row), default=_plain, ensure_ascii=False))
            continue
        newest = f", newest entry {_when(row.newest_entry)}" if row.newest_entry else ""
        due = f", next {_when(row.next_due)}" if row.next_due else ""
        click.echo(f"{row.key}: {row.words}")
        click.echo(
            f"  {row.title}; {row.entries:,} entries{newest}; {row.requests_today:,} requests and "
            f"{row.failed_today:,} failed runs in 24 hours{due}"
        )


@source_group.command("pause")
@click.argument("source")
@click.option("--by", default="", help="Who says so; without it the name of the account.")
def pause(source: str, by: str) -> None:
    """Ask SOURCE nothing until it is resumed. `doctor` and every receipt remind of it."""
    from pipeline.steps.pausing import pause as paused

    with opened() as wiring:
        _known(wiring, source)
        new = paused(wiring.db, source, who(by), wiring.clock())
    click.echo(f"{source} is paused" + ("" if new else " already"))


@source_group.command("resume")
@click.argument("source")
def resume(source: str) -> None:
    """Let SOURCE go on, at the daemon's next poke."""
    from pipeline.steps.pausing import resume as resumed

    with opened() as wiring:
        was = resumed(wiring.db, source)
        if not was:
            _known(wiring, source)
    click.echo(f"{source} goes on" if was else f"{source} was not paused")


@source_group.command("run-now")
@click.argument("source")
@click.option("--by", default="", help="Who says so; without it the name of the account.")
def run_now(source: str, by: str) -> None:
    """Ask for a run of SOURCE: the daemon makes it at its next poke, within 20 seconds or so.

    Without a daemon `sendwatch crawl SOURCE` does it at once. Exit code 1 when the source is paused.
    """
    from pipeline.steps.pausing import ask_for_run

    with opened() as wiring:
        _known(wiring, source)
        owed = ask_for_run(wiring.db, source, who(by), wiring.clock())
    if not owed:
        click.echo(f"{source} is paused: `sendwatch sources resume {source}` first", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"a run of {source} is owed; the daemon makes it at its next poke")


def _known(wiring: Wiring, key: str) -> None:
    keys = [source.key for source in wiring.schedules.sources]
    if key not in keys:
        raise click.UsageError(f"there is no source {key!r}; schedules.yaml has {', '.join(keys)}")


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def _plain(value: object) -> object:
    """Moments in UTC, spans in seconds."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(value)
