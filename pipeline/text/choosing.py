"""Choose from the Units what an item has room for: each matter its share, nothing twice. Pure."""

from collections.abc import Sequence

from pipeline.text.matters import Matter
from pipeline.text.units import Unit, same

_SHARES = {Matter.RIGHT: 0.75, Matter.STAYS: 0.25, Matter.NEXT: 0.4, Matter.MONEY: 0.3, Matter.OTHER: 0.4}
_WORTH = 6.0  # weight of something that is no right, date or sum, once an item has enough to say
_ENOUGH = 90  # words
_FIRST = (Matter.RIGHT, Matter.NEXT, Matter.MONEY, Matter.STAYS)  # one of each, where there is one


def chosen(
    units: Sequence[Unit], *, words: int, least: float, taken: Sequence[Unit] = (), most_quoted: int = 1
) -> tuple[Unit, ...]:
    """Return the units that fit in ``words``, none saying again what another says, best first.

    Each matter has its share first, so that ten rights do not crowd out the one deadline; what is left of
    the words goes to the best of the rest.
    """
    picked: list[Unit] = []
    shares = {matter: words * share for matter, share in _SHARES.items()}

    def fits(unit: Unit, *, rest: bool) -> bool:
        left = words - sum(p.words for p in picked)
        room = left if rest else min(left, shares[unit.matter])
        if unit.score < least or unit.words > room or unit in picked:
            return False
        if unit.matter is Matter.OTHER and unit.score < _WORTH and words - left > _ENOUGH:
            return False
        if unit.quoted and sum(p.quoted for p in picked) >= most_quoted:
            return False
        if unit.items and (any(p.items for p in picked) or not rest):
            return False
        return not any(same(unit, other) for other in (*picked, *taken))

    def take(unit: Unit) -> None:
        picked.append(unit)
        shares[unit.matter] -= unit.words

    for matter in _FIRST:
        if best := next((u for u in units if u.matter is matter and fits(u, rest=False)), None):
            take(best)
    for rest, other in ((False, False), (False, True), (True, True)):
        for unit in units:
            if (other or unit.matter is not Matter.OTHER) and fits(unit, rest=rest):
                take(unit)
    return tuple(picked)
