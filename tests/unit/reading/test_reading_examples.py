"""Saved examples: what a publisher sent, beside what the reader must make of it.

An example without an expectation is written out and fails the run until someone has looked at it.
"""

import dataclasses
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.feeds import read_feed
from crawler.reading.files import read_file
from crawler.reading.govuk_content import read_content
from crawler.reading.govuk_search import read_search

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "reading"
READERS: dict[str, Callable[[bytes], Any]] = {
    "content": lambda body: read_content(body, url="https://www.gov.uk/"),
    "search": lambda body: read_search(body, root="https://www.gov.uk"),
    "feed": lambda body: read_feed(body, url="https://www.gov.uk/feed.atom"),
    "page": read_file,
}
CASES = sorted(path for path in FOLDER.iterdir() if ".expected." not in path.name)


def plain(value: Any) -> Any:
    """Return a record as JSON would hold it, without what is empty."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {name: inner for name, inner in found.items() if inner not in ("", 0, None, [], {})}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_saved_example_is_read_as_expected(path: Path) -> None:
    found = plain(READERS[path.name.partition("-")[0]](path.read_bytes()))
    expected = path.with_name(f"{path.stem}.expected.json")
    if not expected.exists():
        expected.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"wrote {expected.name}: read it, then run again")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_expectation_has_its_example() -> None:
    stems = {path.stem for path in CASES}
    assert stems
    assert {path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.json")} == stems
