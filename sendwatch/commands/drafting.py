"""``draft``: a news item from a paper that an editor holds, and its shorter forms. No database."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from alerts.render_draft import Form
    from pipeline.model.documents import Part, Record
    from pipeline.model.drafts import Draft


@click.command()
@click.argument("place", metavar="FILE|URL")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "docx", "json", "forms", "ics"]),
    default="md",
    show_default=True,
    help="forms: digest item, mail subject, post, dates. ics: the dates. docx goes to a file (--output).",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write it here.")
@click.option("--url", default="", help="The address the news item should link to, for a local file.")
@click.option("--title", default="", help="Its title, where the paper has none.")
@click.option("--publisher", "publishers", multiple=True, help="Who publishes it; may be given twice.")
@click.option("--type", "kind", default="", help="What it is: letter, guidance, speech, …")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day it was published.")
@click.option("--whole", is_flag=True, help="Of all of it, also where only a section is about SEND.")
@click.option("--model", is_flag=True, help="Let the language model of SENDWATCH_MODEL_URL word it plainer.")
def draft(
    place: str,
    form: str,
    output: Path | None,
    url: str,
    title: str,
    publishers: tuple[str, ...],
    kind: str,
    date: datetime | None,
    whole: bool,
    model: bool,
) -> None:
    """Draft a news item from FILE or URL in the charity's manner (house.yaml).

    FILE "-" is text that is piped in. Pasted text and local files often do not say what they are: --title,
    --publisher, --type and --date do.

    Where only a section is about SEND, the item is about that section. Each sentence rests on a passage of
    the source; the passages are listed at the end. Read them before you publish.

    With --model each wording that the language model proposes is held to the passages of its sentence, and
    refused, with the reason on the error output, where they do not hold it. A model that is down or talks
    nonsense changes nothing.

    Exit code 66 when there is no text to draft from.
    """
    from pipeline.text.drafting.draft import draft_item
    from sendwatch.household import read_glossary, read_house_from_environment
    from sendwatch.paper import Told, paper_at, refuse_unread

    paper = paper_at(place)
    refuse_unread(paper)
    record, parts = paper.as_document(url)
    day = date.replace(hour=12, tzinfo=UTC) if date else None
    record = Told(title, publishers, "correspondence" if kind == "letter" else kind, day).of(record)
    told = parts if whole else _about_send(record, parts)
    item = draft_item(record, told, read_house_from_environment(), glossary=read_glossary())
    if model:
        from sendwatch.commands.rewording import reword_now

        item = reword_now(item)
    made = _made(item, form, record, parts)
    if output is not None:
        output.write_bytes(made if isinstance(made, bytes) else made.encode())
        click.echo(f"written to {output}", err=True)
    elif isinstance(made, bytes):
        if sys.stdout.isatty():
            raise click.UsageError("a .docx is not for the screen: name a file with --output")
        sys.stdout.buffer.write(made)
    else:
        click.echo(made)


def _about_send(record: "Record", parts: Sequence["Part"]) -> "Sequence[Part]":
    """The parts, or only what is about SEND where the rest is about something else."""
    from pipeline.model.changes import Verdict
    from pipeline.text.relevance.judge import judge_relevance
    from pipeline.text.relevance.sections import parts_about_send
    from sendwatch.household import read_lexicon

    lexicon = read_lexicon()
    if judge_relevance(record, parts, lexicon).verdict is not Verdict.PARTIAL:
        return parts
    return parts_about_send(record, parts, lexicon)


def _made(item: "Draft", form: str, record: "Record", parts: Sequence["Part"]) -> str | bytes:
    from pipeline.text.papers.key_dates import key_dates
    from sendwatch.wiring import now

    if form not in ("forms", "ics"):
        from alerts.render_draft import render_draft

        return render_draft(item, cast("Form", form))
    when = record.public_updated or record.first_published or now()
    dates = key_dates(record, parts, after=when)
    if form == "ics":
        from alerts.calendar import calendar_of

        return calendar_of(dates, title=item.headline.text, url=record.url, seen_at=when).decode()
    from alerts.render_forms import forms_text
    from pipeline.text.drafting.short_forms import short_forms
    from pipeline.text.papers.letter_facts import facts_of_letter
    from pipeline.text.words.readability import measure

    reads = measure([sentence.text for sentence in item.sentences[1:]])
    letter = facts_of_letter(record, parts)
    return forms_text(short_forms(item, dates=dates), dates=dates, letter=letter, reads=reads)
