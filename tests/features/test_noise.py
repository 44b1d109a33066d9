"""Storms and stale copies: what happens to many pages at once, and what only a cache did."""

from datetime import timedelta
from pathlib import Path

from sendwatch.demo.shelf import Shelf
from tests.support.small_pages import BEGUN, ONE_SOURCE, a_shelf_of, let_holds_pass, path_of
from tests.support.stories import a_watch_of, tags

NAMES = [f"area {letter}" for letter in "abcdefghijklmn"]
TEMPLATE = "<p>You must send the new form to the local authority by 31 March 2027.</p>"


def test_storms_are_one_story_at_most_and_copies_out_of_a_cache_are_none(tmp_path: Path) -> None:
    shelf = a_shelf_of(NAMES)
    with a_watch_of(tmp_path, shelf, ONE_SOURCE) as (watch, postbox):
        known = watch.ledger("--all")

        for name in NAMES:
            shelf.touch(path_of(name), at=BEGUN + timedelta(hours=1))
        summary = watch.once()
        assert summary["sources"][0]["unchanged"] == len(NAMES), "each was looked at"
        assert watch.ledger("--all") == known, "written again with nothing changed: no Version, no Change"
        assert tags(postbox) == []

        for name in NAMES[:12]:
            _add(shelf, name, hours=2)
        assert watch.once()["stories"] == 1
        assert tags(postbox) == ["Quiet change"], "one edit to twelve pages is one mail"
        told = postbox.mails[-1].get_body(("plain",))
        assert told is not None
        words = told.get_content()
        assert "11 more pages" in words.lower()
        assert all(path_of(name) in words for name in NAMES[:12]), "which names them all"

        late, cached, reverted, lasting = NAMES[12], *NAMES[:3]
        _add(shelf, late, hours=3)
        _serve_the_old_copy(shelf, cached, hours=3)
        _serve_the_old_copy(shelf, lasting, hours=3)
        before = shelf.earlier[path_of(reverted)]["details"]["body"]
        shelf.edit(path_of(reverted), at=BEGUN + timedelta(hours=3), details={"body": before})
        watch.once()
        assert tags(postbox) == ["Changed back", "Quiet change"], "what its publisher took back is told"
        assert reverted in postbox.subjects[-1]
        fates = {line["url"].rpartition("/")[2]: line["fate"] for line in watch.changes()}
        assert fates["area-m"] == "told", "a thirteenth page belongs to the same Story: no second mail"
        assert fates["area-a"] == fates["area-c"] == "held", "an old copy must last for a day"

        shelf.publish(shelf.earlier[path_of(cached)], indexed=BEGUN + timedelta(hours=4))
        let_holds_pass(tmp_path, lasting)
        watch.once()
        assert tags(postbox) == ["Changed back", "Changed back", "Quiet change"]
        assert lasting in postbox.subjects[-1], "what has lasted is told after all"
        assert [line["fate"] for line in watch.changes() if line["url"].endswith("area-a")] == [
            "told",
            "lapsed",
            "recorded",
        ], "the copy that went away is kept in the ledger, and nobody was alarmed"


def _add(shelf: Shelf, name: str, *, hours: int) -> None:
    body = shelf.documents[path_of(name)]["details"]["body"]
    shelf.edit(path_of(name), at=BEGUN + timedelta(hours=hours), details={"body": body + TEMPLATE})


def _serve_the_old_copy(shelf: Shelf, name: str, *, hours: int) -> None:
    """The text from before the last edit, under the date of the last edit, as a muddled cache serves it."""
    now, then = shelf.documents[path_of(name)], shelf.earlier[path_of(name)]
    mixed = {**then, "updated_at": now["updated_at"]}
    shelf.publish(mixed, indexed=BEGUN + timedelta(hours=hours))
