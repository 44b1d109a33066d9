"""One row for each kind of change and each kind of noise: what was, what is, and how much it matters."""

import pytest
from comparing_samples import judged

from pipeline.model.changes import Significance
from pipeline.text.weighing.significance import judge_wording

# (what it shows, before, after)
SUBSTANTIVE = [
    ("a deadline moves", "Reply by 31 January 2027.", "Reply by 28 February 2027."),
    ("a deadline moves within a month", "It closes on 3 May 2027.", "It closes on 13 May 2027."),
    ("a year moves", "This applies from September 2026.", "This applies from September 2027."),
    ("a time of day moves", "Send it by 5pm on 3 May.", "Send it by 11am on 3 May."),
    ("a day of the week moves", "The panel meets on Monday.", "The panel meets on Friday."),
    ("a numeric date moves", "Start: 01/09/2026.", "Start: 01/10/2026."),
    ("a term moves", "It starts in autumn 2026.", "It starts in spring 2027."),
    ("a school year moves", "Rates for 2026 to 2027.", "Rates for 2027 to 2028."),
    ("a sum changes", "You get £500 a year.", "You get £600 a year."),
    ("a sum gains a nought", "A fund of £3 million.", "A fund of £30 million."),
    ("a percentage changes", "It covers 45% of costs.", "It covers 40% of costs."),
    ("per cent in words changes", "It covers 45 per cent.", "It covers 54 per cent."),
    ("a period changes", "You have 20 weeks to appeal.", "You have 16 weeks to appeal."),
    ("a period in words changes", "You have two months.", "You have three months."),
    ("working days for days", "Within 15 days of it.", "Within 15 working days of it."),
    ("an age changes", "Young people aged 16 to 25.", "Young people aged 16 to 24."),
    ("a year group changes", "Pupils in year 7 are covered.", "Pupils in year 9 are covered."),
    ("a key stage changes", "It is for key stage 2.", "It is for key stage 3."),
    ("a number changes", "There were 1,200 places.", "There were 1,300 places."),
    ("a number in words changes", "Three schools take part.", "Four schools take part."),
    ("a section of the law changes", "See section 19 duties.", "See section 21 duties."),
    ("a regulation changes", "Under regulation 12(3) only.", "Under regulation 13(3) only."),
    ("an Act's year changes", "The Families Act 2014 holds.", "The Families Act 2026 holds."),
    ("should becomes must", "Councils should publish it.", "Councils must publish it."),
    ("must becomes should", "Councils must publish it.", "Councils should publish it."),
    ("must becomes may", "Schools must admit the child.", "Schools may admit the child."),
    ("will becomes may", "We will pay the grant.", "We may pay the grant."),
    ("required becomes expected", "They are required to reply.", "They are expected to reply."),
    ("must gains a not", "Schools must exclude him.", "Schools must not exclude him."),
    ("can becomes cannot", "Parents can appeal.", "Parents cannot appeal."),
    ("can becomes can't", "Parents can appeal.", "Parents can't appeal."),
    ("a negation comes", "The plan is final.", "The plan is not final."),
    ("a negation goes", "It is not for nurseries.", "It is for nurseries."),
    ("no longer", "The grant is paid.", "The grant is no longer paid."),
    ("without comes", "Move him with consent.", "Move him without consent."),
    ("only comes", "This is for state schools.", "This is only for state schools."),
    ("unless comes", "The school pays.", "The school pays unless the council agrees."),
    ("up to becomes at least", "You get up to 3 visits.", "You get at least 3 visits."),
    ("within becomes after", "Reply within 5 days.", "Reply after 5 days."),
    ("eligible becomes ineligible", "Academies are eligible.", "Academies are ineligible."),
    ("lawful becomes unlawful", "The move is lawful.", "The move is unlawful."),
    ("included becomes excluded", "Transport is included here.", "Transport is excluded here."),
    ("increase becomes decrease", "We expect an increase here.", "We expect a decrease here."),
    ("able becomes unable", "Schools were able there.", "Schools were unable there."),
    ("a sentence comes", "Write to us.", "Write to us. Families hear from us before the term ends."),
    ("a sentence goes", "We decide. You may then appeal to the panel.", "We decide."),
    ("a paragraph comes", ["One thing."], ["One thing.", "Councils must also publish a list of schools."]),
    ("a paragraph goes", ["One thing.", "You have a right to appeal the decision."], ["One thing."]),
    ("a point with a sum comes", ["The fund pays:"], ["The fund pays:", "* £50 for shoes"]),
    (
        "a sentence is rewritten",
        "Families will find that the new service helps with transport and meals.",
        "Families will find that old charges apply to clubs, trips, music lessons and residential visits.",
    ),
    ("a row of figures changes", "Northshire | 12 | 34", "Northshire | 12 | 43"),
    ("a heading gains a duty", ["# What you must do"], ["# What you must not do"]),
    ("mandatory becomes optional", "The course is mandatory.", "The course is optional."),
    ("except comes", "All schools take part.", "All schools take part except nurseries."),
    ("a right goes", "You have a right to see it.", "You have to see it."),
    (
        "publication moves",
        "The outcome will be published in June 2027.",
        "It will be published in July 2027.",
    ),
]
MINOR = [
    ("a word changes", "We thank every family.", "We thank every household."),
    ("an adjective comes", "A letter on meals.", "A short letter on meals."),
    ("a name changes", "Write to the Northshire team.", "Write to the Southmoor team."),
    ("may becomes can", "You may ask for a copy.", "You can ask for a copy."),
    ("a heading is reworded", ["# About the letter"], ["# About this new letter"]),
    ("a heading comes", ["One thing."], ["One thing.", "# Next steps"]),
    ("a pointer comes", ["One thing."], ["One thing.", "For more details, see the guide for families."]),
    ("a stamp comes", ["One thing."], ["One thing.", "This page was updated in March 2027."]),
    ("a contact comes", ["One thing."], ["One thing.", "Email help@northshire.example"]),
    (
        "a label goes",
        ["The pack holds:", "* a poster for the hall", "* a card"],
        ["The pack holds:", "* a card"],
    ),
    ("a helpline changes", "Call our helpline on 0300 065 2123.", "Call our helpline on 0300 065 9999."),
    ("a paragraph number moves", "As paragraph 4.2 says, ask.", "As paragraph 4.3 says, ask."),
    ("singular becomes plural", "The school agrees here.", "The schools agree here."),
    (
        "a section moves",
        [
            "# One",
            "The first part of it is here.",
            "# Two",
            "The second part of it is here.",
            "The end of it all.",
        ],
        [
            "# Two",
            "The second part of it is here.",
            "# One",
            "The first part of it is here.",
            "The end of it all.",
        ],
    ),
]
TYPOGRAPHICAL = [
    ("nothing changes", "The plan is here.", "The plan is here."),
    ("quotation marks curl", "The 'plan' is here.", "The ‘plan’ is here."),
    ("a dash lengthens", "The plan - a draft - is here.", "The plan – a draft – is here."),
    ("spaces double", "The plan is here.", "The  plan\u00a0is here."),
    ("a soft hyphen hides", "The consultation is here.", "The consul\u00adtation is here."),
    ("a ligature is undone", "The office is here.", "The o\ufb03ce is here."),
    ("a full stop comes", "The plan is here", "The plan is here."),
    ("a comma comes", "The plan is here now.", "The plan is here, now."),
    ("a capital goes", "The Local Authority is here.", "The local authority is here."),
    ("a hyphen goes", "Care about well-being here.", "Care about wellbeing here."),
    ("-ize becomes -ise", "We organize the day here.", "We organise the day here."),
    ("a contraction is written out", "You do not need it.", "You don't need it."),
    ("letters were swapped", "They recieve a copy.", "They receive a copy."),
    ("a letter was not doubled", "We acommodate them here.", "We accommodate them here."),
    ("a misspelling is put right", ["The goverment.", "government"], ["The government.", "government"]),
    ("an article changes", "It is a plan for schools.", "It is the plan for schools."),
    ("an e-mail address changes", "Email a@gsi.example.uk now.", "Email a@example.uk now."),
    ("a press line changes", "Press office: 0300 065 2123", "Press office: 07785 748787"),
    ("a link changes", "Read https://example.org/a here.", "Read https://example.org/b here."),
    ("a stamp moves", "Last updated: 3 May 2026", "Last updated: 4 June 2026"),
    ("a page number moves", "There is a list on page 3.", "There is a list on page 4."),
    ("a file's size moves", "The letter (PDF, 248KB, 12 pages)", "The letter (PDF, 251KB, 13 pages)"),
    ("a bullet was read as text", "• a plan for schools", "a plan for schools"),
    ("a paragraph is split", ["We wrote. You replied."], ["We wrote.", "You replied."]),
    ("paragraphs are joined", ["We wrote.", "You replied."], ["We wrote. You replied."]),
    ("furniture comes", ["One thing."], ["One thing.", "Back to top"]),
    ("a rule of dashes comes", ["One thing."], ["One thing.", "-----"]),
]
ROWS = [
    pytest.param(old, new, weight, id=f"{weight.value}: {name}")
    for weight, rows in (
        (Significance.SUBSTANTIVE, SUBSTANTIVE),
        (Significance.MINOR, MINOR),
        (Significance.TYPOGRAPHICAL, TYPOGRAPHICAL),
    )
    for name, old, new in rows
]


