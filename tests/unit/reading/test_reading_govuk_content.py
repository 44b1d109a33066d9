"""What the reader makes of GOV.UK content items, state by state and kind by kind."""

import json
import re
from datetime import UTC, datetime

import pytest
from reading_samples import ROOT, attachment, content_item, shared_folder

from crawler.reading.govuk_content import ContentPage, read_content
from pipeline.model.blocks import BlockKind
from pipeline.model.documents import DocumentState, Person
from pipeline.model.errors import UnexpectedShape

URL = f"{ROOT}/government/publications/northshire-letter"


def read(**changes: object) -> ContentPage:
    return read_content(content_item(**changes), url=URL)


def texts(page: ContentPage) -> list[str]:
    return [block.text for block in page.blocks]


def scenario(name: str) -> ContentPage:
    folder = shared_folder() / "sources/examples/constructed/govuk-content-scenario"
    return read_content((folder / name).read_bytes(), url=ROOT)


def test_a_live_letter_gives_its_facts_text_and_dates_in_utc() -> None:
    page = read(public_updated_at="2026-07-01T10:00:00+01:00")
    assert page.record.url == URL
    assert page.record.state is DocumentState.LIVE
    assert page.record.public_updated == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert page.record.system_updated == datetime(2026, 11, 20, 9, 31, 7, 412000, tzinfo=UTC)
    assert texts(page) == ["The letter is below."]


def test_a_withdrawn_letter_says_when_and_why() -> None:
    notice = {
        "explanation": "<p>Replaced by <a href='/x'>new guidance</a>.</p>",
        "withdrawn_at": "2026-11-25T09:00:00Z",
    }
    record = read(withdrawn_notice=notice).record
    assert record.state is DocumentState.WITHDRAWN
    assert record.state_note == "Replaced by new guidance."
    assert ("withdrawn_at", "2026-11-25T09:00:00+00:00") in record.facts


@pytest.mark.parametrize("notice", [None, {}])
def test_an_empty_withdrawal_notice_means_live(notice: object) -> None:
    assert read(withdrawn_notice=notice).record.state is DocumentState.LIVE


def test_a_removed_page_keeps_the_reason_and_the_way_on() -> None:
    page = read(
        schema_name="gone",
        document_type="gone",
        title=None,
        content_id=None,
        details={"explanation": "<p>Published in error.</p>", "alternative_path": "/government/other"},
    )
    assert page.record.state is DocumentState.GONE
    assert (page.record.state_note, page.record.moved_to) == (
        "Published in error.",
        f"{ROOT}/government/other",
    )
    assert page.record.content_id == ""
    assert page.blocks == ()


def moved(rules: list[dict[str, str]], url: str = URL) -> str:
    body = content_item(schema_name="redirect", document_type="redirect", title=None, redirects=rules)
    return read_content(body, url=url).record.moved_to


def test_a_moved_page_says_where_to_with_query_and_fragment() -> None:
    rule = {
        "path": "/government/publications/northshire-letter",
        "type": "exact",
        "destination": "/new?a=1#top",
    }
    assert moved([rule]) == f"{ROOT}/new?a=1#top"


def test_a_prefix_redirect_keeps_the_rest_of_the_path_before_the_query() -> None:
    rule = {
        "path": "/government/publications",
        "type": "prefix",
        "destination": "/new/home?a=1",
        "segments_mode": "preserve",
    }
    assert moved([rule]) == f"{ROOT}/new/home/northshire-letter?a=1"
    assert moved([rule | {"segments_mode": "ignore"}]) == f"{ROOT}/new/home?a=1"


def test_an_exact_redirect_wins_over_a_prefix_and_a_longer_prefix_over_a_shorter() -> None:
    short = {"path": "/government", "type": "prefix", "destination": "/short"}
    longer = {"path": "/government/publications", "type": "prefix", "destination": "/longer"}
    exact = {"path": "/government/publications/northshire-letter", "type": "exact", "destination": "/exact"}
    assert moved([short, longer]) == f"{ROOT}/longer/northshire-letter"
    assert moved([short, exact, longer]) == f"{ROOT}/exact"


