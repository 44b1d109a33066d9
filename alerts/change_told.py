"""What changed, as rows for a mail: the facts by kind, and what each of the three witnesses says."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.facts import Announcement, FactChange, FactKind, ThreeWay, Turn

MOST_FACTS = 8

KINDS = {
    FactKind.OBLIGATION: "Duty",
    FactKind.NEGATION: "Negation",
    FactKind.DATE: "Date",
    FactKind.DEADLINE: "Deadline",
    FactKind.PERIOD: "Period",
    FactKind.MONEY: "Money",
    FactKind.PERCENTAGE: "Percentage",
    FactKind.AGE: "Age or year group",
    FactKind.LAW: "Law",
    FactKind.BODY: "Body",
    FactKind.TELEPHONE: "Telephone",
    FactKind.EMAIL: "Email",
    FactKind.LINK: "Link",
    FactKind.NUMBER: "Number",
    FactKind.LIMIT: "Limit",
    FactKind.PLACE: "Reference",
}
TURNS = {
    Turn.WEAKENED: "weaker",
    Turn.STRENGTHENED: "stronger",
    Turn.REVERSED: "turned round",
    Turn.EARLIER: "earlier",
    Turn.LATER: "later",
    Turn.RAISED: "more",
    Turn.LOWERED: "less",
    Turn.ADDED: "new",
    Turn.REMOVED: "gone",
    Turn.CHANGED: "changed",
}
JUDGEMENTS = {
    Announcement.ANNOUNCED: "The publisher announced this change.",
    Announcement.QUIET: "The publisher did not announce this change.",
    Announcement.NOT_COVERED: "The publisher's note does not cover all changes.",
}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its kind and which way it moved, in words; both states; empty where there was none."""

    kind: str
    turn: str
    old: str
    new: str


def fact_rows(facts: Sequence[FactChange]) -> tuple[FactRow, ...]:
    """Return the most telling facts that changed, each once; facts of what came and went whole stand last."""
    ordered = sorted(facts, key=lambda fact: fact.turn in (Turn.ADDED, Turn.REMOVED))
    rows = dict.fromkeys(FactRow(KINDS[fact.kind], TURNS[fact.turn], fact.old, fact.new) for fact in ordered)
    return tuple(rows)[:MOST_FACTS]


def witnesses(verdict: ThreeWay) -> tuple[tuple[str, str], ...]:
    """Return (who, what they say) for the note, the page and the files, and the judgement at the end."""
    note = f"“{verdict.note}”" if verdict.note else "There is none."
    return (
        ("The publisher's note", note),
        ("The text of the page", verdict.page),
        ("The text of the files", verdict.files),
        ("Taken together", JUDGEMENTS[verdict.judgement]),
    )
