"""A Document: every Version, what changed between two, how it stood on a day, and its bytes to take along.

Only shows. What a publisher served is never shown as a page of ours: it is text, escaped, or a download.
"""

from starlette.responses import Response
from starlette.routing import Route

from alerts import wording
from alerts.desk.desk import Desk
from alerts.desk.editors.asked import day_of, end_of
from alerts.desk.editors.guarding import Visit, shown, whole
from alerts.desk.editors.showing import clean, desk_page
from alerts.redline_html import redline_fragment
from pipeline.model.changes import ChangeKind
from pipeline.steps.document_seen import (
    DocumentSeen,
    VersionSeen,
    open_version,
    original,
    see_document,
    step_between,
)

HERE = "/desk/documents/{document}"
BYTES = "application/octet-stream"  # never a type that a browser would open by itself
NO_SCRIPT = "default-src 'none'; sandbox"
ENDINGS = {"pdf": "pdf", "docx": "docx", "odt": "odt", "govuk": "json", "html": "html.txt", "text": "txt"}
MOST_BLOCKS = 3_000
GONE = "Its text was let go after the time that SENDWATCH_KEEP says; that it was, and when, stays."


def routes(desk: Desk) -> list[Route]:
    """GET /desk/documents/{document} and what lies below it."""
    return [
        shown(desk, HERE, show),
        shown(desk, f"{HERE}/compare", compare),
        shown(desk, f"{HERE}/at", at_day),
        shown(desk, f"{HERE}/versions/{{number}}", show_version),
        shown(desk, f"{HERE}/versions/{{number}}/originals/{{position}}", download),
    ]


def show(visit: Visit) -> Response:
    """All Versions, newest first."""
    seen = see_document(visit.desk.db, visit.number("document"))
    if seen is None:
        return _none(visit)
    known = visit.desk.source_title(seen.row.source)
    return desk_page(visit, "document", seen=seen, source_title=known, tags=wording.TAGS, kinds=_KINDS)


def compare(visit: Visit) -> Response:
    """The redline from one Version to another, as they were chosen in the form."""
    seen = see_document(visit.desk.db, visit.number("document"))
    if seen is None:
        return _none(visit)
    old = seen.numbered(whole(visit.query.get("old", "")))
    new = seen.numbered(whole(visit.query.get("new", "")))
    if old is None or new is None:
        return _none(visit, "This document has no such versions: choose two from its list.", seen)
    before, after = open_version(visit.desk.db, old.id), open_version(visit.desk.db, new.id)
    if before is None or after is None:
        return _none(visit, f"One of the two cannot be shown. {GONE}", seen)
    noticed = step_between(before, after)
    redline = redline_fragment(noticed.redline, heading="h3") if noticed and noticed.redline else ""
    return desk_page(
        visit, "document_compare", seen=seen, old=old, new=new, noticed=noticed, redline=clean(redline)
    )


def at_day(visit: Visit) -> Response:
    """The Document as it stood at the end of a day in London."""
    seen = see_document(visit.desk.db, visit.number("document"))
    if seen is None:
        return _none(visit)
    day = day_of(visit.query.get("day", ""))
    when = end_of(day)
    if day is None or when is None:
        return _none(visit, "Choose a day, as 2026-11-27.", seen)
    version = seen.standing_at(when)
    if version is None:
        return _none(visit, "It was not known on that day: it was seen first later.", seen)
    return _version_page(visit, seen, version, f"As it was at the end of {wording.day(when)}")


def show_version(visit: Visit) -> Response:
    """One Version's text, and its originals."""
    seen = see_document(visit.desk.db, visit.number("document"))
    version = seen.numbered(visit.number("number")) if seen else None
    if seen is None or version is None:
        return _none(visit, seen=seen)
    return _version_page(visit, seen, version, f"Version {version.number}")


def download(visit: Visit) -> Response:
    """The bytes as the publisher served them: to be saved, never opened here."""
    seen = see_document(visit.desk.db, visit.number("document"))
    line = seen.numbered(visit.number("number")) if seen else None
    position = visit.params.get("position", "")
    version = open_version(visit.desk.db, line.id) if line else None
    if seen is None or line is None or version is None or not (position == "0" or whole(position)):
        return _none(visit, seen=seen)
    found = original(visit.desk.db, version, int(position))
    if found is None:
        return _none(visit, "These bytes were let go, or were never kept.", seen)
    ending = ENDINGS.get(found.part.format, "bin")
    name = f"document-{seen.row.id}-version-{line.number}-part-{int(position) + 1}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": NO_SCRIPT,
    }
    return Response(found.body, media_type=BYTES, headers=headers)


def _version_page(visit: Visit, seen: DocumentSeen, line: VersionSeen, heading: str) -> Response:
    version = open_version(visit.desk.db, line.id)
    if version is None:
        return _none(visit, f"This version cannot be shown. {GONE}", seen)
    left, parts = MOST_BLOCKS, []
    for position, part in enumerate(version.parts):
        shown_blocks = part.blocks[: max(0, left)]
        left -= len(shown_blocks)
        parts.append((position, part, shown_blocks, len(part.blocks) - len(shown_blocks)))
    return desk_page(
        visit, "document_version", seen=seen, line=line, record=version.record, parts=parts, heading=heading
    )


def _none(
    visit: Visit, words: str = "There is no such document.", seen: DocumentSeen | None = None
) -> Response:
    back = f"/desk/documents/{seen.row.id}" if seen else ""
    return desk_page(visit, "document_none", status=404, words=words, back=back)


_KINDS = {
    ChangeKind.NEW: "Seen for the first time",
    ChangeKind.BASELINE: "There when the watch began",
}
