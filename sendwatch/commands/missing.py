"""``missed``: at which stage a page was lost on its way to people, and a Story of it now."""

import json
from dataclasses import asdict
from datetime import datetime

import click

from pipeline.text.words.dates import LONDON
from sendwatch.commands.opening import opened
from sendwatch.commands.who import who


@click.command()
@click.argument("url")
@click.option("--make-story", is_flag=True, help="Make a Story of it now, and keep that you missed it.")
@click.option("--by", default="", help="With --make-story: who says so; without it the name of the account.")
@click.option("--json", "as_json", is_flag=True, help="The way of the page as one JSON object.")
def missed(url: str, make_story: bool, by: str, as_json: bool) -> None:
    """Say at which stage the page at URL was lost, or how far it got: listed, read, judged, held, told.

    URL is taken as people paste it: the page, an HTML document below it, a file on it, an address it had.
    Asks no publisher.
    """
    from pipeline.steps.story_by_hand import make_story as made_story
    from pipeline.steps.tracing import trace

    with opened() as wiring:
        here, sites = wiring.places.here, wiring.sites
        told = trace(wiring.db, url, sites=sites, here=here, score=wiring.entry_score)
        made = None
        if make_story:
            made = made_story(wiring.db, url, who(by), wiring.clock(), sites=sites, here=here)
    if not told.url:
        raise click.UsageError(f"{url!r} is not the address of a page: it starts with https://")
    if as_json:
        shown = {**asdict(told), "made": asdict(made) if made else None}
        click.echo(json.dumps(shown, default=_plain, ensure_ascii=False))
        return
    click.echo(told.title or told.url)
    click.echo(f"{told.stage.value.capitalize()}. {told.words}")
    for step in told.steps:
        when = f"{step.when.astimezone(LONDON):%Y-%m-%d %H:%M}" if step.when else " " * 16
        click.echo(f"  {when}  {step.words}")
    if made:
        click.echo(made.words)
    elif told.can_make:
        click.echo("`--make-story` makes a Story of it now.")


def _plain(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat(timespec="seconds")
