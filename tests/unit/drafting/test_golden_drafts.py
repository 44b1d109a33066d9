"""Golden drafts: each was read by a person, sentence by sentence, before it became the expectation."""

import re
from pathlib import Path

import pytest
from golden_drafts import CASES, as_page, draft_of

from pipeline.model.drafts import PieceKind
from pipeline.text.citing.gate import unsupported

_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b", re.I)
_QUOTED = re.compile(r"“[^”]*”")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_draft_is_the_one_that_was_looked_at(case: Path) -> None:
    """A missing expectation is written out and fails: look at it, and keep it if you would sign it."""
    expected = case.with_suffix(".expected.txt")
    page = as_page(draft_of(case)[0])
    if not expected.exists():
        expected.write_text(page, encoding="utf-8")
        pytest.fail(f"{expected.name} was written: read it before you commit it")
    assert page == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_sentence_can_be_checked_in_a_minute(case: Path) -> None:
    draft, _ = draft_of(case)
    for sentence in draft.sentences:
        assert unsupported(sentence) == (), sentence.text
        for citation in sentence.citations:
            assert len(citation.passage) <= 1000, sentence.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_nobody_speaks_in_the_first_person_outside_a_quotation(case: Path) -> None:
    for sentence in draft_of(case)[0].sentences:
        assert not _FIRST_PERSON.search(_QUOTED.sub("", sentence.text)), sentence.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_opening_is_never_said_twice(case: Path) -> None:
    said = [s.text for piece in draft_of(case)[0].pieces for s in piece.sentences]
    found = [re.match(r"The \w+(?: (?!now)\w+)? (?:also )?(?:says|say)\b", text) for text in said]
    openings = [match.group() for match in found if match]
    assert len(openings) == len(set(openings)), openings


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_no_headline_has_two_colons_and_no_item_is_too_long(case: Path) -> None:
    draft, _ = draft_of(case)
    assert draft.headline.text.count(":") <= 1
    assert 5 <= len(draft.headline.text.split()) <= 14
    assert draft.words <= 260


def test_there_is_a_draft_of_every_kind_that_editors_meet() -> None:
    assert len(CASES) >= 15


def test_the_letter_about_the_return_to_school_is_told_as_a_good_editor_would() -> None:
    """The rights first; what the letter is, whom it thanks, and a list of what else it covers."""
    draft, parts = draft_of(next(case for case in CASES if case.stem == "letter-return-to-school"))
    assert parts[0].pages == 4
    lead = draft.pieces[0].sentences[0].text
    office = "Parliamentary Under-Secretary of State for Children and Families"
    assert lead.startswith(f"Tamsin Greyling MP, {office}, has written about")
    assert "England" in lead
    points = [" ".join(s.text for s in p.sentences) for p in draft.pieces if p.kind is PieceKind.POINT]
    assert "recognises that" in points[0]
    assert "thanks everyone who works in schools" in points[0]
    assert "last resort" in points[1]
    assert "must be lawful, reasonable and fair" in points[1]
    assert "off-rolling" in " ".join(points)
    assert "never acceptable" in " ".join(points)
    assert "educate them at home" in " ".join(points)
    also = next(p for p in draft.pieces if p.kind is PieceKind.ALSO)
    assert len(also.items) >= 5
    assert draft.pieces[-1].sentences[0].text == "Read the letter in full"
