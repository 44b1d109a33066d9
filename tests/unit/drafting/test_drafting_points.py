"""What is chosen, and what stands together: steps, lists that name some, the words after a quotation."""

import pytest
from drafting_samples import a_part, a_record

from pipeline.model.documents import PartKind
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house

HOUSE = load_house()
STEPS = "Follow these steps in order. Only move on to the next step if your complaint is not resolved."


def drafted(text: str, document_type: str, title: str = "Support for children with SEND") -> str:
    part = a_part(text, kind=PartKind.PAGE)
    draft = draft_item(a_record(title, document_type=document_type), (part,), HOUSE)
    return "\n".join(sentence.text for sentence in draft.sentences)


def test_steps_are_given_to_parents_whole_and_in_their_order() -> None:
    items = "- Talk to the SENCO.\n- Complain in writing to the headteacher.\n- Complain to your council."
    told = drafted(f"You can complain for your child.\n\n{STEPS}\n\n{items}", "guide")
    assert "Talk to the SENCO\nComplain in writing to the headteacher\nComplain to your council" in told


@pytest.mark.parametrize("hidden", ["Complain to your council: 01632 960 001.", "See the table below."])
def test_some_of_the_steps_are_never_given_for_all(hidden: str) -> None:
    items = f"- Talk to the SENCO of your child’s school about it.\n- Complain to the head.\n- {hidden}"
    told = drafted(f"You can complain for your child.\n\n{STEPS}\n\n{items}", "guide")
    assert "SENCO" not in told


def test_steps_that_run_on_in_one_paragraph_begin_with_the_first() -> None:
    steps = "Talk to the teacher of your child. Complain to the headteacher. Complain to your council."
    told = drafted(f"You can complain for your child with SEND. {STEPS} {steps}", "guide")
    assert "Talk to the teacher of your child.\nComplain to the headteacher." in told
    lost = drafted(f"You can complain for your child with SEND. Not all of it: {steps}", "guide")
    assert "Complain to the headteacher." not in lost


def test_orders_to_staff_are_no_steps_for_parents() -> None:
    items = "- Talk to the SENCO.\n- Complain in writing to the headteacher.\n- Complain to your council."
    told = drafted(f"Your school has pupils with SEND.\n\n{STEPS}\n\n{items}", "guidance")
    assert "Talk to the SENCO" not in told


LONG = "that " + " ".join(["schools and councils and colleges and nurseries"] * 7)


@pytest.mark.parametrize(
    ("opening", "told"),
    [("The recommendations for SEND include:", True), ("The recommendations for SEND are:", False)],
)
def test_an_item_too_long_goes_where_a_list_names_only_some(opening: str, told: bool) -> None:
    text = f"{opening}\n\n- the end of the old form\n- {LONG}\n- a new test for pupils with SEND"
    assert ("a new test for pupils with SEND" in drafted(text, "independent_report")) is told


def test_a_heading_that_ran_into_its_text_is_no_sentence() -> None:
    text = "The need for change Instead, many parents of children with SEND were let down by the system."
    assert "need for change" not in drafted(text, "speech")


def test_one_of_five_priorities_is_not_told_as_all_of_them() -> None:
    text = "The SEND fund has the following five priorities: Help every child with SEND. Reform care."
    assert "following five" not in drafted(text, "written_statement")


def test_on_its_short_page_about_a_report_the_publisher_is_we() -> None:
    text = (
        "This report sets out the views of a SEND review group. We will consult on its views in early 2027."
    )
    assert "government will consult on its views" in drafted(text, "independent_report")
    panel = f"{text} We recommend that parents of children with SEND must pay."
    assert "government recommends" not in drafted(panel, "independent_report")
    long = f"{text}\n\n" + "\n\n".join(
        f"The panel met {n} times to talk of pupils with SEND." for n in range(40)
    )
    assert "will consult" not in drafted(long, "independent_report")


PRESS = (
    "Councils will get £9 million for pupils with SEND. Children’s Minister, Jo Marsh, said: We are glad of "
    "that. It is good news for SEND. {after} The fund for SEND opens in January 2027."
)


def test_who_is_named_after_a_quotation_does_not_speak_any_more() -> None:
    told = drafted(
        PRESS.format(after="Jo Marsh has also asked Ofsted to inspect SEND support."), "press_release"
    )
    assert "Jo Marsh has also asked Ofsted to inspect SEND support." in told
    told = drafted(PRESS.format(after="Schools must also ask Ofsted to inspect SEND."), "press_release")
    assert "Ofsted" not in told


def test_a_sentence_that_leans_is_not_set_after_another_than_its_own() -> None:
    text = PRESS.format(after="Parents want training for teachers. We know.")
    told = drafted(f"{text} These plans for SEND start in May 2027.", "press_release")
    assert "£9 million for pupils with SEND.\nThese plans" not in told


def test_a_headline_says_what_the_guidance_tells_its_readers_to_do() -> None:
    title = "Teach pupils with special educational needs and disabilities (SEND)"
    told = drafted("Schools help pupils who have EHC plans.", "guidance", title)
    assert told.startswith("Department for Education publishes guidance on how to teach pupils with SEND\n")
