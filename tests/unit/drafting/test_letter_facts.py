"""Who wrote to whom, when, and what is asked of whom by when: the same from every format of a letter."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.reading.files import read_file
from pipeline.model.documents import Part, PartKind, Person, Record
from pipeline.model.letters import LetterFacts
from pipeline.text.papers.letter_facts import letter_facts
from pipeline.text.papers.letters import read_letter
from tests.support.letters import FORMATS, Script

JOINT = Script(
    left=(
        "Directors of children’s services",
        "Chief executives of local authorities in England",
    ),
    right=("Department for Learning", "20 Poplar Street", "London SW1P 9ZZ", "14 October 2026"),
    body=(
        "Dear colleagues,",
        "# School transport for children with SEND",
        "We are writing about school transport for children and young people with special educational needs.",
        "We expect every local authority to publish its transport policy by 31 May 2027.",
        "From January we ask every local authority to:",
        "* answer each application within 20 working days",
        "* tell families by 30 June 2027 what they can expect in September.",
        "Schools should share what they know about a child’s journey.",
        "Please send us the name of your lead officer before the end of this term.",
        "The guidance is at https://www.gov.uk/government/publications/transport-guidance.",
        "We enclose a template for transport policies.",
    ),
    foot=(
        "Yours sincerely,",
        "Amara Okafor MP",
        "Minister for Children and Families",
        "Tomos Blake MP",
        "Parliamentary Under-Secretary of State for Local Transport",
        "Annex A: template for transport policies",
    ),
)
NAMED = Script(
    left=("Ms Priya Raman", "Chief Executive", "Northshire Council"),
    right=("3 March 2027",),
    body=(
        "Dear Ms Raman,",
        "I am writing to you about the inspection of services for children with SEND in your area.",
        "It found that families wait too long for help and are told too little about what will happen.",
        "I would be grateful if you could set out by 1 June 2027 how the council will put this right.",
        "I will visit in the summer and look forward to hearing from parent carers about their experience.",
    ),
    foot=("Yours sincerely,", "Dr Ewan Sharpe", "Chief Inspector of Schools and Care"),
)
PLAIN = Script(
    left=(),
    right=(),
    body=(
        "Dear colleague",
        "I wanted to write to you as the term ends to thank you for your work for children with SEND.",
        "The year has been hard for families and for schools, and I have seen how much you gave.",
        "You should review each pupil’s support before the autumn term 2027.",
        "With every good wish for the holidays that you have earned so well.",
    ),
    foot=("Yours ever,", "Lena Fisk MP", "Minister for School Standards"),
)


def facts_of(body: bytes, name: str, **given: Any) -> LetterFacts:
    reading = read_file(body, filename=name)
    part = Part(
        PartKind.FILE, "k", "https://x.example/l", "Letter", reading.status, "", len(body), reading.blocks
    )
    record = Record(
        url="https://www.gov.uk/x",
        title="Letter",
        document_type="correspondence",
        first_published=datetime(2026, 10, 15, 8, tzinfo=UTC),
        **given,
    )
    letter = read_letter(part.blocks, expected=True, known=[p.name for p in record.people])
    assert letter is not None
    return letter_facts(record, letter, part)


@pytest.mark.parametrize("form", FORMATS)
def test_a_joint_letter_is_read_alike_from_every_format(form: str) -> None:
    facts = facts_of(FORMATS[form](JOINT), f"letter.{form}")
    assert [(s.name, s.office) for s in facts.senders] == [
        ("Amara Okafor MP", "Minister for Children and Families"),
        ("Tomos Blake MP", "Parliamentary Under-Secretary of State for Local Transport"),
    ]
    assert facts.addressees == (
        "Directors of children’s services",
        "Chief executives of local authorities in England",
    )
    assert (facts.dated, facts.published) == (date(2026, 10, 14), date(2026, 10, 15))
    asked = [(ask.whom.lower(), ask.by) for ask in facts.asks]
    assert asked == [
        ("every local authority", "31 May 2027"),
        ("every local authority", ""),
        ("every local authority", "30 June 2027"),
        ("schools", ""),
        ("you", "the end of this term"),
    ]
    assert facts.enclosures == (
        "Annex A: template for transport policies",
        "a template for transport policies",
    )
    assert facts.links == ("https://www.gov.uk/government/publications/transport-guidance",)
    assert all(ask.citations and ask.what for ask in facts.asks)


@pytest.mark.parametrize("form", FORMATS)
def test_a_letter_to_a_named_person_names_her_and_her_office(form: str) -> None:
    facts = facts_of(FORMATS[form](NAMED), f"letter.{form}")
    assert [(s.name, s.office) for s in facts.senders] == [
        ("Dr Ewan Sharpe", "Chief Inspector of Schools and Care")
    ]
    assert facts.addressees == ("Ms Priya Raman, Chief Executive, Northshire Council",)
    assert facts.dated == date(2027, 3, 3)
    assert [(ask.whom, ask.by) for ask in facts.asks] == [("you", "1 June 2027")]


@pytest.mark.parametrize("form", FORMATS)
def test_a_letter_without_head_or_headings_gives_what_it_shows_and_no_more(form: str) -> None:
    facts = facts_of(FORMATS[form](PLAIN), f"letter.{form}")
    assert [s.name for s in facts.senders] == ["Lena Fisk MP"]
    assert facts.addressees == ()
    assert facts.dated is None
    assert [(ask.whom, ask.by) for ask in facts.asks] == [("you", "the autumn term 2027")]
    assert facts.enclosures == ()


def test_an_office_that_the_signature_lacks_is_taken_from_the_publishers_list() -> None:
    script = Script(PLAIN.left, PLAIN.right, PLAIN.body, PLAIN.foot[:2])
    listed = (Person("Lena Fisk MP", "Minister for School Standards"),)
    facts = facts_of(FORMATS["txt"](script), "letter.txt", people=listed)
    assert [(s.name, s.office) for s in facts.senders] == [("Lena Fisk MP", "Minister for School Standards")]
    assert any("People: " in citation.passage for citation in facts.senders[0].citations)
