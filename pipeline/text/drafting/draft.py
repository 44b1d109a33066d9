"""Propose a news item for a publication or for a change to one. Pure and deterministic.

Headline, lead, what matters most to families, what else is covered, the link, the charity's standing
blocks. Never prints a sentence that its cited passages do not hold; where there is no text to draft
from, it says so and prints a headline alone.
"""

from collections.abc import Sequence

from pipeline.model.blocks import ReadStatus
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Draft, Piece, PieceKind, Sentence
from pipeline.model.redlines import Noticed
from pipeline.text.citing.gate import supported, unsupported
from pipeline.text.drafting.also import topics_of
from pipeline.text.drafting.changes_told import change_pieces, no_longer_holds, told_as_change
from pipeline.text.drafting.england import with_england
from pipeline.text.drafting.explaining import explained
from pipeline.text.drafting.glossary import Glossary, load_glossary
from pipeline.text.drafting.headline import headline_of
from pipeline.text.drafting.house import LINK_TEXTS, House
from pipeline.text.drafting.lead import facts_of_lead, lead_of
from pipeline.text.drafting.material import Material, gather
from pipeline.text.drafting.partly import headline_of_part, said_of_part
from pipeline.text.drafting.points import Points, after_a_change, points_of, weigh
from pipeline.text.drafting.standing import standing_blocks
from pipeline.text.papers.kinds import noun_of, says
from pipeline.text.papers.passages import stated, titled, typed
from pipeline.text.reporting.reported import leans_back
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.wording import word_count

MOST_WORDS = 260
FEWEST_WORDS = 120
GOOD_WORDS = 170  # an item shorter than this has room for what is next best
SHORT_WORDS = 135  # an item shorter than this takes what is of little weight
SLACK = 25  # words by which the last sentence may go beyond
GOAL = 180  # words of points
RESERVED = 50  # words for the list of other topics, the link, and for explaining words
LINK_WORDS = 6
LOWER_BAR = 0.0  # for a text that says little to families; a shorter item is honest


def draft_item(
    record: Record,
    parts: Sequence[Part],
    house: House,
    *,
    noticed: Noticed | None = None,
    glossary: Glossary | None = None,
    partial: bool = False,
) -> Draft:
    """Return the draft for ``record`` with the text of ``parts`` (the page first).

    ``glossary`` explains words; without one it is that which comes with sendwatch.
    ``partial``: the parts are only what a wider document says about SEND, and the draft says so.
    With ``noticed`` of an alerted kind other than new, the draft tells the change. Headline of 5 to 14
    words; body of at most 260 words, and of at least 120 where the text has enough to say. Each sentence
    has one citation or more and passes ``cite.unsupported``.
    """
    material = gather(record, parts)
    change = told_as_change(noticed)
    headline = headline_of(material, change)
    url = (record.moved_to or record.url) if change else record.url
    empty = "" if no_longer_holds(change) else _empty_because(material)
    if empty and change is None:
        return Draft(headline, (), standing_blocks(house, record.title, (), ()), url, empty)
    if change and noticed:
        opening = change_pieces(material, noticed)
        draft_points = not no_longer_holds(change) and not empty
    else:
        lead = lead_of(material)
        section = said_of_part(material) if partial else None
        headline = headline_of_part(material, headline) if partial else headline
        opening = (Piece(PieceKind.LEAD, tuple(s for s in (lead, section) if s)),) if lead else ()
        draft_points = True
    facts = facts_of_lead(material) if draft_points else ()
    if facts:
        opening = (*opening, Piece(PieceKind.POINT, facts))
    link = _link(material, house, url, noticed)
    points = _points(material, opening, noticed if change else None) if draft_points else Points()
    edited = bool(change and noticed and noticed.redline and noticed.redline.edits)
    told = edited and not no_longer_holds(change)
    also = _also(material, headline, points, over=no_longer_holds(change)) if not (empty or told) else None
    opening = _in_england(material, opening, headline, points) if change is None else opening
    pieces = _fitted((*opening, *points.pieces, *(piece for piece in (also, link) if piece)))
    room = MOST_WORDS - _words(pieces)
    pieces = explained(pieces, material.text, glossary or load_glossary(), room=room)
    sentences = [s.text for p in pieces for s in (*p.sentences, *p.items)]
    headings = [p.block.text for p in material.text.headings[:60]]
    return Draft(headline, pieces, standing_blocks(house, record.title, sentences, headings), url, empty)


def _in_england(
    material: Material, opening: tuple[Piece, ...], headline: Sentence, points: Points
) -> tuple[Piece, ...]:
    """The opening with England in its lead, unless headline or points name it."""
    if not opening or opening[0].kind is not PieceKind.LEAD:
        return opening
    rest = [s.text for p in (*opening[1:], *points.pieces[:2]) for s in (*p.sentences, *p.items)]
    first, *others = opening[0].sentences
    lead = with_england(material, first, " ".join((headline.text, *rest)))
    return (Piece(PieceKind.LEAD, (*lead, *others)), *opening[1:])


