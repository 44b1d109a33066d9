"""``read``, ``classify`` and ``draft``: for papers that an editor holds. No database.

Local files need neither the store nor Scrapy, which are loaded only for a URL.
"""

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pipeline.model.errors import Unreadable

if TYPE_CHECKING:
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
    from pipeline.text.relevance.scope import applies_to
    from pipeline.text.relevance.sections import sections_about_send
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
