"""Put the ten states of the contract's example letter on a shelf, one after the other.

The files lie beside the project and are read, never copied. Source: source contract,
examples/constructed/govuk-content-scenario.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from sendwatch.demo.items import (
    ASSETS,
    DFE_LINK,
    EDUCATION_LINK,
    SEND_LINK,
    Item,
    organisation,
    topic,
)
from sendwatch.demo.plain_pdf import plain_pdf
from sendwatch.demo.shelf import Asset, Shelf

STATES = 10

_BEFORE = datetime(2026, 1, 5, 9, tzinfo=UTC)


def scenario_shelf(
    folder: Path, state: int = 1, *, make_pdf: Callable[[str, int], bytes] | None = None
) -> Shelf:
    """Return a shelf with the publisher, its topics and the letter in ``state`` (1 to 10). See put_state."""
    shelf = Shelf()
    shelf.publish(organisation(DFE_LINK, _BEFORE))
    shelf.publish(topic(EDUCATION_LINK, _BEFORE))
    shelf.publish(topic(SEND_LINK, _BEFORE, parent=EDUCATION_LINK))
    put_state(shelf, folder, state, make_pdf=make_pdf)
    return shelf


def put_state(
    shelf: Shelf, folder: Path, state: int, *, make_pdf: Callable[[str, int], bytes] | None = None
) -> None:
    """Put the letter of one state on the shelf, with its HTML child where that changed, and its file.

    ``make_pdf(filename, state)`` makes the bytes of a file that is new in this state. A file that the
    letter no longer names leads to the new one with 301.

    Raises:
        FileNotFoundError: the folder has no such state.
    """
    for item in _items(folder, state):
        shelf.publish(item)
        _put_files(shelf, item, state, make_pdf or _invented_pdf)


def state_name(folder: Path, state: int) -> str:
    """Return the words of a state's file name: "silent child text"."""
    return _page_file(folder, state).name.partition(".")[0][3:].replace("_", " ")


def _items(folder: Path, state: int) -> list[Item]:
    files = [_page_file(folder, state), *sorted(folder.glob(f"{state:02}_*.child.json"))]
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def _page_file(folder: Path, state: int) -> Path:
    found = [file for file in folder.glob(f"{state:02}_*.json") if not file.name.endswith(".child.json")]
    if not found:
        raise FileNotFoundError(f"{folder} holds no state {state}")
    return found[0]


def _put_files(shelf: Shelf, item: Item, state: int, make_pdf: Callable[[str, int], bytes]) -> None:
    page = item["base_path"]
    named = [
        urlsplit(one["url"]).path
        for one in (item.get("details") or {}).get("attachments", [])
        if one["attachment_type"] == "file" and one["url"].startswith(f"{ASSETS}/")
    ]
    for path in named:
        if path in shelf.assets:
            continue
        written = datetime.fromisoformat(item["updated_at"])
        body = make_pdf(path.rpartition("/")[2], state)
        for old in [one for one in shelf.assets.values() if one.page == page and one.state == "live"]:
            shelf.add_asset(Asset(old.path, page=page, state="replaced", to=path))
        shelf.add_asset(Asset(path, body, modified=written, page=page))


def _invented_pdf(filename: str, state: int) -> bytes:
    said = f"Local authorities must send their return by {state + 10} January 2027."
    return plain_pdf(f"Example letter ({filename})", ["Dear colleague,", said, "Yours sincerely,"])
