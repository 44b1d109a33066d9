"""What an editor is told of a change, each thing once: the weightiest fact first, then the rest. Pure.

What one line of a mail says, no other line of its summary repeats; the redline below shows the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alerts.fact_words import KINDS, LEADING, sentence_of, subject_of, turn_of
from pipeline.model.changes import ChangeKind, Findings
from pipeline.model.facts import Announcement, FactChange, FactKind, ThreeWay, Turn
from pipeline.model.redlines import Run
from pipeline.text.comparing.compare import word_runs

MOST_ROWS = 8
MOST_BULLETS = 12
ALIKE = 3  # reasons in the same words from which they are told as one
JUDGEMENTS = {
    Announcement.ANNOUNCED: "The publisher announced this change.",
    Announcement.QUIET: "The publisher did not announce this change.",
    Announcement.NOT_COVERED: "The publisher’s note does not cover all changes.",
}
_STATES = frozenset({ChangeKind.WITHDRAWN, ChangeKind.GONE, ChangeKind.MOVED, ChangeKind.RESTORED})
_NEW_FACTS = frozenset({FactKind.OBLIGATION, FactKind.DEADLINE, FactKind.MONEY})
_CAME_OR_WENT = frozenset({Turn.ADDED, Turn.REMOVED})
_NO_WAY = _CAME_OR_WENT | {Turn.CHANGED}
_SAID_ELSEWHERE = (  # by the first line of a mail, by the publisher's note, or by the three witnesses
    "The publisher's note says: ",
    "The publisher gave no note",
    "The note does not speak of everything",
)
_WEIGHTS = ("Substantive: ", "Minor: ", "Typographical: ")


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its kind and which way it moved, in words; both states; empty where there was none."""

    kind: str
    turn: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The weightiest fact: a sentence that says it, and the sentence it stands in, before and now."""

    words: str
    runs: tuple[Run, ...]
    subject: str  # for the subject line, empty when it has no room there


@dataclass(frozen=True, slots=True)
class Told:
    """``bullets`` are plain sentences for what neither lead, rows nor ``uncovered`` (by a note) say."""

    lead: Lead | None
    rows: tuple[FactRow, ...]
    bullets: tuple[str, ...]
    uncovered: tuple[str, ...]
    witnesses: tuple[tuple[str, str], ...]


def told(kind: ChangeKind, details: Sequence[str], findings: Findings) -> Told:
    """Return what the summary of a mail says of a change."""
    verdict = findings.verdict
    uncovered = verdict.uncovered if verdict else ()
    above = "\n".join(uncovered)
    first = _first(findings.facts)
    rest = [fact for fact in _telling(findings.facts, details) if fact != first]
    rows = dict.fromkeys(_row(fact) for fact in rest if f" from {fact.old} to {fact.new}: " not in above)
    if first:
        rows.pop(_row(first), None)
    said = [fact for fact in (first, *rest) if fact]
    bullets = [
        line
        for line in details
        if not (line.startswith(_SAID_ELSEWHERE) or line in above or _tells(line, said))
    ]
    lead = Lead(sentence_of(first), _runs(first), subject_of(first, kind)) if first else None
    return Told(
        lead=lead,
        rows=tuple(rows)[:MOST_ROWS],
        bullets=tuple(_few(list(_gathered(bullets)))),
        uncovered=uncovered,
        witnesses=tuple(_witnesses(verdict)) if verdict and (kind not in _STATES or verdict.note) else (),
    )


def weighty_sentences(facts: Sequence[FactChange]) -> tuple[str, ...]:
    """The sentences that a shortened redline must show first."""
    heavy = [fact for fact in facts if fact.kind in LEADING and (fact.turn not in _NO_WAY or _binds(fact))]
    found = [sentence for fact in heavy for sentence in (fact.new_sentence, fact.old_sentence) if sentence]
    return tuple(dict.fromkeys(found))


def _witnesses(verdict: ThreeWay) -> Iterator[tuple[str, str]]:
    """(who, what they say). A note stands above already; that there are no files is no news."""
    if not verdict.note:
        yield "The publisher’s note", "There is none."
    yield "The text of the page", _without_weight(verdict.page)
    if verdict.files != "There are no files.":
        yield "The text of the files", _without_weight(verdict.files)
    yield "Taken together", JUDGEMENTS[verdict.judgement]


def _first(facts: Sequence[FactChange]) -> FactChange | None:
    """A fact in a sentence that stayed and that moved some way, by kind; a real duty may also come or go."""
    fit = [fact for fact in facts if fact.kind in LEADING and fact.old_sentence and fact.new_sentence]
    moved = [fact for fact in fit if fact.turn not in _NO_WAY]
    duties = [fact for fact in fit if fact.turn in _CAME_OR_WENT and _is_duty(fact) and _binds(fact)]
    others = [fact for fact in fit if fact.turn is Turn.CHANGED and not _is_duty(fact)]
    by_kind = [sorted(some, key=lambda fact: LEADING.index(fact.kind)) for some in (moved, duties, others)]
    return next((some[0] for some in by_kind if some), None)


def _telling(facts: Sequence[FactChange], details: Sequence[str]) -> Iterator[FactChange]:
    """Facts with two states; and weighty ones of new or lost sentences that no detail quotes."""
    for fact in facts:
        whole = fact.new_sentence or fact.old_sentence
        if fact.old and fact.new:
            yield fact
        elif not (fact.old_sentence and fact.new_sentence) and _binds(fact):
            quoted = any(whole[:40] in line for line in details)
            if not quoted:
                yield fact


def _binds(fact: FactChange) -> bool:
    words = (fact.new or fact.old).lower()
    binding = words.startswith("must") or "required" in words
    return fact.kind in _NEW_FACTS and (binding or not _is_duty(fact))


def _is_duty(fact: FactChange) -> bool:
    return fact.kind is FactKind.OBLIGATION


def _row(fact: FactChange) -> FactRow:
    whole = not (fact.old_sentence and fact.new_sentence)
    old, new = (fact.old_sentence, fact.new_sentence) if whole else (fact.old, fact.new)
    return FactRow(KINDS[fact.kind], turn_of(fact), _short(old), _short(new))


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _runs(fact: FactChange) -> tuple[Run, ...]:
    return word_runs(fact.old_sentence, fact.new_sentence)


def _tells(line: str, facts: Sequence[FactChange]) -> bool:
    """Whether a detail says nothing but one of these facts."""
    for fact in facts:
        if fact.old and fact.new:
            if line.startswith(f"“{fact.old}” became “{fact.new}”"):
                return True
            if f" from {fact.old} to {fact.new}: “" in line:
                return True
        elif line.startswith((f"“{fact.new}” was added: “", f"“{fact.old}” was taken out; ")):
            return True
    return False


def _gathered(lines: Sequence[str]) -> Iterator[str]:
    """Reasons that differ in nothing but the sentence they quote are told once, with their number."""
    heads = [line.partition(": “")[0] for line in lines]
    done: set[str] = set()
    for line, head in zip(lines, heads, strict=True):
        count = heads.count(head)
        if count < ALIKE or head == line:
            yield line
        elif head not in done:
            done.add(head)
            yield f"{head}, in {count} places. The first: “{line.partition(': “')[2]}"


def _few(lines: list[str]) -> list[str]:
    rest = len(lines) - MOST_BULLETS
    return lines if rest <= 1 else [*lines[:MOST_BULLETS], f"And {rest} more, shown below."]


def _without_weight(words: str) -> str:
    """How much it matters stands at the top of the mail already."""
    for weight in _WEIGHTS:
        words = words.replace(weight, "")
    return words[:1].upper() + words[1:]
