"""Searching, tracing and receipts through the real program: what editors type, and what they are told."""

import json
from pathlib import Path

from sendwatch.demo.demo_documents import DAY_TWO
from tests.support.stories import the_first_day

FUNDING = "/government/publications/high-needs-funding-2026-to-2027"


def test_an_editor_finds_what_is_gone_learns_what_was_missed_and_has_it_told(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        shelf.edit(FUNDING, at=DAY_TWO, replacing=[("colleges how", "nurseries how")])
        watch.once()
        found = [
            json.loads(line)
            for line in watch.command("search", '"colleges how"', "--json").stdout.splitlines()
        ]
        (gone,) = [one for one in found if one["url"].endswith(FUNDING)]
        assert not gone["present"]
        assert "not in the present one" in gone["words"]
        assert "colleges how" in [run["text"] for run in gone["snippet"] if run["marked"]]

        told = json.loads(
            watch.command("missed", f"{watch.publisher.govuk_url}{FUNDING}/#top", "--json").stdout
        )
        assert told["stage"] == "told"

        url = _known_before(watch.ledger("--all"), told["url"])
        mails = len(postbox.raw)
        made = watch.command("missed", url, "--make-story", "--by", "Anna").stdout
        assert "drafted and mailed to the team in the next cycle" in made
        watch.once()
        assert len(postbox.raw) == mails + 1
        assert "should have been caught" in watch.command("labels", "list").stdout

        assert watch.command("sources", "pause", "education-hub").stdout == "education-hub is paused\n"
        assert "education-hub is paused" in watch.command("run", "--once").stderr
        receipt = watch.command("receipt", "--since", "2020-01-01").stdout
        assert "Checked 2 sources 7 times; 2 Stories. The Education Hub is paused" in receipt


def _known_before(lines: list[dict[str, object]], other: str) -> str:
    """A page about SEND that was there when the watch began, and has told nobody anything."""
    return next(
        str(line["url"])
        for line in lines
        if line["kind"] == "baseline" and line["verdict"] == "relevant" and line["url"] != other
    )
