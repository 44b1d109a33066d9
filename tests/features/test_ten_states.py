"""One letter's life in ten states, as the publishers' contract tells it, through the real program."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sendwatch.demo import items
from sendwatch.demo.publisher import Publisher
from sendwatch.demo.shelf import Asset, Shelf
from tests.support.papers import a_pdf
from tests.support.watch import Postbox, Watch, a_mail_server

BEGUN = datetime(2026, 11, 18, 9, tzinfo=UTC)
FIRST = "/media/673d0000aaaaaaaaaaaaaaaa/example_letter.pdf"
SECOND = "/media/673e1111bbbbbbbbbbbbbbbb/example_letter_v2.pdf"
WORDS = (
    "Dear Director,",
    "I am writing about special educational needs and disabilities (SEND) and about EHC plans.",
    "Local authorities should send a plan for inclusion by 31 March 2027.",
)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[tuple[Watch, Shelf, Postbox]]:
    shelf = Shelf()
    topic = items.page(
        items.SEND_TOPIC, "SEND and high needs", document_type="taxon", schema_name="taxon", at=BEGUN
    )
    shelf.publish(topic)
    with Publisher(shelf) as publisher, a_mail_server() as (postbox, smtp_url):
        yield Watch(tmp_path, publisher, smtp_url), shelf, postbox


def test_one_letter_in_ten_states_is_told_as_it_happened(
    watch: tuple[Watch, Shelf, Postbox], shared: Path
) -> None:
    house, shelf, postbox = watch
    folder = shared / "sources" / "examples" / "constructed" / "govuk-content-scenario"
    shelf.add_asset(Asset(FIRST, a_pdf(*WORDS), "application/pdf", BEGUN))
    shelf.add_asset(
        Asset(SECOND, a_pdf(*WORDS[:2], WORDS[2].replace("should", "must")), "application/pdf", BEGUN)
    )
    house.once()
    assert postbox.subjects == ["[sendwatch] Now watching 0 documents"]

    expected = [
        ("01_first_published", "new", 1),
        ("02_updated_at_only", None, 0),
        ("03_silent_child_text", "quietly_updated", 1),
        ("04_silent_file_replaced", "attachment_replaced", 1),
        ("05_major_update", "updated", 1),
        ("06_note_deleted_public_date_back", "note_edited", 0),
        ("07_withdrawn", "withdrawn", 1),
        ("08_redirect", "moved", 1),
        ("09_gone_with_explanation.http200", "gone", 1),
        ("10_gone_plain.http410", None, 0),
    ]
    for name, kind, mails in expected:
        seen, sent = len(house.changes()), len(postbox.raw)
        _publish(shelf, folder, name)
        summary = house.once()
        fresh = [line["kind"] for line in house.changes()[seen:]]
        assert fresh == ([kind] if kind else []), (name, summary)
        assert len(postbox.raw) - sent == mails, (name, postbox.subjects)

    told = len(postbox.raw)
    house.once()
    assert len(postbox.raw) == told, "a replay sends nothing"


def _publish(shelf: Shelf, folder: Path, name: str) -> None:
    def load(file: Path) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return loaded

    child = folder / f"{name}.child.json"
    children = [load(child)] if child.exists() else []
    shelf.publish(load(folder / f"{name}.json"), *children)
