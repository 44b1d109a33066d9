"""The mails that people get: plain, whole, and safe with whatever a publisher writes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.compose import AlertFacts, compose_alert
from alerts.compose_watch import BaselineLine, compose_baseline, compose_cleared, compose_problem
from alerts.draft_docx import draft_docx
from alerts.mailers import build_message
from alerts.redline_html import redline_page
from alerts.render_draft import render_draft
from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import ChangeKind, Evidence, Relevance, Significance, Verdict
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.drafts import Citation, Draft, Piece, PieceKind, Sentence, StandingBlock
from pipeline.text.comparing.compare import compare_blocks

WHEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PAGE = "https://www.gov.example/letter"


def a_draft(words: str = "Jo Bloggs MP has written a letter about EHC plans.", empty: str = "") -> Draft:
    cited = (Citation("I am writing about EHC plans.", "Letter", "page=2", f"{PAGE}.pdf#page=2"),)
    pieces = (
        Piece(PieceKind.LEAD, (Sentence(words, cited),)),
        Piece(PieceKind.ALSO, (Sentence("The letter also covers:", cited),), (Sentence("funding", cited),)),
        Piece(PieceKind.LINK, (Sentence("Read the letter in full", cited),), link=PAGE),
    )
    standing = (StandingBlock("Helpline", "We are here.", (("Call us", "tel:08081570000"),)),)
    headline = Sentence("Minister writes about EHC plans", cited)
    return Draft(headline, () if empty else pieces, standing, PAGE, empty_because=empty)


def facts(title: str = "Letter about EHC plans", **own: object) -> AlertFacts:
    record = Record(url=PAGE, title=title, document_type="correspondence", public_updated=WHEN)
    part = Part(PartKind.FILE, "l", f"{PAGE}.pdf", "Letter", ReadStatus.READ, "", 1200, format="pdf", pages=4)
    evidence = (Evidence("EHC plan", "attachment", 3.0, "about EHC plans"),)
    given_facts = AlertFacts(
        record=record,
        parts=(part,),
        kind=ChangeKind.NEW,
        details=(),
        significance=Significance.SUBSTANTIVE,
        public_note="",
        relevance=Relevance(Verdict.RELEVANT, 9.0, evidence),
        draft=a_draft(),
        redline=None,
        source_title="SEND on GOV.UK",
        seen_at=WHEN,
    )
    return replace(given_facts, **own)  # type: ignore[arg-type]


def test_a_new_letter_says_what_it_is_where_it_is_and_what_each_sentence_rests_on() -> None:
    mail = compose_alert(facts())
    assert mail.subject == "[New letter] Letter about EHC plans"
    for part in (mail.text, BeautifulSoup(mail.html, "lxml").get_text(" ")):
        for words in ("Jo Bloggs MP has written", "24 November 2026", "PDF, 4 pages", "page 2", "EHC plan"):
            assert words in part
    assert [a.filename for a in mail.attachments] == ["letter-about-ehc-plans-draft.docx"]
    assert len(mail.html.encode()) < 100_000


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        (ChangeKind.QUIETLY_UPDATED, "[Quiet change]"),
        (ChangeKind.UPDATED, "[Update]"),
        (ChangeKind.ATTACHMENT_REPLACED, "[File replaced]"),
        (ChangeKind.WITHDRAWN, "[Withdrawn]"),
        (ChangeKind.GONE, "[Removed]"),
    ],
)
def test_the_subject_says_what_happened(kind: ChangeKind, tag: str) -> None:
    assert compose_alert(facts(kind=kind)).subject.startswith(tag)


def test_a_quiet_change_shows_before_and_now_without_relying_on_colour() -> None:
    old = [Block(BlockKind.PARAGRAPH, "Schools should tell parent carers within 15 days.")]
    new = [Block(BlockKind.PARAGRAPH, "Schools must tell parent carers within 10 days.")]
    mail = compose_alert(facts(kind=ChangeKind.QUIETLY_UPDATED, redline=compare_blocks(old, new)))
    page = BeautifulSoup(mail.html, "lxml")
    assert "should" in " ".join(tag.get_text() for tag in page.find_all("del"))
    assert "must" in " ".join(tag.get_text() for tag in page.find_all("ins"))
    assert "should" in mail.text
    assert "must" in mail.text
    assert "<script" not in redline_page(
        compare_blocks([], [Block(BlockKind.PARAGRAPH, "<script>")]), title="<script>"
    )


def test_a_scan_gets_a_plain_word_and_no_empty_draft() -> None:
    mail = compose_alert(facts(draft=a_draft(empty="there is no text in this file")))
    assert "There is no draft: there is no text in this file" in mail.text
    assert "ready to copy" not in mail.text.lower()
    assert mail.attachments == ()


HOSTILE = st.text(max_size=300) | st.sampled_from(
    ["<script>alert(1)</script>", "a\r\nBcc: x@y.example", "\u202egnp.exe", "{{ 7 * 7 }}", "x" * 9000, "\0"]
)


@settings(max_examples=40, deadline=None)
@given(title=HOSTILE, words=HOSTILE)
def test_whatever_a_publisher_writes_is_text_and_nothing_else(title: str, words: str) -> None:
    mail = compose_alert(facts(title, draft=a_draft(words)))
    assert "\n" not in mail.subject
    assert len(mail.subject) <= 150
    page = BeautifulSoup(mail.html, "lxml")
    assert page.find("script") is None
    assert all(str(a["href"]).startswith(("https://", "tel:")) for a in page.find_all("a"))
    clean = mail.html.encode("utf-8", "replace").decode()
    kept = replace(mail, html=clean, text=mail.text.encode("utf-8", "replace").decode())
    message = build_message("a@b.example", kept, sender="s@b.example", message_id="<1@b>", date=WHEN)
    assert message["Bcc"] is None
    assert b"\nBcc:" not in message.as_bytes().partition(b"\r\n\r\n")[0]
    for form in ("md", "html", "json"):
        assert render_draft(a_draft(words), form)  # type: ignore[arg-type]


def test_a_script_is_no_link() -> None:
    record = Record(url="javascript:alert(1)", title="Letter", document_type="guidance")
    assert 'javascript:alert(1)"' not in compose_alert(facts(record=record)).html


def test_the_same_draft_is_the_same_word_file() -> None:
    assert draft_docx(a_draft()) == draft_docx(a_draft())
    assert draft_docx(a_draft()) != draft_docx(a_draft("Somebody else wrote."))


def test_the_watch_says_that_it_has_begun_and_where_it_looks() -> None:
    line = BaselineLine("A guide", PAGE, WHEN)
    mail = compose_baseline(["SEND on GOV.UK"], [line], watched=1234, seen_at=WHEN)
    assert mail.subject == "[sendwatch] Now watching 1,234 documents"
    assert "A guide, 24 November 2026" in mail.text
    assert "SEND on GOV.UK" in mail.text


def test_a_problem_is_told_when_it_stands_and_when_it_is_over() -> None:
    opened = compose_problem("The feed", "it is silent", WHEN)
    cleared = compose_cleared("The feed", "it is silent", WHEN, WHEN)
    assert "it is silent" in opened.text
    assert "by hand" in opened.text
    assert "all well again" in cleared.subject


def test_a_problem_of_the_house_is_not_told_as_one_of_a_source() -> None:
    opened = compose_problem("What comes back", "no answer", WHEN, of_source=False)
    cleared = compose_cleared("What comes back", "no answer", WHEN, WHEN, of_source=False)
    for mail in (opened, cleared):
        assert "source" not in mail.text
        assert "source" not in mail.html
        assert "no answer" in mail.text
