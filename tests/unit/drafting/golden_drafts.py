"""The golden drafts: a document in YAML, read into Record and Parts, and the draft of it as a page of text.

The notation of a text is that of drafting_samples.blocks_from. With ``before`` the document is an update,
told by the real comparison of both states; with ``about_send`` only its sections about SEND are
drafted from; with ``pdf`` the text is set as a real PDF and read back.
"""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from drafting_samples import a_part, blocks_from
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from alerts.render_draft import draft_text
from crawler.reading.files import read_file
from pipeline.model.documents import ChangeNote, DocumentState, Part, PartKind, Person, Record, Version
from pipeline.model.drafts import Draft
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house
from pipeline.text.noticing.notice import notice
from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.relevance.sections import parts_about_send

DRAFTS = Path(__file__).resolve().parents[2] / "examples" / "drafts"
CASES = sorted(DRAFTS.glob("*.yaml"))
URL = "https://www.gov.uk/government/publications/sample"
_PAGES = 4


def draft_of(case: Path) -> tuple[Draft, tuple[Part, ...]]:
    """The draft of a case, and the parts that it was made from."""
    given = yaml.safe_load(case.read_text(encoding="utf-8"))
    record = _record(given["record"])
    parts = tuple(_part(one, pdf=given.get("pdf", False)) for one in given["parts"])
    step = None
    if before := given.get("before"):
        was = _record({**given["record"], **{k: v for k, v in before.items() if k != "text"}})
        old = replace(parts[0], blocks=blocks_from(before["text"], part=parts[0].key), sha256="1" * 64)
        version = Version(1, 1, datetime(2026, 8, 1, tzinfo=UTC), "f" * 64, 1, was, (old, *parts[1:]))
        step = notice(version, record, parts)
        assert step is not None, "the two states say the same"
    partial = given.get("about_send", False)
    if partial:
        parts = parts_about_send(record, parts, load_lexicon())
    return draft_item(record, parts, load_house(), noticed=step, partial=partial), parts


def as_page(draft: Draft) -> str:
    """Headline, body and the number of its words; the standing blocks are the house's and not shown."""
    return f"{draft_text(replace(draft, standing=()))}\n\n[{draft.words} words]\n"


def _record(given: dict[str, Any]) -> Record:
    fields: dict[str, Any] = {"url": URL, "title": "", "content_id": "c-1", **given}
    fields["publishers"] = tuple(fields.get("publishers", ()))
    fields["people"] = tuple(Person(**one) for one in fields.get("people", ()))
    fields["facts"] = tuple(sorted(fields.get("facts", {}).items()))
    fields["state"] = DocumentState(fields.get("state", "live"))
    notes = fields.get("change_notes", ())
    fields["change_notes"] = tuple(ChangeNote(datetime.fromisoformat(w), note) for w, note in notes)
    return Record(**fields)


def _part(given: dict[str, Any], *, pdf: bool) -> Part:
    part = a_part(given["text"], kind=PartKind(given["kind"]), title=given.get("title", "Letter (PDF)"))
    if "filename" in given:
        part = replace(part, url="", filename=given["filename"])
    if not pdf:
        return part
    reading = read_file(as_pdf(given["text"]), filename="letter.pdf")
    return replace(part, blocks=tuple(replace(b, part=part.key) for b in reading.blocks), pages=reading.pages)


def as_pdf(text: str) -> bytes:
    """A text in the notation as a PDF of four pages."""
    styles = getSampleStyleSheet()
    paragraphs = [p for p in text.strip().split("\n\n") if p.strip()]
    flow: list[Any] = []
    for number, paragraph in enumerate(paragraphs):
        heading = paragraph.startswith("# ")
        style = styles["Heading2" if heading else "BodyText"]
        if number and number % (len(paragraphs) // _PAGES + 1) == 0:
            flow.append(PageBreak())
        flow.append(Paragraph(paragraph.removeprefix("# "), style))
    out = BytesIO()
    SimpleDocTemplate(out).build(flow)
    return out.getvalue()
