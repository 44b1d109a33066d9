"""``history`` and ``verify``: what sendwatch remembers, and whether it is still as it was written."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

import click

from pipeline.store import changes as ledger
from pipeline.store import documents, versions
from pipeline.store.changes import LedgerLine
from pipeline.text.words.dates import LONDON
from sendwatch.commands.opening import opened_store

MOST_DETAILS = 3


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a version, a line each.")
def history(url: str, as_json: bool) -> None:
    """List every version of the document at URL, oldest first, and what changed on the way to it.

    A date from this list fits `sendwatch show URL --at DATE` and `sendwatch compare URL@DATE URL@DATE`.
    Each change has its kind, how much it matters, and what became of it: told, owed, held (it must last a
    while first), recorded (kept, not mailed) or lapsed (undone, or told together with a later edit). Versions
    whose text retention has let go (SENDWATCH_KEEP) are listed as such.

    Exit code 66 when sendwatch has never seen URL.
    """
    with opened_store() as db, db.begin() as tx:
        row = documents.by_url(tx, url.rstrip("/")) or documents.by_url(tx, url)
        if row is None:
            click.echo(f"sendwatch has never seen {url}", err=True)
            raise click.exceptions.Exit(66)
        known = versions.dates(tx, row.id)
        textless = versions.without_text(tx, row.id)
        lines = ledger.of_document(tx, row.id)
    ways: dict[int, list[LedgerLine]] = {}
    for line in lines:
        ways.setdefault(line.change.to_version, []).append(line)
    if not as_json:
        count = f"{len(known)} version{'s' if len(known) > 1 else ''}"
        click.echo(f"{row.title}\n{row.url}\n{row.state.value}, {count}\n")
    for number, (version, seen_at) in enumerate(known, start=1):
        came = ways.get(version, [])
        kept = version not in textless
        if as_json:
            click.echo(json.dumps(_json(number, seen_at, came, kept=kept), ensure_ascii=False))
        else:
            click.echo("\n".join(_text(number, seen_at, came, kept=kept)))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON object.")
def verify(as_json: bool) -> None:
    """Recompute every stored digest and say what is not as it was written.

    The raw bytes of every page and file, the text of every version and its fingerprint, and whether the
    ledger and the versions name each other. Nothing is changed. A daemon may go on watching meanwhile.

    Exit code 1 when something was found.
    """
    from pipeline.steps.verify import verify as recompute

    with opened_store() as db:
        done, flaws = recompute(db, _progress)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    if as_json:
        click.echo(
            json.dumps({**asdict(done), "flaws": [asdict(flaw) for flaw in flaws]}, ensure_ascii=False)
        )
    else:
        for flaw in flaws:
            click.echo(f"{flaw.where}: {flaw.what}. What to do: {flaw.advice}.")
        older = f" ({done.older} by an earlier normaliser: digest only)" if done.older else ""
        gone = f", {done.let_go} let go by retention" if done.let_go else ""
        click.echo(
            f"{done.bodies} raw bodies, {done.versions} versions{older}{gone} and {done.changes} changes "
            f"recomputed: {_verdict(len(flaws))}."
        )
    if flaws:
        raise click.exceptions.Exit(1)


def _verdict(flaws: int) -> str:
    return f"{flaws} flaw{'s' if flaws > 1 else ''}" if flaws else "all is as it was written"


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{words}", nl=False, err=True)


def _json(number: int, seen_at: datetime, came: list[LedgerLine], *, kept: bool) -> dict[str, object]:
    return {
        "version": number,
        "seen_at": seen_at.isoformat(timespec="seconds"),
        "kept": kept,
        "changes": [
            {
                "kind": line.change.kind.value,
                "kinds": [kind.value for kind in line.change.findings.kinds] or [line.change.kind.value],
                "significance": line.change.significance.value,
                "public_note": line.change.public_note,
                "details": list(line.change.details),
                "fate": line.fate.value,
            }
            for line in came
        ],
    }


def _text(number: int, seen_at: datetime, came: list[LedgerLine], *, kept: bool) -> Iterator[str]:
    when = f"{seen_at.astimezone(LONDON):%Y-%m-%dT%H:%M:%S}"
    gone = "" if kept else " (its text was let go)"
    if not came:
        yield f"{number}. {when}  the ledger does not say how it came about: run sendwatch verify{gone}"
    for line in came:
        change = line.change
        said = ", ".join([change.kind.value.replace("_", " "), change.significance.value, line.fate.value])
        yield f"{number}. {when}  {said}{gone}"
        yield from (f"     {detail}" for detail in change.details[:MOST_DETAILS])
        left = len(change.details) - MOST_DETAILS
        if left > 0:
            yield f"     and {left} more: sendwatch compare shows all"