def test_a_redirect_to_another_site_stays_absolute() -> None:
    rule = {
        "path": "/government/publications/northshire-letter",
        "type": "exact",
        "destination": "https://example.org/a",
    }
    assert moved([rule]) == "https://example.org/a"


def test_a_redirect_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(UnexpectedShape, match="leads nowhere"):
        moved([])
    with pytest.raises(UnexpectedShape, match="leads nowhere"):
        moved([{"path": "/x", "type": "exact", "destination": "javascript:alert(1)"}])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not JSON"),
        (b"<html>429</html>", "not JSON"),
        (b"[1]", "not an object"),
        (b"{}", "no base_path"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (content_item(title=None), "no title"),
        (content_item(title=7), "title that is not text"),
        (content_item(base_path="no-slash"), "no base_path"),
        (content_item(public_updated_at="yesterday"), "not a date"),
        (content_item(withdrawn_notice=[1]), "withdrawn_notice"),
        (content_item(details={"change_history": "none"}), "change_history"),
        (content_item(details={"change_history": [{"note": "x"}]}), "without a date"),
    ],
)
def test_an_answer_of_another_shape_is_refused_in_plain_words(body: bytes, words: str) -> None:
    with pytest.raises(UnexpectedShape, match=words):
        read_content(body, url=URL)


def test_change_notes_come_newest_first_in_utc() -> None:
    history = [
        {"public_timestamp": "2026-07-01T10:00:00+01:00", "note": "First published."},
        {"public_timestamp": "2026-11-01T10:00:00Z", "note": "Deadline  moved."},
    ]
    notes = read(details={"change_history": history}).record.change_notes
    assert [note.note for note in notes] == ["Deadline moved.", "First published."]
    assert notes[1].when == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def test_a_manuals_notes_name_the_section() -> None:
    note = {"title": "Admissions", "change_note": "New section.", "published_at": "2026-01-01T00:00:00Z"}
    assert read(details={"change_notes": [note]}).record.change_notes[0].note == "Admissions: New section."


def test_publishers_people_topics_and_link_identities_are_read() -> None:
    links = {
        "primary_publishing_organisation": [{"title": "Ministry B", "content_id": "o2"}],
        "organisations": [
            {"title": "Ministry A", "content_id": "o1"},
            {"title": "Ministry B", "content_id": "o2"},
        ],
        "people": [{"title": "Ada Example", "content_id": "p1"}],
        "roles": [{"title": "Minister for Examples", "content_id": "r1"}],
        "taxons": [{"title": "Schools", "content_id": "t1"}],
        "available_translations": [{"title": "x", "content_id": "zz"}],
    }
    record = read(links=links).record
    assert record.publishers == ("Ministry B", "Ministry A")
    assert record.people == (Person("Ada Example", "Minister for Examples"),)
    assert record.taxons == ("Schools",)
    assert record.links == ("organisations:o1", "organisations:o2", "people:p1", "roles:r1", "taxons:t1")


def test_two_people_and_two_roles_are_never_paired_on_a_guess() -> None:
    links = {"people": [{"title": "Ada"}, {"title": "Ben"}], "roles": [{"title": "One"}, {"title": "Two"}]}
    assert read(links=links).record.people == (Person("Ada"), Person("Ben"))


def test_a_role_is_taken_from_a_current_appointment() -> None:
    def appointment(current: bool, name: str) -> dict[str, object]:
        return {"details": {"current": current}, "links": {"person": [{"title": name}]}}

    role = {
        "title": "Minister",
        "links": {"role_appointments": [appointment(False, "Ben"), appointment(True, "Ada")]},
    }
    record = read(
        links={"ordered_ministers": [{"title": "Ada"}, {"title": "Cy"}], "ordered_roles": [role]}
    ).record
    assert record.people == (Person("Ada", "Minister"), Person("Cy"))


