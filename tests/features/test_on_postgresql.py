"""The same two days of watching, with PostgreSQL for a memory."""

from pathlib import Path

import psycopg

from sendwatch.demo.demo_documents import DAY_TWO, demo_day_one, demo_day_two
from sendwatch.demo.publisher import Publisher
from tests.support.watch import Watch, a_mail_server

FUNDING = "/government/publications/high-needs-funding-2026-to-2027"


def test_two_days_of_watching_are_told_once_from_postgresql_too(
    tmp_path: Path, empty_postgres_url: str
) -> None:
    shelf = demo_day_one()
    with Publisher(shelf) as publisher, a_mail_server() as (postbox, smtp_url):
        watch = Watch(tmp_path, publisher, smtp_url, {"SENDWATCH_DATABASE_URL": empty_postgres_url})
        watch.once()
        assert postbox.subjects == ["[sendwatch] Now watching 12 documents"]
        demo_day_two(shelf)
        watch.once()
        told = sorted(subject.partition("]")[0] + "]" for subject in postbox.subjects[1:])
        assert told == ["[New blog post]", "[New letter]", "[Quiet change]", "[Withdrawn]"]
        watch.once()
        assert len(postbox.raw) == 5, "a replay sends nothing"


def test_postgresql_is_verified_and_swept_like_sqlite(tmp_path: Path, empty_postgres_url: str) -> None:
    shelf = demo_day_one()
    with Publisher(shelf) as publisher, a_mail_server() as (postbox, smtp_url):
        watch = Watch(
            tmp_path,
            publisher,
            smtp_url,
            {"SENDWATCH_DATABASE_URL": empty_postgres_url, "SENDWATCH_KEEP": "30"},
        )
        watch.once()
        demo_day_two(shelf)
        shelf.edit(FUNDING, at=DAY_TWO, replacing=[("colleges how", "colleges, how")])
        watch.once()
        _run(empty_postgres_url, "UPDATE versions SET seen_at = '2026-01-05 10:00:00'")
        watch.once("--sweep")
        told = watch.command("verify").stdout
        assert "1 let go by retention" in told, "the page with the comma; what the mails cite is kept"
        assert "all is as it was written" in told
        gone = watch.command("show", publisher.govuk_url + FUNDING, "--at", "2026-01-06")
        assert "colleges, how" in gone.stdout, "the newest state is never let go"

        one_byte = "set_byte(packed, 20, get_byte(packed, 20) # 1)"
        first = "sha256 = (SELECT min(sha256) FROM bodies)"
        _run(empty_postgres_url, f"UPDATE bodies SET packed = {one_byte} WHERE {first}")
        _run(
            empty_postgres_url,
            "UPDATE versions SET fingerprint = repeat('0', 64) WHERE packed <> '' AND id = 3",
        )
        found = watch.command("verify", check=False)
        assert found.returncode == 1
        assert "they no longer have their digest" in found.stdout
        assert "its fingerprint does not fit its text" in found.stdout
        assert len(postbox.raw) == 5


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)
