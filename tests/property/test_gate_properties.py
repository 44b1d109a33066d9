"""The gate refuses what is false. Falsehoods are planted in the drafts of invented documents, one at a time.

Each is planted by a rule that knows nothing of the gate: a number, a name, a duty, a "not" or a quotation
of the sentence is changed, and the citations stay. What was not touched is let through.
"""

import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.drafts import Citation, Sentence
from pipeline.text.citing.gate import reasons, unsupported
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "drafting"))

import drafting_samples as samples

HOUSE = load_house()
DRAFTS = [
    draft_item(*sample(), HOUSE)
    for sample in (
        samples.the_return_letter,
        samples.the_joint_letter,
        samples.the_guidance,
        samples.the_consultation,
        samples.the_press_release,
        samples.the_statement,
    )
]
EXTRA = [
    Sentence(" ".join(text.split()), (Citation(" ".join(passage.split())),))
    for text, passage in (
        (
            "Ofsted will visit 12 areas in England between 4 May 2026 and 9 June 2026.",
            """We will begin in spring. In our new programme Ofsted will visit 12 areas in England between 4
            May 2026 and 9 June 2026. The Care Quality Commission will not join the first three visits, and
            40 areas in Wales may be seen in 2027.""",
        ),
        (
            "The letter says that councils should not charge parents, and that schools may ask for help.",
            """We know that councils should not charge parents, and that schools may ask for help. Colleges
            must reply within 15 days. Nobody needs to apply.""",
        ),
        (
            "Tamsin Vale, Director of Inclusion, and Corin Ashby, Minister for Skills, signed the letter.",
            "It is signed by Tamsin Vale, Director of Inclusion, and Corin Ashby, Minister for Skills",
        ),
        (
            "The statement says that the fund has grown from £12 million to £19 million, a rise of 58%.",
            "The fund has grown from £12 million to £19 million, a rise of 58%. Some £7 million is left.",
        ),
        (
            "The minister said that the panel’s decision “was lawful, fair and open to appeal”.",
            """The minister wrote that the panel’s decision “was lawful, fair and open to appeal”; it was
            unlawful to hide it.""",
        ),
    )
]
SENTENCES = [sentence for draft in DRAFTS for sentence in draft.sentences] + EXTRA
Planted = Iterator[str]


def every_change(pattern: str, text: str, other: Callable[[re.Match[str]], str]) -> Planted:
    """The text with one match changed, for each match."""
    for match in re.finditer(pattern, text):
        yield text[: match.start()] + other(match) + text[match.end() :]


def a_changed_number(sentence: Sentence, pick: int) -> Planted:
    return every_change(r"\d[\d,]*(?:\.\d+)?", sentence.text, lambda m: changed_digit(m.group(), pick))


def changed_digit(number: str, pick: int) -> str:
    spots = [i for i, c in enumerate(number) if c.isdigit()]
    at = spots[pick % len(spots)]
    digit = str((int(number[at]) + 1 + pick % 8) % 10)
    return number[:at] + (digit if digit != "0" or at else "9") + number[at + 1 :]


def a_changed_month(sentence: Sentence, pick: int) -> Planted:
    months = ["January", "February", "March", "April", "June", "July", "August", "September", "October"]
    return every_change(
        rf"\b(?:{'|'.join(months)}|May(?= \d)|November|December)\b",
        sentence.text,
        lambda m: [x for x in months if x != m.group()][pick % (len(months) - 1)],
    )


def a_changed_sum(sentence: Sentence, pick: int) -> Planted:
    yield from every_change(r"\bmillion\b", sentence.text, lambda _: "billion")
    yield from every_change(r"£(?=\d)", sentence.text, lambda _: "€")


def a_changed_percentage(sentence: Sentence, pick: int) -> Planted:
    yield from every_change(r"[\d.]+(?=%)", sentence.text, lambda m: f"{float(m.group()) + 1 + pick:g}")
    yield from every_change(r"%", sentence.text, lambda _: " places")


def a_changed_period(sentence: Sentence, pick: int) -> Planted:
    units = ["hour", "day", "week", "month", "year"]
    yield from every_change(
        r"\b(hour|day|week|month|year)(?=s?\b)",
        sentence.text,
        lambda m: [u for u in units if u != m.group()][pick % 4],
    )
    yield from every_change(r"\bthree\b", sentence.text, lambda _: ["two", "six", "nine"][pick % 3])


def a_changed_name(sentence: Sentence, pick: int) -> Planted:
    names = r"\b(?:Maren|Oakfield|Idris|Penhallow|Helga|Strand|Tamsin|Vale|Corin|Ashby)\b"
    return every_change(names, sentence.text, lambda _: ["Sorrel", "Winterbourne", "Quill"][pick % 3])


def a_changed_role(sentence: Sentence, pick: int) -> Planted:
    yield from every_change(r"\bMinister\b", sentence.text, lambda _: ["Director", "Chancellor"][pick % 2])
    yield from every_change(
        r"\b(?:School Standards|Children and Families|Care|Inclusion|Skills)\b",
        sentence.text,
        lambda _: ["Housing", "Further Education"][pick % 2],
    )