def test_a_speaker_without_a_profile_is_a_person() -> None:
    assert read(details={"speaker_without_profile": "A. Nonymous"}).record.people == (Person("A. Nonymous"),)


def test_a_consultation_gives_its_dates_and_its_outcome() -> None:
    page = read(
        schema_name="consultation",
        document_type="consultation_outcome",
        details={
            "opening_date": "2026-06-01T09:00:00.000+01:00",
            "closing_date": "2026-09-01T23:45:00+01:00",
            "final_outcome_detail": "<p>We will go ahead.</p>",
            "public_feedback_detail": "<p>Most agreed.</p>",
            "held_on_another_website_url": "https://consult.example.org/a",
            "ways_to_respond": {"email": "a@example.org"},
            "national_applicability": {
                "england": {"label": "England", "applicable": True},
                "wales": {"label": "Wales", "applicable": False, "alternative_url": "https://gov.wales"},
            },
        },
    )
    assert texts(page) == [
        "Detail of outcome",
        "We will go ahead.",
        "Detail of feedback received",
        "Most agreed.",
        "The letter is below.",
    ]
    assert page.record.facts == (
        ("closing_date", "2026-09-01T22:45:00+00:00"),
        ("held_on_another_website_url", "https://consult.example.org/a"),
        ("national_applicability", "England"),
        ("national_applicability.wales.alternative_url", "https://gov.wales"),
        ("opening_date", "2026-06-01T08:00:00+00:00"),
        ("ways_to_respond.email", "a@example.org"),
    )


def test_facts_hold_nothing_that_moves_without_the_page() -> None:
    noise = {
        "government": {"title": "A government", "current": True},
        "political": False,
        "tags": {"browse_pages": []},
        "first_public_at": "2026-01-01T00:00:00Z",
        "emphasised_organisations": ["x"],
        "image": {"url": "https://example.org/i.png"},
    }
    assert read(details=noise).record.facts == ()


def test_a_guide_gives_every_part_with_an_anchor() -> None:
    parts = [{"title": "Overview", "slug": "overview", "body": "<p>One.</p><h2 id='b'>B</h2><p>Two.</p>"}]
    page = read(schema_name="guide", document_type="guide", details={"body": None, "parts": parts})
    assert [(block.text, block.anchor) for block in page.blocks] == [
        ("Overview", "#overview"),
        ("One.", "#overview"),
        ("B", "#b"),
        ("Two.", "#b"),
    ]


def test_a_collection_gives_groups_with_the_titles_of_their_documents() -> None:
    page = read(
        schema_name="document_collection",
        details={
            "collection_groups": [{"title": "Letters", "body": "<p>All.</p>", "documents": ["d1", "d9"]}]
        },
        links={"documents": [{"content_id": "d1", "title": "A letter"}]},
    )
    assert texts(page) == ["The letter is below.", "Letters", "All.", "A letter"]
    assert page.blocks[-1].kind is BlockKind.LIST_ITEM


def test_a_manual_gives_its_sections() -> None:
    groups = [{"title": "Contents", "child_sections": [{"title": "One", "description": "About one."}]}]
    assert texts(read(details={"child_section_groups": groups}))[1:] == ["Contents", "One: About one."]


def test_a_cancelled_statistics_announcement_is_told_by_its_facts() -> None:
    details = {
        "state": "cancelled",
        "display_date": "20 January 2027 9:30am",
        "cancellation_reason": "No data.",
    }
    assert dict(read(schema_name="statistics_announcement", details=details).record.facts) == details


