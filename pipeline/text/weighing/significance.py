"""How much a change of text matters: substantive, minor or typographical, with its reasons. Pure.

Substantive: a date, sum, number, period, age, duty, negation, limit or reference to the law changed; a
sentence came, went or was rewritten. Minor: wording, a heading, a pointer to another page, a new place.
Typographical: marks, capitals, spaces, slips of the pen, contact details, stamps, page numbers.
These are recorded and never mailed, so in doubt a change is minor.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.changes import Significance, heaviest
from pipeline.model.facts import FactChange, FactKind, Turn
from pipeline.model.redlines import Redline
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.weighing.exchanges import exchanges
from pipeline.text.weighing.facts import facts_alone, facts_of, placed
from pipeline.text.weighing.sentence_edit import edit_between
from pipeline.text.weighing.sentence_steps import Step, moves, sentence_steps
from pipeline.text.weighing.slips import Vocabulary
from pipeline.text.weighing.typed_words import Typed, typed_words
from pipeline.text.weighing.weighing import FIRM, Finding, weigh
from pipeline.text.words.quoting import quoted
from pipeline.text.words.word_runs import TOKEN

MOST_FACTS = 200
ENOUGH = 60  # substantive findings after which no more are looked for
SECTION = 3  # blocks in a row from which they are told as one
SHORT = 8  # words; a shorter scrap is a label and not a statement
_POINTER = re.compile(
    r"(?:^|[,;] )(?:see|read|visit|go to|find out|download|contact|email|call|(?:for )?(?:more|further)"
    r" (?:information|details)|guidance is available|available at)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:back to top|print this page|contents|skip to main content|share this page|related (?:links|content)"
    r"|we use (?:some )?(?:essential |additional )?cookies\b.{0,200}"
    r"|(?:accept|reject|view) (?:\w{1,12} )?cookies"
    r"|you(?:'ve| have) (?:accepted|rejected) (?:\w{1,12} )?cookies\b.{0,200}|hide (?:this|cookie) message"
    r"|is this page useful\??|get emails about this page|explore the topic|cookies"
    r"|this file may not be suitable for users of assistive technology\.?|request an accessible format\.?"
    r"|if you use assistive technology \(such as a screen reader\) and need a version of this document.*"
    r"|please tell us what format you need\.?"
    r"|it will help us if you say what assistive technology you use\.?)$",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]{1,2}$", re.IGNORECASE)  # not what it says
_NOUNS = {
    BlockKind.HEADING: ("heading", "headings"),
    BlockKind.PARAGRAPH: ("paragraph", "paragraphs"),
    BlockKind.LIST_ITEM: ("point in a list", "points in a list"),
    BlockKind.TABLE_ROW: ("row of a table", "rows of a table"),
}
_CONTACTS = (FactKind.TELEPHONE, FactKind.EMAIL, FactKind.LINK)
_TELLING = (
    Turn.REVERSED,
    Turn.WEAKENED,
    Turn.STRENGTHENED,
    Turn.EARLIER,
    Turn.LATER,
    Turn.LOWERED,
    Turn.RAISED,
)
_SAYING = frozenset({Typed.DUTY, Typed.MONEY, Typed.PERCENT, Typed.NOT, Typed.PERIOD, Typed.LAW, Typed.AGE})


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict and its reasons as plain sentences, most telling first."""

    significance: Significance
    why: tuple[str, ...]
    facts: tuple[FactChange, ...] = ()


def judge_significance(redline: Redline) -> Judged:
    """Judge a Redline. No edits at all are typographical, with no reason given."""
    vocabulary = Vocabulary(redline)
    found: list[Finding] = []
    facts: list[FactChange] = []
    heavy = 0
    steps, moved = sentence_steps(redline)
    for findings, told in _findings(steps, vocabulary):
        found.extend(findings)
        facts.extend(told)
        heavy += sum(finding.significance is Significance.SUBSTANTIVE for finding in findings)
        if heavy >= ENOUGH:
            break
    blocks = moves(redline)
    if blocks or moved:
        found.extend(_exchange(*pair) for pair in exchanges(redline, moved))
    for count, what in ((blocks, "paragraph"), (len(moved), "sentence")):
        if count:
            said = f"One {what} was" if count == 1 else f"{count} {what}s were"
            found.append(Finding(Significance.MINOR, f"{said} moved to another place.", 8))
    if not found:
        return Judged(Significance.TYPOGRAPHICAL, ())
    found.sort(key=lambda finding: (finding.significance.place, finding.rank))
    why = dict.fromkeys(finding.why for finding in found if finding.why)
    facts.sort(key=lambda fact: _TELLING.index(fact.turn) if fact.turn in _TELLING else len(_TELLING))
    return Judged(found[0].significance, tuple(why), tuple(_once(facts)[:MOST_FACTS]))


