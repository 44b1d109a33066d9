"""Tell the edits of a text: what it said, what it says, and whether anything else has changed. Pure.

The words are quoted to the letter, both of them. Never says that a duty is weaker or a date later unless the
comparison found so, and never prints an old text as if it still held.
"""

import difflib
import re
from collections.abc import Iterator, Sequence

from pipeline.model.drafts import Citation, Sentence
from pipeline.model.facts import FactChange, FactKind, Turn
from pipeline.model.redlines import BlockChange, BlockChangeKind, Noticed
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.material import Material
from pipeline.text.papers.kinds import ItemKind, noun_of
from pipeline.text.papers.passages import around, cited
from pipeline.text.reporting.start import clean
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.family_interest import interest
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_count

MOST_EDITS = 3
_LONGEST_QUOTE = 55
_QUOTE_MARKS = re.compile(r"[“”\"]")
_TELLING = {
    FactKind.OBLIGATION: 3.0, FactKind.NEGATION: 3.0, FactKind.DEADLINE: 3.0, FactKind.MONEY: 2.5,
    FactKind.PERIOD: 2.5, FactKind.DATE: 2.0, FactKind.AGE: 2.0, FactKind.PERCENTAGE: 1.5,
    FactKind.LIMIT: 1.0,
}  # fmt: skip
_NAMED = {
    FactKind.DEADLINE: "The date",
    FactKind.DATE: "The date",
    FactKind.MONEY: "The sum",
    FactKind.PERIOD: "The period",
    FactKind.AGE: "The age",
    FactKind.PERCENTAGE: "The share",
}
_MORE_THAN_WORDS = {Turn.WEAKENED: "weaker", Turn.STRENGTHENED: "stronger"}


def edits_told(material: Material, noticed: Noticed) -> Iterator[tuple[Sentence, ...]]:
    """Yield the edits that matter most to families, each with its old and new words, then what stays."""
    if noticed.redline is None:
        return
    found: list[tuple[float, int, tuple[Sentence, ...]]] = []
    pairs = 0
    for place, edit in enumerate(noticed.redline.edits[:400]):
        for old, new in _pairs(edit):
            pairs += 1
            fact = _fact_of(noticed.findings.facts, old, new)
            if told := _edit(edit, old, new, material, fact):
                weight = interest(new or old) + (1.0 if old and new else 0.0) + _weight(fact)
                found.append((-weight, place, told))
    best = sorted(found, key=lambda f: (f[0], f[1]))[:MOST_EDITS]
    for _, _, told in best:
        yield told
    if rest := _nothing_else(material, noticed, pairs, len(best)):
        yield (rest,)


def quotation(opening: str, words: str) -> str:
    """The words after an opening, in quotation marks where they have none of their own."""
    inner = words if words.endswith((".", "!", "?")) else f"{words}."
    return f"{opening}: {inner}" if _QUOTE_MARKS.search(inner) else f"{opening}: “{inner}”"


def _nothing_else(material: Material, noticed: Noticed, pairs: int, told: int) -> Sentence | None:
    """What families ask next: whether anything else is different."""
    if not noticed.redline or not told or len(noticed.redline.changes) < 3:
        return None
    if len(noticed.findings.kinds) > 1 or any(e.kind is BlockChangeKind.MOVED for e in noticed.redline.edits):
        return None  # something that no edit of the text shows
    if pairs == told:
        words = f"Nothing else in the {noun_of(material.kind)} has changed."
    else:
        words = f"In all, {pairs} passages of the {noun_of(material.kind)} have changed."
    proof = Citation(f"Compared with the version before. {words}", url=material.record.url)
    return supported(words, proof)


def _fact_of(facts: Sequence[FactChange], old: str, new: str) -> FactChange | None:
    """The weightiest fact that changed between the two sentences."""

    def same(one: str, other: str) -> bool:
        plain, whole = tidy(one).strip("… ."), tidy(other)
        return bool(plain) and (plain in whole or whole.rstrip(".") in plain)

    fit = [f for f in facts if f.old and f.new and same(f.old_sentence, old) and same(f.new_sentence, new)]
    return max(fit, key=_weight, default=None)


def _weight(fact: FactChange | None) -> float:
    return _TELLING.get(fact.kind, 0.0) if fact else 0.0


def _in_short(fact: FactChange, noun: str, url: str) -> Sentence | None:
    """One plain sentence of what the fact was and is."""
    old, new = tidy(fact.old), tidy(fact.new)
    if not old or not new or _QUOTE_MARKS.search(old + new) or max(map(word_count, (old, new))) > 8:
        return None
    if fact.kind in _NAMED and fact.turn not in {Turn.ADDED, Turn.REMOVED}:
        words = f"{_NAMED[fact.kind]} is now {new}: before, it was {old}."
    elif fact.kind is FactKind.OBLIGATION and fact.turn in _MORE_THAN_WORDS:
        how = _MORE_THAN_WORDS[fact.turn]
        words = f"The wording is {how}: where the {noun} said ‘{old}’, it now says ‘{new}’."
    elif fact.kind is FactKind.OBLIGATION:
        words = f"Where the {noun} said ‘{old}’, it now says ‘{new}’."
    else:
        return None
    return supported(words, Citation(f"Compared with the version before. {words}", url=url))


def _pairs(edit: BlockChange) -> Iterator[tuple[str, str]]:
    """Old and new sentences that took each other's place; one of the two may be empty."""
    if edit.kind is BlockChangeKind.MOVED:
        return
    old = [clean(s) for s in split_sentences(edit.old.text)] if edit.old else []
    new = [clean(s) for s in split_sentences(edit.new.text)] if edit.new else []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[i1:i2], new[j1:j2]
        if not (gone and come) and sum(map(word_count, (*gone, *come))) <= _LONGEST_QUOTE:
            yield " ".join(gone), " ".join(come)
            continue
        for i in range(max(len(gone), len(come))):
            yield (gone[i] if i < len(gone) else "", come[i] if i < len(come) else "")


def _edit(
    edit: BlockChange, old: str, new: str, material: Material, fact: FactChange | None
) -> tuple[Sentence, ...]:
    for words in (old, new):
        if words and (
            not 4 <= word_count(words) <= _LONGEST_QUOTE
            or _QUOTE_MARKS.search(words)
            or has_contact_details(words)
        ):
            return ()
    by_key = {part.key: part for part in material.parts}
    after = cited(edit.new, by_key.get(edit.new.part), _shown(edit.new.text, new)) if edit.new else None
    before = cited(edit.old, by_key.get(edit.old.part), _shown(edit.old.text, old)) if edit.old else None
    noun = noun_of(material.kind)
    say = "say" if material.kind is ItemKind.STATISTICS else "says"
    made: list[Sentence | None] = []
    if new and after:
        opening = f"The {noun} now {say}" if old else f"A new passage in the {noun} says"
        made.append(supported(quotation(opening, new), after))
    if old and before:
        opening = "Before, it said" if new else f"A passage has been taken out of the {noun}; it said"
        made.append(supported(quotation(opening, old), before))
    if not all(made):
        return ()
    short = _in_short(fact, noun, material.record.url) if fact and old and new else None
    return tuple(s for s in (short, *made) if s)


def _shown(block: str, words: str) -> str:
    """The sentences of the block that hold the words, with one on either side."""
    sentences = split_sentences(block)
    spots = [n for n, sentence in enumerate(sentences) if clean(sentence) and clean(sentence) in words]
    return around(sentences, spots[0], spots[-1]) if spots else ""
