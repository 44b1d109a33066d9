"""The replayed assets host answers as the contract's section 4 says."""

from collections.abc import Iterator

import pytest

from sendwatch.demo.items import ASSETS, file_attachment
from sendwatch.demo.shelf import Asset, media_path
from tests.support.publisher_client import LATER, LETTER, NOON, Served, a_letter, a_shelf, served

OLD = media_path("letter.pdf")
NEW = media_path("letter_v2.pdf", 2)


@pytest.fixture
def there() -> Iterator[Served]:
    file = file_attachment("Letter", ASSETS + OLD, b"%PDF old", content_type="application/pdf", pages=2)
    shelf = a_shelf(a_letter(attachments=[file]))
    shelf.add_asset(Asset(OLD, b"%PDF old", modified=NOON, page=LETTER))
    with served(shelf) as running:
        yield running


def test_a_file_comes_with_its_validators(there: Served) -> None:
    told = there.assets.ask(OLD)
    assert (told.status, told.body) == (200, b"%PDF old")
    assert told.headers["etag"] == f'"{int(NOON.timestamp()):x}-8"'
    assert told.headers["last-modified"] == "Fri, 20 Nov 2026 12:00:00 GMT"
    assert told.headers["content-disposition"] == 'inline; filename="letter.pdf"'
    assert told.headers["link"] == f'<https://www.gov.uk{LETTER}>; rel="up"'


def test_an_unchanged_file_answers_304_to_either_validator(there: Served) -> None:
    told = there.assets.ask(OLD)
    assert there.assets.ask(OLD, If_None_Match=told.headers["etag"]).status == 304
    assert there.assets.ask(OLD, If_Modified_Since=told.headers["last-modified"]).status == 304
    assert there.assets.ask(OLD, If_Modified_Since="Thu, 19 Nov 2026 12:00:00 GMT").status == 200
    assert there.assets.ask(OLD, If_Modified_Since="rubbish").status == 200
    assert (
        there.assets.ask(
            OLD, If_None_Match='"other"', If_Modified_Since="Sat, 21 Nov 2026 12:00:00 GMT"
        ).status
        == 200
    )


def test_a_head_request_gets_the_headers_alone(there: Served) -> None:
    told = there.assets.ask(OLD, method="HEAD")
    assert (told.status, told.body, told.headers["content-length"]) == (200, b"", "8")
    assert there.assets.ask(OLD).body == b"%PDF old"


def test_a_replaced_file_has_a_new_address_to_which_the_old_one_leads(there: Served) -> None:
    there.shelf.replace_asset(LETTER, OLD, Asset(NEW, b"%PDF newer", modified=LATER), at=LATER, pages=3)
    told = there.assets.ask(OLD)
    assert told.status == 301
    assert told.headers["location"] == there.publisher.assets_url.removeprefix("http:") + NEW
    item = there.govuk.ask(f"/api/content{LETTER}").json
    (entry,) = item["details"]["attachments"]
    assert entry["url"] == there.publisher.assets_url + NEW
    assert (entry["file_size"], entry["number_of_pages"], entry["filename"]) == (10, 3, "letter_v2.pdf")
    assert item["public_updated_at"] == "2026-11-20T12:00:00Z"
    assert there.assets.ask(NEW).body == b"%PDF newer"


def test_a_file_can_be_overwritten_at_the_same_address(there: Served) -> None:
    tag = there.assets.ask(OLD).headers["etag"]
    there.shelf.overwrite_asset(OLD, b"%PDF two", at=LATER)
    told = there.assets.ask(OLD, If_None_Match=tag)
    assert (told.status, told.body) == (200, b"%PDF two")


def test_equal_bytes_uploaded_again_have_another_etag(there: Served) -> None:
    tag = there.assets.ask(OLD).headers["etag"]
    there.shelf.overwrite_asset(OLD, b"%PDF old", at=LATER)
    assert there.assets.ask(OLD).headers["etag"] != tag


@pytest.mark.parametrize(
    ("state", "status", "location"),
    [
        ("draft", 302, "https://draft-assets.publishing.service.gov.uk/media/x/a.pdf"),
        ("placeholder", 302, "/government/placeholder"),
        ("renamed", 302, "/media/x/b.pdf"),
        ("deleted", 410, None),
        ("forbidden", 403, None),
    ],
)
def test_what_stands_in_a_files_place(there: Served, state: str, status: int, location: str | None) -> None:
    there.shelf.add_asset(Asset("/media/x/a.pdf", state=state, to="/media/x/b.pdf"))
    told = there.assets.ask("/media/x/a.pdf")
    assert (told.status, told.headers.get("location")) == (status, location)


def test_an_unknown_file_is_404_in_json(there: Served) -> None:
    told = there.assets.ask("/media/none/none.pdf")
    assert (told.status, told.json) == (404, {"_response_info": {"status": "not found"}})