def two_swapped_names(sentence: Sentence, pick: int) -> Planted:
    for one, other in (("Idris Penhallow", "Helga Strand"), ("Tamsin Vale", "Corin Ashby")):
        if one in sentence.text and other in sentence.text:
            yield sentence.text.replace(one, "¤").replace(other, one).replace("¤", other)
    for one, other in (("School Standards", "Care"), ("Director of Inclusion", "Minister for Skills")):
        if one in sentence.text and other in sentence.text:
            yield sentence.text.replace(one, "¤").replace(other, one).replace("¤", other)


def two_swapped_figures(sentence: Sentence, pick: int) -> Planted:
    found = re.findall(r"£\d+ million|\d{1,2} [A-Z][a-z]+ \d{4}|(?<![\d£ ])\b\d{4}\b", sentence.text)
    for one, other in pairwise(found):
        if one != other:
            yield sentence.text.replace(one, "¤").replace(other, one).replace("¤", other)


def a_dropped_negation(sentence: Sentence, pick: int) -> Planted:
    yield from every_change(r" (?:not|no longer|never)\b", sentence.text, lambda _: "")
    yield from every_change(r"\bcannot\b", sentence.text, lambda _: "can")
    yield from every_change(r"\bun(?=lawful|acceptable)", sentence.text, lambda _: "")


def an_added_negation(sentence: Sentence, pick: int) -> Planted:
    modals = r"\b(?:must|should|may|can|will|would|are|is|has|have)\b(?! not| no )"
    yield from every_change(modals, sentence.text, lambda m: f"{m.group()} not")
    yield from every_change(r"(?<!un)\b(?=lawful|reasonable|acceptable)", sentence.text, lambda _: "un")


def a_swapped_duty(sentence: Sentence, pick: int) -> Planted:
    duties = ["must", "should", "may"]
    return every_change(
        r"\b(?:must|should|may)\b", sentence.text, lambda m: [d for d in duties if d != m.group()][pick % 2]
    )


def an_altered_quotation(sentence: Sentence, pick: int) -> Planted:
    for match in re.finditer(r"“([^”]{4,})”", sentence.text):
        letters = [i for i in range(match.start(1), match.end(1)) if sentence.text[i].isalpha()]
        at = letters[pick % len(letters)]
        other = "x" if sentence.text[at] != "x" else "y"
        yield sentence.text[:at] + other + sentence.text[at + 1 :]
        yield sentence.text[:at] + sentence.text[at + 1 :]


def a_number_from_elsewhere(sentence: Sentence, pick: int) -> Planted:
    """A number that the same draft, or the same passage, gives for something else."""
    everywhere = " ".join([*(s.text for s in SENTENCES), *(c.passage for c in sentence.citations)])
    numbers = sorted(set(re.findall(r"(?<![\d.,£-])\d+(?![\d.,:%-]| million)", everywhere)))
    for match in re.finditer(r"(?<![\d.,£-])\d+(?![\d.,:%-]| million)", sentence.text):
        others = [n for n in numbers if n != match.group() and (len(n) == 4) == (len(match.group()) == 4)]
        yield sentence.text[: match.start()] + others[pick % len(others)] + sentence.text[match.end() :]


def another_nation(sentence: Sentence, pick: int) -> Planted:
    return every_change(r"\bEngland\b", sentence.text, lambda _: ["Wales", "Scotland"][pick % 2])


def another_body(sentence: Sentence, pick: int) -> Planted:
    bodies = r"\b(?:Ofsted|SEND Tribunal|Department for Education)\b"
    return every_change(
        bodies, sentence.text, lambda _: ["CQC", "Ofqual", "Care Quality Commission"][pick % 3]
    )


def other_people(sentence: Sentence, pick: int) -> Planted:
    """A duty, a right or a sum that is given to somebody else."""
    yield from every_change(
        r"\b(?:[Pp]arents|[Ss]chools|[Cc]ouncils)\b",
        sentence.text,
        lambda _: ["tribunals", "police"][pick % 2],
    )


def the_other_way_round(sentence: Sentence, pick: int) -> Planted:
    """More for fewer, a rise for a fall, at least for at most."""
    pairs = {"more": "fewer", "least": "most", "rise": "fall", "before": "after", "increase": "decrease"}
    return every_change(rf"\b(?:{'|'.join(pairs)})\b", sentence.text, lambda m: pairs[m.group()])


KINDS = [
    a_changed_number,
    a_changed_month,
    a_changed_sum,
    a_changed_percentage,
    a_changed_period,
    a_changed_name,
    a_changed_role,
    two_swapped_names,
    two_swapped_figures,
    a_dropped_negation,
    an_added_negation,
    a_swapped_duty,
    an_altered_quotation,
    a_number_from_elsewhere,
    another_nation,
    another_body,
    other_people,
    the_other_way_round,
]


@pytest.mark.parametrize("plant", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None)
@given(pick=st.integers(0, 997))
def test_every_planted_falsehood_is_refused_with_a_reason(
    plant: Callable[[Sentence, int], Planted], pick: int
) -> None:
    planted = [
        (sentence, false)
        for sentence in SENTENCES
        for false in plant(sentence, pick)
        if false != sentence.text
    ]
    assert planted, "the samples hold nothing of this kind: the test would prove nothing"
    passed = [
        false
        for sentence, false in planted
        if not unsupported(Sentence(false, sentence.citations))
        or not all(reasons(Sentence(false, sentence.citations)))
    ]
    assert passed == []


def test_what_was_not_touched_is_let_through() -> None:
    assert {sentence.text: reasons(sentence) for sentence in SENTENCES if unsupported(sentence)} == {}
