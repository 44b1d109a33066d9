"""Which entries are fetched: a missed letter is the worst failure, a needless fetch is cheap."""

import pytest

from pipeline.model.documents import Entry
from pipeline.text.relevance.judge import entry_may_matter
from pipeline.text.relevance.lexicon import load_lexicon

LEXICON = load_lexicon()
DFE = ("department-for-education",)


def an_entry(title: str, **more: object) -> Entry:
    return Entry(url="https://www.gov.uk/example", title=title, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind",
    [
        "correspondence",
        "written_statement",
        "oral_statement",
        "speech",
        "statutory_guidance",
        "press_release",
        "open_consultation",
        "policy_paper",
        "Statement to Parliament",
        "",
    ],
)
def test_letters_and_statements_of_the_department_are_fetched_whatever_their_title(kind: str) -> None:
    assert entry_may_matter(an_entry("Update", organisations=DFE, document_type=kind), LEXICON)


@pytest.mark.parametrize("name", ["Department for Education", "department-for-education", "Ofsted"])
def test_an_organisation_is_known_by_title_and_by_slug(name: str) -> None:
    entry = an_entry("Note", organisations=(name,), document_type="correspondence")
    assert entry_may_matter(entry, LEXICON)


@pytest.mark.parametrize(
    "title",
    [
        "SEND reform update",
        "Special educational needs in England",
        "EHCP timeliness",
        "Alternative provision",
        "School attendance",
        "Autism in schools",
        "Home to school transport",
        "Dear colleague",
        "High needs",
    ],
)
def test_a_word_of_the_field_in_the_title_is_enough(title: str) -> None:
    assert entry_may_matter(an_entry(title, organisations=DFE, document_type="guidance"), LEXICON)


def test_the_topic_the_text_and_the_address_count_too() -> None:
    other = {"organisations": ("home-office",), "document_type": "guidance"}
    assert entry_may_matter(an_entry("Note", taxons=("High needs funding",), **other), LEXICON)
    assert entry_may_matter(an_entry("Note", text="For children with SEND.", **other), LEXICON)
    address = "https://www.gov.uk/guidance/special-educational-needs-survey"
    assert entry_may_matter(Entry(url=address, title="Survey", organisations=("home-office",)), LEXICON)


def test_a_letter_by_nobody_named_is_fetched() -> None:
    assert entry_may_matter(an_entry("Letter to parents"), LEXICON)


@pytest.mark.parametrize(
    ("title", "organisation", "kind"),
    [
        ("Send your VAT return", "hm-revenue-customs", "guidance"),
        ("Letter to fishing vessel owners", "marine-management-organisation", "correspondence"),
        ("Disabled drivers: parking", "department-for-transport", "guidance"),
        ("DfE spending over £25,000: May", "department-for-education", "transparency"),
        ("Apprenticeship standard: baker", "department-for-education", "guidance"),
    ],
)
def test_what_cannot_matter_is_left_alone(title: str, organisation: str, kind: str) -> None:
    entry = an_entry(title, organisations=(organisation,), document_type=kind)
    assert not entry_may_matter(entry, LEXICON)
