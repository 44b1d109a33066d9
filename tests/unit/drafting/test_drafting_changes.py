"""Drafts about changes: what changed, in whose words, and nothing old told as if it still held."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from drafting_samples import a_record, the_guidance

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.changes import ALERTED, ChangeKind, Significance
from pipeline.model.documents import ChangeNote, DocumentState
from pipeline.model.drafts import Draft, PieceKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Noticed, Redline
from pipeline.text.citing.gate import unsupported
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house

HOUSE = load_house()


def said(draft: Draft) -> str:
    return " ".join(sentence.text for sentence in draft.sentences)


def noticed(kind: ChangeKind, *details: str, note: str = "", redline: Redline | None = None) -> Noticed:
    return Noticed(kind, details, Significance.SUBSTANTIVE, note, redline)


def a_redline(old: str | None, new: str | None) -> Redline:
    part = the_guidance()[1][1].key
    before = Block(BlockKind.PARAGRAPH, old, 0, "#rules", part) if old else None
    after = Block(BlockKind.PARAGRAPH, new, 0, "#rules", part) if new else None
    kinds = {(True, True): BlockChangeKind.CHANGED, (False, True): BlockChangeKind.ADDED}
    kind = kinds.get((bool(old), bool(new)), BlockChangeKind.REMOVED)
    return Redline((BlockChange(kind, before, after),))


def test_an_announced_update_quotes_the_publishers_note_with_its_date() -> None:
    record, parts = the_guidance()
    note = "Added a section on part-time timetables."
    draft = draft_item(record, parts, HOUSE, noticed=noticed(ChangeKind.UPDATED, note=note))
    assert draft.headline.text == (
        "Department for Education updates guidance: SEND support in mainstream schools"
    )
    assert f"The publisher’s note of 1 September 2026 says: “{note}”" in said(draft)


def test_a_quiet_update_says_that_there_was_no_note() -> None:
    record, parts = the_guidance()
    draft = draft_item(record, parts, HOUSE, noticed=noticed(ChangeKind.QUIETLY_UPDATED))
    assert "has changed its guidance ‘SEND support in mainstream schools’ without a change note." in said(
        draft
    )


def test_old_and_new_words_stand_side_by_side_to_the_letter() -> None:
    redline = a_redline(
        "Parents are told. Parents can appeal within 3 months of the decision.",
        "Parents are told. Parents can appeal within 2 months of the decision.",
    )
    record, parts = the_guidance()
    draft = draft_item(record, parts, HOUSE, noticed=noticed(ChangeKind.QUIETLY_UPDATED, redline=redline))
    piece = next(p for p in draft.pieces if p.kind is PieceKind.CHANGE)
    now, before = piece.sentences
    assert now.text == "The guidance now says: “Parents can appeal within 2 months of the decision.”"
    assert before.text == "Before, it said: “Parents can appeal within 3 months of the decision.”"
    assert now.citations[0].url.endswith("#rules")


def test_a_new_passage_and_a_removed_one_are_told_as_such() -> None:
    record, parts = the_guidance()
    rule = "Schools must tell parents within 5 days. They must do so in writing."
    added = noticed(ChangeKind.UPDATED, redline=a_redline(None, rule))
    assert f"A new passage in the guidance says: “{rule}”" in said(
        draft_item(record, parts, HOUSE, noticed=added)
    )
    removed = noticed(ChangeKind.UPDATED, redline=a_redline(rule, None))
    assert f"A passage has been taken out of the guidance; it said: “{rule}”" in said(
        draft_item(record, parts, HOUSE, noticed=removed)
    )


def test_a_changed_telephone_number_is_not_printed() -> None:
    redline = a_redline("Ring the team on 020 7946 0018 now.", "Ring the team on 020 7946 0999 now.")
    record, parts = the_guidance()
    draft = draft_item(record, parts, HOUSE, noticed=noticed(ChangeKind.UPDATED, redline=redline))
    assert "7946" not in said(draft)


def test_what_the_comparison_found_is_told_but_not_what_only_editors_need() -> None:
    record, parts = the_guidance()
    draft = draft_item(
        record,
        parts,
        HOUSE,
        noticed=noticed(
            ChangeKind.ATTACHMENT_REPLACED,
            "The file “Plan” was replaced by a new one: 4 pages became 6.",
            "The publisher gave no note, and the public date did not move.",
            "The page now leads to https://www.gov.uk/elsewhere",
        ),
    )
    assert "The file “Plan” was replaced by a new one: 4 pages became 6." in said(draft)
    assert "public date" not in said(draft)
    assert "https" not in said(draft)


def test_withdrawn_guidance_is_not_told_as_what_holds_now() -> None:
    record, parts = the_guidance()
    withdrawn = replace(
        record,
        state=DocumentState.WITHDRAWN,
        state_note="This guidance is out of date.",
        facts=(("withdrawn_at", "2026-10-02T09:00:00+00:00"),),
    )
    draft = draft_item(withdrawn, parts, HOUSE, noticed=noticed(ChangeKind.WITHDRAWN))
    text = said(draft)
    assert "On 2 October 2026 the Department for Education withdrew its guidance" in text
    assert "The notice says: “This guidance is out of date.”" in text
    assert "The withdrawn guidance covered:" in text
    assert "must" not in text.replace("what schools must do", "")


def test_a_page_that_is_gone_is_told_without_its_text() -> None:
    gone = a_record("SEND support", document_type="guidance", publishers=(), state=DocumentState.GONE)
    draft = draft_item(gone, (), HOUSE, noticed=noticed(ChangeKind.GONE))
    assert "The guidance ‘SEND support’ has been removed from GOV.UK." in said(draft)
    assert draft.pieces[-1].sentences[0].text == "See the page where it stood"


def test_a_page_that_moved_leads_to_its_new_address() -> None:
    moved = a_record(
        "SEND support", document_type="guidance", state=DocumentState.MOVED, moved_to="https://www.gov.uk/new"
    )
    draft = draft_item(moved, (), HOUSE, noticed=noticed(ChangeKind.MOVED))
    assert draft.pieces[-1].link == "https://www.gov.uk/new"
    assert draft.url == "https://www.gov.uk/new"


def test_a_new_page_is_drafted_as_a_publication() -> None:
    record, parts = the_guidance()
    assert draft_item(record, parts, HOUSE, noticed=noticed(ChangeKind.NEW)) == draft_item(
        record, parts, HOUSE
    )


@pytest.mark.parametrize("kind", sorted(ALERTED))
@pytest.mark.parametrize("publishers", [(), ("Ofsted",), ("Department for Education", "Ofsted")])
def test_every_kind_of_change_has_a_supported_draft(kind: ChangeKind, publishers: tuple[str, ...]) -> None:
    record, parts = the_guidance(publishers=publishers)
    record = replace(
        record, change_notes=(ChangeNote(datetime(2026, 9, 1, tzinfo=UTC), "Section 2 changed."),)
    )
    redline = a_redline("Parents may ask within 3 months of it.", "Parents must ask within 2 months of it.")
    step = noticed(kind, "A file was added: “Plan” (3 pages).", note="Section 2 changed.", redline=redline)
    draft = draft_item(record, parts, HOUSE, noticed=step)
    assert 5 <= len(draft.headline.text.split()) <= 14
    assert 10 <= draft.words <= 260
    assert draft.pieces[0].kind is PieceKind.LEAD
    assert [s.text for s in draft.sentences if unsupported(s)] == []
