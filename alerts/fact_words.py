"""The words for facts that changed: what a fact is called, and which way it moved. Pure."""

from pipeline.model.changes import ChangeKind
from pipeline.model.facts import FactChange, FactKind, Turn

KINDS = {
    FactKind.OBLIGATION: "Duty",
    FactKind.NEGATION: "Negation",
    FactKind.DATE: "Date",
    FactKind.DEADLINE: "Deadline",
    FactKind.PERIOD: "Period",
    FactKind.MONEY: "Sum of money",
    FactKind.PERCENTAGE: "Percentage",
    FactKind.AGE: "Age or year group",
    FactKind.LAW: "Reference to the law",
    FactKind.BODY: "Body",
    FactKind.TELEPHONE: "Telephone",
    FactKind.EMAIL: "Email",
    FactKind.LINK: "Link",
    FactKind.NUMBER: "Number",
    FactKind.LIMIT: "Limit",
    FactKind.PLACE: "Reference",
}
_TURNS = {
    Turn.WEAKENED: "weaker",
    Turn.STRENGTHENED: "stronger",
    Turn.REVERSED: "turned round",
    Turn.EARLIER: "earlier",
    Turn.LATER: "later",
    Turn.RAISED: "higher",
    Turn.LOWERED: "lower",
    Turn.ADDED: "added",
    Turn.REMOVED: "taken out",
    Turn.CHANGED: "changed",
}
_LENGTHS = {Turn.RAISED: "longer", Turn.LOWERED: "shorter"}
_NOUNS = {  # of facts that may open a mail, the weightiest first
    FactKind.OBLIGATION: "duty",
    FactKind.NEGATION: "negation",
    FactKind.DEADLINE: "deadline",
    FactKind.MONEY: "sum of money",
    FactKind.PERIOD: "period of time",
    FactKind.AGE: "age or year group",
    FactKind.PERCENTAGE: "percentage",
    FactKind.DATE: "date",
}
LEADING = tuple(_NOUNS)
_MOVED = frozenset(_TURNS) - {Turn.ADDED, Turn.REMOVED, Turn.CHANGED}
_IN_SUBJECTS = {FactKind.OBLIGATION: "duty", FactKind.DEADLINE: "deadline"}


def turn_of(fact: FactChange) -> str:
    """Which way it moved, in a word or two: "weaker", "earlier", "shorter"."""
    lengths = _LENGTHS if fact.kind is FactKind.PERIOD else {}
    return lengths.get(fact.turn, _TURNS[fact.turn])


def sentence_of(fact: FactChange) -> str:
    """One plain sentence for a fact that may open a mail: A duty is weaker: “must” became “should”."""
    noun = _NOUNS[fact.kind]
    article = "An" if noun[0] in "aeiou" else "A"
    if fact.turn is Turn.REVERSED:
        return f"A {noun} was turned round: “{fact.old}” became “{fact.new}”."
    if fact.turn is Turn.ADDED:
        return f"{article} {noun} was added: “{fact.new}”."
    if fact.turn is Turn.REMOVED:
        return f"{article} {noun} was taken out: “{fact.old}”."
    moved = f"is {turn_of(fact)}" if fact.turn in _MOVED else "changed"
    return f"{article} {noun} {moved}: “{fact.old}” became “{fact.new}”."


def subject_of(fact: FactChange, kind: ChangeKind) -> str:
    """What a subject line says of the weightiest fact: "Weaker duty"; empty when it says nothing."""
    if fact.kind not in _IN_SUBJECTS or fact.turn not in _MOVED:
        return ""
    if kind is ChangeKind.DEADLINE_MOVED:
        return f"{turn_of(fact).capitalize()}, now {fact.new}"
    noun = _IN_SUBJECTS[fact.kind]
    words = f"{noun} turned round" if fact.turn is Turn.REVERSED else f"{turn_of(fact)} {noun}"
    return words.capitalize()
