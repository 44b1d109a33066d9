"""The shelves that come ready: the demonstration's two days, the ten states, and many pages for measuring."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from sendwatch.demo import demo_documents as demo
from sendwatch.demo.bulk import FIRST, bulk_path, bulk_shelf, edit_bulk
from sendwatch.demo.plain_pdf import page_count, plain_pdf
from sendwatch.demo.publisher_process import PublisherProcess
from sendwatch.demo.scenario import STATES, put_state, scenario_shelf, state_name
from tests.support.publisher_client import SEND_ID, Client, served

EVERYTHING = ("count", "1500")
SEND = ("filter_all_part_of_taxonomy_tree", SEND_ID)
ROOT = Path(__file__).resolve().parents[3]
PATH = "/government/publications/example-send-ministerial-letter"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_day_one_holds_send_pages_a_page_that_only_says_send_and_posts() -> None:
    with served(demo.demo_day_one()) as there:
        tagged = there.govuk.links(SEND, EVERYTHING)
        assert len(tagged) == 11
        others = set(there.govuk.links(EVERYTHING)) - set(tagged)
        assert others == {"/guidance/send-us-your-school-census-return"}
        assert demo.LETTER not in tagged
        assert there.blog.ask("/feed/").text.count("<item>") == 2


def test_day_two_brings_the_letter_the_quiet_change_the_withdrawal_and_noise() -> None:
    shelf = demo.demo_day_one()
    before = {path: dict(item) for path, item in shelf.documents.items()}
    demo.demo_day_two(shelf)
    with served(shelf) as there:
        written = set(there.govuk.links(("filter_updated_at", "from:2026-11-24"), EVERYTHING))
        assert written == {demo.LETTER, demo.GUIDANCE, demo.NOT_SEND, *demo.RE_PRESENTED}
        assert demo.NOT_SEND not in there.govuk.links(SEND, EVERYTHING)
        assert there.govuk.ask(f"/api/content{demo.WITHDRAWN}").json["withdrawn_notice"]["explanation"]
        assert there.blog.ask(demo.POST).status == 200
    child = shelf.documents[demo.GUIDANCE_TEXT]["details"]["body"]
    assert "Local authorities must offer parent carers a meeting" in child
    assert "within 10 working days" in child
    assert shelf.documents[demo.GUIDANCE]["public_updated_at"] == before[demo.GUIDANCE]["public_updated_at"]
    for path in demo.RE_PRESENTED:
        assert shelf.documents[path] == {**before[path], "updated_at": "2026-11-24T10:30:00Z"}


def test_the_letter_is_four_pages_of_text_behind_its_page() -> None:
    shelf = demo.demo_day_one()
    demo.demo_day_two(shelf)
    with served(shelf) as there:
        item = there.govuk.ask(f"/api/content{demo.LETTER}").json
        (file,) = item["details"]["attachments"]
        told = there.assets.ask(file["url"].removeprefix(there.publisher.assets_url))
    document = pypdfium2.PdfDocument(told.body)
    assert len(document) == file["number_of_pages"] == 4
    assert document.get_metadata_dict()["Subject"] == demo.letter_mark().removesuffix(".")
    document.close()
    words = " ".join(text_of(told.body).split())
    assert "within 20 weeks of the request" in words
    assert "£62 million" in words
    assert "Helen Marsh MP Minister for School Standards" in words


def test_every_document_of_the_demonstration_says_that_it_is_invented() -> None:
    folder = ROOT / "sendwatch" / "demo" / "documents"
    files = [*folder.rglob("*.html")]
    assert len(files) >= 15
    assert all(file.read_text(encoding="utf-8").startswith(f"<!--\n{demo.letter_mark()}") for file in files)
    assert "Not a government document" in text_of(demo.letter_pdf())
    shelf = demo.demo_day_one()
    demo.demo_day_two(shelf)
    assert "<!--" not in str(shelf.documents)


def test_the_committed_letter_is_what_its_text_gives() -> None:
    script = ROOT / "scripts" / "make_demo_documents.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_letter_keeps_every_paragraph_of_its_text() -> None:
    written = (ROOT / "sendwatch/demo/documents/ministerial-letter.txt").read_text(encoding="utf-8")
    laid_out = re.sub(
        r"Invented for the sendwatch demonstration\. Not a government document\.|Page \d",
        "",
        text_of(demo.letter_pdf()),
    )
    flat = "".join(laid_out.split())
    for line in filter(None, written.split("\n")):
        assert "".join(line.lstrip("#* ").split()) in flat, line


def test_the_ten_states_follow_one_another(shared: Path) -> None:
    folder = shared / "sources/examples/constructed/govuk-content-scenario"
    with served(scenario_shelf(folder)) as there:
        told = []
        for state in range(1, STATES + 1):
            put_state(there.shelf, folder, state)
            answer = there.govuk.ask(f"/api/content{PATH}")
            listed = PATH in there.govuk.links(SEND, EVERYTHING)
            told.append((answer.status, answer.json["schema_name"], listed))
        assert told == [
            *[(200, "publication", True)] * 6,
            (200, "publication", False),
            (200, "redirect", False),
            (200, "gone", False),
            (410, "gone", False),
        ]
    assert state_name(folder, 4) == "silent file replaced"
    with pytest.raises(FileNotFoundError):
        put_state(there.shelf, folder, 11)


def test_the_fourth_state_replaces_the_file_and_the_old_address_leads_there(shared: Path) -> None:
    folder = shared / "sources/examples/constructed/govuk-content-scenario"
    made: list[tuple[str, int]] = []

    def make(filename: str, state: int) -> bytes:
        made.append((filename, state))
        return plain_pdf(filename, [f"State {state}"])

    shelf = scenario_shelf(folder, make_pdf=make)
    for state in range(2, 6):
        put_state(shelf, folder, state, make_pdf=make)
    assert made == [("example_letter.pdf", 1), ("example_letter_v2.pdf", 4)]
    with served(shelf) as there:
        old = "/media/673d0000aaaaaaaaaaaaaaaa/example_letter.pdf"
        told = there.assets.ask(old)
        assert told.status == 301
        assert told.headers["location"].endswith("/media/673e1111bbbbbbbbbbbbbbbb/example_letter_v2.pdf")


def test_a_bulk_shelf_is_the_same_every_time_and_a_fifth_has_each_kind_of_part() -> None:
    shelf, again = bulk_shelf(50), bulk_shelf(50)
    assert shelf.documents == again.documents
    assert [a.body for a in shelf.assets.values()] == [a.body for a in again.assets.values()]
    children = [one for one in shelf.documents.values() if one["schema_name"] == "html_publication"]
    assert (len(children), len(shelf.assets)) == (10, 10)
    file = next(iter(shelf.assets.values())).body
    document = pypdfium2.PdfDocument(file)
    assert len(document) == page_count(file) >= 3
    document.close()
    before = shelf.documents[bulk_path(7)]
    edit_bulk(shelf, range(7, 8), at=FIRST + timedelta(days=1))
    assert shelf.documents[bulk_path(7)]["details"]["body"] != before["details"]["body"]
    assert shelf.documents[bulk_path(8)] == again.documents[bulk_path(8)]


def test_the_publisher_can_be_a_process_of_its_own() -> None:
    with PublisherProcess(20) as publisher:
        client = Client(publisher.govuk_url)
        try:
            assert len(client.links(SEND, EVERYTHING)) == 20
            publisher.forget()
            publisher.edit(0, 3, at=FIRST + timedelta(days=1))
            publisher.touch(5, 6, at=FIRST + timedelta(days=1))
            found = client.links(("filter_updated_at", "from:2026-11-21"))
            assert set(found) == {bulk_path(number) for number in (0, 1, 2, 5)}
            assert publisher.counts() == {"total": 1, "govuk": 1, "200": 1}
        finally:
            client.connection.close()


def test_a_plain_pdf_keeps_awkward_letters_and_gives_the_same_bytes() -> None:
    said = ["Brackets (here) and a back\\slash, £5 and “quotes”", "中 is not in its letters"]
    made = plain_pdf("A title", said)
    assert made == plain_pdf("A title", said)
    text = text_of(made)
    assert "Brackets (here) and a back\\slash, £5 and “quotes”" in text
    assert "? is not in its letters" in text
