"""Choose from the Units what an item has room for: each matter its share, nothing twice. Pure."""

import re
from collections.abc import Sequence

from pipeline.text.drafting.matters import Matter
from pipeline.text.drafting.units import Unit, same

_SHARES = {Matter.RIGHT: 0.75, Matter.STAYS: 0.25, Matter.NEXT: 0.4, Matter.MONEY: 0.3, Matter.OTHER: 0.4}
WORTH = 6.0  # weight of something that is no right, date or sum, once an item has enough to say
_ENOUGH = 90  # words
_SLOTS: tuple[tuple[Matter, str], ...] = (  # one of each, where there is one: what it is, and how it is said
    (Matter.RIGHT, ""),
    (
        Matter.STAYS,
        r"\b(?:law|dut(?:y|ies)|rights?)\b.*\bnot chang|\bnot chang\w* .*\b(?:law|dut(?:y|ies)|rights?)\b",
    ),
    (Matter.STAYS, r"\bright\w*\b|\bappeal|\bentitle"),
    (Matter.NEXT, r"\basks?\b.*\bby \d|\b(?:must|should|expects?)\b.*\bby \d|\bapplications close"),
    (Matter.NEXT, r"\bclos(?:es|ed|e) (?:on|at)\b|\bresponses? by\b"),
    (Matter.MONEY, ""),
    (Matter.NEXT, ""),
    (Matter.STAYS, ""),
)
_SLOT = 0.5  # of the words that one sentence with what it rests on may take


def chosen(
    units: Sequence[Unit],
    *,
    words: int,
    least: float,
    taken: Sequence[Unit] = (),
    most_quoted: int = 1,
    slots_only: bool = False,
    worth: float = WORTH,
) -> tuple[Unit, ...]:
    """Return the units that fit in ``words``, none saying again what another says, best first.

    Each matter has its share first, so that ten rights do not crowd out the one deadline; what is left of
    the words goes to the best of the rest. ``worth``: weight that something other than a right, a date or a
    sum must have once an item has enough to say.
    """
    picked: list[Unit] = []
    shares = {matter: words * share for matter, share in _SHARES.items()}

    def fits(unit: Unit, *, rest: bool, slot: bool = False) -> bool:
        left = words - sum(p.words for p in picked)
        room = min(left, words * _SLOT) if slot else left if rest else min(left, shares[unit.matter])
        if unit.score < least or unit.words > room or unit in picked:
            return False
        if unit.matter is Matter.OTHER and unit.score < worth and words - left > _ENOUGH:
            return False
        if unit.quoted and sum(p.quoted for p in picked) >= most_quoted:
            return False
        if unit.items and (any(p.items for p in picked) or not (rest or unit.matter is Matter.NEXT)):
            return False
        return not any(same(unit, other) for other in (*picked, *taken))

    def take(unit: Unit) -> None:
        picked.append(unit)
        shares[unit.matter] -= unit.words

    for matter, how in _SLOTS:
        if not how and any(p.matter is matter for p in picked):
            continue
        fit = (u for u in units if u.matter is matter and re.search(how, _text(u)))
        if best := next((u for u in fit if fits(u, rest=False, slot=True)), None):
            take(best)
    if slots_only:
        return tuple(picked)
    for rest, other in ((False, False), (False, True), (True, True)):
        for unit in units:
            if (other or unit.matter is not Matter.OTHER) and fits(unit, rest=rest):
                take(unit)
    return tuple(picked)


def slots_of(units: Sequence[Unit], *, words: int, least: float) -> int:
    """The words that one right, one action with its date, one sum and what has not changed take."""
    return sum(u.words for u in chosen(units, words=words, least=least, slots_only=True))


def _text(unit: Unit) -> str:
    return " ".join(s.text for s in (*unit.sentences, *unit.items))