def test_a_kind_of_page_that_nobody_knows_is_read_and_not_dropped() -> None:
    details = {
        "body": None,
        "lead_text": "<p>New kind.</p>",
        "sections": [{"content": "<p>More.</p>"}],
        "code": "X1",
    }
    page = read(schema_name="standard_edition", document_type="ministerial_note", details=details)
    assert texts(page) == ["New kind.", "More."]
    assert page.record.document_type == "ministerial_note"
    assert page.record.facts == (("code", "X1"),)


def test_a_body_of_several_formats_is_read_from_its_html_and_markdown_where_it_is_alone() -> None:
    both = [
        {"content_type": "text/govspeak", "content": "## Not this"},
        {"content_type": "text/html", "content": "<p>This.</p>"},
    ]
    alone = [{"content_type": "text/govspeak", "content": "## Head\n\nSee [the letter](/a).\n\n* one\n* two"}]
    assert texts(read(details={"body": both})) == ["This."]
    page = read(details={"body": alone})
    assert [(b.kind.value, b.text) for b in page.blocks] == [
        ("heading", "Head"),
        ("paragraph", "See the letter."),
        ("list_item", "one"),
        ("list_item", "two"),
    ]


def test_html_children_come_once_from_attachments_and_links() -> None:
    base = "/government/publications/northshire-letter"
    page = read(
        details={
            "attachments": [{"attachment_type": "html", "title": "The letter", "url": f"{base}/letter"}]
        },
        links={
            "children": [
                {"base_path": f"{base}/letter", "title": "The letter", "document_type": "html_publication"},
                {"base_path": f"{base}/annex", "title": "Annex", "document_type": "html_publication"},
                {"base_path": "/elsewhere", "title": "No child", "document_type": "guide"},
            ]
        },
    )
    assert [(child.key, child.title) for child in page.children] == [
        (f"{base}/letter", "The letter"),
        (f"{base}/annex", "Annex"),
    ]


def keys(*attachments: dict[str, object]) -> list[str]:
    return [file.key for file in read(details={"attachments": list(attachments)}).files]


def test_a_replaced_file_keeps_its_key() -> None:
    before = keys(attachment("Letter (PDF)", "letter.pdf"))
    after = keys(
        attachment(
            "Letter (PDF)",
            "letter_v2.pdf",
            id="99",
            url="https://assets.publishing.service.gov.uk/media/b/letter_v2.pdf",
        )
    )
    assert before == after == ["Letter (PDF)"]


def test_files_of_one_title_get_keys_of_their_own_and_the_first_keeps_the_title() -> None:
    one, two = attachment("Letter", "a.pdf"), attachment("Letter", "a.odt")
    three = attachment("Letter", "b.odt")
    assert keys(one) == ["Letter"]
    assert keys(one, two, three) == ["Letter", "Letter [odt]", "Letter [odt] 2"]


def test_a_file_without_a_title_has_its_position_as_key() -> None:
    assert keys(attachment("A", "a.pdf"), attachment("", "b.pdf")) == ["A", "file 2"]


def test_a_file_that_only_the_text_links_to_is_a_file_too() -> None:
    link = "https://assets.publishing.service.gov.uk/media/673d0000aaaaaaaaaaaaaaaa/annex_a.docx"
    picture = "https://assets.publishing.service.gov.uk/media/673d0000aaaaaaaaaaaaaaaa/photo.jpg"
    body = f"<p><a href='{link}'>Annex  A</a> <a href='{picture}'>a photo</a> <a href='/x'>page</a></p>"
    (file,) = read(details={"body": body}).files
    assert (file.key, file.url, file.filename) == ("Annex A", link, "annex_a.docx")
    attached = attachment("Annex", "annex_a.docx", url=link)
    assert len(read(details={"body": body, "attachments": [attached]}).files) == 1


def test_an_attachment_on_another_site_is_a_fact_and_not_a_file() -> None:
    link = {"attachment_type": "external", "title": "Survey", "url": "https://example.org/s"}
    page = read(details={"attachments": [link]})
    assert page.files == ()
    assert page.record.facts == (("external attachment: Survey", "https://example.org/s"),)


