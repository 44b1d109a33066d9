"""Tell a change: who changed what, the publisher's note, the words before and after. Pure.

Rests on what was noticed (details, note, redline) and on the record. Never says why something changed
unless the publisher does, and never prints an old text as if it still held.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.model.changes import ChangeKind
from pipeline.model.documents import Record
from pipeline.model.drafts import Citation, Piece, PieceKind, Sentence
from pipeline.model.redlines import Noticed
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.changes_edits import edits_told, quotation
from pipeline.text.drafting.material import Material
from pipeline.text.papers.kinds import ItemKind, noun_of
from pipeline.text.papers.passages import stated, titled
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.dates import on_day, read_moment
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import capital, full_stop, tidy, word_count

MOST_DETAILS = 3
_MEANS = {
    ChangeKind.UPDATED: "updated",
    ChangeKind.QUIETLY_UPDATED: "quietly updated, that is, changed without a change note",
    ChangeKind.ATTACHMENT_REPLACED: "attachment replaced, that is, a file was replaced with a new version",
    ChangeKind.ATTACHMENT_ADDED: "attachment added, that is, a file was added",
    ChangeKind.ATTACHMENT_REMOVED: "attachment removed, that is, a file was removed",
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.GONE: "gone, that is, removed from the site",
    ChangeKind.MOVED: "moved to another address",
    ChangeKind.RESTORED: "restored",
    ChangeKind.REVERSED: "reversed, that is, the page says again what it said before an earlier change",
    ChangeKind.TITLE_CHANGED: "title changed, that is, the page has a new title",
    ChangeKind.CHILD_CHANGED: "document changed, that is, a document on the page was changed",
    ChangeKind.CONSULTATION_CLOSED: "closed",
    ChangeKind.DEADLINE_MOVED: "closing date moved, that is, the closing date was changed",
}
# A consultation's new stage is a publication of its own: "is asking for views", "has published the outcome".
TOLD_AS_PUBLISHED = frozenset([ChangeKind.NEW, ChangeKind.CONSULTATION_OPENED, ChangeKind.OUTCOME_PUBLISHED])
_OVER = frozenset({ChangeKind.WITHDRAWN, ChangeKind.GONE, ChangeKind.MOVED})
_FOR_EDITORS = re.compile(
    r"The publisher(?:[’']s note)? (?:says|gave no note)|The page (?:was (?:withdrawn|removed|live"
    r"|gone|moved)|now leads|has a new)"
    r"|It points|It was|The public date|A change note was|The text of the HTML document"
)


def told_as_change(noticed: Noticed | None) -> ChangeKind | None:
    """The kind when the draft is about a change; None when it is about the publication itself."""
    return noticed.kind if noticed and noticed.kind in _MEANS else None


def no_longer_holds(change: ChangeKind | None) -> bool:
    """Whether the text must not be told as what holds now."""
    return change in _OVER


def change_pieces(material: Material, noticed: Noticed) -> tuple[Piece, ...]:
    """Return the lead and the paragraphs that say what changed."""
    record = material.record
    what = stated(record, "Noticed", _MEANS[noticed.kind])
    lead = next((s for s in _leads(material, noticed, what) if s), None)
    if lead is None:
        lead = Sentence("A page has changed.", (titled(record), what))
    pieces = [Piece(PieceKind.LEAD, (lead,))]
    note = tuple(_noted(record, noticed))
    if note:
        pieces.append(Piece(PieceKind.CHANGE, note))
    edits = () if noticed.kind in _OVER else tuple(edits_told(material, noticed))
    details = tuple(_details(noticed, note, record.url, quoting=not edits))
    if details:
        pieces.append(Piece(PieceKind.CHANGE, details[: 2 if edits else MOST_DETAILS]))
    pieces.extend(Piece(PieceKind.CHANGE, edit) for edit in edits)
    return tuple(pieces)


def _leads(material: Material, noticed: Noticed, what: Citation) -> Iterator[Sentence | None]:
    record, kind = material.record, noticed.kind
    title, noun = tidy(record.title), noun_of(material.kind)
    cites = (*material.publisher_cites, what, titled(record))
    several = material.several_publishers
    have, its = ("have", "their") if several else ("has", "its")
    who = capital(material.publisher)
    thing = f"{its} {noun} ‘{title}’" if title else f"{its} {noun}"
    bare = f"The {noun} ‘{title}’" if title else "A page"
    has = "have" if material.kind is ItemKind.STATISTICS else "has"
    at = _where(record.url)
    acted = {
        ChangeKind.UPDATED: f"{have} updated {thing}",
        ChangeKind.QUIETLY_UPDATED: f"{have} changed {thing} without a change note",
        ChangeKind.ATTACHMENT_REPLACED: f"{have} replaced a file that belongs to {thing}",
        ChangeKind.ATTACHMENT_ADDED: f"{have} added a file to {thing}",
        ChangeKind.ATTACHMENT_REMOVED: f"{have} removed a file from {thing}",
        ChangeKind.WITHDRAWN: f"{have} withdrawn {thing}",
        ChangeKind.RESTORED: f"{have} restored {thing}",
        ChangeKind.GONE: f"{have} removed {thing}",
        ChangeKind.MOVED: f"{have} moved {thing} to another address",
        ChangeKind.REVERSED: f"{have} changed {thing} back to what it said before an earlier change",
        ChangeKind.TITLE_CHANGED: f"{have} given {its} {noun} a new title: ‘{title}’",
        ChangeKind.CHILD_CHANGED: f"{have} changed a document on the page of {thing}",
        ChangeKind.CONSULTATION_CLOSED: f"{have} closed {thing}",
        ChangeKind.DEADLINE_MOVED: f"{have} changed the closing date of {thing}",
    }[kind]
    passive = {
        ChangeKind.UPDATED: "been updated",
        ChangeKind.QUIETLY_UPDATED: "been changed without a change note",
        ChangeKind.ATTACHMENT_REPLACED: "a new version of a file",
        ChangeKind.ATTACHMENT_ADDED: "a new file",
        ChangeKind.ATTACHMENT_REMOVED: "lost a file: it was removed",
        ChangeKind.WITHDRAWN: "been withdrawn",
        ChangeKind.RESTORED: "been restored",
        ChangeKind.GONE: f"been removed{at}",
        ChangeKind.MOVED: "moved to another address",
        ChangeKind.REVERSED: "been changed back to what it said before an earlier change",
        ChangeKind.TITLE_CHANGED: "a new title",
        ChangeKind.CHILD_CHANGED: "a document that was changed",
        ChangeKind.CONSULTATION_CLOSED: "closed",
        ChangeKind.DEADLINE_MOVED: "a new closing date",
    }[kind]
    address = stated(record, "Address", record.url)
    if who and kind not in {ChangeKind.GONE, ChangeKind.MOVED}:
        when, source = _withdrawn_on(record) if kind is ChangeKind.WITHDRAWN else ("", ())
        if when:
            yield supported(f"On {when} {material.publisher} withdrew {thing}.", *cites, *source)
        yield supported(f"{who} {acted}.", *cites)
    yield supported(f"{bare} {has} {passive}.", *cites, address)
    yield supported(f"A page {has} {passive}.", *cites, address)


def _withdrawn_on(record: Record) -> tuple[str, tuple[Citation, ...]]:
    moment = read_moment(dict(record.facts).get("withdrawn_at", ""))
    if not moment:
        return "", ()
    day = on_day(moment)
    return day, (stated(record, "Withdrawn", day),)


def _where(url: str) -> str:
    return " from GOV.UK" if re.match(r"https?://(?:www\.)?gov\.uk/", url) else ""


def _noted(record: Record, noticed: Noticed) -> Iterator[Sentence]:
    """The publisher's own note or explanation, quoted to the letter."""
    options: list[tuple[str, str, Citation]] = []
    if noticed.kind in _OVER and record.state_note:
        options.append(("The notice says", record.state_note, stated(record, "Notice", record.state_note)))
    if noticed.public_note:
        day = next(
            (on_day(n.when) for n in record.change_notes if tidy(n.note) == tidy(noticed.public_note)), ""
        )
        opening = f"The publisher’s note of {day} says" if day else "The publisher’s note says"
        options.append(
            (
                opening,
                noticed.public_note,
                stated(record, f"Change note{f', {day}' if day else ''}", noticed.public_note),
            )
        )
    for opening, words, citation in options:
        plain = tidy(words)
        if has_contact_details(plain) or not plain:
            continue
        if word_count(plain) > 70:
            plain = " ".join(_first_sentences(plain, 70))
        if plain and (sentence := supported(quotation(opening, plain), citation)):
            yield sentence
    moved = noticed.kind is ChangeKind.MOVED and record.moved_to
    where = stated(record, "New address", record.moved_to)
    if moved and (sentence := supported("The link below leads to the new address.", where)):
        yield sentence


def _first_sentences(text: str, most: int) -> list[str]:
    kept: list[str] = []
    for sentence in split_sentences(text):
        if sum(map(word_count, kept)) + word_count(sentence) > most:
            break
        kept.append(sentence)
    return kept


def _details(noticed: Noticed, note: Sequence[Sentence], url: str, *, quoting: bool) -> Iterator[Sentence]:
    """What the comparison found, in its own plain sentences, unless the note has said so.

    Without ``quoting`` the sentences that quote the text are left out: the edits tell those words.
    """
    said = " ".join(s.text for s in note)
    for detail in noticed.details[:6]:
        plain = full_stop(tidy(detail))
        if (
            len(plain) < 3
            or has_contact_details(plain)
            or word_count(plain) > 45
            or plain.rstrip(".") in said
        ):
            continue
        if _FOR_EDITORS.match(plain) or "http" in plain or (not quoting and "“" in plain):
            continue
        if sentence := supported(
            plain, Citation(f"{tidy(detail)} (compared with the version before)", url=url)
        ):
            yield sentence
