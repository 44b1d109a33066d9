"""Whose words a text gives, and in what force: what may be printed as the publisher's, and what may not."""

import pytest

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind
from pipeline.text.papers.force import Force, forces_of, said_in, sentence_force

RULE = "Parents must pay for the plan."


def blocks_of(text: str) -> tuple[Block, ...]:
    """``## `` begins a heading, ``- `` a list item; a blank line ends a block."""
    made = []
    for piece in text.strip().split("\n\n"):
        marks, _, words = piece.partition(" ")
        if marks and not marks.strip("#"):
            made.append(Block(BlockKind.HEADING, words, len(marks)))
        elif marks == "-":
            made.append(Block(BlockKind.LIST_ITEM, words, 1))
        else:
            made.append(Block(BlockKind.PARAGRAPH, piece, 0))
    return tuple(made)


def force_of(text: str, sentence: str = RULE) -> Force:
    found = [one.force for said in said_in(blocks_of(text)) for one in said if sentence in one.sentence]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("heading", "force"),
    [
        ("What parents need to know", Force.OWN),
        ("What is not changing", Force.OWN),
        ("England", Force.OWN),
        ("Can schools ask for payment?", Force.OWN),
        ("If Parliament agrees", Force.CONDITIONAL),
        ("What critics say", Force.REPORTED),
        ("What you told us", Force.REPORTED),
        ("Common myths", Force.DENIED),
        ("Case study: Elm Park School", Force.EXAMPLE),
        ("The old rules", Force.PAST),
        ("Before September 2024", Force.PAST),
        ("Withdrawn advice", Force.PAST),
        ("Superseded on 1 May 2026", Force.PAST),
        ("Alternatives we rejected", Force.DENIED),
        ("Option A", Force.PROPOSED),
        ("Model policy (fictional)", Force.EXAMPLE),
        ("Draft clause for illustration only", Force.EXAMPLE),
        ("What schools should not do", Force.DENIED),
        ("Don’ts", Force.DENIED),
        ("Wales", Force.ELSEWHERE),
        ("Northern Ireland", Force.ELSEWHERE),
        ("Scotland", Force.ELSEWHERE),
        ("Fake poster seen in a school", Force.DENIED),
    ],
)
def test_a_heading_says_in_what_force_its_section_speaks(heading: str, force: Force) -> None:
    assert force_of(f"## {heading}\n\n{RULE}") is force
    assert force_of(f"## {heading}\n\n### Amira\n\n{RULE}") is force
    assert force_of(f"## {heading}\n\nA word.\n\n## Charges\n\n{RULE}") is Force.OWN


@pytest.mark.parametrize(
    ("lead", "force"),
    [
        ("Schools in England follow these rules:", Force.OWN),
        ("It is no longer true that:", Force.DENIED),
        ("We rejected the following ideas:", Force.DENIED),
        ("Schools must not do any of the following:", Force.DENIED),
        ("Only when an emergency is declared:", Force.CONDITIONAL),
        ("We looked at four ideas and will not go ahead with any of them.", Force.DENIED),
        ("Respondents made these points.", Force.REPORTED),
        ("In Scotland the law differs.", Force.ELSEWHERE),
        ("My predecessor wrote to you:", Force.PAST),
        ("The union wrote:", Force.REPORTED),
        ("This guidance was withdrawn on 3 March 2024.", Force.PAST),
        ("During the pilot in Elmshire only, the following applies.", Force.CONDITIONAL),
    ],
)
def test_an_opening_says_in_what_force_the_list_and_the_paragraph_after_it_speak(
    lead: str, force: Force
) -> None:
    expected = {force, Force.REPORTED} if force is Force.PAST else {force}
    assert force_of(f"{lead}\n\n- A first thing.\n\n- {RULE}") in expected
    assert force_of(f"{lead}\n\n{RULE}") in expected


@pytest.mark.parametrize(
    "denial",
    ["That is not the law.", "This is wrong.", "None of this applies to academies.", "No such rule exists."],
)
def test_a_denial_goes_with_what_it_denies(denial: str) -> None:
    assert force_of(f"{RULE} {denial}") is not Force.OWN
    assert force_of(f"{RULE}\n\n{denial}") is not Force.OWN
    assert force_of(f"Schools:\n\n- {RULE}\n\n- A thing.\n\n{denial}") is not Force.OWN
    assert force_of(f"{RULE}\n\nSchools keep records.") is Force.OWN


@pytest.mark.parametrize(("opening", "closing"), ["“”", "‘’", "«»", '""'])
def test_a_quotation_over_sentences_or_paragraphs_is_somebody_elses(opening: str, closing: str) -> None:
    assert (
        force_of(f"A parent: {opening}We cried for days. {RULE} I left.{closing} We act.") is Force.REPORTED
    )
    assert force_of(f"{opening}Schools must close. {RULE}{closing}") is Force.REPORTED
    assert force_of(f"{opening}We cried for days. {RULE}{closing}\n\nWe act.", "We act.") is Force.OWN
    if opening != "‘":
        assert (
            force_of(f"{opening}We cried for days.\n\n{RULE} I left.{closing}\n\nWe act.") is Force.REPORTED
        )


