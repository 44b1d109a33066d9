"""Arrange the points: what matters most to families, in one to four short paragraphs. Pure.

One sentence that recognises what families carry may come first; then rights and duties, what stays as it
is, next steps and money, by weight and not by the document's order; what stands together in the source
stays together, in its order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model.drafts import Piece, PieceKind
from pipeline.model.redlines import Noticed
from pipeline.text.drafting.choosing import WORTH, chosen, slots_of
from pipeline.text.drafting.feelings import acknowledgements, thanks
from pipeline.text.drafting.material import Material
from pipeline.text.drafting.matters import Matter
from pipeline.text.drafting.sayings import Sayings
from pipeline.text.drafting.summarise import units_of
from pipeline.text.drafting.units import Unit
from pipeline.text.papers.kinds import ItemKind
from pipeline.text.words.wording import tidy

LEAST = 2.0
_FELT = frozenset({ItemKind.LETTER, ItemKind.STATEMENT, ItemKind.SPEECH})
_FELT_WORDS = 32
_PARAGRAPH = 80
_NEAR = 1  # blocks apart
_BESIDE = 1.5


@dataclass(frozen=True, slots=True)
class Points:
    """``headings`` are the headings of the sections that the pieces come from."""

    pieces: tuple[Piece, ...] = ()
    headings: tuple[str, ...] = ()


def weigh(material: Material) -> tuple[Unit, ...]:
    """Return everything in the text that could be printed, best first."""
    record = material.record
    return units_of(
        material.text,
        material.voice,
        f"{record.title} {record.description}",
        speech_like=material.kind in {ItemKind.SPEECH, ItemKind.STATEMENT},
        news=material.kind in {ItemKind.PRESS_RELEASE, ItemKind.BLOG_POST},
    )


def after_a_change(material: Material, units: Sequence[Unit], noticed: Noticed) -> tuple[Unit, ...]:
    """Of an update with known edits: what is new in the text, and what the text says stays as it is."""
    if noticed.redline is None or not noticed.redline.edits:
        return tuple(units)
    new = {tidy(edit.new.text) for edit in noticed.redline.edits if edit.new and not edit.old}
    texts = [tidy(one.block.text) for one in material.text.placed]
    return tuple(u for u in units if texts[u.place[0]] in new or u.matter is Matter.STAYS)


def points_of(
    material: Material,
    units: Sequence[Unit],
    opening: Sequence[Piece],
    *,
    room: int,
    goal: int,
    least: float = LEAST,
    filling: bool = False,
) -> Points:
    """Return points of about ``goal`` words, never more than ``room``, from ``units`` (see weigh).

    ``opening`` is what the draft has said already: it is not said again. ``filling``: there is room for
    what is next best, though it is no right, date or sum.
    """
    said = [_words(s.text) for p in opening for s in (*p.sentences, *p.items)]
    fresh = [u for u in units if not _repeats(u, said)]
    last = len(material.text.placed)
    felt = acknowledgements(fresh, last) if material.kind in _FELT else ()
    needed = slots_of([u for u in fresh if not thanks(u)], words=min(room, goal), least=least)
    felt = felt if sum(u.words for u in felt) + needed <= room else felt[:1]
    if sum(u.words for u in felt) + needed > room and (
        material.kind is not ItemKind.LETTER or felt[0].words > _FELT_WORDS
    ):
        felt = ()  # a letter keeps one sentence of the kind
    budget = max(0, min(room, goal) - sum(u.words for u in felt))
    rest = _with_neighbours([u for u in fresh if u not in felt and not thanks(u) and _worth_quoting(u)])
    most_quoted = 2 if material.voice.deeds else 1
    worth = least if filling else WORTH
    best = chosen(rest, words=budget, least=least, taken=felt, most_quoted=most_quoted, worth=worth)
    says = Sayings(material)
    pieces = [Piece(PieceKind.POINT, says.feeling(felt))] if felt else []
    pieces.extend(_paragraphs(best, says))
    headings = tuple(dict.fromkeys(u.heading for u in best if u.heading))
    return Points(tuple(pieces), headings)


def _worth_quoting(unit: Unit) -> bool:
    """A quotation never fills: it is there for its weight."""
    return not unit.quoted or unit.score >= LEAST


def _with_neighbours(units: Sequence[Unit]) -> list[Unit]:
    """The order in which units are taken: what stands beside the best one counts for more."""
    if not units:
        return []
    first = units[0]

    def weight(unit: Unit) -> float:
        return unit.score + (_BESIDE if unit is not first and _near(unit, first) else 0.0)

    return [first, *sorted(units[1:], key=lambda u: (-weight(u), u.place))]


def _words(text: str) -> frozenset[str]:
    return frozenset(w.strip(".,;:()“”‘’").casefold() for w in text.split() if len(w) > 3)


def _repeats(unit: Unit, said: Sequence[frozenset[str]]) -> bool:
    own = _words(" ".join(s.text for s in unit.sentences))
    return bool(own) and any(
        len(own & other) > 0.6 * min(len(own), len(other)) for other in said if len(other) > 4
    )


def _paragraphs(units: Sequence[Unit], says: Sayings) -> list[Piece]:
    """Paragraphs in the order of what they are to families; the first two open with whose words they are."""
    pieces: list[Piece] = []
    chunks = [chunk for near in _groups(units) for chunk in _chunks(near)]
    best = max((u.score for u in units), default=0.0)
    ordered = sorted(chunks, key=lambda chunk: _order(chunk, best))
    for group in (_in_order(g) for g in _merged(ordered)):
        sentences = [s for u in group for s in u.sentences]
        items = tuple(i for u in group for i in u.items)
        opens = not group[0].attributed and len(pieces) < 2
        sentences = [says.opened(s, new=opens and n == 0) for n, s in enumerate(sentences)]
        pieces.append(Piece(PieceKind.POINT, tuple(sentences), items))
    return pieces


def _order(chunk: Sequence[Unit], best: float) -> tuple[bool, int, bool, tuple[int, int]]:
    """Facts before quotations; then what families look for first, the best of it, and the source's order."""
    top = max(chunk, key=lambda u: u.score)
    return all(u.quoted for u in chunk), top.matter, top.score < best, top.place


