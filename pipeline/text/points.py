"""Arrange the points: what matters most to families, in one to four short paragraphs. Pure.

One sentence that recognises what families carry may come first; then rights and duties, next steps and
money, by weight and not by the document's order; what stands together in the source stays together, in
its order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model.drafts import Piece, PieceKind, Sentence
from pipeline.text.cite import supported
from pipeline.text.kinds import ItemKind, says
from pipeline.text.material import Material
from pipeline.text.summarise import Unit, acknowledgements, chosen, units_of
from pipeline.text.wording import lowered, word_count

LEAST = 2.0
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


def points_of(
    material: Material,
    units: Sequence[Unit],
    opening: Sequence[Piece],
    *,
    room: int,
    goal: int,
    least: float = LEAST,
) -> Points:
    """Return points of about ``goal`` words, never more than ``room``, from ``units`` (see weigh).

    ``opening`` is what the draft has said already: it is not said again.
    """
    said = [_words(s.text) for p in opening for s in (*p.sentences, *p.items)]
    fresh = [u for u in units if not _repeats(u, said)]
    felt = acknowledgements(fresh) if material.kind is ItemKind.LETTER else ()
    if sum(u.words for u in felt) > room:
        felt = ()
    budget = max(0, min(room, goal) - sum(u.words for u in felt))
    rest = _with_neighbours([u for u in fresh if u not in felt])
    best = chosen(rest, words=budget, least=least, taken=felt)
    pieces = [_feeling(felt)] if felt else []
    pieces.extend(_paragraphs(material, best, again=bool(felt)))
    headings = tuple(dict.fromkeys(u.heading for u in best if u.heading))
    return Points(tuple(pieces), headings)


def _with_neighbours(units: Sequence[Unit]) -> list[Unit]:
    """The order in which units are taken: what stands beside the best one counts for more."""
    if not units:
        return []
    first = units[0]

    def weight(unit: Unit) -> float:
        return unit.score + (_BESIDE if unit is not first and _near(unit, first) else 0.0)

    return [first, *sorted(units[1:], key=lambda u: (-weight(u), u.place))]


def _feeling(felt: Sequence[Unit]) -> Piece:
    """One paragraph; the second sentence says "It also" for "The letter"."""
    sentences = list(felt[0].sentences)
    for unit in felt[1:]:
        sentence = unit.sentences[0]
        text = sentence.text.removeprefix("The letter ")
        again = supported(f"It also {text}", *sentence.citations) if text != sentence.text else None
        sentences.append(again or sentence)
    return Piece(PieceKind.POINT, tuple(sentences))


def _words(text: str) -> frozenset[str]:
    return frozenset(w.strip(".,;:()“”‘’").casefold() for w in text.split() if len(w) > 3)


def _repeats(unit: Unit, said: Sequence[frozenset[str]]) -> bool:
    own = _words(" ".join(s.text for s in unit.sentences))
    return bool(own) and any(
        len(own & other) > 0.6 * min(len(own), len(other)) for other in said if len(other) > 4
    )


def _paragraphs(material: Material, units: Sequence[Unit], *, again: bool) -> list[Piece]:
    """Paragraphs by their best unit; the first two open with whose words they are."""
    pieces: list[Piece] = []
    for group in _merged([chunk for near in _groups(units) for chunk in _chunks(near)]):
        ordered = sorted(group, key=lambda u: (bool(u.items), u.place))
        sentences = [s for u in ordered for s in u.sentences]
        items = tuple(i for u in ordered for i in u.items)
        if not ordered[0].attributed and len(pieces) < 2:
            sentences[0] = _attributed(material, sentences[0], again=again)
        elif ordered[0].attributed and again:
            sentences[0] = _also(material, sentences[0])
        again = again or sentences[0] is not ordered[0].sentences[0] or ordered[0].attributed
        pieces.append(Piece(PieceKind.POINT, tuple(sentences), items))
    return pieces


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
    return abs(one.place[0] - other.place[0]) <= _NEAR


def _fits(group: Sequence[Unit], unit: Unit) -> bool:
    return not any(u.items for u in group) and sum(u.words for u in group) + unit.words <= _PARAGRAPH


def _merged(groups: Sequence[Sequence[Unit]]) -> list[list[Unit]]:
    """Lone sentences share a paragraph, so that the item is not a list of scraps."""
    merged: list[list[Unit]] = []
    lone: list[Unit] | None = None
    for group in groups:
        if len(group) == 1 and not group[0].items and group[0].words < 40:
            if lone is not None and len(lone) < 3 and _fits(lone, group[0]):
                lone.append(group[0])
                continue
            lone = [group[0]]
            merged.append(lone)
        else:
            merged.append(list(group))
    return merged


def _attributed(material: Material, sentence: Sentence, *, again: bool) -> Sentence:
    """``The letter says that ...``, where the sentence can take it; else the sentence as it was."""
    text = sentence.text
    if word_count(text) > 34 or text.endswith((":", "?")) or material.voice.reader_is_parent:
        return sentence
    told = lowered(text, material.forms)
    if told == text and not text.startswith((*_BODIES, "SEND ", "EHC ")):
        return sentence
    once = again and " also " not in told[:70]
    opening = says(material.kind, "also say") if once else says(material.kind)
    return supported(f"{opening} that {told}", *sentence.citations) or sentence


def _also(material: Material, sentence: Sentence) -> Sentence:
    """``The letter also says`` for a second ``The letter says``."""
    opening = f"The {material.voice.noun} "
    if not sentence.text.startswith(opening):
        return sentence
    return supported(f"{opening}also {sentence.text.removeprefix(opening)}", *sentence.citations) or sentence


_BODIES = ("Ofsted ", "NHS ", "Department for Education ")
