"""An editor's text: what is typed comes back as it was, and each sentence finds its passages."""

from dataclasses import replace

import pytest

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.drafts import Draft, PieceKind
from pipeline.model.edits import EditedText
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house
from pipeline.text.drafting.short_forms import short_forms
from pipeline.text.editing.typed import MOST_CHARACTERS, as_draft, as_text, as_typed, proofs

RECORD = Record(
    "https://www.gov.uk/government/publications/reviews",
    "Annual reviews of EHC plans",
    document_type="guidance",
    publishers=("Department for Education",),
    description="Guidance for local authorities on annual reviews of education, health and care (EHC) plans.",
)
TEXTS = (
    "Local authorities must review an EHC plan every 12 months.",
    "Parents must be given at least two weeks’ notice of the meeting.",
    "The department will spend £12 million on training caseworkers in 2027.",
    "A council cannot refuse a review because it has too few caseworkers.",
)
PARTS = (
    Part(
        PartKind.FILE,
        "a",
        "https://x.example/a.pdf",
        "Guidance",
        ReadStatus.READ,
        "",
        0,
        tuple(Block(BlockKind.PARAGRAPH, text, 0, f"page={n}") for n, text in enumerate(TEXTS, 1)),
        "pdf",
    ),
)


@pytest.fixture(scope="module")
def draft() -> Draft:
    return draft_item(RECORD, PARTS, load_house())


@pytest.fixture(scope="module")
def text(draft: Draft) -> EditedText:
    return as_text(draft, short_forms(draft))


def test_saving_the_draft_untouched_changes_nothing_and_warns_of_nothing(
    draft: Draft, text: EditedText
) -> None:
    assert as_typed(text) == text
    through_a_form = replace(text, body=text.body.replace("\n", "\r\n"))
    assert as_typed(through_a_form) == text
    assert [one.warnings for one in proofs(text, draft, PARTS)] == [()] * len(proofs(text, draft, PARTS))
    assert all(one.own for one in proofs(text, draft, PARTS))
    again = as_draft(text, draft, PARTS)
    assert as_text(again, short_forms(draft)) == text
    assert again.pieces[-1].kind is PieceKind.LINK
    assert again.pieces[-1].link == RECORD.url


def test_a_reworded_sentence_shows_the_passage_it_rests_on_and_no_warning(
    draft: Draft, text: EditedText
) -> None:
    edited = replace(text, body="Parents must have at least two weeks’ notice of the meeting.")
    (_, told) = proofs(edited, draft, PARTS)
    assert told.warnings == ()
    assert TEXTS[1] in told.sentence.citations[0].passage
    assert not told.own


@pytest.mark.parametrize(
    ("sentence", "warned_of"),
    [
        ("Parents must be given at least three weeks’ notice of the meeting.", "three"),
        ("The department will spend £21 million on training caseworkers in 2027.", "21"),
        ("A council can refuse a review because it has too few caseworkers.", "not"),
        ("Minister Orla Quill says that parents must be given two weeks’ notice.", "Orla Quill"),
    ],
)
def test_a_slip_of_the_editor_is_a_warning_that_names_it(
    draft: Draft, text: EditedText, sentence: str, warned_of: str
) -> None:
    told = proofs(replace(text, body=sentence), draft, PARTS)[-1]
    assert warned_of in " ".join(told.warnings)


def test_the_charitys_own_sentence_is_said_to_have_no_passage(draft: Draft, text: EditedText) -> None:
    told = proofs(replace(text, body="Ring us if your family is worried."), draft, PARTS)[-1]
    assert told.warnings == ("no passage of the source says this",)


def test_bullets_and_links_are_read_and_nothing_else_is_markup(draft: Draft, text: EditedText) -> None:
    body = (
        "It covers:\n- annual reviews\n* notice\n\n"
        "[Read it](javascript:alert(1))\n\n[Read the guidance](https://www.gov.uk/x)\n\n<b>Bold</b>"
    )
    pieces = as_draft(replace(text, body=body), draft, PARTS).pieces
    assert [item.text for item in pieces[0].items] == ["annual reviews", "notice"]
    assert [(piece.kind, piece.link) for piece in pieces[1:]] == [
        (PieceKind.POINT, ""),
        (PieceKind.LINK, "https://www.gov.uk/x"),
        (PieceKind.POINT, ""),
    ]
    assert pieces[3].sentences[0].text == "<b>Bold</b>"


def test_a_text_without_end_is_refused(text: EditedText) -> None:
    with pytest.raises(ValueError, match="more than"):
        as_typed(replace(text, body="x" * MOST_CHARACTERS))


def test_what_word_puts_into_the_clipboard_becomes_the_houses_own_marks(text: EditedText) -> None:
    lines = [
        "\u201cCurly\u201d and\u00a0narrow",
        "",
        "\u2022\tFirst",
        "\u00b7\u00a0\u00a0\u00a0Second",
        "o\tBelow",
    ]
    lines += [
        "\u2013\tLast",
        "",
        "1.\tOne",
        "2.\tTwo",
        "",
        "soft\u00ad hyphen\u200b\ufeff, \U0001f469\u200d\U0001f467",
    ]
    pasted = "\r\n".join(lines)
    kept = as_typed(replace(text, body=pasted, digest_title="\ufeffA\u200b title"))
    assert kept.body == (
        "\u201cCurly\u201d and narrow\n\n- First\n- Second\n- Below\n- Last\n\n1. One\n\n2. Two\n\n"
        "soft hyphen, \U0001f469\u200d\U0001f467"
    )
    assert kept.digest_title == "A title"
    assert as_typed(kept) == kept


def test_a_sentence_that_begins_like_a_bullet_stays_a_sentence(text: EditedText) -> None:
    body = "o one knows\n\n\u2013 said with a dash\n\n2026. A year"
    assert as_typed(replace(text, body=body)).body == body
