"""``search``: find words in all that was ever captured. Asks no publisher."""

import json
from collections.abc import Sequence
from datetime import datetime

import click

from pipeline.model.finding import Hit, Run, Within
from pipeline.text.words.dates import LONDON
from sendwatch.commands.moments import Moment
from sendwatch.commands.opening import opened_store


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--since", type=Moment(), help="Published or seen on this day (London time) or later.")
@click.option("--until", type=Moment(end=True), help="Published or seen on this day or earlier.")
@click.option("--source", help="Only what came from this source, by its key in schedules.yaml.")
@click.option("--publisher", help="Only publishers with this in their name.")
@click.option("--state", type=click.Choice(["live", "withdrawn", "gone", "moved"]), help="As it stands now.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="How many to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out before them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document.")
def search(
    words: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    source: str | None,
    publisher: str | None,
    state: str | None,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """Find WORDS in every version of every document that was ever captured, also in what is gone since.

    All words must be there; "a phrase" in quotation marks, -not, begin*. Give a -not within one quoted
    argument:

    \b
    sendwatch search 'high needs "deficit" -schools'

    Exit code 0, also when nothing was found.
    """
    from pipeline.model.documents import DocumentState
    from pipeline.steps.searching import search as find

    within = Within(source, publisher, since, until, DocumentState(state) if state else None)
    with opened_store() as db:
        hits = find(db, _typed(words), within, limit=limit, offset=offset)
    for hit in hits.hits:
        click.echo(json.dumps(_row(hit), ensure_ascii=False) if as_json else _lines(hit))
    if as_json:
        return
    if hits.total:
        more = "at least " if hits.capped else ""
        shown = f"{hits.offset + 1} to {hits.offset + len(hits.hits)} of " if hits.hits else ""
        click.echo(f"{shown}{more}{hits.total:,} document{'s' if hits.total != 1 else ''}")
    elif not hits.note:
        click.echo("Nothing that was ever captured holds this.")
    if hits.note:
        click.echo(hits.note)


def _typed(words: Sequence[str]) -> str:
    """What the shell has taken out of its quotation marks is a phrase, unless it is a question by itself."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def _lines(hit: Hit) -> str:
    who = f"{hit.publishers}, " if hit.publishers else ""
    dated = f"{hit.public.astimezone(LONDON):%Y-%m-%d}, " if hit.public else ""
    lines = [_plain(hit.title), f"  {hit.url}", f"  {who}{dated}{hit.state.value}; {hit.words}"]
    if hit.snippet:
        lines.append(f"  {_plain(hit.snippet)}")
    return "\n".join([*lines, ""])


def _plain(runs: Sequence[Run]) -> str:
    return "".join(click.style(run.text, bold=True) if run.marked else run.text for run in runs)


def _row(hit: Hit) -> dict[str, object]:
    return {
        "title": "".join(run.text for run in hit.title),
        "url": hit.url,
        "source": hit.source,
        "publishers": hit.publishers,
        "state": hit.state.value,
        "seen_at": hit.seen_at.isoformat(timespec="seconds"),
        "public": hit.public.isoformat(timespec="seconds") if hit.public else None,
        "stood_until": hit.stood_until.isoformat(timespec="seconds") if hit.stood_until else None,
        "present": hit.present,
        "text_kept": hit.text_kept,
        "words": hit.words,
        "snippet": [{"text": run.text, "marked": run.marked} for run in hit.snippet],
    }