def _points(material: Material, opening: Sequence[Piece], noticed: Noticed | None) -> Points:
    """The points, with room left for the list and the link; with lower bars where the item is short."""
    units = weigh(material)
    if noticed:
        units = after_a_change(material, units, noticed)
    room = MOST_WORDS - _words(opening) - RESERVED
    goal = GOAL // 2 if noticed else GOAL
    points = points_of(material, units, opening, room=room, goal=min(goal, room))
    said = LINK_WORDS + _words((*opening, *points.pieces))
    if said < GOOD_WORDS and not noticed:
        goal = min(_words(points.pieces) + GOOD_WORDS - said + SLACK, room)
        points = points_of(material, units, opening, room=room, goal=goal, filling=True)
    said = LINK_WORDS + _words((*opening, *points.pieces))
    if said < (FEWEST_WORDS if noticed else SHORT_WORDS):
        goal = min(_words(points.pieces) + (FEWEST_WORDS if noticed else GOOD_WORDS) - said + SLACK, room)
        points = points_of(material, units, opening, room=room, goal=goal, least=LOWER_BAR, filling=True)
    if _words((*opening, *points.pieces)) < FEWEST_WORDS // 2 and material.text.words > 4 * FEWEST_WORDS:
        points = points_of(
            material, units, opening, room=room, goal=min(FEWEST_WORDS, room), least=-2.0, filling=True
        )
    return points


def _also(material: Material, headline: Sentence, points: Points, *, over: bool) -> Piece | None:
    wording = [headline.text, material.record.title]
    topics = topics_of(material.text, material.forms, without=points.headings, wording=wording)
    if not topics or (len(topics) == 1 and word_count(topics[0].text) == 1):
        return None
    cites = tuple(dict.fromkeys(c for topic in topics for c in topic.citations))
    noun = noun_of(material.kind)
    verb = "also cover" if points.pieces else "cover"  # "also" only after something was said
    text = f"The withdrawn {noun} covered:" if over else f"{says(material.kind, verb)}:"
    if len(topics) == 1:
        text, topics = f"{text.rstrip(':')} {topics[0].text}.", ()
    sentence = supported(text, *cites)
    return Piece(PieceKind.ALSO, (sentence,), topics) if sentence else None


def _link(material: Material, house: House, url: str, noticed: Noticed | None) -> Piece:
    """The instruction that leads to the source. An operator's wording must pass the gate too."""
    record, key = material.record, material.kind.value
    state = noticed.kind.value if noticed else ""
    key = {"moved": "moved", "gone": "removed", "withdrawn": "withdrawn"}.get(state, key)
    own = "" if "closed" in record.document_type else house.link_texts.get(key, "")  # nobody can answer now
    cites = (titled(record), typed(record), stated(record, "Address", url))
    for words in (own, LINK_TEXTS[key]):
        if words and (sentence := supported(words, *cites)):
            return Piece(PieceKind.LINK, (sentence,), link=url)
    return Piece(PieceKind.LINK, (Sentence("Read it in full", cites),), link=url)


def _words(pieces: Sequence[Piece]) -> int:
    return sum(word_count(s.text) for p in pieces for s in (*p.sentences, *p.items))


def _fitted(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The last look: nothing unsupported, nothing over 260 words; the lead and the link always stay."""
    kept: list[Piece] = []
    for piece in pieces:
        sentences = _standing(piece)
        items = tuple(s for s in piece.items if _printable(s))
        if sentences and (items or not piece.items):
            kept.append(Piece(piece.kind, sentences, items, piece.link))
    while _words(kept) > MOST_WORDS:
        loose = [i for i, p in enumerate(kept) if p.kind not in {PieceKind.LEAD, PieceKind.LINK}]
        if not loose:
            break
        points = [i for i in loose if kept[i].kind is PieceKind.POINT] or loose
        del kept[points[-1]]
    return tuple(kept)


def _standing(piece: Piece) -> tuple[Sentence, ...]:
    """The sentences that can be printed; one that leans on the sentence before it goes with that."""
    kept: list[Sentence] = []
    gone = False
    for sentence in piece.sentences:
        gone = not _printable(sentence) or (gone and leans_back(sentence.text))
        if not gone:
            kept.append(sentence)
    return tuple(kept)


def _printable(sentence: Sentence) -> bool:
    return not unsupported(sentence) and not has_contact_details(sentence.text)


def _empty_because(material: Material) -> str:
    """Why there is nothing to draft from, in plain words; empty when there is."""
    unread = material.text.unread
    if unread and material.text.words < 60:
        return " ".join(_why(part) for part in unread[:3])
    if not material.text.words and not material.record.description:
        return "This page holds no text to draft from."
    return ""


def _why(part: Part) -> str:
    name = f"‘{part.title or part.filename}’" if part.title or part.filename else "the attached file"
    said = {
        ReadStatus.NO_TEXT: f"{name} is a scan: its pages are pictures and hold no text to draft from.",
        ReadStatus.ENCRYPTED: f"{name} is protected with a password, so its text could not be read.",
        ReadStatus.BROKEN: f"{name} is damaged and could not be read.",
        ReadStatus.TOO_LARGE: f"{name} is too large to be read here.",
        ReadStatus.TOO_SLOW: f"{name} took too long to read and was left.",
        ReadStatus.UNSUPPORTED: f"{name} is in a format that cannot be read here.",
    }.get(part.status, f"{name} holds no text to draft from.")
    return f"{said[:1].upper()}{said[1:]} Please open it and read it yourself."
