"""``compare``: two files, two pages, or one page at two dates. Prints kinds, weight, facts and redline."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime

import click

from pipeline.model.facts import FactChange
from pipeline.model.redlines import Noticed
from sendwatch.commands.moments import Moment
from sendwatch.paper import Paper

_AT = re.compile(r"(?P<url>https?://.+)@(?P<date>\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?)$")


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "form", flag_value="json", help="The changes as JSON.")
@click.option("--html", "form", flag_value="html", help="A page with the redline, to open in a browser.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when the texts differ, as diff does.")
def compare(old: str, new: str, form: str | None, exit_code: bool) -> None:
    """Show what changed from OLD to NEW.

    Each is a file in any form that `read` takes (the two may differ: a PDF and the web page that replaced
    it), the address of a page, or URL@DATE: the page as sendwatch had it on that day (2026-11-24) or at that
    moment (2026-11-24T09:30), London time, out of its own memory.

    \b
      sendwatch compare letter-may.pdf letter-june.docx
      sendwatch compare https://www.gov.uk/x@2026-10-01 https://www.gov.uk/x@2026-11-24 --html > changes.html

    Printed are the kinds of change, how much it matters and why, the facts that changed (duties, dates,
    sums and so on), and the redline: what it said before, what it says now.

    Exit code 66 when one cannot be read, or was not known at that date.
    """
    from sendwatch.comparison import compare_papers
    from sendwatch.paper import refuse_unread

    before, after = paper_of(old), paper_of(new)
    refuse_unread(before, after)
    found = compare_papers(before, after)
    if form == "json":
        click.echo(_as_json(old, new, found))
    elif form == "html":
        click.echo(_as_html(old, new, found))
    else:
        click.echo("\n".join(_as_text(found)))
    if found is not None and exit_code:
        sys.exit(1)


def paper_of(place: str) -> Paper:
    """The paper at a file's path, at a URL, or at URL@DATE. Raises Unreadable when there is none."""
    match = _AT.fullmatch(place)
    if match is None:
        from sendwatch.paper import paper_at

        return paper_at(place)
    from sendwatch.paper_then import paper_then

    when: datetime = Moment(end=True).convert(match["date"], None, None)
    return paper_then(match["url"], when)


def _as_json(old: str, new: str, found: Noticed | None) -> str:
    import msgspec

    told = found.findings if found else None
    data = {
        "old": old,
        "new": new,
        "kinds": told.kinds if told else (),
        "significance": found.significance if found else None,
        "why": found.details if found else (),
        "public_note": found.public_note if found else "",
        "facts": told.facts if told else (),
        "verdict": told.verdict if told else None,
        "changes": found.redline.edits if found and found.redline else (),
        "layout": found.redline.cuts if found and found.redline else (),
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def _as_html(old: str, new: str, found: Noticed | None) -> str:
    from alerts.redline_html import redline_page
    from pipeline.model.redlines import Redline

    redline = found.redline if found and found.redline else Redline(())
    summary: list[str] = []
    if found is not None:
        summary = [f"Kinds: {_kinds(found)}. Significance: {found.significance.value}.", *found.details]
    return redline_page(redline, title=f"{_name(old)} → {_name(new)}", summary=summary)


def _name(place: str) -> str:
    return place if "://" in place else place.rpartition("/")[2]


def _as_text(found: Noticed | None) -> Iterator[str]:
    from pipeline.text.comparing.redline_words import redline_text

    if found is None:
        yield "The text is the same."
        return
    yield f"Kinds: {_kinds(found)}"
    yield f"Significance: {found.significance.value}"
    if found.details:
        yield from ("", "Why:", *(f"- {line}" for line in found.details))
    if found.findings.facts:
        yield from ("", "Facts that changed:", *dict.fromkeys(_fact(fact) for fact in found.findings.facts))
    verdict = found.findings.verdict
    if verdict is not None:
        yield from ("", f"The publisher's note: {f'“{verdict.note}”' if verdict.note else 'none'}")
        yield from (f"The page: {verdict.page}", f"The files: {verdict.files}")
        yield f"Judgement: {verdict.judgement.value}"
        yield from (f"- not covered: {line}" for line in verdict.uncovered)
    if found.redline is not None and found.redline.edits:
        yield from ("", "The redline, [-what went-] and {+what came+}:", "", redline_text(found.redline))


def _kinds(found: Noticed) -> str:
    return ", ".join(kind.value.replace("_", " ") for kind in found.findings.kinds)


def _fact(fact: FactChange) -> str:
    from alerts.fact_words import KINDS, turn_of

    words = " → ".join(f"“{said}”" for said in (fact.old, fact.new) if said)
    return f"- {KINDS[fact.kind]}, {turn_of(fact)}: {words}{_pages(fact)}"


def _pages(fact: FactChange) -> str:
    sides = {"before": fact.old_page, "now": fact.new_page}
    pages = [f"page {page} {side}" for side, page in sides.items() if page is not None]
    if len(pages) == 2 and fact.old_page == fact.new_page:
        return f" (page {fact.new_page})"
    return f" ({', '.join(pages)})" if pages else ""
