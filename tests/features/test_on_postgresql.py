"""The same two days of watching, with PostgreSQL for a memory."""

from pathlib import Path

from sendwatch.demo.demo_documents import demo_day_one, demo_day_two
from sendwatch.demo.publisher import Publisher
from tests.support.watch import Watch, a_mail_server


def test_two_days_of_watching_are_told_once_from_postgresql_too(tmp_path: Path, postgres_url: str) -> None:
    shelf = demo_day_one()
    with Publisher(shelf) as publisher, a_mail_server() as (postbox, smtp_url):
        watch = Watch(tmp_path, publisher, smtp_url, {"SENDWATCH_DATABASE_URL": postgres_url})
        watch.once()
        assert postbox.subjects == ["[sendwatch] Now watching 12 documents"]
        demo_day_two(shelf)
        watch.once()
        told = sorted(subject.partition("]")[0] + "]" for subject in postbox.subjects[1:])
        assert told == ["[New blog post]", "[New letter]", "[Quiet change]", "[Withdrawn]"]
        watch.once()
        assert len(postbox.raw) == 5, "a replay sends nothing"
