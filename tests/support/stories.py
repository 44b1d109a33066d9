"""The two days of the demonstration as a test sees them, over two sources so that a run is quick."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sendwatch.demo.demo_documents import demo_day_one
from sendwatch.demo.publisher import Publisher
from sendwatch.demo.shelf import Shelf
from tests.support.watch import Postbox, Watch, a_mail_server

TWO_SOURCES = """
sources:
  govuk-send:
    title: SEND on GOV.UK
    spider: govuk_search
    where: {taxon: education/special-educational-needs-and-disability-send-and-high-needs}
    every: 2 seconds
  education-hub:
    title: The Education Hub
    spider: blog_feed
    every: 2 seconds
"""


@contextmanager
def the_first_day(folder: Path, **settings: str) -> Iterator[tuple[Watch, Shelf, Postbox]]:
    """A watch that has seen the first day: its baseline is made, and one mail says so."""
    shelf = demo_day_one()
    schedule = folder / "two-sources.yaml"
    schedule.write_text(TWO_SOURCES, "utf-8")
    with Publisher(shelf) as publisher, a_mail_server() as (postbox, smtp_url):
        own = {"SENDWATCH_SCHEDULES": str(schedule), "SENDWATCH_TIMEOUT": "2", **settings}
        watch = Watch(folder, publisher, smtp_url, own)
        watch.once()
        assert [subject[:26] for subject in postbox.subjects] == ["[sendwatch] Now watching 1"]
        yield watch, shelf, postbox


def tags(postbox: Postbox, since: int = 1) -> list[str]:
    """The words in square brackets of the subjects, sorted; the first mail is the baseline's."""
    return sorted(subject[1:].partition("]")[0] for subject in postbox.subjects[since:])


@contextmanager
def a_watch_of(folder: Path, shelf: Shelf, schedule: str, **settings: str) -> Iterator[tuple[Watch, Postbox]]:
    """A watch of any shelf by a schedule of one's own: its baseline is made, and one mail says so."""
    file = folder / "own.yaml"
    file.write_text(schedule, "utf-8")
    with Publisher(shelf) as publisher, a_mail_server() as (postbox, smtp_url):
        watch = Watch(folder, publisher, smtp_url, {"SENDWATCH_SCHEDULES": str(file), **settings})
        watch.once()
        assert [subject[:24] for subject in postbox.subjects] == ["[sendwatch] Now watching"]
        yield watch, postbox
