"""The replayed search answers as the contract's section 1 says."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sendwatch.demo.items import EDUCATION_LINK, file_attachment, html_attachment, html_child
from sendwatch.demo.shelf import DateFilter
from tests.support.publisher_client import (
    EDUCATION_ID,
    LATER,
    LETTER,
    NOON,
    OFSTED,
    SEND_ID,
    Served,
    a_letter,
    a_shelf,
    served,
)

REPORT = "/government/publications/report"
POLICY = "/government/publications/policy"
EVERYTHING = ("count", "1500")


@pytest.fixture
def there() -> Iterator[Served]:
    report = a_letter(
        path=REPORT,
        title="Inspection report",
        document_type="research",
        at=NOON - timedelta(days=3),
        organisations=(OFSTED,),
        body="<p>Special educational needs and alternative provision</p>",
    )
    policy = a_letter(
        path=POLICY, title="Apprenticeships", document_type="policy_paper", at=LATER, topics=(EDUCATION_LINK,)
    )
    with served(a_shelf(a_letter(), report, policy)) as running:
        yield running


def test_a_topic_finds_its_own_pages_and_those_of_topics_below_it(there: Served) -> None:
    topic = "filter_all_part_of_taxonomy_tree"
    assert set(there.govuk.links((topic, SEND_ID))) == {LETTER, REPORT}
    assert set(there.govuk.links((topic, EDUCATION_ID))) == {LETTER, REPORT, POLICY}
    assert there.govuk.links((topic, SEND_ID), (topic, "no-such-topic")) == []


def test_filters_of_different_fields_are_anded_and_values_of_one_are_ored(there: Served) -> None:
    assert there.govuk.links(("filter_organisations", "ofsted")) == [REPORT]
    both = [("filter_organisations", "ofsted"), ("filter_organisations[]", "department-for-education")]
    assert len(there.govuk.links(*both)) == 3
    assert there.govuk.links(*both, ("filter_content_store_document_type", "policy_paper")) == [POLICY]
    assert there.govuk.links(("reject_organisations", "department-for-education")) == [REPORT]


def test_filter_values_are_not_split_at_commas(there: Served) -> None:
    assert there.govuk.links(("filter_organisations", "ofsted,department-for-education")) == []


def test_the_date_of_the_last_write_is_filtered_inclusively(there: Served) -> None:
    at_noon = there.govuk.links(("filter_updated_at", "from:2026-11-20T12:00:00Z"), ("order", "title"))
    assert at_noon == [LETTER, POLICY]
    assert there.govuk.links(("filter_updated_at", "from:2026-11-20T12:00:01Z")) == [POLICY]
    assert there.govuk.links(("filter_public_timestamp", "from:2026-11-17,to:2026-11-17")) == [REPORT]


@pytest.mark.parametrize("bad", ["2026-11-20", "from:yesterday", "since:2026-11-20", "from:"])
def test_a_bad_date_is_refused(there: Served, bad: str) -> None:
    told = there.govuk.search(("filter_updated_at", bad))
    assert told.status == 422
    assert "updated_at" in told.json["error"]


def test_results_come_in_the_order_asked_for_and_pages_do_not_overlap(there: Served) -> None:
    newest = there.govuk.links(("order", "-public_timestamp"))
    assert newest == [POLICY, LETTER, REPORT]
    assert there.govuk.links(("order", "public_timestamp")) == newest[::-1]
    order = ("order", "-public_timestamp")
    pages = [there.govuk.links(order, ("count", "2"), ("start", start)) for start in ("0", "2", "4")]
    assert pages == [newest[:2], newest[2:], []]


def test_ties_go_by_content_id() -> None:
    same = [a_letter(path=f"/government/publications/{n}", content_id=f"{9 - n}" * 8) for n in range(5)]
    with served(a_shelf(*same)) as there:
        found = there.govuk.links(("order", "-public_timestamp"))
    assert found == [item["base_path"] for item in reversed(same)]


def test_only_the_fields_asked_for_are_given_beside_those_that_always_come(there: Served) -> None:
    told = there.govuk.search(("fields", "link,updated_at"), ("fields", "title"), ("filter_link", LETTER))
    always = {"index", "es_score", "_id", "elasticsearch_type", "document_type"}
    assert set(told.json["results"][0]) == {"link", "updated_at", "title"} | always
    assert told.json["results"][0]["document_type"] == "edition"
    assert told.json["results"][0]["updated_at"] == "2026-11-20T12:00:00.000+00:00"


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("page", "2"), "Unexpected parameters: page"),
        (("count", "1501"), "Maximum result set size (as specified in 'count') is 1500"),
        (("count", "many"), "many"),
        (("start", "900001"), "900000"),
        (("order", "updated_at"), "updated_at"),
        (("fields", "link,colour"), "colour"),
        (("filter_colour", "red"), "colour"),
        (("q", "x" * 513), "length"),
    ],
)
def test_what_the_contract_refuses_is_refused_with_its_reason(
    there: Served, pair: tuple[str, str], words: str
) -> None:
    told = there.govuk.search(pair)
    assert told.status == 422
    assert words in told.json["error"]


def test_a_count_of_nothing_gives_the_total_alone(there: Served) -> None:
    told = there.govuk.search(("count", "0"))
    assert (told.json["results"], told.json["total"]) == ([], 3)


def test_words_are_looked_for_in_title_and_body(there: Served) -> None:
    assert there.govuk.links(("q", "alternative provision")) == [REPORT]
    assert there.govuk.links(("q", "ALTERNATIVE unicorn")) == []


def test_withdrawn_pages_are_hidden_unless_asked_for(there: Served) -> None:
    there.shelf.withdraw(LETTER, "Out of date.", at=LATER)
    assert LETTER not in there.govuk.links(EVERYTHING)
    assert LETTER in there.govuk.links(EVERYTHING, ("debug", "include_withdrawn"))
    there.shelf.restore(LETTER, at=LATER)
    assert LETTER in there.govuk.links(EVERYTHING)


def test_removed_moved_and_vanished_pages_drop_out(there: Served) -> None:
    there.shelf.remove(LETTER, at=LATER)
    there.shelf.move(REPORT, "/government/publications/new-place", at=LATER)
    there.shelf.vanish(POLICY)
    assert there.govuk.links(EVERYTHING) == ["/government/publications/new-place"]


def test_a_moved_page_keeps_its_content_id(there: Served) -> None:
    before = there.govuk.search(("filter_link", LETTER)).json["results"][0]["content_id"]
    there.shelf.move(LETTER, "/government/publications/new-place", at=LATER)
    found = there.govuk.search(("filter_content_id", before)).json["results"]
    assert [result["link"] for result in found] == ["/government/publications/new-place"]


def test_html_children_are_never_indexed_but_their_edits_move_the_page() -> None:
    html = html_attachment(LETTER, "full", "Full text")
    parent = a_letter(attachments=[html])
    shelf = a_shelf()
    shelf.publish(parent, html_child(parent, "full", "Full text", "<p>one should</p>"))
    with served(shelf) as there:
        since = ("filter_updated_at", "from:2026-11-21")
        assert there.govuk.links() == [LETTER]
        assert there.govuk.links(since) == []
        shelf.edit(f"{LETTER}/full", at=LATER, replacing=[("should", "must")])
        assert there.govuk.links(since) == [LETTER]


def test_a_backdated_page_is_found_by_its_last_write_alone(there: Served) -> None:
    old = a_letter(path="/government/publications/old", at=NOON - timedelta(days=40), written=LATER)
    there.shelf.publish(old)
    assert "/government/publications/old" in there.govuk.links(("filter_updated_at", "from:2026-11-21"))
    assert there.govuk.links(("order", "-public_timestamp"))[-1] == "/government/publications/old"


def test_a_page_can_reach_the_index_hours_late(there: Served) -> None:
    there.shelf.publish(a_letter(), indexed=LATER + timedelta(hours=5))
    assert there.govuk.links(("filter_updated_at", "from:2026-11-21T16:00:00Z")) == [LETTER]


@pytest.mark.parametrize(("switch", "status"), [(DateFilter.REFUSED, 422), (DateFilter.IGNORED, 200)])
def test_the_filter_by_last_write_can_be_refused_or_ignored(
    there: Served, switch: DateFilter, status: int
) -> None:
    there.shelf.date_filter = switch
    told = there.govuk.search(("filter_updated_at", "from:2030-01-01"))
    assert told.status == status
    if status == 200:
        assert told.json["total"] == 3


def test_the_shapes_are_those_of_the_examples(shared: Path) -> None:
    folder = shared / "sources/examples/constructed/govuk-search"
    with served(a_shelf(a_letter(description="A letter."))) as there:
        ours = there.govuk.search(EVERYTHING).json
        refused = there.govuk.search(("page", "2")).json
        too_many = there.govuk.search(("count", "1501")).json
        nothing = there.govuk.search(("filter_link", "/none")).json
    theirs = json.loads((folder / "search_page.json").read_text())
    assert set(ours) == set(theirs)
    assert set(theirs["results"][0]) <= set(ours["results"][0])
    assert refused == json.loads((folder / "search_422_unknown_parameter.json").read_text())
    assert too_many == json.loads((folder / "search_422_bad_count.json").read_text())
    assert nothing == json.loads((folder / "search_empty.json").read_text())


def test_attachments_do_not_become_results_of_their_own() -> None:
    file = file_attachment(
        "A file", "https://assets.publishing.service.gov.uk/media/a/b.pdf", b"x", content_type="a"
    )
    with served(a_shelf(a_letter(attachments=[file]))) as there:
        assert there.govuk.links() == [LETTER]
