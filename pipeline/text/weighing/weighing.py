"""Weigh one reworded sentence: what kind of words went and came, and does that matter. Pure.

Each finding is a plain sentence that an editor can check against the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.changes import Significance
from pipeline.text.weighing.facts import is_deadline
from pipeline.text.weighing.sentence_edit import Edit
from pipeline.text.weighing.slips import Vocabulary, is_opposite, is_slip, letters, spelt_out
from pipeline.text.weighing.typed_words import Typed, TypedWord, forbids, strength, typed_words
from pipeline.text.words.quoting import quoted, quoted_at

REWRITTEN = 8  # content words on one side from which a sentence counts as rewritten
LITTLE_ELSE = 1  # content words up to which a small word ("only", "any") is what the edit is about
# Whom families turn to, and where they apply; never a line for the press.
_HELP = re.compile(
    r"\b(?:help(?:line|desk)?|advice|advis\w{1,6}|support|appeal\w{0,3}|complain\w{0,3}|tribunal|report"
    r"|apply|application|(?:call|contact|ring|phone|e-?mail|write to|text|ask) us|questions?|famil(?:y|ies)"
    r"|parents?|carers?|child(?:ren)?|young pe(?:ople|rson)|mediat\w{1,5}|local offer|SEND|SENDIASS|concerns?"
    r"|safeguarding|emergenc(?:y|ies))\b",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"\b(?:press|media|news ?(?:desk|room)|journalists?|webmaster|(?:this|our) website)\b", re.IGNORECASE
)
_HOLLOW = frozenset(["a", "an", "the", "this", "that", "these", "those", "which"])
_NAMES = {
    Typed.DATE: "A date",
    Typed.MONEY: "A sum of money",
    Typed.PERCENT: "A percentage",
    Typed.PERIOD: "A period of time",
    Typed.AGE: "An age or year group",
    Typed.LAW: "A reference to the law",
    Typed.NUMBER: "A number",
    Typed.PLACE: "A reference to another place",
    Typed.EMAIL: "An e-mail address",
    Typed.PHONE: "A telephone number",
    Typed.LINK: "A link",
    Typed.BODY: "A named body",
}
_WEAK = frozenset({"all", "every", "each", "any", "always", "before", "after", "immediately", "statutory"})
_CONTACT = frozenset({Typed.EMAIL, Typed.PHONE, Typed.LINK})
_LIGHT = frozenset({Typed.STAMP, Typed.PAGE})
FIRM = frozenset(  # words that make another rule where they stand with another subject
    {
        Typed.DATE,
        Typed.MONEY,
        Typed.PERCENT,
        Typed.AGE,
        Typed.PERIOD,
        Typed.LAW,
        Typed.NUMBER,
        Typed.DUTY,
        Typed.NOT,
    }
)
_CARRIED = _HOLLOW | {"also", "then", "so", "and", "is", "are", "be", "been", "was", "were", "has", "have"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one edit means. ``rank`` orders findings of one significance, the most telling lowest."""

    significance: Significance
    why: str
    rank: int = 5


def weigh(edit: Edit, vocabulary: Vocabulary) -> list[Finding]:
    """Return what became of a sentence. Empty when no reader would see a difference."""
    if spelt_out(edit.gone.text) == spelt_out(edit.come.text):
        return [Finding(Significance.TYPOGRAPHICAL, "", 9)] if edit.gone.text != edit.come.text else []
    found = [finding for kind in Typed if kind not in _LIGHT for finding in _typed(kind, edit)]
    found.extend(_moved(word, edit) for word in edit.moved if word.kind not in _LIGHT)
    if (
        not any(finding.significance is Significance.SUBSTANTIVE for finding in found)
        or edit.size > REWRITTEN
    ):
        found.extend(_wording(edit, vocabulary))
    return found


def _typed(kind: Typed, edit: Edit) -> Iterator[Finding]:
    """Weighty words of one kind: paired where as many went as came, else told as a list."""
    gone, come, in_place = edit.of_kind(kind)
    if in_place:
        went, came = {was for was, _ in in_place}, {now for _, now in in_place}
        pairs = [(was.text, now.text, now) for was, now in in_place]
        pairs += [(word.text, "", word) for word in gone if word not in went]
        pairs += [("", word.text, word) for word in come if word not in came]
    elif gone and come and _list(gone) != _list(come):
        pairs = [(_list(gone), _list(come), come[0])]
    elif edit.size > REWRITTEN:
        return  # the whole sentence is new: its words are told with it
    else:
        pairs = [(edit.gone.phrase(word), "", word) for word in gone]
        pairs += [("", edit.come.phrase(word), word) for word in come]
    for was, now, word in pairs:
        if kind is Typed.DUTY and was and now and in_place:
            yield _duty(was, now, edit)
        else:
            yield _fact(was, now, word, edit)


