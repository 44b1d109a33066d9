"""The house file: the charity's own words, and what a wrong line in it is answered with."""

from pathlib import Path

import pytest
from drafting_samples import the_consultation, the_return_letter

from pipeline.model.errors import ConfigError
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import LINK_TEXTS, load_house, parse_house
from pipeline.text.papers.kinds import ItemKind

PACKAGED = Path(__file__).resolve().parents[3] / "sendwatch" / "house.yaml"
SMALL = """
charity:
  name: Open Lanes
related:
  most: 1
  pages:
    - title: Exclusions
      url: https://openlanes.example/exclusions
      text: Read our advice.
      topics: [exclusion, off-rolling]
    - title: Transport
      url: https://openlanes.example/transport
      topics: [transport]
"""


def test_the_packaged_house_is_right() -> None:
    house = load_house(PACKAGED)
    assert house.charity
    assert house.standing
    assert len(house.related) > 5


def test_without_a_file_there_is_an_invented_charity() -> None:
    assert load_house().charity == "Open Lanes"
    assert load_house().link_texts == LINK_TEXTS


def test_every_kind_of_publication_has_a_link_text() -> None:
    assert {kind.value for kind in ItemKind} <= set(LINK_TEXTS)


def test_pages_are_proposed_by_topic_and_only_as_many_as_the_house_wants() -> None:
    house = parse_house(SMALL, name="house.yaml")
    letter = draft_item(*the_return_letter(), house).standing
    assert [block.links for block in letter] == [(("Exclusions", "https://openlanes.example/exclusions"),)]
    transport = draft_item(*the_consultation(), house).standing
    assert transport[0].links[0][0] == "Transport"


def test_standing_blocks_come_first_and_in_the_houses_order() -> None:
    house = load_house(PACKAGED)
    standing = draft_item(*the_return_letter(), house).standing
    assert standing[: len(house.standing)] == house.standing
    assert standing[-1].title == "Related information"


def test_the_operators_link_text_is_used() -> None:
    house = parse_house(SMALL + "link_texts:\n  letter: Read all of the letter\n", name="house.yaml")
    assert draft_item(*the_return_letter(), house).pieces[-1].sentences[0].text == "Read all of the letter"


def test_a_link_text_that_says_what_no_source_says_is_not_used() -> None:
    house = parse_house(SMALL + "link_texts:\n  letter: Read what Helga Strand wrote\n", name="house.yaml")
    assert draft_item(*the_return_letter(), house).pieces[-1].sentences[0].text == "Read the letter in full"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("charity:\n  name: [a]\n", "house.yaml:2: charity.name"),
        ("charity:\n  nam: a\n", "house.yaml:2: charity.nam"),
        ("charity:\n  name: a\nstanding: x\n", "house.yaml:3: standing"),
        ("charity:\n  name: a\nstanding:\n  - title: b\n", "house.yaml:4: standing.1.text"),
        (SMALL.replace("https://openlanes.example/transport", "javascript:alert(1)"), "related.pages.2.url"),
        (SMALL.replace("most: 1", "most: many"), "house.yaml:5: related.most"),
        (SMALL.replace("[transport]", "[]"), "related.pages.2.topics"),
        ("charity:\n  name: a\n  name: b\n", "house.yaml:3: charity.name"),
        ("charity: {name: a}\nlink_texts:\n  lettre: b\n", "house.yaml:3: link_texts.lettre"),
        ("a: [\n", "house.yaml:2"),
        ("- a\n", "house.yaml:1"),
        ("", "charity.name"),
    ],
)
def test_a_wrong_value_is_refused_with_file_line_and_key(text: str, place: str) -> None:
    with pytest.raises(ConfigError, match=r"house\.yaml") as caught:
        parse_house(text, name="house.yaml")
    assert place in str(caught.value)


def test_a_house_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_house(tmp_path / "none.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_bytes(b"charity: \xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_house(broken)
