"""``read``, ``classify`` and ``draft``: for papers that an editor holds. No database.

Local files need neither the store nor Scrapy, which are loaded only for a URL.
"""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.model.errors import Unreadable

if TYPE_CHECKING:
    from alerts.render_draft import Form
    from pipeline.model.blocks import Reading

EX_NOINPUT = 66


@click.command()
@click.argument("place", metavar="FILE|URL")
def read(place: str) -> None:
    """Read FILE or URL into blocks and print them as JSON.

    Takes PDF, Word (.docx), OpenDocument (.odt), HTML, plain text and GOV.UK Content API JSON. Each block
    has a kind, a level, its text and an anchor ("page=2" or "#heading-id").

    The status says what became of it: read, no_text (a scan), encrypted, broken, too_large, too_slow or
    unsupported; the note says it in words. Exit code 66 when the file could not be opened at all.
    """
    from sendwatch.paper import paper_at

    paper = paper_at(place)
    click.echo(json.dumps(_reading_json(place, paper.reading), ensure_ascii=False, indent=2))
    if paper.reading.status.value not in ("read", "no_text"):
        sys.exit(EX_NOINPUT)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def classify(files: tuple[str, ...]) -> None:
    """Say for each FILE whether it is about SEND: one JSON object a line.

    Each has file, verdict (relevant, partial, not), score and evidence: which term, where, its weight and
    the words around it; the nations and phases (early years, school, post-16) that it applies to, and in
    "applies" the words that show it; section and sections: what concerns SEND in a partial document, and
    every place that does, heaviest first. A file that cannot be read has a null verdict and a note.

    Exit code 66 when one of them could not be read; the others are still classified.
    """
    from pipeline.text.scope import applies_to
    from pipeline.text.sections import sections_about_send
    from sendwatch.household import read_lexicon
    from sendwatch.paper import judge_paper, paper_at

    lexicon = read_lexicon()
    unread = False
    for name in files:
        row: dict[str, object] = {"file": name, "verdict": None, "score": None, "evidence": []}
        try:
            paper = paper_at(name)
        except Unreadable as error:
            unread = True
            click.echo(json.dumps({**row, "note": str(error)}, ensure_ascii=False))
            continue
        if paper.reading.status.value == "read":
            found = judge_paper(paper, lexicon)
            evidence = [
                {"term": e.term, "where": e.where, "weight": round(e.weight, 3), "quote": e.quote}
                for e in found.evidence
            ]
            row |= {"verdict": found.verdict.value, "score": round(found.score, 3), "evidence": evidence}
            record, parts = paper.as_document()
            if paper.record is None:
                record = replace(record, title=paper.reading.title)  # a file's own name says nothing
            row |= {
                "nations": list(found.nations),
                "phases": list(found.phases),
                "applies": [
                    {"term": e.term, "where": e.where, "quote": e.quote}
                    for e in applies_to(record, parts, lexicon).evidence
                ],
                "section": found.section,
                "sections": [
                    {"name": s.name, "part": s.part, "anchor": s.anchor, "blocks": [s.first, s.last]}
                    | {"weight": s.weight}
                    for s in sections_about_send(parts, lexicon)
                ],
            }
        else:
            unread = True
            row["note"] = paper.reading.note
        click.echo(json.dumps(row, ensure_ascii=False))
    if unread:
        sys.exit(EX_NOINPUT)


@click.command()
@click.argument("place", metavar="FILE|URL")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "docx", "json"]),
    default="md",
    show_default=True,
    help="docx goes to the file given with --output.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write it here.")
@click.option("--url", default="", help="The address the news item should link to, for a local file.")
@click.option("--title", default="", help="Its title, where the paper has none.")
@click.option("--publisher", "publishers", multiple=True, help="Who publishes it; may be given twice.")
@click.option("--type", "kind", default="", help="What it is: letter, guidance, speech, …")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day it was published.")
@click.option("--model", is_flag=True, help="Let the language model of SENDWATCH_MODEL_URL word it plainer.")
def draft(
    place: str,
    form: "Form",
    output: Path | None,
    url: str,
    title: str,
    publishers: tuple[str, ...],
    kind: str,
    date: datetime | None,
    model: bool,
) -> None:
    """Draft a news item from FILE or URL in the charity's manner (house.yaml).

    FILE "-" is text that is piped in. Pasted text and local files often do not say what they are: --title,
    --publisher, --type and --date do.

    Each sentence rests on a passage of the source; the passages are listed at the end. Read them before
    you publish.

    With --model each wording that the language model proposes is held to the passages of its sentence, and
    refused, with the reason on the error output, where they do not hold it. A model that is down or talks
    nonsense changes nothing.

    Exit code 66 when there is no text to draft from.
    """
    from alerts.render_draft import render_draft
    from pipeline.text.drafting import draft_item
    from sendwatch.household import read_glossary, read_house_from_environment
    from sendwatch.paper import Told, paper_at, refuse_unread

    paper = paper_at(place)
    refuse_unread(paper)
    record, parts = paper.as_document(url)
    day = date.replace(hour=12, tzinfo=UTC) if date else None
    record = Told(title, publishers, "correspondence" if kind == "letter" else kind, day).of(record)
    item = draft_item(record, parts, read_house_from_environment(), glossary=read_glossary())
    if model:
        from sendwatch.commands.rewording import reword_now

        item = reword_now(item)
    made = render_draft(item, form)
    if output is not None:
        output.write_bytes(made if isinstance(made, bytes) else made.encode())
        click.echo(f"written to {output}", err=True)
    elif isinstance(made, bytes):
        if sys.stdout.isatty():
            raise click.UsageError("a .docx is not for the screen: name a file with --output")
        sys.stdout.buffer.write(made)
    else:
        click.echo(made)


def _reading_json(place: str, reading: "Reading") -> dict[str, object]:
    blocks = [
        {"kind": b.kind.value, "level": b.level, "text": b.text, "anchor": b.anchor} for b in reading.blocks
    ]
    return {
        "file": place,
        "format": reading.format,
        "title": reading.title,
        "status": reading.status.value,
        "pages": reading.pages,
        "note": reading.note,
        "blocks": blocks,
    }
