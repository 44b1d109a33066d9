"""Reported speech: the safe forms, and the sentences for which there is none."""

import pytest

from pipeline.text.reporting.reported import Voice, leans_back, quoted, reported
from pipeline.text.words.wording import Forms, forms_of, running, with_the

VOICE = Voice("letter", we="the government", author="Maren Oakfield")


def told(text: str, voice: Voice = VOICE) -> str | None:
    made = reported(text, voice)
    return made.text if made else None


@pytest.mark.parametrize(
    ("said", "told_as"),
    [
        (
            "I am pleased to confirm that schools will get £5 million.",
            "The letter confirms that schools will get £5 million.",
        ),
        (
            "The government is therefore committed to fairer funding for schools.",
            "The government is committed to fairer funding for schools.",
        ),
        (
            "I am delighted to announce the launch of a £10 million fund for short breaks.",
            "The letter announces the launch of a £10 million fund for short breaks.",
        ),
        (
            "I want to be clear that exclusion is a last resort for every school.",
            "The letter says that exclusion is a last resort for every school.",
        ),
        (
            "I want to reassure families that children with a plan will keep it.",
            "The letter says that children with a plan will keep it.",
        ),
        (
            "I would like to thank teachers and support staff for their work this summer.",
            "The letter thanks teachers and support staff for their work this summer.",
        ),
        (
            "I recognise that this is an anxious time for many parents.",
            "The letter recognises that this is an anxious time for many parents.",
        ),
        (
            "I expect every council to keep its plans under review.",
            "Maren Oakfield expects every council to keep its plans under review.",
        ),
        (
            "Their families tell me that silence makes the waiting harder.",
            "Their families tell Maren Oakfield that silence makes the waiting harder.",
        ),
        (
            "From 11 January 2027 I expect every council to give its reasons in writing.",
            "From 11 January 2027 Maren Oakfield expects every council to give its reasons in writing.",
        ),
        (
            "I am also grateful to the carers who taught at home for all that they have done.",
            "The letter thanks the carers who taught at home for all that they have done.",
        ),
        (
            "The truth is that parents have to wait for a plan.",
            "Parents have to wait for a plan.",
        ),
        (
            "That’s why we’re putting £30 million into training, which will also help you.",
            "The government is putting £30 million into training.",
        ),
        (
            "Today I am announcing how we will allocate £390 million to schools.",
            "The letter announces how the government will allocate £390 million to schools.",
        ),
        (
            "The consultation opens on 1 February 2027, and I hope that many families will answer it.",
            "The consultation opens on 1 February 2027.",
        ),
        (
            "We expect all schools to follow our guidance.",
            "The government expects all schools to follow the government’s guidance.",
        ),
        (
            "We are also publishing our response to the review.",
            "The government is also publishing its response to the review.",
        ),
        (
            "We’ve agreed that councils will decide by May.",
            "The government has agreed that councils will decide by May.",
        ),
        (
            "We do not expect schools to refuse a place.",
            "The government does not expect schools to refuse a place.",
        ),
        (
            "We have today announced that transport will be free.",
            "The government has announced that transport will be free.",
        ),
        ("However, off-rolling is never acceptable here at all.", None),
        (
            "In addition, off-rolling is never acceptable in schools.",
            "Off-rolling is never acceptable in schools.",
        ),
        ("Parents have 20 days to ask.3", "Parents have 20 days to ask."),
        ("2.4 Parents have 20 days to ask (see Annex B).", "Parents have 20 days to ask."),
    ],
)
def test_a_sentence_is_printed_in_its_safe_form(said: str, told_as: str | None) -> None:
    assert told(said) == told_as


