"""The mail about a change: the weightiest fact first, each thing once, and never too long to arrive whole."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from bs4 import BeautifulSoup

from alerts.compose import AlertFacts, compose_alert
from alerts.mailers import build_message
from alerts.templating import MOST_BYTES
from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import Relevance, Verdict
from pipeline.model.documents import ChangeNote, DocumentState, Part, PartKind, Record, Version
from pipeline.model.drafts import Citation, Draft, Piece, PieceKind, Sentence
from pipeline.model.mails import Mail
from pipeline.text.comparing.compare import compare_blocks
from pipeline.text.noticing.fingerprint import fingerprint
from pipeline.text.noticing.notice import notice

THEN = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
WHEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PAGE = "https://www.gov.example/guidance/support"
RECORD = Record(url=PAGE, title="Support in schools", document_type="guidance", public_updated=THEN)
DUTY = "Councils must tell parent carers the date of the meeting at least 15 days before it takes place."
LINES = (
    "# Reviews",
    "Each plan is looked at again once a year.",
    DUTY,
    "# Transport",
    "A bus calls at noon.",
)


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(
        Block(BlockKind.HEADING, text[2:], 2) if text.startswith("# ") else Block(BlockKind.PARAGRAPH, text)
        for text in texts
    )


def mail_of(old: Sequence[str], new: Sequence[str], *, note: str = "", **own: object) -> Mail:
    """The mail about a page that said ``old`` and says ``new``, through the real comparison."""
    before, after = (
        Part(PartKind.PAGE, "", PAGE, "", ReadStatus.READ, "x", 100, blocks(*texts)) for texts in (old, new)
    )
    record = RECORD
    if note:
        record = replace(record, public_updated=WHEN, change_notes=(ChangeNote(WHEN, note),))
    record = replace(record, **own.pop("record", {}))  # type: ignore[arg-type]
    was = Version(1, 1, THEN, fingerprint(RECORD, (before,)), 1, RECORD, (before,))
    noticed = notice(was, record, (after,))
    assert noticed is not None
    cited = (Citation("Support in schools", url=PAGE),)
    lead = Piece(PieceKind.LEAD, (Sentence("The guidance changed.", cited),))
    facts = AlertFacts(
        record=record,
        parts=(after,),
        kind=noticed.kind,
        details=noticed.details,
        significance=noticed.significance,
        public_note=noticed.public_note,
        relevance=Relevance(Verdict.RELEVANT, 9.0),
        draft=Draft(Sentence("Guidance changes", cited), (lead,), (), PAGE),
        redline=noticed.redline,
        source_title="SEND on GOV.UK",
        seen_at=WHEN + timedelta(minutes=10),
        findings=noticed.findings,
    )
    return compose_alert(replace(facts, **own))  # type: ignore[arg-type]


def words(mail: Mail) -> str:
    return " ".join(BeautifulSoup(mail.html, "lxml").body.get_text(" ").split())  # type: ignore[union-attr]


def weaker() -> list[str]:
    return [line.replace("must tell", "should tell").replace("15 days", "10 days") for line in LINES]


def test_a_weaker_duty_is_in_the_subject_and_the_first_thing_that_the_mail_says() -> None:
    mail = mail_of(LINES, weaker())
    assert mail.subject == "[Quiet change] Weaker duty: Support in schools"
    said = words(mail)
    lead = said.index("A duty is weaker: “must” became “should”.")
    assert said.index("Before: Councils [must] tell parent carers") > lead
    assert said.index("Now: Councils +should+ tell parent carers") < said.index("What else changed")
    assert mail.text.index("A duty is weaker") < mail.text.index("[-must-]") < mail.text.index("WHAT ELSE")


def test_the_summary_says_each_fact_once() -> None:
    summary = mail_of(LINES, weaker()).text.partition("BEFORE AND NOW")[0]
    assert summary.count("became “should”") == 1
    assert summary.count('"15 days" became "10 days"') == 1
    assert "A period of time changed" not in summary
    assert summary.count("gave no note") == 1


def test_a_deadline_that_moved_says_which_way() -> None:
    reply = "Send your answers by 15 January 2027."
    mail = mail_of([*LINES, reply], [*LINES, reply.replace("15 January 2027", "18 December 2026")])
    assert "A deadline is earlier" in words(mail)
    assert "Earlier deadline" in mail.subject


def test_a_note_that_leaves_changes_out_is_told_with_what_it_leaves_out() -> None:
    new = [line.replace("noon", "three in the afternoon") for line in weaker()]
    mail = mail_of(LINES, new, note="Updated the times of buses under transport.")
    assert mail.subject.startswith("[Update, note incomplete]")
    said = words(mail)
    assert said.index("does not speak of this") < said.index("Before and now")
    assert said.count("Updated the times of buses") == 1


def test_a_new_duty_in_a_new_section_is_named() -> None:
    new = [*LINES, "# Exclusions", "Heads must not exclude a pupil whose needs were not met.", "Write soon."]
    assert "Duty, added: " in mail_of(LINES, new, note="Added a section on exclusions.").text


def test_an_html_document_is_named_by_its_title_and_not_by_its_path() -> None:
    key = "/guidance/support/ehc-plans"
    page, old, new = (
        blocks("A page with a document."),
        *([replace(block, part=key) for block in blocks(*texts)] for texts in (LINES, weaker())),
    )
    child = Part(PartKind.CHILD, key, PAGE, "Support with EHC plans", ReadStatus.READ, "y", 9, tuple(new))
    redline = compare_blocks([*page, *old], [*page, *new])
    mail = mail_of(LINES, weaker(), parts=(child,), redline=redline)
    assert "In “Support with EHC plans”, under “Reviews”" in words(mail)
    assert "In “Support with EHC plans”, under “Reviews”:" in mail.text


def test_a_may_that_came_in_is_not_called_a_duty() -> None:
    new = [line.replace("A bus calls", "A bus may call") for line in LINES]
    assert "duty" not in words(mail_of(LINES, new)).lower()


def test_paragraphs_that_only_moved_need_no_words_about_marks() -> None:
    moved = [*LINES[3:], *LINES[:3]]
    mail = mail_of(LINES, moved)
    assert "Moved here" in words(mail)
    assert "struck through" not in words(mail)


def test_a_withdrawal_is_not_called_unannounced() -> None:
    gone = {"state": DocumentState.WITHDRAWN, "state_note": "Withdrawn on 24 November 2026."}
    assert "did not announce" not in words(mail_of(LINES, LINES, record=gone))


def test_a_change_on_many_pages_says_so_in_the_subject() -> None:
    others = tuple((f"Guide {n}", f"{PAGE}-{n}") for n in range(11))
    mail = mail_of(LINES, weaker(), others=others)
    assert mail.subject.endswith("Support in schools, and 11 more pages")
    assert "The same words changed on 11 more pages." in words(mail)


def many(count: int, length: int = 1) -> tuple[list[str], list[str]]:
    old = [
        f"Rule {n} says that a bus calls at noon in town {n}. {'It waits for all. ' * length}"
        for n in range(count)
    ]
    return old, [text.replace("noon", "one") for text in old]


@pytest.mark.parametrize(("count", "length"), [(200, 1), (200, 60), (2000, 1)])
def test_a_mail_with_hundreds_of_changes_stays_under_the_size_at_which_gmail_cuts(
    count: int, length: int
) -> None:
    old, new = many(count, length)
    mail = mail_of(old, new)
    assert len(mail.html.encode()) < 100_000
    assert len(mail.html.encode()) <= MOST_BYTES
    assert len(mail.text) < 60_000
    (whole,) = [a for a in mail.attachments if a.filename == "what-changed.txt"]
    assert whole.body.decode().count("{+one+}") == count
    shown = mail.text.count("{+one+}")
    for said in (mail.text, words(mail)):
        assert f"This mail shows {shown} of {count} changes" in said
        assert "attached file what-changed.txt" in said


def test_long_new_passages_are_cut_in_the_mail_and_whole_in_the_file() -> None:
    passages = [" ".join(f"word{n}x{m}" for m in range(900)) + "." for n in range(90)]
    mail = mail_of(LINES, [*LINES, *passages])
    assert len(mail.html.encode()) <= MOST_BYTES
    assert "word89x899" in mail.attachments[-1].body.decode()


def test_a_file_that_would_be_too_large_says_where_the_rest_is() -> None:
    passages = [" ".join(f"word{n}x{m}" for m in range(900)) + "." for n in range(200)]
    mail = mail_of(LINES, [*LINES, *passages])
    assert "more of it is in the attached file" in words(mail)
    assert len(mail.attachments[-1].body) < 1_100_000
    assert "sendwatch compare" in mail.attachments[-1].body.decode()[-200:]


def test_the_file_with_all_changes_opens_with_its_quotation_marks_whole() -> None:
    old, new = many(60)
    mail = mail_of([*LINES, *old], [*LINES, *new])
    message = build_message("a@b.example", mail, sender="s@b.example", message_id="<1@b>", date=WHEN)
    received = message_from_bytes(message.as_bytes(), policy=default)
    (file,) = [part for part in received.iter_attachments() if part.get_filename() == "what-changed.txt"]
    assert file.get_content_charset() == "utf-8"
    assert "Under “Transport”" in file.get_content()


def test_a_weightier_change_is_shown_before_two_hundred_light_ones() -> None:
    old, new = many(200)
    mail = mail_of([*old, *LINES], [*new, *weaker()])
    assert "{+should+}" in mail.text.partition("BEFORE AND NOW")[2].partition("THE DRAFT")[0]


def test_a_short_change_has_no_file_of_its_own() -> None:
    assert [a.filename for a in mail_of(LINES, weaker()).attachments] == ["support-in-schools-draft.docx"]


def test_the_text_part_shows_the_same_words_gone_and_come_as_the_html() -> None:
    old, new = many(40)
    mail = mail_of([*old, *LINES], [*new, *weaker()])
    page = BeautifulSoup(mail.html, "lxml")
    for tag, pattern in (("del", r"\[-(.+?)-\]"), ("ins", r"\{\+(.+?)\+\}")):
        shown = [mark.get_text()[1:-1] for mark in page.find_all(tag)]
        assert len(shown) > 20
        assert shown == [
            found for found in re.findall(pattern, mail.text) if found not in ("brackets", "braces")
        ]


def test_each_mark_of_the_mail_is_introduced_by_a_word() -> None:
    page = BeautifulSoup(mail_of(LINES, [*weaker()[:4], "Trams run all day and all night."]).html, "lxml")
    marks = page.find_all(["del", "ins"])
    assert len(marks) >= 6
    for mark in marks:
        label = mark.find_parent("td").get_text().partition(":")[0]
        assert label in (("Before", "Removed") if mark.name == "del" else ("Now", "Added"))


def test_mail_programs_get_inline_styles_tables_and_a_language() -> None:
    html = mail_of(LINES, weaker()).html
    assert '<html lang="en-GB">' in html
    assert not re.search(r"(?:display:\s*(?:flex|grid)|position:|float:|background-image|url\()", html)
    body = BeautifulSoup(html, "lxml").body
    assert body is not None
    assert all(cell.get("style") for cell in body.select("td.sheet, table.facts td, td:has(> del)"))
    sheet = body.select_one("table table")
    assert sheet is not None
    assert sheet["width"] == "640"
