"""What a Story is about and how much it weighs, as subscribers would say it."""

from datetime import date

import pytest

from pipeline.model.changes import NOTHING_MORE, ChangeKind, Significance, Verdict
from pipeline.model.digests import Deadline, Topic
from pipeline.model.documents import Person, Record
from pipeline.model.drafts import Citation
from pipeline.model.reviews import Weight
from pipeline.text.drafting.digest_deadlines import closing_dates
from pipeline.text.drafting.digest_topics import first_topic, topics_of
from pipeline.text.drafting.digest_weight import weight_of
from pipeline.text.papers.key_dates import KeyDate
from pipeline.text.papers.kinds import ItemKind

L, G, C = Topic.LETTERS, Topic.GUIDANCE, Topic.CONSULTATIONS
W, S, F = Topic.LAW, Topic.STATISTICS, Topic.FUNDING


@pytest.mark.parametrize(
    ("kind", "title", "text", "expected"),
    [
        (ItemKind.LETTER, "Letter to directors on hidden exclusions", "", {L}),
        (ItemKind.GUIDANCE, "SEND: support in schools", "Schools should keep a record.", {G}),
        (ItemKind.STATUTORY_GUIDANCE, "SEND code of practice: 0 to 25 years", "", {G}),
        (ItemKind.CONSULTATION, "Alternative provision: next steps", "", {C}),
        (ItemKind.PRESS_RELEASE, "Have your say on SEND reform", "", {C}),
        (ItemKind.OUTCOME, "Short breaks: government response", "", {C}),
        (ItemKind.STATEMENT, "SEND reform: next steps", "", {W}),
        (ItemKind.PRESS_RELEASE, "Children’s Wellbeing and Schools Bill: Lords stages", "", {W}),
        (ItemKind.PAGE, "The SEND (Amendment) Regulations 2026", "", {W}),
        (ItemKind.PRESS_RELEASE, "Children and Families Act 2014: what has changed", "", {W}),
        (ItemKind.STATISTICS, "Education, health and care plans: 2026", "", {S}),
        (ItemKind.REPORT, "Area SEND inspection of Hertfordshire", "", {S}),
        (ItemKind.PRESS_RELEASE, "Ofsted: how schools support pupils with SEND", "", {S}),
        (ItemKind.PRESS_RELEASE, "£740 million for new places in special schools", "", {F}),
        (ItemKind.GUIDANCE, "High needs funding: 2027 to 2028 operational guide", "", {G, F}),
        (ItemKind.LETTER, "Letter to councils on the dedicated schools grant", "", {L, F}),
        (ItemKind.LETTER, "Letter to the chair of the Education Select Committee", "", {L, W}),
        (ItemKind.BLOG_POST, "What is a SENCO?", "A SENCO helps children in school.", {G}),
        (ItemKind.PRESS_RELEASE, "Minister visits a school", "Pupils showed him their work.", {G}),
        (ItemKind.GUIDE, "Personal budgets", "A personal budget is money for support in a plan.", {G}),
        (ItemKind.GUIDANCE, "Acting on advice", "Ask a friend who acts for you. The bill was paid.", {G}),
        (ItemKind.GUIDANCE, "Data protection for schools", "Schools grant permission to parents.", {G}),
    ],
)
def test_a_story_is_filed_where_a_subscriber_would_look_for_it(
    kind: ItemKind, title: str, text: str, expected: set[Topic]
) -> None:
    assert topics_of(kind, Record(url="https://x.example/", title=title), text) == expected


def test_a_day_to_act_by_makes_it_one_about_deadlines_too() -> None:
    record = Record(url="https://x.example/", title="Short breaks grants", publishers=("Ofsted",))
    assert topics_of(ItemKind.GUIDANCE, record, "", deadlines=1) == {G, C, F, S}
    moved = topics_of(ItemKind.PAGE, Record(url="u", title="SEND"), "", changes=[ChangeKind.DEADLINE_MOVED])
    assert moved == {C}


def test_an_item_is_printed_once_under_its_first_topic() -> None:
    assert first_topic({F, L, S}) is L
    assert first_topic({F}) is F


def weigh(kind: ItemKind, text: str, **other: object) -> Weight:
    given: dict[str, object] = {
        "change": ChangeKind.NEW,
        "significance": Significance.SUBSTANTIVE,
        "verdict": Verdict.RELEVANT,
        "deadlines": (),
        "today": date(2026, 11, 27),
        "findings": NOTHING_MORE,
        "record": Record(url="u", title="T"),
    }
    values = {**given, **other}
    record = values.pop("record")
    return weight_of(kind, record, text, **values)  # type: ignore[arg-type]


def test_the_law_and_a_ministers_letter_come_before_a_blog_post_and_a_small_change_last() -> None:
    minister = Record(url="u", title="Letter", people=(Person("A. Other", "Minister for Schools"),))
    law = weigh(ItemKind.STATUTORY_GUIDANCE, "Schools must follow the code of practice.")
    letter = weigh(ItemKind.LETTER, "Schools are asked to keep a record.", record=minister)
    soon = weigh(ItemKind.GUIDANCE, "Apply now.", deadlines=(Deadline(date(2026, 12, 4), "Apply by"),))
    later = weigh(ItemKind.GUIDANCE, "Apply now.", deadlines=(Deadline(date(2027, 6, 4), "Apply by"),))
    post = weigh(ItemKind.BLOG_POST, "A day in a special school.")
    small = weigh(ItemKind.GUIDANCE, "The page was tidied.", significance=Significance.MINOR)
    order = [law, letter, soon, later, post, small]
    assert [one.number for one in order] == sorted((one.number for one in order), reverse=True)
    assert letter.reasons == ("a minister's own words", "a letter")
    assert soon.reasons == ("a deadline within 28 days",)


def test_deadlines_are_days_that_end_something_and_never_long_sentences() -> None:
    cite = (Citation("x"),)[0]
    dates = (
        KeyDate(date(2026, 12, 1), "The scheme opens on 1 December 2026.", cite),
        KeyDate(date(2026, 12, 11), "Last day to answer: SEND reform", cite),
        KeyDate(date(2026, 12, 20), f"Apply by 20 December 2026 {'and so on ' * 30}", cite),
        KeyDate(date(2026, 11, 1), "Apply by 1 November 2026.", cite),
    )
    found = closing_dates(dates, "Grants", date(2026, 11, 27))
    assert [(one.day.day, one.what) for one in found] == [
        (11, "Last day to answer: SEND reform"),
        (20, "A date in: Grants"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The consultation opens on 1 February 2027 and closes on 23 April 2027.",
        "Opening Monday 1 February and closing at 5pm on Friday 23 April 2027.",
        "You can apply from 1 February 2027 until 23 April 2027.",
    ],
)
def test_the_day_on_which_a_consultation_opens_is_never_said_to_close_soon(said: str) -> None:
    cite = (Citation("x"),)[0]
    dates = tuple(KeyDate(day, said, cite) for day in (date(2027, 2, 1), date(2027, 4, 23)))
    found = closing_dates(dates, "SEND reform", date(2026, 11, 27))
    assert [one.day for one in found] == [date(2027, 4, 23)]