def _once(facts: Sequence[FactChange]) -> list[FactChange]:
    """A sentence that stands in ten places changed once."""
    told = {
        (fact.kind, fact.turn, fact.old, fact.new, fact.old_sentence, fact.new_sentence): fact
        for fact in reversed(facts)
    }
    return list(told.values())[::-1]


def _exchange(was: str, now: str) -> Finding:
    weighty = any(word.kind in FIRM for text in (was, now) for word in typed_words(text))
    why = f"{quoted(was)} and {quoted(now)} took each other's place."
    return Finding(Significance.SUBSTANTIVE if weighty else Significance.MINOR, why, 2 if weighty else 5)


def judge_wording(old: str, new: str) -> Judged:
    """Judge the change of one short text, such as a title."""
    before, after = ([Block(BlockKind.PARAGRAPH, text)] if text else [] for text in (old, new))
    return judge_significance(compare_blocks(before, after))


def _findings(
    steps: Sequence[Step], vocabulary: Vocabulary
) -> Iterator[tuple[list[Finding], list[FactChange]]]:
    for step in steps:
        if step.old and step.new:
            edit = edit_between(step.old, step.new)
            findings = weigh(edit, vocabulary)
            slips = all(finding.significance is Significance.TYPOGRAPHICAL for finding in findings)
            facts = [fact for fact in facts_of(edit) if not slips or fact.kind in _CONTACTS]
            yield findings, list(placed(facts, step.was or step.block, step.block))
    lone = [step for step in steps if not (step.old and step.new)]
    for in_full, group in groupby(lone, key=lambda step: (step.whole, bool(step.new))):
        if in_full[0]:
            for row in _in_a_row(list(group)):
                yield _blocks(row), _alone(row)
        else:
            for step in group:
                yield ([_sentence(step)], _alone([step])) if _says(step) else ([], [])


def _alone(steps: Sequence[Step]) -> list[FactChange]:
    """The facts of sentences that came or went whole."""
    found: list[FactChange] = []
    for step in steps:
        if len(found) >= MOST_FACTS:
            break
        if not _says(step):
            continue
        came = bool(step.new)
        facts = facts_alone(step.new or step.old, came=came)
        found += placed(facts, None if came else step.block, step.block if came else None)
    return found


def _in_a_row(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Split steps where the blocks do not follow one another, or belong to another part."""
    row: list[Step] = []
    for step in steps:
        if row and (step.at > row[-1].at + 1 or step.block.part != row[-1].block.part):
            yield row
            row = []
        row.append(step)
    if row:
        yield row


def _blocks(steps: Sequence[Step]) -> list[Finding]:
    """Whole blocks that came or went one after the other."""
    blocks: dict[int, list[Step]] = {}
    for step in steps:
        if _says(step):
            blocks.setdefault(step.at, []).append(step)
    if len(blocks) < SECTION:
        return [_block(same) for same in blocks.values()]
    kinds = [_weight(same[0].block, _text(same)) for same in blocks.values()]
    first = next(iter(blocks.values()))
    come = "added" if first[0].new else "taken out"
    why = f"{len(blocks)} paragraphs were {come}, beginning {quoted(_text(first))}."
    return [Finding(heaviest(*kinds), why, 3)]


def _block(steps: Sequence[Step]) -> Finding:
    block, text = steps[0].block, _text(steps)
    come = "added" if steps[0].new else "taken out"
    return Finding(_weight(block, text), f"A {_NOUNS[block.kind][0]} was {come}: {quoted(text)}.", 3)


def _sentence(step: Step) -> Finding:
    text = step.new or step.old
    come = "added" if step.new else "taken out"
    return Finding(_weight(step.block, text), f"A sentence was {come}: {quoted(text)}.", 3)


def _text(steps: Sequence[Step]) -> str:
    return " ".join(step.new or step.old for step in steps)


def _says(step: Step) -> bool:
    text = step.new or step.old
    return any(c.isalnum() for c in text) and not (_FURNITURE.match(text) or _LIST_NUMBER.match(text))


def _weight(block: Block, text: str) -> Significance:
    """A statement is substantive; a heading, a label, a pointer, a contact or a date stamp is minor."""
    typed = typed_words(text)
    kinds = {word.kind for word in typed}
    covered = sum(len(TOKEN.findall(word.text)) for word in typed)
    words = sum(token[0].isalnum() for token in TOKEN.findall(text))
    if block.kind is BlockKind.HEADING and not kinds & _SAYING:
        return Significance.MINOR
    if kinds & {Typed.STAMP, Typed.EMAIL, Typed.PHONE, Typed.LINK} and words - covered <= 4:
        return Significance.MINOR
    if _POINTER.search(text) and not kinds & {Typed.DUTY, Typed.MONEY, Typed.PERCENT}:
        return Significance.MINOR
    if words <= SHORT and not kinds and not text.endswith((".", "!", "?")):
        return Significance.MINOR
    return Significance.SUBSTANTIVE
