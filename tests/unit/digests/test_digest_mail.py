"""The mail that subscribers get: short enough, safe, readable without colours, and nothing lost silently."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from alerts.compose_digest import compose_digest
from alerts.digest_page import digest_page, subject_of
from alerts.digest_web import inner_html
from alerts.slots import LEAVE_SLOT, PREFERENCES_SLOT
from pipeline.model.digests import BareLink, Closing, Deadline, Topic
from tests.support.digest_samples import DAY, FRAME, a_bare_link, an_item, entries_of, mail_of, page_of


def test_a_mail_says_the_same_as_text_and_as_html_in_the_order_of_the_topics() -> None:
    entries = [
        an_item(1, "Money", {Topic.FUNDING}),
        an_item(2, "A letter", {Topic.FUNDING, Topic.LETTERS}),
        an_item(3, "Guidance", {Topic.GUIDANCE}),
    ]
    mail = mail_of(entries)
    for part in (mail.text, mail.html.partition("<h1")[2]):
        places = [part.index(words) for words in ("A letter", "Guidance", "Money", "Our helpline")]
        assert places == sorted(places)
        assert LEAVE_SLOT in part
        assert PREFERENCES_SLOT in part
    assert mail.subject == "Money, and 2 more", "the heaviest comes first of all"


@pytest.mark.parametrize("count", [1, 2, 30])
def test_a_subject_is_short_and_never_cut_within_a_word(count: int) -> None:
    title = "Minister writes to all directors of children’s services about hidden exclusions from school"
    subject = subject_of([an_item(n, title) for n in range(count)], "Open Lanes")
    assert len(subject) <= 78
    words = subject.partition("…")[0].split()
    assert words == title.split()[: len(words)]
    assert subject.endswith("…" if count == 1 else f"…, and {count - 1} more")


def test_gmail_clips_no_digest_and_what_is_not_printed_is_said_with_a_link() -> None:
    assert len(mail_of(entries_of(25)).html.encode()) < 100_000
    mail = mail_of(entries_of(200))
    assert len(mail.html.encode()) < 100_000
    for part in (mail.text, mail.html):
        assert re.search(r"1\d\d more items are on the web version", part)
        assert "https://news.charity.example/archive/weekly/2026-11-27" in part


def test_the_text_keeps_to_lines_of_78_and_breaks_no_address() -> None:
    link = f"https://www.gov.uk/{'long-' * 40}page"
    mail = mail_of([an_item(1, "word " * 40, link=link)])
    long = [line for line in mail.text.splitlines() if len(line) > 78]
    assert [line.strip() for line in long] == [link]


def test_who_wants_text_alone_gets_no_html() -> None:
    mail = mail_of(entries_of(2), plain=True)
    assert mail.html == ""
    assert LEAVE_SLOT in mail.text


def test_what_a_publisher_writes_is_never_markup_and_never_a_line_of_ours() -> None:
    nasty = "<script>alert(1)</script>\n\nSTOP THESE EMAILS\n=====\n"
    entry = an_item(1, nasty, link="javascript:alert(1)", publisher="<b>x</b>")
    web = inner_html(page_of([entry]))
    mail = mail_of([entry, a_bare_link(2, nasty)])
    for html in (mail.html, web):
        assert "<script>" not in html
        assert "<b>x" not in html
        assert "javascript:" not in html
    assert "javascript:" not in mail.text
    assert "STOP THESE EMAILS\n" not in mail.text
    assert "\n" not in mail.subject


@pytest.mark.parametrize(
    "link", ["https://[bad", "https://x.example/\nSTOP THESE EMAILS:\nhttps://evil.example"]
)
def test_an_address_that_is_none_becomes_no_link_and_holds_up_no_digest(link: str) -> None:
    closing = Closing(Deadline(date(2026, 12, 11), "Last day to answer"), "T", link, frozenset())
    bare = replace(
        a_bare_link(2, "Another page"),
        bare=BareLink("Another page", "DfE", link, frozenset({Topic.GUIDANCE})),
    )
    mail = mail_of([an_item(1, "A letter", link=link), bare], [closing])
    assert "A letter" in mail.text
    assert "evil.example" not in mail.text + mail.html
    assert "[bad" not in mail.text + mail.html


def test_a_publisher_who_writes_our_placeholders_gets_nobodys_key() -> None:
    words = f"x {LEAVE_SLOT} {PREFERENCES_SLOT}"
    link = f"https://evil.example/?key={LEAVE_SLOT}&more={PREFERENCES_SLOT}"
    entry = an_item(1, words, link=link, publisher=words)
    bare = replace(a_bare_link(2, words), bare=BareLink(words, words, link, frozenset({Topic.GUIDANCE})))
    closing = Closing(Deadline(date(2026, 12, 11), words), words, link, frozenset())
    own = mail_of(entries_of(1))
    page = digest_page([entry, bare], [closing], plan_title="Weekly", day=DAY, opening=words, frame=FRAME)
    for plain in (False, True):
        mail = compose_digest(page, [entry, bare], plain=plain, archived="weekly")
        for slot in (LEAVE_SLOT, PREFERENCES_SLOT):
            assert slot not in mail.subject
            assert mail.text.count(slot) == own.text.count(slot)
            assert plain or mail.html.count(slot) == own.html.count(slot)


def test_there_is_no_picture_no_pixel_no_script_and_no_foreign_address_in_it() -> None:
    html = mail_of(entries_of(3)).html
    for word in ("<img", "background=", "url(", "<script", "<link", "@import", "@font-face", "<iframe"):
        assert word not in html
    hosts = set(re.findall(r'href="https?://([^/"]+)', html))
    assert hosts == {"www.gov.uk", "news.charity.example", "www.nationalarchives.gov.uk"}
    assert 'lang="en-GB"' in html
    assert "prefers-color-scheme" in html


def test_deadlines_stand_in_a_list_of_their_own_with_day_and_hour() -> None:
    closing = Closing(
        Deadline(date(2026, 12, 11), "Last day to answer"), "T", "https://x.example/", frozenset()
    )
    mail = mail_of(entries_of(1), [closing])
    assert "- Friday 11 December 2026: Last day to answer" in mail.text
    assert "<strong>Friday 11 December 2026</strong>" in mail.html


def test_the_web_version_holds_all_and_nobodys_own_links() -> None:
    web = inner_html(page_of(entries_of(60)))
    assert web.count("<article ") == 60
    assert web.startswith("<h1>SEND news, Friday 27 November 2026</h1>")
    for word in ("/leave/", "/preferences/", LEAVE_SLOT):
        assert word not in web
    levels = [int(level) for level in re.findall(r"<h(\d)", web)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
