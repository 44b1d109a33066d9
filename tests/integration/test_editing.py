"""Saving an editor's text: each is kept, and of two at once nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.model.edits import EditedText
from pipeline.steps.editing import Clashed, Saved, save_text
from pipeline.store import desk, edits, stories
from pipeline.store.database import Database, open_database

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
MACHINE = EditedText("A letter", "One.\n\nTwo.", "A letter", "One. Two.", "One.")


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def story(db: Database) -> int:
    with db.begin() as tx:
        return stories.open_story(tx, "A letter", NOW)


def _save(
    db: Database, story: int, text: EditedText, made_from: int, by: str = "anna@x.example"
) -> Saved | Clashed:
    return save_text(db, story, text, made_from=made_from, draft_text=lambda: MACHINE, by=by, now=NOW)


def test_an_edit_is_kept_with_who_and_when_and_saving_it_again_keeps_no_second(
    db: Database, story: int
) -> None:
    mended = replace(MACHINE, body="One, mended.\n\nTwo.")
    assert _save(db, story, MACHINE, 0) == Saved(0, changed=False)
    assert _save(db, story, mended, 0) == Saved(1, changed=True)
    assert _save(db, story, mended, 1) == Saved(1, changed=False)
    with db.begin() as tx:
        (kept,) = edits.history(tx, story)
        assert (kept.text, kept.by, kept.at, kept.number) == (mended, "anna@x.example", NOW, 1)
        assert [act.what for _, act in desk.log(tx, about=f"story:{story}")] == ["edited"]


def test_two_editors_who_mend_different_paragraphs_both_find_their_words(db: Database, story: int) -> None:
    assert _save(db, story, replace(MACHINE, body="One, by Anna.\n\nTwo."), 0) == Saved(1, changed=True)
    assert _save(db, story, replace(MACHINE, body="One.\n\nTwo, by Ben."), 0, "ben@x.example") == Saved(
        2, True
    )
    with db.begin() as tx:
        newest = edits.latest(tx, story)
        assert newest is not None
        assert newest.text.body == "One, by Anna.\n\nTwo, by Ben."


def test_the_later_of_two_who_mend_the_same_words_is_asked_and_nothing_is_saved(
    db: Database, story: int
) -> None:
    _save(db, story, replace(MACHINE, title="By Anna"), 0)
    clashed = _save(db, story, replace(MACHINE, title="By Ben"), 0, "ben@x.example")
    assert isinstance(clashed, Clashed)
    assert (clashed.theirs.by, clashed.theirs.number) == ("anna@x.example", 1)
    (clash,) = clashed.merged.clashes
    assert (clash.theirs, clash.mine) == ("By Anna", "By Ben")
    with db.begin() as tx:
        assert [edit.number for edit in edits.history(tx, story)] == [1]
    assert _save(db, story, replace(MACHINE, title="By Ben"), 1, "ben@x.example") == Saved(2, changed=True)


def test_a_text_made_from_one_that_never_was_is_refused(db: Database, story: int) -> None:
    with pytest.raises(KeyError):
        _save(db, story, replace(MACHINE, title="x"), 7)
    with pytest.raises(KeyError):
        _save(db, story + 1, MACHINE, 0)