def test_a_file_with_a_link_that_is_no_web_address_is_left_out() -> None:
    assert (
        keys(attachment("A", "a.pdf", url="javascript:alert(1)"), attachment("B", "b.pdf", url="http://[bad"))
        == []
    )


def test_a_file_on_the_draft_host_is_marked() -> None:
    draft = attachment("A", "a.pdf", url="https://draft-assets.publishing.service.gov.uk/media/1/a.pdf")
    assert read(details={"attachments": [draft]}).files[0].draft is True
    assert read(details={"attachments": [attachment("A", "a.pdf")]}).files[0].draft is None


def test_half_a_surrogate_pair_does_not_poison_the_record() -> None:
    page = read_content(content_item(title="Le\ud800tter\x00"), url=URL)
    assert page.record.title.encode("utf-8") == "Le\ufffdtter".encode()


def test_hostile_nesting_in_details_is_read_to_a_depth_and_no_further() -> None:
    deep: object = "x"
    for _ in range(400):
        deep = {"a": deep}
    assert read(details={"odd": deep}).record.facts == ()


# The scenario of the shared folder: one letter through ten states.


def test_the_ten_states_of_one_letter_are_told_apart() -> None:
    first = scenario("01_first_published.json")
    again = scenario("02_updated_at_only.json")
    assert first.record.system_updated != again.record.system_updated
    assert (first.blocks, first.files, first.children) == (again.blocks, again.files, again.children)

    child, corrected = scenario("01_first_published.child.json"), scenario("03_silent_child_text.child.json")
    assert texts(child) != texts(corrected)
    assert child.record.public_updated == corrected.record.public_updated

    replaced = scenario("04_silent_file_replaced.json")
    assert replaced.record.public_updated == first.record.public_updated
    assert [file.key for file in replaced.files] == [file.key for file in first.files]
    assert [file.url for file in replaced.files] != [file.url for file in first.files]

    major = scenario("05_major_update.json")
    assert len(major.record.change_notes) == len(replaced.record.change_notes) + 1
    back = scenario("06_note_deleted_public_date_back.json")
    assert back.record.public_updated is not None
    assert major.record.public_updated is not None
    assert back.record.public_updated < major.record.public_updated
    assert back.record.links == major.record.links

    assert scenario("07_withdrawn.json").record.state is DocumentState.WITHDRAWN
    assert scenario("08_redirect.json").record.moved_to.endswith("/example-send-new-guidance")
    explained, plain = (
        scenario("09_gone_with_explanation.http200.json"),
        scenario("10_gone_plain.http410.json"),
    )
    assert explained.record.state is plain.record.state is DocumentState.GONE
    assert explained.record.state_note
    assert not plain.record.state_note


def test_every_shared_content_item_is_read_and_no_body_is_lost() -> None:
    folder = shared_folder() / "sources/examples/govuk-content"
    paths = sorted(folder.rglob("*.json"))
    assert len(paths) > 140
    silent = []
    for path in paths:
        page = read_content(path.read_bytes(), url=ROOT)
        details = json.loads(path.read_bytes()).get("details", {})
        body = details.get("body") or details.get("parts") or details.get("collection_groups")
        if re.sub(r"<[^>]*>|\\n|[\W_]", "", str(body or "")) and not page.blocks:
            silent.append(path.name)
        assert len({file.key for file in page.files}) == len(page.files), path.name
        for block in page.blocks:
            assert "<p>" not in block.text, path.name
    assert silent == []


def test_other_shared_payloads_are_refused_as_content_items() -> None:
    folder = shared_folder() / "sources/examples/constructed"
    others = [path for path in folder.rglob("*.json") if "scenario" not in str(path)]
    assert others
    for path in others:
        with pytest.raises(UnexpectedShape):
            read_content(path.read_bytes(), url=ROOT)
