"""Compose an Alert: facts in, subject, text and HTML out. Sends nothing and looks at no clock.

Everything from a publisher is escaped, and only http and https addresses become links.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from alerts import wording
from alerts.calendar import calendar_of
from alerts.change_told import told, weighty_sentences
from alerts.draft_docx import draft_docx
from alerts.redline_html import LEGEND
from alerts.redline_mail import shown_redline, shown_sentence, with_titles
from alerts.render_draft import draft_html, draft_text
from alerts.story_told import NOTHING_ELSE, StoryTold
from alerts.team_mail import mail_of
from alerts.templating import MOST_BYTES
from pipeline.model.blocks import ReadStatus
from pipeline.model.changes import NOTHING_MORE, ChangeKind, Findings, Relevance, Significance
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.drafts import Draft, PieceKind, Sentence
from pipeline.model.mails import Attached, Mail
from pipeline.model.redlines import Noticed, Redline
from pipeline.text.drafting.short_forms import short_forms
from pipeline.text.papers.key_dates import key_dates
from pipeline.text.papers.letter_facts import facts_of_letter
from pipeline.text.words.readability import measure

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CALENDAR = "text/calendar"
PLAIN = "text/plain"
_EDITS = (25, 12, 6, 3, 1, 0)  # shown at most; the first that fits
MOST_FILES = 30


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """All that an Alert says. ``redline`` is None for what is new, ``degraded`` empty when all is whole.

    ``others`` are title and address of further pages with the very same edit, ``story`` is what there is to
    say of the Story beyond this one document, ``approve`` the command that puts it into the digest;
    ``desk_link`` leads to the Story on the desk. Both may be empty.
    """

    record: Record
    parts: tuple[Part, ...]
    kind: ChangeKind
    details: tuple[str, ...]
    significance: Significance
    public_note: str
    relevance: Relevance
    draft: Draft
    redline: Redline | None
    source_title: str
    seen_at: datetime
    degraded: str = ""
    findings: Findings = NOTHING_MORE
    others: tuple[tuple[str, str], ...] = ()
    story: StoryTold = NOTHING_ELSE
    approve: str = ""
    desk_link: str = ""


def compose_alert(facts: AlertFacts) -> Mail:
    """The mail about one Story, with the draft as text, as HTML and as a .docx."""
    values, attached = _steady(facts)
    redline = with_titles(facts.redline, facts.parts)
    about = values["change"].lead.subject if values["change"].lead else ""
    title = f"{about}: {facts.record.title}" if about else facts.story.title or facts.record.title
    subject = f"[{values['tag']}] {_on_others(title, len(facts.others))}"
    for most in _EDITS:
        shown = shown_redline(redline, most, weighty_sentences(facts.findings.facts))
        whole = (
            (Attached(shown.filename, PLAIN, shown.whole.encode("utf-8", "replace")),) if shown.whole else ()
        )
        mail = mail_of("alert", subject, {**values, "redline": shown}, (*attached, *whole))
        if len(mail.html.encode("utf-8", "replace")) <= MOST_BYTES:
            break
    return mail


def _steady(facts: AlertFacts) -> tuple[dict[str, Any], tuple[Attached, ...]]:
    """What the mail shows and what rides with it, however much of the redline there is room for."""
    record, draft, findings = facts.record, facts.draft, facts.findings
    tag = facts.story.tag or wording.tag_of(facts.kind, record, findings.verdict)
    change = told(facts.kind, facts.details, findings)
    lead = shown_sentence(change.lead.runs) if change.lead else ("", "")
    dates = key_dates(record, facts.parts, after=facts.seen_at)
    files = [part for part in facts.parts if part.kind is PartKind.FILE]
    children = [part for part in facts.parts if part.kind is PartKind.CHILD]
    values: dict[str, Any] = {
        "facts": facts,
        "record": record,
        "tag": tag,
        "happened": facts.story.happened or wording.happened(facts.kind, record, findings.verdict),
        "verdict": wording.VERDICTS[facts.relevance.verdict],
        "kind_of_document": wording.type_of(record),
        "files": files[:MOST_FILES],
        "children": children[:MOST_FILES],
        "more_parts": len(files[MOST_FILES:]) + len(children[MOST_FILES:]),
        "notices": _notices(facts),
        "evidence": _evidence(facts.relevance),
        "weight": wording.WEIGHTS[facts.significance] if facts.kind is not ChangeKind.NEW else "",
        "change": change,
        "lead_html": Markup(lead[0]),  # noqa: S704 - escaped by its own template
        "lead_text": lead[1],
        "draft": draft,
        "forms": None if draft.empty_because else short_forms(draft, noticed=_noticed(facts), dates=dates),
        "reads": measure([sentence.text for sentence in draft.sentences[1:]]),
        "dates": dates,
        "to_check": _to_check(draft),
        "letter": facts_of_letter(record, facts.parts),
        "draft_text": draft_text(draft),
        "draft_html": Markup(draft_html(draft)),  # noqa: S704 - escaped by its own template
        "legend": LEGEND,
    }
    attached = (
        () if draft.empty_because else (Attached(_filename(record, "draft.docx"), DOCX, draft_docx(draft)),)
    )
    if dates:
        calendar = calendar_of(dates, title=record.title, url=record.url, seen_at=facts.seen_at)
        attached = (*attached, Attached(_filename(record, "dates.ics"), CALENDAR, calendar))
    return values, attached


def _to_check(draft: Draft) -> list[tuple[int, Sentence]]:
    """The sentences to be checked, by their numbers: not the link, nor what is its passage to the letter."""
    links = [s for piece in draft.pieces if piece.kind is PieceKind.LINK for s in piece.sentences]
    told = [(number, s) for number, s in enumerate(draft.sentences, 1) if s not in links]
    return [(n, s) for n, s in told if all(s.text.rstrip(".") != c.passage.rstrip(".") for c in s.citations)]


def _noticed(facts: AlertFacts) -> Noticed | None:
    if facts.kind is ChangeKind.NEW:
        return None
    return Noticed(
        facts.kind, facts.details, facts.significance, facts.public_note, facts.redline, facts.findings
    )


def _notices(facts: AlertFacts) -> list[str]:
    """What the editor must know before reading on."""
    notices = []
    if facts.draft.empty_because:
        notices.append(f"There is no draft: {facts.draft.empty_because}")
    notices += [
        f"{part.title or part.filename}: {part.note}"
        for part in facts.parts
        if part.status is not ReadStatus.READ and part.note
    ]
    if facts.degraded:
        notices.append(facts.degraded)
    return list(dict.fromkeys(notices))


def _evidence(relevance: Relevance) -> list[tuple[str, str, str]]:
    """(term, where, quote) for the strongest few, each term once."""
    found: dict[str, tuple[str, str, str]] = {}
    for one in relevance.evidence:
        found.setdefault(one.term.lower(), (one.term, one.where, one.quote))
    return list(found.values())[:6]


def _on_others(title: str, others: int) -> str:
    if not others:
        return title
    return f"{title[:100]}, and {others} more page{'s' if others > 1 else ''}"


def _filename(record: Record, what: str) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in record.title.lower())
    return "-".join(word for word in kept.split("-") if word)[:60].strip("-") + f"-{what}"