@pytest.mark.parametrize(
    "said",
    [
        "We all know that our children matter to the country.",
        "Together we will make our schools better for pupils.",
        "You must send the form to the council by 3 May 2026.",
        "My officials will be in touch with you about the plan.",
        "We hope this letter finds you well in these weeks.",
        "Thank you for everything that you have done for families.",
        "Information for councils about the funding of high needs.",
        "A report about the experiences of families with SEND.",
        "Support that fits in with their needs and not others.",
        "The rules are set out in Annex B of the guidance.",
        "Schools must follow the steps in the table below.",
        "How children and young people with SEND are taught.",
        "She said that the money will go to every school.",
        "Extra help An education plan is for children with SEND.",
        "The code is for: headteachers governors staff councils parents.",
        "Please note that the rules for schools have changed.",
        "The council will decide what to do and the",
        "Read more at https://www.example.org about the rules for schools.",
        "THE COUNCIL MUST DECIDE EVERY APPLICATION BY MAY.",
    ],
)
def test_a_sentence_without_a_safe_form_is_left_out(said: str) -> None:
    assert told(said) is None


def test_we_is_nobody_where_no_single_body_speaks() -> None:
    assert told("We expect all schools to follow the guidance.", Voice("speech")) is None


def test_what_leans_on_the_sentence_before_says_so() -> None:
    made = reported("This includes putting pressure on parents to home educate.", VOICE)
    assert made is not None
    assert made.leans


def test_a_quotation_is_exact_and_never_speaks_to_the_reader() -> None:
    made = quoted("Too many families have told us that they wait for a plan.", VOICE)
    assert made is not None
    assert made.text == "The letter says: “Too many families have told us that they wait for a plan.”"
    assert quoted("You have told us that too many families wait for a plan.", VOICE) is None
    assert quoted("Too many families2 have told us that they wait (see below).", VOICE) is None


@pytest.mark.parametrize(
    ("heading", "inside"),
    [
        ("Face coverings", "face coverings"),
        ("Face Coverings", "face coverings"),
        ("FACE COVERINGS FOR CHILDREN WITH SEND", "face coverings for children with SEND"),
        ("SEND Tribunal appeals", "SEND Tribunal appeals"),
        ("EHC plans", "EHC plans"),
        ("Children and Families Act 2014", "Children and Families Act 2014"),
        ("England and its schools", "England and its schools"),
        ("Ofsted inspections", "Ofsted inspections"),
        ("Attendance", "attendance"),
    ],
)
def test_a_heading_reads_inside_a_sentence_and_names_keep_their_capital(heading: str, inside: str) -> None:
    forms = forms_of(["Pupils may wear face coverings here.", "The Act is law."])
    assert running(heading, forms) == inside


def test_a_body_takes_the_article_that_it_takes() -> None:
    bodies = [
        "Department for Education",
        "Ofsted",
        "HM Treasury",
        "Standards and Testing Agency",
        "Kent Council",
    ]
    assert [with_the(b) for b in bodies] == [
        "the Department for Education",
        "Ofsted",
        "HM Treasury",
        "the Standards and Testing Agency",
        "Kent Council",
    ]


def test_nothing_is_lowered_without_words() -> None:
    assert running("", Forms()) == ""
    assert running("2026", Forms()) == "2026"


@pytest.mark.parametrize(
    "loose",
    [
        "Until then the current guidance remains in force.",
        "In the meantime schools should continue to use the present form.",
        "Where the NHS cannot provide it, the local authority must arrange it some other way.",
        "A shortage of therapists is not a lawful reason to leave it out of a plan.",
        "If we go ahead, the new guidance would apply from January 2028.",
    ],
)
def test_a_sentence_that_rests_on_the_one_before_it_is_known_for_that(loose: str) -> None:
    assert leans_back(loose)


def test_a_sentence_that_names_what_it_speaks_of_stands_alone() -> None:
    assert not leans_back("The council must give its reasons where it refuses an assessment.")
    assert not leans_back("The government thinks it is right to ask parents first.")


@pytest.mark.parametrize(
    "text",
    [
        "So they should benefit from the new plan.",
        "Too many found that help came late.",
        "You should get a response within 30 working days.",
        "The agency will tell you how to complain.",
    ],
)
def test_a_sentence_that_says_of_whom_only_before_it_leans(text: str) -> None:
    assert leans_back(text)
    assert not leans_back("Too many children found that help came late.")
    assert not leans_back("Follow the complaints procedure – every school must have one.")


@pytest.mark.parametrize("text", ["I want to talk about one boy.", "I would like to begin with schools."])
def test_what_a_speaker_says_of_the_speech_itself_is_not_told(text: str) -> None:
    assert told(text) is None
