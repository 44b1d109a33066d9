"""One process at a time: a name that is held is nobody else's, and whoever loses it comes to know."""

import psycopg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from pipeline.store.database import Database, open_database
from pipeline.store.locks import hold
from tests.support.postgres import cut_the_holders


def test_a_name_is_held_by_one_at_a_time(database_url: str) -> None:
    one, other = open_database(database_url), open_database(database_url)
    with hold(one, "crawl") as mine, hold(other, "crawl") as theirs, hold(other, "digests") as another:
        assert mine
        assert not theirs
        assert another
        assert mine.still()
        assert mine.regained()
    with hold(other, "crawl") as theirs:
        assert theirs
    one.close()
    other.close()


def test_whoever_loses_a_name_takes_it_again_when_nobody_else_has(postgres_url: str) -> None:
    one, other = open_database(postgres_url), open_database(postgres_url)
    with hold(one, "crawl") as mine:
        cut_the_holders(postgres_url)
        assert not mine.still()
        assert mine.regained()
        assert mine.still()
        with hold(other, "crawl") as theirs:
            assert not theirs
    with hold(other, "crawl") as theirs:
        assert theirs, "it was taken once, and is free now"
    one.close()
    other.close()


def test_whoever_loses_a_name_to_another_is_told_so(postgres_url: str) -> None:
    one, other = open_database(postgres_url), open_database(postgres_url)
    with hold(one, "crawl") as mine:
        cut_the_holders(postgres_url)
        with hold(other, "crawl") as theirs:
            assert theirs
            assert not mine.regained()
            assert not mine.regained()
        assert mine.regained(), "it is free again"
    one.close()
    other.close()


def test_a_database_that_does_not_answer_is_no_word_that_another_has_it(postgres_url: str) -> None:
    one = open_database(postgres_url)
    with hold(one, "crawl") as mine:
        with psycopg.connect(postgres_url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as own:
            name = postgres_url.rsplit("/", 1)[1]
            own.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")  # type: ignore[arg-type]
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            own.execute(cut, [name])
            with pytest.raises(SQLAlchemyError):
                mine.regained()
            own.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")  # type: ignore[arg-type]
        assert mine.regained()
    one.close()


def test_a_store_in_memory_is_nobody_elses() -> None:
    store: Database = open_database("sqlite:///:memory:")
    with hold(store, "crawl") as mine:
        assert mine
    store.close()