def _moved(word: TypedWord, edit: Edit) -> Finding:
    """Weighty words that both wordings have, in another place: with a clause of their own, or without."""
    where = quoted_at(edit.come.text, word.start)
    firm = word.kind in FIRM or (word.kind is Typed.LIMIT and not _is_weak(word))
    alone = firm and edit.size <= LITTLE_ELSE
    weight = Significance.SUBSTANTIVE if alone else Significance.MINOR
    return Finding(weight, f"“{word.text}” stands in another place now: {where}.", 2 if alone else 5)


def _fact(was: str, now: str, word: TypedWord, edit: Edit) -> Finding:
    kind, both = word.kind, was and now
    where = quoted_at(edit.come.text, word.start if now else edit.come.at)
    if both and kind is Typed.DATE and is_deadline(word, edit.come.text):
        return Finding(Significance.SUBSTANTIVE, f"The deadline moved from {was} to {now}: {where}.", 0)
    if both and kind in _NAMES:
        why = f"{_NAMES[kind]} changed from {was} to {now}: {where}."
    elif both:
        why = f"“{was}” became “{now}”: {where}."
    else:
        why = f"“{now}” was added: {where}." if now else f"“{was}” was taken out; it now says: {where}."
    if kind in _CONTACT:
        helps = _for_families(edit.gone.text) or _for_families(edit.come.text)
        return Finding(Significance.MINOR if helps else Significance.TYPOGRAPHICAL, why, 6)
    if kind is Typed.PLACE or (kind is Typed.BODY and not _acts(edit.come.text)):
        return Finding(Significance.MINOR, why, 6)
    if not both and _is_weak(word) and edit.size > LITTLE_ELSE:
        return Finding(Significance.MINOR, why, 4)
    return Finding(Significance.SUBSTANTIVE, why, 1 if kind in (Typed.DUTY, Typed.NOT) else 2)


@lru_cache(maxsize=64)
def _for_families(text: str) -> bool:
    return bool(_HELP.search(text)) and not _PRESS.search(text)


@lru_cache(maxsize=64)
def _acts(text: str) -> bool:
    """Who must, may or will do a thing is no matter of wording."""
    return any(word.kind is Typed.DUTY for word in typed_words(text))


def _is_weak(word: TypedWord) -> bool:
    if word.kind is Typed.DUTY:
        return strength(word.text) == 1 and not forbids(word.text)
    return word.kind is Typed.LIMIT and word.value in _WEAK


def _duty(was: str, now: str, edit: Edit) -> Finding:
    both = f"“{was}” became “{now}”"
    if forbids(was) != forbids(now):
        why = f"{both}, which turns the meaning round. {edit.said}"
        return Finding(Significance.SUBSTANTIVE, why, 0)
    before, after = strength(was), strength(now)
    if before == after:
        return Finding(Significance.MINOR, f"{both}: {quoted_at(edit.come.text, edit.come.at)}.", 4)
    how = "stronger" if after > before else "weaker"
    return Finding(Significance.SUBSTANTIVE, f"{both}: a duty was made {how}. {edit.said}", 0)


def _wording(edit: Edit, vocabulary: Vocabulary) -> Iterator[Finding]:
    gone, come = edit.gone.words, edit.come.words
    both = [
        ([word.lower() for word in place.gone], [word.lower() for word in place.come])
        for place in edit.places
    ]
    places = [(was, now) for was, now in both if letters(was) != letters(now)]
    went, came = ([word for place in places for word in place[side]] for side in (0, 1))
    if not places:
        if edit.gone.text != edit.come.text:
            yield Finding(Significance.TYPOGRAPHICAL, "", 9)
    elif is_opposite(went, came) or any(is_opposite(was, now) for was, now in places):
        words = f"“{' '.join(gone)}” became “{' '.join(come)}”"
        yield Finding(Significance.SUBSTANTIVE, f"{words}, which turns the meaning round. {edit.said}", 0)
    elif all(
        _without_hollow(was) == _without_hollow(now) or is_slip(was, now, vocabulary) for was, now in places
    ):
        yield Finding(Significance.TYPOGRAPHICAL, "", 9)
    elif Counter(went) == Counter(came):
        carried = _CARRIED.issuperset(went)
        why = f"The same words stand in another order. {edit.said}"
        yield Finding(Significance.TYPOGRAPHICAL, "", 9) if carried else Finding(Significance.MINOR, why, 5)
    elif edit.size > REWRITTEN:
        yield Finding(Significance.SUBSTANTIVE, f"A sentence was rewritten. {edit.said}", 3)
    else:
        yield Finding(Significance.MINOR, _reworded(gone, come, edit), 5)


def _without_hollow(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _HOLLOW]


def _reworded(gone: Sequence[str], come: Sequence[str], edit: Edit) -> str:
    where = quoted_at(edit.come.text, edit.come.at)
    if not gone:
        return f"{quoted(' '.join(come), 60)} was added: {where}."
    if not come:
        return f"{quoted(' '.join(gone), 60)} was taken out; it now says: {where}."
    return f"{quoted(' '.join(gone), 60)} became {quoted(' '.join(come), 60)}: {where}."


def _list(words: Sequence[TypedWord]) -> str:
    return ", ".join(dict.fromkeys(word.text for word in words))
