"""The words that mails use for kinds, types, dates and sizes. Pure."""

from datetime import datetime

from pipeline.model.changes import ChangeKind, Significance, Verdict
from pipeline.model.documents import Part, Record
from pipeline.model.facts import Announcement, ThreeWay
from pipeline.text.words.dates import LONDON

TYPES = {
    "correspondence": "letter",
    "letter": "letter",
    "guidance": "guidance",
    "statutory_guidance": "statutory guidance",
    "detailed_guide": "guidance",
    "detailed_guidance": "guidance",
    "manual": "guidance",
    "manual_section": "guidance",
    "open_consultation": "consultation",
    "closed_consultation": "consultation",
    "consultation": "consultation",
    "consultation_outcome": "consultation outcome",
    "call_for_evidence": "call for evidence",
    "open_call_for_evidence": "call for evidence",
    "press_release": "press release",
    "news_story": "news story",
    "written_statement": "written statement",
    "oral_statement": "statement",
    "speech": "speech",
    "policy_paper": "policy paper",
    "independent_report": "report",
    "research": "research",
    "official_statistics": "statistics",
    "national_statistics": "statistics",
    "transparency": "transparency data",
    "blog_post": "blog post",
}

TAGS = {
    ChangeKind.UPDATED: "Update",
    ChangeKind.QUIETLY_UPDATED: "Quiet change",
    ChangeKind.ATTACHMENT_REPLACED: "File replaced",
    ChangeKind.ATTACHMENT_ADDED: "File added",
    ChangeKind.ATTACHMENT_REMOVED: "File removed",
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.GONE: "Removed",
    ChangeKind.MOVED: "Moved",
    ChangeKind.RESTORED: "Back again",
    ChangeKind.REVERSED: "Changed back",
    ChangeKind.TITLE_CHANGED: "New title",
    ChangeKind.CHILD_CHANGED: "Quiet change",
    ChangeKind.CONSULTATION_OPENED: "Consultation open",
    ChangeKind.CONSULTATION_CLOSED: "Consultation closed",
    ChangeKind.DEADLINE_MOVED: "Deadline moved",
    ChangeKind.OUTCOME_PUBLISHED: "Consultation outcome",
}

HAPPENED = {
    ChangeKind.UPDATED: "The publisher updated this page and said so.",
    ChangeKind.QUIETLY_UPDATED: "This page changed, and the publisher gave no note of it.",
    ChangeKind.ATTACHMENT_REPLACED: "A file on this page was replaced without a note.",
    ChangeKind.ATTACHMENT_ADDED: "A file was added to this page without a note.",
    ChangeKind.ATTACHMENT_REMOVED: "A file was taken off this page without a note.",
    ChangeKind.WITHDRAWN: "The publisher has withdrawn this page.",
    ChangeKind.GONE: "The publisher has removed this page.",
    ChangeKind.MOVED: "This page has moved.",
    ChangeKind.RESTORED: "This page is back.",
    ChangeKind.REVERSED: "A change to this page was taken back.",
    ChangeKind.TITLE_CHANGED: "This page has a new title, and the publisher gave no note of it.",
    ChangeKind.CHILD_CHANGED: "The HTML document on this page changed, and the publisher gave no note of it.",
    ChangeKind.CONSULTATION_OPENED: "This consultation is open for answers.",
    ChangeKind.CONSULTATION_CLOSED: "This consultation has closed.",
    ChangeKind.DEADLINE_MOVED: "The closing date of this consultation has moved.",
    ChangeKind.OUTCOME_PUBLISHED: "The outcome of this consultation was published.",
}

WEIGHTS = {
    Significance.SUBSTANTIVE: "It matters: the substance changed.",
    Significance.MINOR: "It seems minor: wording, not substance.",
    Significance.TYPOGRAPHICAL: "Only marks, spelling or contact details changed.",
}

VERDICTS = {
    Verdict.RELEVANT: "It is about SEND.",
    Verdict.PARTIAL: "Part of it is about SEND.",
    Verdict.NOT: "It does not seem to be about SEND.",
}


def type_of(record: Record) -> str:
    """What people call this kind of document. A letter is one by its type or its title."""
    named = TYPES.get(record.document_type)
    title = record.title.lower()
    if named in (None, "guidance", "policy paper") and ("letter to" in title or "letter from" in title):
        return "letter"
    return named or record.document_type.replace("_", " ") or "page"


def tag_of(kind: ChangeKind, record: Record, verdict: ThreeWay | None = None) -> str:
    """The word in square brackets that a subject begins with."""
    if kind is ChangeKind.UPDATED and _falls_short(verdict):
        return "Update, note incomplete"
    return f"New {type_of(record)}" if kind is ChangeKind.NEW else TAGS.get(kind, "Change")


def happened(kind: ChangeKind, record: Record, verdict: ThreeWay | None = None) -> str:
    """One plain sentence for what happened."""
    if kind is ChangeKind.UPDATED and _falls_short(verdict):
        return "The publisher updated this page, and its note does not cover all changes."
    if kind is not ChangeKind.NEW:
        return HAPPENED.get(kind, "This page changed.")
    name = type_of(record)
    article = "" if name in ("guidance", "statutory guidance", "statistics", "research") else "A "
    return f"{article}{'N' if not article else 'n'}ew {name} was published."


def _falls_short(verdict: ThreeWay | None) -> bool:
    return verdict is not None and verdict.judgement is Announcement.NOT_COVERED


def day(moment: datetime | None) -> str:
    """24 November 2026, in London; empty for None."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}"


def day_and_time(moment: datetime) -> str:
    """24 November 2026 at 9.30am, in London."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{day(moment)} at {hour}.{local:%M}{'am' if local.hour < 12 else 'pm'}"


def size_of(part: Part) -> str:
    """Format, pages and size of a file: PDF, 4 pages, 120 KB."""
    words = [part.format.upper() if part.format not in ("", "unknown") else "file"]
    if part.pages:
        words.append(f"{part.pages} page{'s' if part.pages != 1 else ''}")
    if part.size >= 1_000_000:
        words.append(f"{part.size / 1_000_000:.1f} MB")
    elif part.size:
        words.append(f"{max(1, part.size // 1000)} KB")
    return ", ".join(words)
