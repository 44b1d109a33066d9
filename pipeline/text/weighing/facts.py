"""Name the facts that changed: which duty, date, sum or body went, which came, and which way it moved. Pure.

Never weighs them and never guesses: a fact that cannot be paired with one of its kind was added or removed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.model.blocks import Block
from pipeline.model.facts import FactChange, FactKind, Turn
from pipeline.text.weighing.sentence_edit import Edit
from pipeline.text.weighing.typed_values import amount_of, day_of, days_of, hour_of
from pipeline.text.weighing.typed_words import Typed, TypedWord, forbids, strength, typed_words
from pipeline.text.words.quoting import around

KINDS = {
    Typed.DUTY: FactKind.OBLIGATION,
    Typed.NOT: FactKind.NEGATION,
    Typed.DATE: FactKind.DATE,
    Typed.PERIOD: FactKind.PERIOD,
    Typed.MONEY: FactKind.MONEY,
    Typed.PERCENT: FactKind.PERCENTAGE,
    Typed.AGE: FactKind.AGE,
    Typed.LAW: FactKind.LAW,
    Typed.BODY: FactKind.BODY,
    Typed.PHONE: FactKind.TELEPHONE,
    Typed.EMAIL: FactKind.EMAIL,
    Typed.LINK: FactKind.LINK,
    Typed.NUMBER: FactKind.NUMBER,
    Typed.LIMIT: FactKind.LIMIT,
    Typed.PLACE: FactKind.PLACE,
}
TOLD_ALONE = frozenset(  # of a sentence that came or went as a whole
    kind for kind in KINDS if kind not in (Typed.NOT, Typed.NUMBER, Typed.LIMIT, Typed.PLACE)
)
_DEADLINE = re.compile(
    r"\b(?:deadline|clos(?:es|ing|ed)|close (?:on|at|by|in)|no later than|due (?:on|by|date))\b",
    re.IGNORECASE,
)
MOST_MONTHS = 6  # between two dates without a year that can be put in an order
_SPAN = re.compile(r"\b(?:within|for|after|in|over|than|least|most|to|of) $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:by|until)(?: [^ ]{1,9}){0,2} ?$", re.IGNORECASE)


def is_deadline(word: TypedWord, text: str) -> bool:
    """Tell whether a date is one that something must be done by."""
    return bool(_UNTIL.search(text[max(0, word.start - 30) : word.start])) or _speaks_of_one(text)


@lru_cache(maxsize=64)  # a sentence of a thousand dates is searched once
def _speaks_of_one(text: str) -> bool:
    return bool(_DEADLINE.search(text))


def facts_of(edit: Edit) -> list[FactChange]:
    """Return the facts that differ between two wordings of a sentence, kind by kind."""
    found: list[FactChange] = []
    for kind in KINDS:
        gone, come, pairs = edit.of_kind(kind)
        found += [_paired(was, now, edit) for was, now in pairs if not (_is_weak(was) and _is_weak(now))]
        went, came = {was for was, _ in pairs}, {now for _, now in pairs}
        left = [word for word in gone if word not in went]
        found += [_alone(word, Turn.REMOVED, edit) for word in left if not _is_weak(word)]
        left = [word for word in come if word not in came]
        found += [_alone(word, Turn.ADDED, edit) for word in left if not _is_weak(word)]
    return found


def facts_alone(text: str, *, came: bool) -> list[FactChange]:
    """Return the facts of a sentence that came or went as a whole."""
    found = []
    for word in typed_words(text):
        whole = word.kind is Typed.NOT and word.text == text.rstrip(".!")  # the answer "No"
        if whole or (word.kind in TOLD_ALONE and not (_is_weak(word) or _is_rate(word, text))):
            kind = _kind(word, text)
            said = around(text, word.start)
            if came:
                found.append(FactChange(kind, Turn.ADDED, "", word.text, "", said))
            else:
                found.append(FactChange(kind, Turn.REMOVED, word.text, "", said, ""))
    return found


def _is_weak(word: TypedWord) -> bool:
    """What one can, could or might do is told with its sentence, and is no duty by itself."""
    if word.kind is not Typed.DUTY or forbids(word.text):
        return False
    return strength(word.text) == 1 and not word.text.lower().startswith("may")


def _is_rate(word: TypedWord, text: str) -> bool:
    """ "3,500 a year" names no period, "within a year" does."""
    bare = word.kind is Typed.PERIOD and word.text.lower().startswith("a ")
    return bare and not _SPAN.search(text[: word.start])


def placed(facts: Sequence[FactChange], old: Block | None, new: Block | None) -> Iterator[FactChange]:
    """Say where facts stand: the part, and the page on each side."""
    block = new or old
    for fact in facts:
        yield replace(
            fact,
            part=block.part if block else "",
            old_page=old.page if old else None,
            new_page=new.page if new else None,
        )


def _paired(was: TypedWord, now: TypedWord, edit: Edit) -> FactChange:
    kind = _kind(now, edit.come.text)
    if kind is FactKind.DATE:
        kind = _kind(was, edit.gone.text)
    return FactChange(kind, _turn(was, now), was.text, now.text, *_sentences(edit, was.start, now.start))


def _alone(word: TypedWord, turn: Turn, edit: Edit) -> FactChange:
    came = turn is Turn.ADDED
    kind = _kind(word, (edit.come if came else edit.gone).text)
    words = ("", word.text) if came else (word.text, "")
    old = word.start if not came else edit.gone.at
    new = word.start if came else edit.come.at
    return FactChange(kind, turn, *words, *_sentences(edit, old, new))


def _sentences(edit: Edit, old: int, new: int) -> tuple[str, str]:
    return around(edit.gone.text, old), around(edit.come.text, new)


def _kind(word: TypedWord, text: str) -> FactKind:
    kind = KINDS.get(word.kind, FactKind.NUMBER)
    return FactKind.DEADLINE if kind is FactKind.DATE and is_deadline(word, text) else kind


def _turn(was: TypedWord, now: TypedWord) -> Turn:
    if was.kind is Typed.DUTY:
        if forbids(was.text) != forbids(now.text):
            return Turn.REVERSED
        before, after = strength(was.text), strength(now.text)
        return _way(before, after, Turn.STRENGTHENED, Turn.WEAKENED)
    if was.kind is Typed.DATE:
        return _day(was.value, now.value)
    if was.kind in (Typed.MONEY, Typed.PERCENT, Typed.NUMBER):
        return _way(amount_of(was.value), amount_of(now.value), Turn.RAISED, Turn.LOWERED)
    if was.kind is Typed.PERIOD:
        return _period(was.value, now.value)
    return Turn.CHANGED


def _day(was: str, now: str) -> Turn:
    before, after = day_of(was), day_of(now)
    if before and after:
        unknown = (before[0], after[0]).count(0)
        if unknown == 1 or (unknown and abs(before[1] - after[1]) > MOST_MONTHS):
            return Turn.CHANGED  # who knows which year is meant: 5 January comes after 31 December
    else:
        before, after = hour_of(was), hour_of(now)
    return _way(before, after, Turn.LATER, Turn.EARLIER)


def _period(was: str, now: str) -> Turn:
    """By its days where both are counted in days of one kind, by its number where the unit is the same."""
    before, after = days_of(was), days_of(now)
    if before and after:
        return _way(before[1], after[1], Turn.RAISED, Turn.LOWERED) if before[0] == after[0] else Turn.CHANGED
    if was.split()[-1] == now.split()[-1]:
        return _way(amount_of(was), amount_of(now), Turn.RAISED, Turn.LOWERED)
    return Turn.CHANGED


def _way(before: object, after: object, up: Turn, down: Turn) -> Turn:
    if before is None or after is None or before == after:
        return Turn.CHANGED
    if isinstance(before, tuple) and isinstance(after, tuple):
        return up if after > before else down
    if isinstance(before, (int, float)) and isinstance(after, (int, float)):
        return up if after > before else down
    return Turn.CHANGED