@pytest.mark.parametrize(("old", "new", "weight"), ROWS)
def test_a_change_weighs_what_an_editor_would_say(old: str, new: str, weight: Significance) -> None:
    found = judged(old, new)
    assert found.significance is weight, found.why


@pytest.mark.parametrize(
    ("old", "new", "weight"), [row for row in ROWS if "typographical" not in str(row.id)]
)
def test_what_matters_is_told_in_words(old: str, new: str, weight: Significance) -> None:
    why = judged(old, new).why
    assert why
    assert all(
        sentence[-1] == "." and sentence[0] in "“ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" for sentence in why
    )


@pytest.mark.parametrize(("old", "new", "weight"), [row for row in ROWS if "moves" in str(row.id)])
def test_a_change_weighs_the_same_there_and_back(old: str, new: str, weight: Significance) -> None:
    assert judged(new, old).significance is weight


def test_a_moved_deadline_names_both_dates() -> None:
    why = judged("Please reply by 31 January 2027.", "Please reply by 28 February 2027.").why
    assert why[0].startswith("The deadline moved from 31 January 2027 to 28 February 2027")


def test_a_weaker_duty_is_said_to_be_weaker_with_both_sentences() -> None:
    why = judged("Councils must publish it.", "Councils should publish it.").why[0]
    assert "“must” became “should”: a duty was made weaker" in why
    assert "It said: “Councils must publish it”." in why
    assert "It now says: “Councils should publish it”." in why


