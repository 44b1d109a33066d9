"""Every kind of change that is told has its words, in the draft as in the mail."""

import pytest
from drafting_samples import the_consultation

from alerts import wording
from pipeline.model.changes import ALERTED, ChangeKind, Significance
from pipeline.model.redlines import Noticed
from pipeline.text.drafting.changes_told import TOLD_AS_PUBLISHED, told_as_change
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house

CHANGES = sorted(ALERTED - TOLD_AS_PUBLISHED)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_not_told_as_a_new_publication(kind: ChangeKind) -> None:
    noticed = Noticed(kind, (), Significance.SUBSTANTIVE)
    assert told_as_change(noticed) is kind
    record, parts = the_consultation()
    draft = draft_item(record, parts, load_house(), noticed=noticed)
    first = draft.pieces[0].sentences[0].text
    assert "asking for views" not in first
    assert not draft.headline.text.startswith("Consultation opens")


@pytest.mark.parametrize("kind", sorted(ALERTED - {ChangeKind.NEW}))
def test_a_kind_that_is_mailed_has_a_tag_and_a_sentence_of_its_own(kind: ChangeKind) -> None:
    assert kind in wording.TAGS
    assert kind in wording.HAPPENED
