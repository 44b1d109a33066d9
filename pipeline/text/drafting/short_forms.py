"""The short forms of a Draft: digest item, mail subject, post, and how an update is told. Pure.

Every sentence is one of the Draft's own, or a shorter one that passes the same gate with the same citations.
Nothing is cut in the middle of a sentence.
"""

import re
from collections.abc import Sequence

from pipeline.model.drafts import Citation, Draft, PieceKind, Sentence
from pipeline.model.redlines import BlockChangeKind, Noticed
from pipeline.model.short_forms import DigestItem, Post, ShortForms, UpdateItem
from pipeline.text.citing.gate import supported
from pipeline.text.papers.key_dates import KeyDate
from pipeline.text.words.family_interest import about_what_stays, interest
from pipeline.text.words.wording import tidy, word_count

DIGEST_WORDS = (25, 70)
MOST_POST = 279
MOST_SUBJECT = 78  # RFC 5322, section 2.1.1: what a line should hold
_TO_DO = re.compile(
    r"\b(?:by|before|until) (?:\d{1,2}(?:[.:]\d\d)?[ap]m on )?\d{1,2} [A-Z][a-z]+ 20\d\d"
    r"|\bcloses? (?:at|on)\b"
    r"|\b(?:parents?|carers?|families|young people|you) (?:can|may|have until|should|must)\b"
    r"|\b(?:apply|appeal|respond|answer|ask for|take part|have your say)\b",
    re.IGNORECASE,
)
_CHANGED = (PieceKind.LEAD, PieceKind.CHANGE)
_DUE_OR_SUM = re.compile(
    r"£\d|\b(?:by|before|until|closes? (?:at [\w. ]{1,12} )?on) \d{1,2} [A-Z][a-z]+ 20\d\d"
)
_ALSO = re.compile(r"^(The [a-z ]{3,40}) also (says?|stress\w*|asks?|explains?|confirms?|sets?)\b")
_AFTERTHOUGHT = re.compile(
    r"^(?:(?:It|They|This|These|That|Those|He|She|But|And|However|For example)\b|.{0,40}\balso\b)"
)


def short_forms(draft: Draft, *, noticed: Noticed | None = None, dates: Sequence[KeyDate] = ()) -> ShortForms:
    """Return the short forms of a Draft that has text; ``noticed`` when it tells a change."""
    return ShortForms(
        digest=_digest(draft),
        subject=_subject(draft),
        post=_post(draft),
        update=_update(draft, noticed, dates) if noticed is not None else None,
    )


def _digest(draft: Draft) -> DigestItem:
    """The lead, and the weightiest sentences that fit, in the Draft's order."""
    fewest, most = DIGEST_WORDS
    lead = draft.pieces[0].sentences[0] if draft.pieces and draft.pieces[0].sentences else draft.headline
    room = most - word_count(lead.text)
    chosen: list[Sentence] = []
    for sentence in sorted(_told(draft, without=lead), key=lambda s: -_worth(s.text)):
        words = word_count(sentence.text)
        if words <= room and (interest(sentence.text) > 0 or most - room < fewest):
            chosen.append(sentence)
            room -= words
    order = [_without_also(sentence) for sentence in draft.sentences]
    link = next((piece for piece in draft.pieces if piece.kind is PieceKind.LINK), None)
    link_text = link.sentences[0].text if link and link.sentences else "Read it in full"
    return DigestItem(draft.headline, (lead, *sorted(chosen, key=order.index)), draft.url, link_text)


def _worth(text: str) -> float:
    """What matters to families, and first of all what has a date or a sum: nobody opens a mail twice."""
    return interest(text) + (4.0 if _DUE_OR_SUM.search(text) else 0.0)


def _told(draft: Draft, *, without: Sentence) -> list[Sentence]:
    """The sentences that can stand beside the lead alone."""
    told = [
        _without_also(sentence)
        for piece in draft.pieces
        if piece.kind in (PieceKind.POINT, PieceKind.CHANGE) and not piece.items
        for sentence in piece.sentences
        if sentence is not without
    ]
    return [sentence for sentence in told if not _AFTERTHOUGHT.match(sentence.text)]


def _without_also(sentence: Sentence) -> Sentence:
    """``The letter says`` for ``The letter also says``: what it was also to is not beside it any more."""
    text = _ALSO.sub(r"\1 \2", sentence.text, count=1)
    return supported(text, *sentence.citations) or sentence if text != sentence.text else sentence


def _subject(draft: Draft) -> str:
    """The headline, ended early at a place where it still stands when it is too long."""
    text = tidy(draft.headline.text)
    if len(text) <= MOST_SUBJECT:
        return text
    for mark in (": ", " – ", ", ", " ("):
        head = text.partition(mark)[0]
        if 12 <= len(head) <= MOST_SUBJECT:
            return head
    return text[: MOST_SUBJECT - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def _post(draft: Draft) -> Post:
    """The lead, else the strongest point that fits beside the link, else the headline."""
    room = MOST_POST - len(draft.url) - 1
    lead = [piece.sentences[0] for piece in draft.pieces[:1] if piece.sentences]
    short = supported(f"{tidy(draft.headline.text)}.", *draft.headline.citations) or draft.headline
    points = sorted(_told(draft, without=draft.headline), key=lambda s: -_worth(s.text))
    for sentence in (*lead, *(one for one in points if interest(one.text) > 0), short):
        if len(sentence.text) <= room:
            return Post(sentence, draft.url)
    cut = Sentence(_subject(draft), draft.headline.citations)
    return Post(cut, draft.url) if len(cut.text) <= room else Post(cut, "")


def _update(draft: Draft, noticed: Noticed, dates: Sequence[KeyDate]) -> UpdateItem:
    changed = tuple(
        sentence for piece in draft.pieces if piece.kind in _CHANGED for sentence in piece.sentences
    )
    rest = [
        sentence
        for piece in draft.pieces
        if piece.kind is PieceKind.POINT
        for sentence in (*piece.sentences, *piece.items)
    ]
    stays = [sentence for sentence in rest if about_what_stays(sentence.text)]
    same = tuple(dict.fromkeys([*_all_else(noticed, draft.url), *stays]))
    to_do = [sentence for sentence in rest if _TO_DO.search(sentence.text) and sentence not in same]
    given = [_dated(one) for one in dates[:3]]
    return UpdateItem(changed, same, tuple(dict.fromkeys([*(one for one in given if one), *to_do]))[:4])


def _all_else(noticed: Noticed, url: str) -> list[Sentence]:
    """That the rest is as it was: the comparison itself is the proof."""
    redline = noticed.redline
    if redline is None or not redline.edits:
        return []
    stayed = sum(change.kind is BlockChangeKind.SAME for change in redline.changes)
    whole = len(redline.changes)
    if not stayed or stayed < whole / 2:
        return []
    proof = Citation(
        f"Compared with the version before: {stayed} of {whole} paragraphs, points and rows are the same.",
        url=url,
    )
    return [Sentence("The rest of the text is the same as before.", (proof,))]


def _dated(one: KeyDate) -> Sentence | None:
    if not one.what.startswith("Last day to answer"):
        return None
    return Sentence(f"The last day to answer is {one.in_words}.", (one.citation,))
