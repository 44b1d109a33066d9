"""``labels``: an editor's "not relevant" and "should have been caught", kept and handed out."""

from pathlib import Path

import click
from sqlalchemy import Connection

from pipeline.model.changes import Verdict
from pipeline.model.documents import Version
from pipeline.steps.label_page import label_page
from pipeline.store import documents, labels, versions
from pipeline.store.labels import Label
from pipeline.text.words.dates import LONDON
from sendwatch.commands.opening import opened_store
from sendwatch.commands.who import who


@click.group("labels")
def label_group() -> None:
    """Keep what editors say of a verdict; `sendwatch replay` and the benchmark measure rules by it.

    Nothing is overwritten: of one address the latest label counts, the earlier stay on record.
    """


@label_group.command("add")
@click.argument("url")
@click.option("--relevant", "label", flag_value="relevant", help="A news item should be drafted.")
@click.option("--partial", "label", flag_value="partial", help="SEND is one strand of it.")
@click.option("--not-relevant", "label", flag_value="not", help="No mail should come of it.")
@click.option("--why", default="", help="In a few words; whoever mends the rules will read it.")
@click.option("--by", default="", help="Who says so; without it the name of the account.")
def add(url: str, label: str | None, why: str, by: str) -> None:
    """Say of the document at URL that it is --relevant, --partial or --not-relevant.

    A document that sendwatch has never seen can be labelled, too: it should have been caught.
    """
    from sendwatch.wiring import now

    if label is None:
        raise click.UsageError("say --relevant, --partial or --not-relevant")
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{url!r} is not the address of a page: it starts with https://")
    with opened_store() as db, db.begin() as tx:
        made = label_page(tx, url, Verdict(label), why=why.strip(), by=who(by), now=now())
    click.echo(f"{made.label.value}: {made.title or made.url}")
    if not made.judged:
        click.echo("sendwatch has never seen this page: the label says that it should have been caught")
    elif made.agrees:
        click.echo(f"sendwatch judged the same: {made.judged}")
    else:
        click.echo(f"sendwatch judged: {made.judged}")


@label_group.command("list")
def list_() -> None:
    """List all labels, oldest first; those that a later one replaced are marked."""
    with opened_store() as db, db.begin() as tx:
        every = labels.every(tx)
    latest = labels.counting(every)
    for label in every:
        click.echo(_line(label, counts=label in latest))
    if not every:
        click.echo("There is no label yet: sendwatch labels add URL --not-relevant")


@label_group.command("export")
@click.option("--csv", "form", flag_value="csv", help="For a spreadsheet; this is the default.")
@click.option("--json", "form", flag_value="json", help="One JSON object a line.")
@click.option("--all", "everything", is_flag=True, help="Those that a later label replaced, too.")
@click.option(
    "--texts",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the text of each labelled document into this folder, for bench/relevance.py.",
)
def export(form: str | None, everything: bool, texts: Path | None) -> None:
    """Print the labels: page, version, when it was seen, what was judged, the label, why, who and when.

    With --texts the column "file" names the text of each. To measure the rules by them:

    \b
    sendwatch labels export --texts labelled > labelled/index.csv
    python -m bench.relevance --corpus labelled
    """
    from sendwatch.label_rows import as_csv, as_json, row_of, text_of

    rows = []
    with opened_store() as db:
        with db.begin() as tx:
            every = labels.every(tx)
        latest = labels.counting(every)
        for number, label in enumerate(every if everything else latest, start=1):
            with db.begin() as tx:
                version = _version(tx, label)
            file = f"{number:04}.txt" if version and texts else ""
            if version and texts:
                texts.mkdir(parents=True, exist_ok=True)
                (texts / file).write_text(text_of(version), encoding="utf-8")
            rows.append(row_of(label, version, file=file, counts=label in latest))
    click.echo(as_json(rows) if form == "json" else as_csv(rows), nl=False)


@label_group.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def import_(path: Path) -> None:
    """Take in the labels of FILE, a CSV file as `labels export` writes it. Twice does no harm.

    Exit code 66 when it cannot be read: then none is taken in.
    """
    from sendwatch.label_rows import read_rows

    given = read_rows(path)
    with opened_store() as db, db.begin() as tx:
        taken = sum(labels.add(tx, label) for label in given)
    click.echo(f"{taken} labels taken in, {len(given) - taken} were there already")


def _version(tx: Connection, label: Label) -> Version | None:
    """The Version that was labelled, or the newest if the page was seen only later; None without a text."""
    version_id = label.version_id
    if version_id is None:
        row = documents.by_url(tx, label.url)
        version_id = row.version_id if row else None
    if version_id is None:
        return None
    try:
        return versions.get(tx, version_id)
    except KeyError:  # also LetGo: retention has let the text go
        return None


def _line(label: Label, *, counts: bool) -> str:
    judged = f"judged {label.judged}" if label.judged else "never seen"
    cells = [
        f"{label.at.astimezone(LONDON):%Y-%m-%d %H:%M}",
        f"{label.label.value:8}",
        f"({judged})",
        label.title or label.url,
        label.url if label.title else "",
        f"by {label.by}" if label.by else "",
        f"“{label.why}”" if label.why else "",
        "" if counts else "(replaced by a later label)",
    ]
    return "  ".join(cell for cell in cells if cell)
