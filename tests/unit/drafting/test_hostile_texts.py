"""No draft says what its publisher does not say, however a text tempts it: see hostile_texts.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from drafting_samples import a_part, a_record

from pipeline.model.documents import PartKind
from pipeline.model.drafts import Draft
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house
from pipeline.text.drafting.short_forms import short_forms
from pipeline.text.papers.force import Force
from pipeline.text.papers.force_openings import opened_by

HOUSE = load_house()
ROWS = yaml.safe_load(Path(__file__).with_name("hostile_texts.yaml").read_text("utf-8"))
PLAIN = "Schools must tell parents of children with SEND about the support that their child has."


def drafted(row: dict[str, Any]) -> Draft:
    part = a_part(f"{PLAIN}\n\n{row['text']}", kind=PartKind.CHILD, title="SEND support")
    return draft_item(
        a_record("Support for pupils with SEND", document_type=row.get("type", "guidance")), (part,), HOUSE
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_a_draft_does_not_say_what_its_publisher_does_not_say(row: dict[str, Any]) -> None:
    draft = drafted(row)
    forms = short_forms(draft)
    said = [s.text for p in draft.pieces for s in (*p.sentences, *p.items)]
    said += [s.text for s in forms.digest.sentences] + [draft.headline.text, forms.post.sentence.text]
    told = " ".join(said)
    assert [words for words in row["never"] if words in told] == []
    assert [words for words in row.get("told", ()) if words not in told] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Minister for Children said that £30 million will be spent on SEND.",
        "As I said last year, the trial will go on.",
        "This guidance is for schools and councils.",
        "This section is for parents.",
        "The law is clear.",
        "We hope that the guides will help people.",
        "The consultation closed on 4 May 2027.",
        "Three-quarters of the councils are in the north.",
        "In 2016 to 2017 councils will receive £80 million.",
        "Section 19 of the Act says: councils must have regard to the views of parents.",
        "Maren Oakfield, Minister for Children, said: we will act.",
    ],
)
def test_what_says_nothing_of_those_after_it_opens_nothing(sentence: str) -> None:
    assert opened_by(sentence) is Force.OWN
