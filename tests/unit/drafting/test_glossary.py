"""The glossary: words explained once, in the charity's own words, and wrong files refused in plain words."""

from pathlib import Path

import pytest
from drafting_samples import a_part, a_record, the_guidance, the_return_letter

from pipeline.model.documents import PartKind
from pipeline.model.drafts import Draft
from pipeline.model.errors import ConfigError
from pipeline.text.citing.gate import unsupported
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.glossary import load_glossary
from pipeline.text.drafting.house import load_house

HOUSE = load_house()
A_FILE = """
short_forms:
  - short: SEND
    full: special educational needs and disabilities
terms:
  - term: off-rolling
    forms: [off-rolling]
    means: taking a pupil off the roll
"""


def said(draft: Draft) -> str:
    return " ".join(s.text for s in draft.sentences[1:])


def guidance(text: str) -> Draft:
    part = a_part(text, kind=PartKind.CHILD, title="Guidance")
    return draft_item(a_record("Support for pupils", document_type="guidance"), (part,), HOUSE)


def test_off_rolling_is_explained_where_it_first_stands_and_only_there() -> None:
    text = said(
        guidance(
            "# Rules\n\nOff-rolling must never be used to move a pupil with SEND out of a school. A parent"
            " can complain about off-rolling to the governing body."
        )
    )
    assert (
        "off-rolling – taking a pupil off the school roll without a permanent exclusion, mainly in the"
        " interests of the school – must never be used"
    ) in text.replace("Off", "off")
    assert text.count("taking a pupil off") == 1


def test_the_explanation_names_the_glossary_and_stands_the_same_test_as_every_sentence() -> None:
    draft = guidance("# Rules\n\nOff-rolling must never be used to move a pupil with SEND out of a school.")
    told = next(s for s in draft.sentences if "taking a pupil off" in s.text)
    assert any(c.passage.startswith("Glossary: off-rolling: ") for c in told.citations)
    assert unsupported(told) == ()


def test_a_word_that_the_source_explains_is_left_to_the_source() -> None:
    text = said(draft_item(*the_return_letter(), HOUSE))
    assert "the practice of removing a pupil" in text
    assert "mainly in the interests of the school –" not in text.replace(
        "this is mainly in the interests", ""
    )


def test_send_is_spelled_out_once_and_short_ever_after() -> None:
    text = said(draft_item(*the_guidance(), HOUSE))
    assert text.count("special educational needs and disabilities") == 1
    assert text.index("special educational needs and disabilities (SEND)") < text.index("SEND Tribunal")


def test_at_most_two_words_are_explained() -> None:
    draft = guidance(
        "# Rules\n\nA SENCO must be told of every annual review. A council must publish its local offer for"
        " families. Mediation must be offered to parents before an appeal. A managed move must never be used"
        " to avoid an exclusion."
    )
    glossed = {c.passage for s in draft.sentences for c in s.citations if c.passage.startswith("Glossary: ")}
    assert len({g for g in glossed if " stands for " not in g}) == 2


def test_an_office_is_neither_spelled_out_nor_explained() -> None:
    letter = (
        "Dear directors of children’s services\n\nI am writing about changes to school transport for children"
        " with SEND.\n\nCouncils must decide by 31 May.\n\nYours sincerely\n\nOsric Vale\n\n"
        "Director, SEND and Alternative Provision"
    )
    draft = draft_item(a_record("Letter to directors about school transport"), (a_part(letter),), HOUSE)
    assert "Osric Vale, Director, SEND and Alternative Provision, has written" in said(draft)


def test_a_charity_can_bring_its_own_words(tmp_path: Path) -> None:
    own = tmp_path / "glossary.yaml"
    own.write_text(A_FILE, encoding="utf-8")
    text = "# Rules\n\nOff-rolling must never be used to move a pupil with SEND out of a school."
    part = a_part(text, kind=PartKind.CHILD, title="Guidance")
    record = a_record("Support for pupils", document_type="guidance")
    draft = draft_item(record, (part,), HOUSE, glossary=load_glossary(own))
    assert "– taking a pupil off the roll –" in said(draft)


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("means:", "meaning:", "line 8: terms[1].meaning: this key is not known"),
        ("    means: taking a pupil off the roll\n", "", "the key 'means' is missing"),
        ("taking a pupil", "taking – a pupil", "line 8: terms[1].means: it stands between dashes"),
        ("taking a pupil off the roll", "word " * 26, "25 words at the most"),
        ("[off-rolling]", "[off-rolling, Off-Rolling]", "is explained twice"),
        ("[off-rolling]", "[]", "name at least one form"),
        ("short: SEND", "short: [SEND]", "line 3: short_forms[1].short: a piece of text was expected"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_and_key(
    tmp_path: Path, wrong: str, right: str, words: str
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(A_FILE.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_glossary(file)
    assert words in str(refused.value)
    assert str(file) in str(refused.value)


def test_the_glossary_that_comes_along_can_stand_in_any_sentence() -> None:
    for term in load_glossary().terms:
        assert term.means[0].islower() or term.means.split()[0].isupper(), term.term
        assert not term.means.endswith(".")
