"""The replayed Content API answers as the contract's section 2 says."""

from collections.abc import Iterator

import pytest

from sendwatch.demo.items import ASSETS, file_attachment, html_attachment, html_child
from tests.support.publisher_client import LATER, LETTER, NOON, Served, Told, a_letter, a_shelf, served

FILE = "/media/aaaaaaaaaaaaaaaaaaaaaaaa/letter.pdf"


@pytest.fixture
def there() -> Iterator[Served]:
    body = f'<p>See <a href="{ASSETS}{FILE}">the letter</a></p>'
    file = file_attachment("Letter", ASSETS + FILE, b"%PDF", content_type="application/pdf")
    guide = a_letter(path="/guide", schema_name="guide", document_type="guide")
    guide["details"]["parts"] = [{"slug": "part-2", "title": "Part 2", "body": "<p>Two</p>"}]
    html = html_attachment(LETTER, "full", "Full text")
    letter = a_letter(body=body, attachments=[file, html])
    shelf = a_shelf(guide)
    shelf.publish(letter, html_child(letter, "full", "Full text", "<p>Local authorities should act.</p>"))
    with served(shelf) as running:
        yield running


def content(there: Served, path: str = LETTER, **headers: str) -> Told:
    return there.govuk.ask(f"/api/content{path}", **headers)


def test_a_live_page_is_answered_with_a_weak_etag(there: Served) -> None:
    told = content(there)
    assert told.status == 200
    assert told.json["title"] == "A letter about SEND"
    assert told.headers["etag"].startswith('W/"')
    assert told.headers["cache-control"] == "max-age=300, public"


def test_an_unchanged_page_answers_304_without_a_body_until_it_is_written(there: Served) -> None:
    tag = content(there).headers["etag"]
    again = content(there, If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")
    there.shelf.touch(LETTER, at=LATER)
    assert content(there, If_None_Match=tag).status == 200


def test_below_a_multi_part_page_lies_a_303_to_the_whole(there: Served) -> None:
    told = content(there, "/guide/part-2")
    assert (told.status, told.headers["location"]) == (303, "/api/content/guide")
    assert content(there, "/guide/part-9").status == 404


def test_a_plain_removal_is_410_with_a_body(there: Served) -> None:
    there.shelf.remove(LETTER, at=LATER)
    told = content(there)
    assert (told.status, told.json["schema_name"]) == (410, "gone")


def test_an_explained_removal_is_200(there: Served) -> None:
    there.shelf.remove(LETTER, "Published in error.", at=LATER)
    told = content(there)
    assert (told.status, told.json["document_type"]) == (200, "gone")
    assert "Published in error." in told.json["details"]["explanation"]


def test_a_moved_page_is_200_with_its_redirect(there: Served) -> None:
    there.shelf.move(LETTER, "/government/publications/new-place", at=LATER)
    told = content(there)
    assert (told.status, told.json["schema_name"]) == (200, "redirect")
    assert told.json["redirects"][0]["destination"] == "/government/publications/new-place"
    assert content(there, "/government/publications/new-place").json["title"] == "A letter about SEND"


def test_a_withdrawn_page_keeps_its_body_under_a_notice(there: Served) -> None:
    there.shelf.withdraw(LETTER, "Out of date.", at=LATER)
    told = content(there).json
    assert told["withdrawn_notice"]["withdrawn_at"] == "2026-11-21T12:00:00Z"
    assert "the letter" in told["details"]["body"]
    assert told["public_updated_at"] == "2026-11-20T12:00:00Z"


def test_a_page_that_vanished_is_404_with_an_empty_body(there: Served) -> None:
    there.shelf.vanish(LETTER)
    told = content(there)
    assert (told.status, told.body) == (404, b"")


def test_a_major_edit_moves_the_public_date_and_adds_its_note(there: Served) -> None:
    there.shelf.edit(LETTER, at=LATER, note="Deadline changed.", body="<p>New</p>")
    told = content(there).json
    assert told["public_updated_at"] == told["updated_at"] == "2026-11-21T12:00:00Z"
    assert [one["note"] for one in told["details"]["change_history"]] == [
        "Deadline changed.",
        "First published.",
    ]
    assert content(there, f"{LETTER}/full").json["public_updated_at"] == "2026-11-21T12:00:00Z"


def test_a_quiet_edit_of_a_child_moves_no_public_date(there: Served) -> None:
    there.shelf.edit(f"{LETTER}/full", at=LATER, replacing=[("should", "must")])
    child, parent = content(there, f"{LETTER}/full").json, content(there).json
    assert "must act" in child["details"]["body"]
    assert parent["updated_at"] == "2026-11-21T12:00:00Z"
    assert parent["public_updated_at"] == child["public_updated_at"] == "2026-11-20T12:00:00Z"


def test_an_edit_of_words_that_are_not_there_is_a_mistake_in_the_story(there: Served) -> None:
    with pytest.raises(ValueError, match="does not say"):
        there.shelf.edit(LETTER, at=LATER, replacing=[("unicorns", "horses")])


def test_attachments_lie_on_the_running_server_and_editors_words_stay_as_written(there: Served) -> None:
    told = content(there).json
    assert told["details"]["attachments"][0]["url"] == there.publisher.assets_url + FILE
    assert told["details"]["attachments"][1]["url"] == f"{LETTER}/full"
    assert f'href="{ASSETS}{FILE}"' in told["details"]["body"]
    taxon = told["links"]["taxons"][0]
    assert taxon["api_url"].startswith(f"{there.publisher.govuk_url}/api/content/education/")


def test_what_is_published_is_a_copy_that_later_changes_do_not_reach() -> None:
    letter = a_letter()
    with served(a_shelf(letter)) as there:
        letter["title"] = "Changed behind the publisher's back"
        assert content(there).json["title"] == "A letter about SEND"


def test_people_can_read_the_pages_too(there: Served) -> None:
    assert "<h1>A letter about SEND</h1>" in there.govuk.ask(LETTER).text
    assert there.govuk.ask("/no/such/page").status == 404
    there.shelf.move(LETTER, "/new", at=LATER)
    told = there.govuk.ask(LETTER)
    assert (told.status, told.headers["location"]) == (301, "/new")
    there.shelf.remove("/new", "Published in error.", at=LATER)
    assert there.govuk.ask("/new").status == 410


def test_a_hostile_title_is_escaped_for_people() -> None:
    with served(a_shelf(a_letter(title="<script>alert(1)</script>", at=NOON))) as there:
        assert "<script>" not in there.govuk.ask(LETTER).text


def test_robots_are_told_what_the_live_site_tells_them(there: Served) -> None:
    assert "Disallow: /search/all*" in there.govuk.ask("/robots.txt").text
    assert there.assets.ask("/robots.txt").status == 200
    assert "/wp-admin/" in there.blog.ask("/robots.txt").text
