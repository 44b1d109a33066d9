"""How much a change of text matters to a reader: substantive, minor or cosmetic, with its reasons. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.blocks import BlockKind
from pipeline.model.changes import Significance
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, RunKind
from pipeline.text.normalise import for_comparison

_NUMBER = re.compile(r"[£$€]?\d[\d,.:]*%?")
_DUTY = frozenset(
    [
        "must",
        "should",
        "may",
        "can",
        "cannot",
        "shall",
        "will",
        "would",
        "could",
        "might",
        "need",
        "required",
        "requires",
        "entitled",
        "right",
        "duty",
        "not",
        "no",
        "never",
        "only",
        "unless",
        "except",
        "without",
        "always",
        "all",
        "any",
        "every",
        "none",
    ]
)
_MONTH = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "autumn",
        "spring",
        "summer",
        "winter",
    ]
)
_WORDS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict and its reasons as plain sentences, most telling first."""

    significance: Significance
    why: tuple[str, ...]


def judge_significance(redline: Redline) -> Judged:
    """Judge a Redline. No edits at all are cosmetic, with no reason given."""
    reasons = [found for change in redline.edits for found in _reasons(change)]
    order = list(Significance)
    reasons.sort(key=lambda found: order.index(found[0]))
    if not reasons:
        return Judged(Significance.COSMETIC, ())
    return Judged(reasons[0][0], tuple(dict.fromkeys(words for _, words in reasons if words)))


def _reasons(change: BlockChange) -> Iterator[tuple[Significance, str]]:
    if change.kind is BlockChangeKind.MOVED:
        yield Significance.MINOR, ""
        return
    if change.kind in (BlockChangeKind.ADDED, BlockChangeKind.REMOVED):
        block = change.new or change.old
        assert block is not None
        if not _WORDS.search(block.text):
            return
        verb = "was added" if change.new else "was removed"
        what = {
            BlockKind.HEADING: "A heading",
            BlockKind.PARAGRAPH: "A paragraph",
            BlockKind.LIST_ITEM: "A point in a list",
            BlockKind.TABLE_ROW: "A row of a table",
        }[block.kind]
        yield Significance.SUBSTANTIVE, f"{what} {verb}: “{_short(block.text)}”."
        return
    yield from _reworded(change)


def _reworded(change: BlockChange) -> Iterator[tuple[Significance, str]]:
    assert change.old is not None
    assert change.new is not None
    if for_comparison(change.old.text) == for_comparison(change.new.text):
        return
    gone = " ".join(r.text for r in change.runs if r.kind is RunKind.REMOVED)
    come = " ".join(r.text for r in change.runs if r.kind is RunKind.ADDED)
    words_gone, words_come = _words(gone), _words(come)
    where = _short(change.new.text)
    if (
        sorted(_NUMBER.findall(gone)) != sorted(_NUMBER.findall(come))
        or ((_MONTH & set(words_gone)) != (_MONTH & set(words_come)))
        or (_DUTY & set(words_gone)) != (_DUTY & set(words_come))
    ):
        yield Significance.SUBSTANTIVE, f"“{_short(gone)}” became “{_short(come)}” in “{where}”."
    elif words_gone == words_come:
        yield Significance.COSMETIC, ""
    elif abs(len(words_come) - len(words_gone)) > 5 or len(words_gone) + len(words_come) > 12:
        yield Significance.SUBSTANTIVE, f"Words were changed in “{where}”."
    elif _is_spelling(words_gone, words_come):
        yield Significance.COSMETIC, ""
    else:
        yield Significance.MINOR, f"“{_short(gone)}” became “{_short(come)}” in “{where}”."


def _is_spelling(gone: list[str], come: list[str]) -> bool:
    """One word each, one or two letters apart, the first letter kept: a slip of the pen."""
    if len(gone) != len(come) or not gone:
        return False
    return all(
        a[:1] == b[:1] and abs(len(a) - len(b)) <= 1 and len(set(a) ^ set(b)) <= 2 and min(len(a), len(b)) > 3
        for a, b in zip(gone, come, strict=True)
    )


def _words(text: str) -> list[str]:
    return _WORDS.findall(for_comparison(text).lower())


def _short(text: str, most: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