def _groups(units: Sequence[Unit]) -> list[list[Unit]]:
    """Units that stand together in the source: in one section, or close by where there are no sections."""
    groups: list[list[Unit]] = []
    for unit in units:
        home = next(
            (g for g in groups if not unit.items and any(_near(u, unit) and not u.items for u in g)), None
        )
        if home is None:
            groups.append([unit])
        else:
            home.append(unit)
    return groups


def _chunks(group: Sequence[Unit]) -> list[list[Unit]]:
    """A long group as paragraphs, in the source's order; what is one paragraph there is not torn apart."""
    ordered = sorted(group, key=lambda u: u.place)
    runs = [part for _, run in groupby(ordered, key=lambda u: u.place[0]) for part in _parted(list(run))]
    chunks: list[list[Unit]] = []
    for run in runs:
        words = sum(u.words for u in run)
        if chunks and sum(u.words for u in chunks[-1]) + words <= _PARAGRAPH and not run[0].items:
            chunks[-1].extend(run)
        else:
            chunks.append(run)
    return chunks


def _parted(run: Sequence[Unit]) -> list[list[Unit]]:
    """What one block gave, in parts of about the same length where it is too long for a paragraph."""
    total = sum(u.words for u in run)
    most = _PARAGRAPH if total <= _PARAGRAPH else total / (total // _PARAGRAPH + 1) + 8
    parts: list[list[Unit]] = [[]]
    for unit in run:
        if parts[-1] and sum(u.words for u in parts[-1]) + unit.words > most:
            parts.append([])
        parts[-1].append(unit)
    return parts


def _near(one: Unit, other: Unit) -> bool:
    if one.heading or other.heading:
        return one.heading == other.heading
    apart = abs(one.place[0] - other.place[0])
    return apart == 0 or (apart <= _NEAR and one.matter is other.matter)


def _fits(group: Sequence[Unit], unit: Unit) -> bool:
    return not any(u.items for u in group) and sum(u.words for u in group) + unit.words <= _PARAGRAPH


def _merged(groups: Sequence[Sequence[Unit]]) -> list[list[Unit]]:
    """Lone sentences share a paragraph, so that the item is not a list of scraps; lists come last in one."""
    merged: list[list[Unit]] = []
    lone: list[Unit] | None = None
    for group in groups:
        if len(group) == 1 and not group[0].items and group[0].words < 46:
            alike = lone is not None and lone[0].quoted == group[0].quoted
            if lone is not None and alike and len(lone) < 3 and _fits(lone, group[0]):
                lone.append(group[0])
                continue
            lone = [group[0]]
            merged.append(lone)
        else:
            lone = None
            merged.append(list(group))
    return merged


def _in_order(group: Sequence[Unit]) -> list[Unit]:
    """A paragraph keeps the source's order, for a sentence may rest on one before it; lists come last."""
    return sorted(group, key=lambda u: (bool(u.items), u.place))