def test_a_birthday_in_a_rule_is_a_date_and_no_deadline() -> None:
    why = judged("Vehicles built before 8 January 1976.", "Vehicles built before 8 January 1977.").why
    assert why == (
        "A date changed from 8 January 1976 to 8 January 1977: “Vehicles built before 8 January 1977”.",
    )


def test_the_most_telling_reason_comes_first() -> None:
    old = ["We thank every family.", "Councils should reply by 3 May 2027."]
    new = ["We thank every household.", "Councils must reply by 4 May 2027."]
    assert [reason[:12] for reason in judged(old, new).why][-1].startswith("“family”")


def test_a_long_sentence_is_quoted_around_its_edit() -> None:
    lead, tail = "before it " * 60, "after it " * 60
    why = judged(f"{lead}you get £500 {tail}.", f"{lead}you get £700 {tail}.").why[0]
    assert "you get £700" in why
    assert len(why) < 260


def test_many_new_paragraphs_are_told_as_one_section() -> None:
    new = ["One thing.", "# Transport", *(f"Families pay {n} pounds for bus {n}." for n in range(20))]
    why = judged(["One thing."], new).why
    assert why == ("21 paragraphs were added, beginning “Transport”.",)


def test_a_sentence_that_went_to_another_paragraph_is_not_lost_and_new() -> None:
    moved = "Schools must tell parents about the panel."
    found = judged(
        [f"We wrote. {moved}", "You replied at once."], ["We wrote.", f"{moved} You replied at once."]
    )
    assert found.significance is Significance.TYPOGRAPHICAL
    found = judged(
        [f"We wrote. {moved}", "You replied at once."], ["We wrote.", f"You replied at once. {moved}"]
    )
    assert found.why == ("One sentence was moved to another place.",)


def test_a_sentence_that_went_far_away_has_moved() -> None:
    moved = "Schools must tell parents about the panel."
    old = [f"We wrote. {moved}", "A bus runs.", "A cook cooks.", "You replied."]
    new = ["We wrote.", "A bus runs.", "A cook cooks.", f"You replied. {moved}"]
    found = judged(old, new)
    assert (found.significance, found.why) == (
        Significance.MINOR,
        ("One sentence was moved to another place.",),
    )


def test_a_word_that_stands_elsewhere_is_no_slip_of_the_pen() -> None:
    old = ["Ask the county for it.", "The county decides."]
    new = ["Ask the country for it.", "The county decides."]
    assert judged(old, new).significance is Significance.MINOR


def test_no_edits_give_no_reasons() -> None:
    assert judged([], []).why == ()


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("Letter to Families", "Letter to families", Significance.TYPOGRAPHICAL),
        ("Letter to families", "Letter to families: meals", Significance.MINOR),
        ("Support in 2026", "Support in 2027", Significance.SUBSTANTIVE),
        ("", "Support", Significance.MINOR),
    ],
)
def test_a_title_is_weighed_by_its_words(old: str, new: str, weight: Significance) -> None:
    assert judge_wording(old, new).significance is weight
