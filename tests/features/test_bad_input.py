"""What a publisher's faults get: the run goes on, siblings are told, nobody is alarmed, nothing is lost."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from sendwatch.demo.demo_documents import DAY_TWO, GUIDANCE_TEXT, LETTER, demo_day_two
from sendwatch.demo.shelf import DateFilter
from tests.support.stories import tags, the_first_day

EVERYTHING = ["New blog post", "New letter", "Quiet change", "Withdrawn"]
LETTER_RECORD = f"/api/content{LETTER}"
FAULTS = [
    ("/api/search.json", "503", {"New blog post"}),
    ("/api/search.json", "odd_shape", {"New blog post"}),
    ("/api/search.json", "empty", {"New blog post"}),
    ("/api/search.json", "hang", {"New blog post"}),
    (LETTER_RECORD, "429", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "500", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "malformed", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "gzip_bomb", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "huge", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "redirect_loop", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "elsewhere", set(EVERYTHING) - {"New letter"}),
    (LETTER_RECORD, "404", set(EVERYTHING) - {"New letter"}),
    ("/media/*", "drop", set(EVERYTHING) - {"New letter"}),
    ("/media/*", "404", set(EVERYTHING) - {"New letter"}),
    (f"/api/content{GUIDANCE_TEXT}", "empty", set(EVERYTHING) - {"Quiet change"}),
    ("/feed/", "malformed", set(EVERYTHING) - {"New blog post"}),
    ("/feed/", "html_instead", set(EVERYTHING) - {"New blog post"}),
]


# What a shorter run leaves out is read by the same code as what it keeps: pytest -m long runs these.
LONG = {
    "empty/api/search.json",
    *(f"{kind}{LETTER_RECORD}" for kind in ("500", "huge", "redirect_loop", "404")),
}
LONG |= {f"elsewhere{LETTER_RECORD}", "404/media/*", "html_instead/feed/", "odd_shape/api/search.json"}
LONG |= {f"malformed{LETTER_RECORD}", "503/api/search.json"}
CASES = [
    pytest.param(
        pattern,
        kind,
        told,
        id=f"{pattern.split('/')[-1][:12]}-{kind}",
        marks=pytest.mark.long if kind + pattern in LONG else (),
    )
    for pattern, kind, told in FAULTS
]


@pytest.mark.parametrize(("pattern", "kind", "told"), CASES)
def test_a_fault_of_the_publisher_delays_its_own_news_and_nothing_else(
    tmp_path: Path, pattern: str, kind: str, told: set[str]
) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        shelf.fault(pattern, kind, None)
        watch.once()
        assert tags(postbox) == sorted(told), "siblings are told, and nothing is told of what is broken"
        assert watch.worries(), "changes says what could not be read"
        checkup = watch.command("doctor", "--offline", check=False).stdout
        assert re.search(r"^(WRONG|note ).*", checkup.partition("mail:")[2], re.MULTILINE), checkup
        shelf.faults.clear()
        watch.once()
        assert tags(postbox) == EVERYTHING, "what was delayed is told when the fault has gone"
        watch.once()
        assert tags(postbox) == EVERYTHING, "and told once"
        assert not watch.worries()


def test_a_search_that_refuses_the_date_filter_is_read_whole(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        shelf.date_filter = DateFilter.REFUSED
        watch.once()
        assert tags(postbox) == EVERYTHING
        assert "filter" in watch.command("changes").stdout or watch.worries()


def test_a_search_that_ignores_the_date_filter_is_read_whole(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        shelf.date_filter = DateFilter.IGNORED
        watch.once()
        assert tags(postbox) == EVERYTHING


def test_an_older_copy_from_a_mirror_is_not_taken_for_a_change(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        watch.once()
        shelf.touch(GUIDANCE_TEXT.rpartition("/")[0], at=DAY_TWO + timedelta(hours=1))
        shelf.fault("/api/content/government/publications/working-with*", "stale", None)
        watch.once()
        assert tags(postbox) == EVERYTHING