def test_a_name_in_quotation_marks_is_no_speech_and_an_apostrophe_no_mark() -> None:
    text = "The schools’ duty is called ‘ordinarily available’. Parents’ views count. Schools’ records stay."
    assert [one.force for one in said_in(blocks_of(text))[0]] == [Force.OWN] * 3


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        (RULE, Force.OWN),
        ("If a child has an EHC plan, the school must admit the child.", Force.OWN),
        ("The right to appeal will not change.", Force.OWN),
        ("Schools must not exclude a child because of SEND.", Force.OWN),
        ("If Parliament agrees, schools must publish a report.", Force.CONDITIONAL),
        ("Subject to consultation, every parent will have a right to a meeting.", Force.CONDITIONAL),
        ("We propose that schools must publish a report.", Force.PROPOSED),
        ("Under this plan schools would have to publish reports.", Force.PROPOSED),
        ("Critics say that children will lose their right to appeal.", Force.REPORTED),
        ("Schools must close all units, one headteacher wrote.", Force.REPORTED),
        ("Parents used to have a right of appeal.", Force.PAST),
        ("Schools had to reply by 4 May 2027.", Force.PAST),
        ("Councils in Wales must act by 6 May 2027.", Force.ELSEWHERE),
        ("It is a myth that parents must pay.", Force.DENIED),
        ("I am not asking schools to keep records.", Force.DENIED),
        ("The test should match the criteria used to decide who gets free meals.", Force.OWN),
        ("We are considering the findings of the review.", Force.OWN),
        ("We are considering whether parents must pay.", Force.PROPOSED),
        ("If Parliament returns the Bill, parents must pay.", Force.CONDITIONAL),
        ("I will publish our response once Parliament returns in the autumn.", Force.OWN),
        ("I will put forward proposals in due course.", Force.OWN),
        ("We will set out our proposals to charge parents.", Force.PROPOSED),
        ("We will set out our proposals below.", Force.PROPOSED),
        ("We have set out our proposals.", Force.PROPOSED),
        ("We propose a fee, and will publish proposals for its height.", Force.PROPOSED),
        ("If Parliament agrees, we will put forward proposals.", Force.CONDITIONAL),
    ],
)
def test_a_sentence_shows_its_force_in_its_own_words(sentence: str, force: Force) -> None:
    assert sentence_force(sentence) is force


@pytest.mark.parametrize(
    ("before", "sentence", "force"),
    [
        ("We proposed a new fund.", RULE, Force.PROPOSED),
        ("We will put forward proposals in due course.", RULE, Force.OWN),
        ("We consulted on a proposal. I am today confirming that the fund will open.", RULE, Force.OWN),
        ("We consulted on a proposal. I am announcing that we would open a fund.", RULE, Force.PROPOSED),
        ("We proposed a fund. I am announcing a new consultation on it.", RULE, Force.PROPOSED),
        ("We proposed a fund. I am confirming that I will publish a response.", RULE, Force.PROPOSED),
        ("We proposed a fund. I have decided not to open it.", RULE, Force.PROPOSED),
        ("We propose a new fund.", "The consultation closes on 4 May 2027.", Force.OWN),
        ("We propose a new fund.", "Responses must be received by 4 May 2027.", Force.OWN),
        ("We propose a new fund.", "We recognise the link between funding and SEND.", Force.OWN),
        ("We propose a new fund.", "We recognise that schools must then pay.", Force.PROPOSED),
        ("We propose a new fund.", "We will publish our response in May.", Force.OWN),
        ("We propose a new fund.", "We will publish a list of schools each May.", Force.PROPOSED),
        ("Twenty areas will test the proposals.", "The pathfinders will receive £150,000 a year.", Force.OWN),
        ("Twenty areas will test the proposals.", "Parents will have a personal budget.", Force.PROPOSED),
    ],
)
def test_what_follows_a_proposal_is_part_of_it_until_something_is_decided_or_told_of_the_asking(
    before: str, sentence: str, force: Force
) -> None:
    assert force_of(f"{before} {sentence}", sentence) is force


def test_a_block_is_the_publishers_where_one_sentence_of_it_is() -> None:
    blocks = blocks_of(
        f"## Common myths\n\n{RULE}\n\n## Charges\n\nPlans are free. Critics say that they cost money."
    )
    part = Part(PartKind.PAGE, "", "https://www.example.org/a", "", ReadStatus.READ, "", 0, blocks)
    forces = forces_of((part,))
    assert forces[id(blocks[1])] is Force.DENIED
    assert forces[id(blocks[3])] is Force.OWN
