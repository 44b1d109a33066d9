"""``changes`` and ``show``: what sendwatch has seen, from its own memory. Asks no publisher."""

import json
from datetime import datetime

import click

from pipeline.model.documents import Version
from pipeline.store import changes as ledger
from pipeline.store import documents, entries, runs, versions
from pipeline.store.changes import LedgerLine
from pipeline.text.words.dates import LONDON
from sendwatch.commands.moments import Moment, let_go_words
from sendwatch.commands.opening import opened_store


@click.command()
@click.option("--since", type=Moment(), help="From this day or moment on (London time), e.g. 2026-11-24.")
@click.option("--all", "everything", is_flag=True, help="The silent baseline, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def changes(since: datetime | None, everything: bool, as_json: bool) -> None:
    """List what changed: when, kind, significance, verdict, title, url, and the publisher's note.

    Everything that was seen is listed, also what was not worth a mail. Sources and documents that could
    not be read at the last look are named at the end (with --json: as objects with "kind": "degraded" or
    "problem").
    """
    with opened_store() as db, db.begin() as tx:
        lines = ledger.since(tx, since, baseline=everything)
        worries = [
            *(_worry("problem", p.opened_at, p.source, "", p.words) for p in runs.standing_problems(tx)),
            *(_worry("degraded", d.last_seen, d.title, d.url, d.degraded) for d in documents.degraded(tx)),
            *(
                _worry("degraded", when, title, url, words)
                for title, url, when, words in entries.troubled(tx)
            ),
        ]
    for row in [*(_row(line) for line in lines), *worries]:
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    if not lines and not worries and not as_json:
        click.echo("Nothing has changed" + (" since then." if since else " yet."))


@click.command()
@click.argument("url")
@click.option("--at", type=Moment(end=True), help="As it stood on this day, or at this moment.")
@click.option("--json", "as_json", is_flag=True, help="The whole version as JSON.")
def show(url: str, at: datetime | None, as_json: bool) -> None:
    """Show the document at URL as sendwatch last saw it, or as it stood --at a date (London time).

    A day means its end, a minute its end: --at 2026-11-24 is the state in which that day left it. `sendwatch
    history URL` lists the moments at which it changed.

    Exit code 66 when it was not known (then), or when the text of that time was let go (SENDWATCH_KEEP).
    """
    with opened_store() as db, db.begin() as tx:
        row = documents.by_url(tx, url.rstrip("/")) or documents.by_url(tx, url)
        if row is None or row.version_id is None:
            click.echo(f"sendwatch has never seen {url}", err=True)
            raise click.exceptions.Exit(66)
        try:
            version = versions.at(tx, row.id, at) if at else versions.get(tx, row.version_id)
        except versions.LetGo as gone:
            click.echo(let_go_words(url, gone.seen_at), err=True)
            raise click.exceptions.Exit(66) from None
        known = versions.dates(tx, row.id)
    if version is None:
        click.echo(f"sendwatch did not know {url} then; it saw it first on {_when(known[0][1])}", err=True)
        raise click.exceptions.Exit(66)
    click.echo(_version_json(version) if as_json else _version_text(version, known))


def _row(line: LedgerLine) -> dict[str, object]:
    change = line.change
    return {
        "when": change.seen_at.isoformat(timespec="seconds"),
        "kind": change.kind.value,
        "significance": change.significance.value,
        "verdict": change.relevance.verdict.value,
        "title": line.title,
        "url": line.url,
        "public_note": change.public_note,
        "source": line.source,
        "fate": line.fate.value,
        "details": list(change.details),
        "score": round(change.relevance.score, 3),
        "story": line.story_id,
        "joined": line.joined,
    }


def _worry(kind: str, when: datetime, title: str, url: str, words: str) -> dict[str, object]:
    return {
        "when": when.isoformat(timespec="seconds"),
        "kind": kind,
        "significance": "",
        "verdict": "",
        "title": title,
        "url": url,
        "public_note": words,
    }


def _line(row: dict[str, object]) -> str:
    when = _when(datetime.fromisoformat(str(row["when"])))
    cells = (when, row["kind"], row["significance"], row["verdict"], row["title"], row["url"])
    note = f"  “{row['public_note']}”" if row["public_note"] else ""
    return "  ".join(str(cell) for cell in cells if cell) + note


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def _version_json(version: Version) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(version), indent=2).decode()


def _version_text(version: Version, known: list[tuple[int, datetime]]) -> str:
    record = version.record
    number = [v for v, _ in known].index(version.id) + 1
    lines = [
        record.title,
        record.url,
        f"{record.document_type or 'page'}, {record.state.value}",
        f"version {number} of {len(known)}, seen {_when(version.seen_at)} (London)",
    ]
    lines += [f"note of {_when(n.when)}: {n.note}" for n in record.change_notes]
    for part in version.parts:
        lines += [
            "",
            f"== {part.title or part.filename or record.title} ({part.format}, {part.status.value})",
        ]
        if part.note:
            lines.append(part.note)
        lines += [block.text for block in part.blocks]
    return "\n".join(lines)
