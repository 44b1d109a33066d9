"""Two editors at once: what they did apart is joined; of the same words a person is asked."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.edits import EditedText
from pipeline.text.editing.merging import merged

BASE = EditedText("Title", "One.\n\nTwo.\n\nThree.", "Digest title", "Digest text.", "Post")


def test_two_edits_of_different_fields_are_joined() -> None:
    both = merged(BASE, replace(BASE, title="Their title"), replace(BASE, post="My post"))
    assert both.text == replace(BASE, title="Their title", post="My post")
    assert both.clashes == ()


def test_two_edits_of_different_paragraphs_are_joined() -> None:
    theirs = replace(BASE, body="One, mended.\n\nTwo.\n\nThree.")
    mine = replace(BASE, body="One.\n\nTwo.\n\nThree.\n\nFour.")
    both = merged(BASE, theirs, mine)
    assert both.text.body == "One, mended.\n\nTwo.\n\nThree.\n\nFour."
    assert both.clashes == ()


def test_two_edits_of_one_paragraph_are_asked_of_a_person_and_nothing_is_lost() -> None:
    theirs = replace(BASE, body="One.\n\nTwo, they say.\n\nThree.", title="Their title")
    mine = replace(BASE, body="One.\n\nTwo, I say.\n\nThree.")
    both = merged(BASE, theirs, mine)
    assert both.text == theirs
    (clash,) = both.clashes
    assert (clash.field, clash.before, clash.theirs, clash.mine) == (
        "body",
        BASE.body,
        theirs.body,
        mine.body,
    )


def test_the_same_edit_by_both_is_one() -> None:
    same = replace(BASE, body="One.\n\nTwo, mended.\n\nThree.")
    assert merged(BASE, same, same).text == same
    assert merged(BASE, same, same).clashes == ()


BODIES = st.lists(st.sampled_from(["One.", "Two.", "Three.", "Four.", "Five."]), min_size=1, max_size=6)


@given(BODIES, BODIES, BODIES)
def test_whatever_two_editors_type_no_paragraph_of_theirs_goes_unseen(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    before, other, own = (replace(BASE, body="\n\n".join(body)) for body in (base, theirs, mine))
    both = merged(before, other, own)
    if both.clashes:
        assert (both.clashes[0].theirs, both.clashes[0].mine) == (other.body, own.body)
        assert both.text == other
        return
    kept = both.text.body.split("\n\n")
    new = [p for p in (*theirs, *mine) if p not in base]
    assert all(paragraph in kept for paragraph in new), "what somebody wrote is there"
    gone = {p for p in base if p not in theirs or p not in mine}
    assert not [p for p in kept if p in gone and p not in theirs and p not in mine]
