"""What a chat is told: plain lines, in which nothing that a publisher wrote is markup or a call."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.steps.told_elsewhere import Told
from sendwatch.telling.chat_words import UNSEEN, chat_words, plain, plain_link

TOLD = Told(
    7, 1, "All about short breaks", "https://www.gov.uk/x", "Department for Education", ("One.", "Two.")
)


def test_a_message_is_title_publisher_one_sentence_and_the_desk() -> None:
    assert chat_words(TOLD, "https://news.example").split("\n") == [
        "SEND news: All about short breaks",
        "Department for Education",
        "One.",
        "https://news.example/desk/stories/7",
        UNSEEN,
    ]


def test_without_a_desk_it_leads_to_the_publisher_and_without_a_draft_it_is_shorter() -> None:
    bare = Told(7, 2, "All about short breaks", "https://www.gov.uk/x", "", ())
    assert chat_words(bare, "").split("\n") == [
        "SEND news, updated: All about short breaks",
        "https://www.gov.uk/x",
        UNSEEN,
    ]


def test_no_sign_of_a_title_calls_links_or_hides() -> None:
    said = plain(
        "@everyone <!channel> <@U1> [x](https://e.example) **b** _i_ `c` ||s|| #general :tada: \\", 200
    )
    assert said == (
        "@\u200beveryone ‹!channel› ‹@\u200bU1› (x)(https://e.example) ∗∗b∗∗ ＿i＿ 'c' ¦¦s¦¦ ＃general "
        ":\u200btada: ＼"
    )


def test_a_title_keeps_its_line_its_direction_and_its_length() -> None:
    assert plain("one\r\n\u2028two\x1b[31m\u202ethree\u200b\x00", 200) == "one two (31mthree"
    assert plain("word " * 100, 40) == "word word word word word word word…"
    assert len(plain("x" * 500, 40)) == 40


def test_an_ordinary_title_stays_as_it_is() -> None:
    title = "Guidance: SEND code of practice – 0 to 25 years, “what’s new” (2026/27) & Q&A: £5,000"
    assert plain(title, 200) == title


@given(st.text(max_size=300))
def test_whatever_a_publisher_writes_is_one_line_without_markup(text: str) -> None:
    said = plain(text, 200)
    assert len(said.splitlines()) <= 1
    assert not set(said) & set("<>[]*_~`|\\#")
    assert said.count("@") == said.count("@\u200b")


def test_a_link_holds_no_markup_and_is_a_page() -> None:
    assert plain_link("https://www.gov.uk/a?b=c&d=%20") == "https://www.gov.uk/a?b=c&d=%20"
    assert plain_link("https://www.gov.uk/@all|<x>(y)#z") == "https://www.gov.uk/%40all%7C%3Cx%3E%28y%29%23z"
    assert plain_link("javascript:alert(1)") == ""
