"""Noise of a single page: an error message in its place, a page cut short, links that rotate, slips."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sendwatch.demo.items import Linked, page
from sendwatch.demo.shelf import Shelf
from tests.support.small_pages import BEGUN, ONE_SOURCE, a_page, a_shelf_of, let_holds_pass, path_of
from tests.support.stories import a_watch_of, tags
from tests.support.watch import Watch

OWN_SETTLE = ONE_SOURCE + "    settle: 2 seconds\n"


def test_errors_cut_pages_and_rotating_links_alarm_nobody_and_what_stays_cut_is_told(
    tmp_path: Path,
) -> None:
    names = ["soft error", "html error", "cut and whole", "cut for good", "rotating links"]
    shelf = a_shelf_of(names)
    with a_watch_of(tmp_path, shelf, ONE_SOURCE) as (watch, postbox):
        known = watch.ledger("--all")
        at = BEGUN + timedelta(hours=1)
        whole = {name: shelf.documents[path_of(name)] for name in names}
        sorry = page(path_of("soft error"), "Page not found", document_type="guidance", at=BEGUN, written=at)
        sorry["details"]["body"] = "<p>If you typed the web address, check it is correct.</p>"
        shelf.publish(sorry)
        shelf.touch(path_of("html error"), at=at)
        shelf.fault(f"/api/content{path_of('html error')}", "html_instead", None)
        for name in ("cut and whole", "cut for good"):
            shelf.edit(path_of(name), at=at, body="<p>This guidance is about SEND.</p>")
        _link(shelf, "rotating links", ["one", "two"], hours=1)
        summary = watch.once()

        assert tags(postbox) == []
        assert summary["sources"][0]["outcome"] == "degraded"
        worries = " ".join(worry["url"] for worry in watch.worries())
        assert path_of("soft error") in worries
        assert path_of("html error") in worries
        for name in ("soft error", "html error"):
            assert "should publish their plan" in _shown(watch, name), "the last good state stays"
        fates = [(line["url"].rpartition("/")[2], line["fate"]) for line in watch.changes()]
        assert sorted(fates) == [("cut-and-whole", "held"), ("cut-for-good", "held")]

        later = BEGUN + timedelta(hours=2)
        for name in ("soft error", "cut and whole"):
            shelf.publish({**whole[name], "updated_at": later.strftime("%Y-%m-%dT%H:%M:%SZ")})
        shelf.faults.clear()
        _link(shelf, "rotating links", ["three", "one"], hours=2)
        let_holds_pass(tmp_path, "cut for good")
        watch.once()
        assert tags(postbox) == ["Quiet change"]
        assert "cut for good" in postbox.subjects[-1]
        assert not watch.worries()
        fates = [(line["url"].rpartition("/")[2], line["fate"]) for line in watch.changes()]
        expected = [("cut-and-whole", "lapsed"), ("cut-and-whole", "recorded"), ("cut-for-good", "told")]
        assert sorted(fates) == expected
        assert len(watch.ledger("--all")) == len(known) + 3


def test_a_change_is_told_when_it_has_lasted_for_its_sources_own_time(tmp_path: Path) -> None:
    shelf = a_shelf_of(["left alone", "undone", "edited on"])
    with a_watch_of(tmp_path, shelf, OWN_SETTLE, SENDWATCH_SETTLE="600") as (watch, postbox):
        _edit(shelf, "left alone", "should publish", "must publish", hours=1)
        _edit(shelf, "undone", "15 working days", "25 working days", hours=1)
        _edit(shelf, "edited on", "15 working days", "25 working days", hours=1)
        shelf.publish(a_page("brand new", at=BEGUN + timedelta(hours=1)))
        watch.once()
        assert tags(postbox) == ["New guidance"], "what is new is not held"
        assert {line["fate"] for line in watch.changes() if line["kind"] != "new"} == {"held"}

        _edit(shelf, "undone", "25 working days", "15 working days", hours=2)
        _edit(shelf, "edited on", "may ask", "must ask", hours=2)
        time.sleep(2)
        watch.publisher.forget_requests()
        watch.once()
        assert tags(postbox) == ["New guidance", "Quiet change"], "ten minutes are the others' time"
        assert "left alone" in postbox.subjects[-1]
        again = watch.publisher.asked_for(f"/api/content{path_of('left alone')}")
        assert len(again) == 1, "no list named it again: it was looked at before it was told"

        time.sleep(2)
        watch.once()
        assert tags(postbox) == ["New guidance", "Quiet change", "Quiet change"]
        told = postbox.mails[-1].get_body(("plain",))
        assert told is not None
        words = told.get_content()
        assert "25 working days" in words, "both edits in one mail, from what was told last"
        assert "must ask" in words
        fates = [line["fate"] for line in watch.changes() if line["url"].endswith("/undone")]
        assert fates == ["lapsed", "recorded"], "a slip that was put right in time is in the ledger alone"


def _edit(shelf: Shelf, name: str, old: str, new: str, *, hours: int) -> None:
    shelf.edit(path_of(name), at=BEGUN + timedelta(hours=hours), replacing=[(old, new)])


def _link(shelf: Shelf, name: str, slugs: list[str], *, hours: int) -> None:
    """Related links that a machine picks anew each night, as GOV.UK's do."""
    item: dict[str, Any] = shelf.documents[path_of(name)]
    picked = [Linked(f"/guidance/{slug}", f"Guidance {slug}", "guidance") for slug in slugs]
    shown = [{"base_path": one.path, "title": one.title, "content_id": one.title} for one in picked]
    links = {**item["links"], "suggested_ordered_related_items": shown, "ordered_related_items": shown}
    shelf.edit(path_of(name), at=BEGUN + timedelta(hours=hours), fields={"links": links})


def _shown(watch: Watch, name: str) -> str:
    return watch.command("show", watch.publisher.govuk_url + path_of(name)).stdout
