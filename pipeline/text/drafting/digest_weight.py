"""Say how important an item of the digest is: a number to sort by, and why, in words. Pure.

The order is what families would miss most: a duty or the law that changed, a day by which they can act, what
a minister has said, rights, sums. The number means nothing by itself; it only puts items in order.
"""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.model.changes import ChangeKind, Findings, Significance, Verdict
from pipeline.model.digests import Deadline
from pipeline.model.documents import Record
from pipeline.model.facts import FactKind, Turn
from pipeline.model.reviews import Weight
from pipeline.text.papers.kinds import ItemKind

NEAR = 28  # days
_DUTY_TURNS = frozenset({Turn.WEAKENED, Turn.STRENGTHENED, Turn.REVERSED, Turn.REMOVED})
_MINISTER = re.compile(r"\b(?:Ministers?|Secretary of State|Prime Minister)\b")
_LAW = re.compile(
    r"\bstatutory\b|\bcode of practice\b|\blegal(?:ly)? (?:dut|right|requirement|required|binding)"
    r"|\bby law\b|\bAct 20\d\d\b|\bregulations\b"
    r"|\b[A-Z]\w+ Bill\b|\b(?:comes?|came) into force\b"
)
_RIGHTS = re.compile(
    r"\bmust\b|\brights?\b|\bentitled\b|\bappeals?\b|\btribunal\b|\b(?:un)?lawful\b|\bEHC\b", re.IGNORECASE
)
_SUM = re.compile(r"£ ?\d")


def weight_of(
    kind: ItemKind,
    record: Record,
    text: str,
    *,
    change: ChangeKind,
    significance: Significance,
    verdict: Verdict,
    deadlines: Sequence[Deadline],
    today: date,
    findings: Findings,
) -> Weight:
    """Weigh an item; ``text`` is its own title and words, ``today`` the day in London."""
    people = " ".join(person.role for person in record.people)
    moved = [f for f in findings.facts if f.kind is FactKind.OBLIGATION and f.turn in _DUTY_TURNS]
    days = [(one.day - today).days for one in deadlines if one.day >= today]
    named = bool(_MINISTER.search(f"{people} {record.title} {text}"))
    by_minister = kind is ItemKind.STATEMENT or (kind is ItemKind.LETTER and named)
    rules = (
        (5.0, kind is ItemKind.STATUTORY_GUIDANCE or bool(_LAW.search(text)), "it is about the law"),
        (4.0, bool(moved), "a duty is stronger or weaker than before"),
        (3.0, bool(days) and min(days, default=0) <= NEAR, f"a deadline within {NEAR} days"),
        (1.5, bool(days) and min(days, default=0) > NEAR, "a deadline"),
        (4.0, by_minister, "a minister's own words"),
        (2.0, kind is ItemKind.LETTER, "a letter"),
        (2.5, change is ChangeKind.CONSULTATION_OPENED or kind is ItemKind.CONSULTATION, "a consultation"),
        (3.0, change in (ChangeKind.WITHDRAWN, ChangeKind.GONE), "it was taken away"),
        (2.0, bool(_RIGHTS.search(text)), "rights and duties"),
        (1.5, bool(_SUM.search(text)), "sums of money"),
        (-2.0, significance is Significance.MINOR, "a small change"),
        (-1.0, verdict is Verdict.PARTIAL, "only partly about SEND"),
    )
    held = [(number, words) for number, holds, words in rules if holds]
    return Weight(1.0 + sum(number for number, _ in held), tuple(words for _, words in held))
