"""Pairs of small documents, each with the Change that an editor would name, or with none."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from change_rows import Row, Side, row_of, rows

from pipeline.model.changes import ALERTED, ChangeKind, Significance
from pipeline.model.facts import Announcement, FactChange, FactKind, Turn
from pipeline.model.looks import Look
from pipeline.model.redlines import BlockChangeKind, Noticed
from pipeline.steps.intake import Terms, take_in
from pipeline.store import changes
from pipeline.store.database import open_database
from pipeline.text.noticing.doubts import hold_until, is_error_page
from pipeline.text.noticing.notice import notice
from pipeline.text.noticing.reversal import as_reversal, earlier_self
from pipeline.text.relevance.judge import judge_relevance
from pipeline.text.relevance.lexicon import load_lexicon
from tests.support.databases import fresh_sqlite

ROWS = rows()
SEEN = [row for row in ROWS if row.old is not None]
UNSEEN = [row for row in ROWS if row.old is None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the program makes of a row."""

    noticed: Noticed | None
    error_page: bool
    held_until: datetime | None


def outcome(old: Side, new: Side, before: Side | None) -> Outcome:
    """Put a row through the very functions that intake puts a Look through."""
    was = old.version(2)
    noticed = notice(was, new.record, new.parts)
    back_to = earlier_self(new.record, new.parts, [before.version(1)] if before else [])
    if noticed and back_to:
        noticed = as_reversal(noticed, back_to)
    until = hold_until(was, new.record, new.parts, back_to=back_to, seen_at=new.seen_at) if noticed else None
    return Outcome(noticed, is_error_page(new.record, new.parts), until)


def told(fact: FactChange) -> str:
    """A fact as the tables write it."""
    return f"{fact.kind.value} {fact.turn.value}: {' -> '.join(filter(None, (fact.old, fact.new)))}"


def summed_up(found: Outcome, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found, under the keys that are expected; kinds and facts are always compared."""
    noticed = found.noticed
    if found.error_page or noticed is None:
        return {"error_page": True} if found.error_page else {"nothing": noticed is None}
    redline, verdict = noticed.redline, noticed.findings.verdict
    kinds = [change.kind.value for change in redline.changes] if redline else []
    details = "\n".join(noticed.details)
    both: dict[str, Any] = {
        "kind": noticed.kind.value,
        "kinds": sorted({noticed.kind.value, *(kind.value for kind in noticed.findings.kinds)}),
        "significance": noticed.significance.value,
        "facts": sorted(told(fact) for fact in noticed.findings.facts),
        "judgement": verdict.judgement.value if verdict else None,
        "says": [words for words in expected.get("says", ()) if words in details],
        "never_says": [words for words in expected.get("never_says", ()) if words not in details],
        "blocks": {kind: count for kind, count in Counter(kinds).items() if kind != BlockChangeKind.SAME},
        "recorded": noticed.kind not in ALERTED or noticed.significance is Significance.TYPOGRAPHICAL,
    }
    kept = {key: value for key, value in both.items() if key in expected}
    return {**kept, "held_until": found.held_until}


def in_full(row: Row) -> dict[str, Any]:
    """What a row expects, with what it means by leaving out kinds, facts and a doubt."""
    expected = dict(row.expected)
    if "kind" not in expected:
        return expected
    until = expected.get("held_until")
    return {
        **expected,
        "kinds": sorted({expected["kind"], *expected.get("kinds", ())}),
        "facts": sorted(expected.get("facts", ())),
        "held_until": until.replace(tzinfo=UTC) if until else None,
    }


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in SEEN])
def test_a_change_is_told_as_an_editor_would_tell_it(row: Row) -> None:
    assert row.old is not None
    expected = in_full(row)
    found = outcome(row.old, row.new, row.before)
    assert summed_up(found, expected) == expected, found.noticed and found.noticed.details


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in UNSEEN])
def test_a_document_that_was_never_seen_is_news_only_once_the_watch_has_begun(
    row: Row, tmp_path: Path
) -> None:
    db = open_database(fresh_sqlite(tmp_path / "sendwatch.db"))
    lexicon = load_lexicon()
    terms = Terms(
        judge=lambda record, parts: judge_relevance(record, parts, lexicon),
        reread=lambda _version, _fetch: None,
        settle=lambda _source: timedelta(0),
    )
    look = Look("letters", row.name, "govuk", row.new.seen_at, row.new.record, row.new.parts)
    take_in(db, look, terms, baseline=row.watch == "begins")
    with db.begin() as tx:
        (line,) = changes.since(tx, None, baseline=True)
    db.close()
    assert {"kind": line.change.kind.value, "significance": line.change.significance.value} == row.expected


def test_the_tables_have_a_row_for_everything_that_can_be_said_of_a_change() -> None:
    assert len(ROWS) >= 120
    assert len({row.name for row in ROWS}) == len(ROWS)
    expected = [row.expected for row in ROWS]
    kinds = {kind for one in expected for kind in (one.get("kind"), *one.get("kinds", ()))}
    facts = [fact.partition(":")[0].split() for one in expected for fact in one.get("facts", ())]
    for enum, found in (
        (ChangeKind, kinds),
        (FactKind, {kind for kind, _ in facts}),
        (Turn, {turn for _, turn in facts}),
        (Significance, {one.get("significance") for one in expected}),
        (Announcement, {one.get("judgement") for one in expected}),
        (BlockChangeKind, {"same", *(kind for one in expected for kind in one.get("blocks", ()))}),
    ):
        assert found - {None} == {member.value for member in enum}
    assert any(one.get("nothing") for one in expected)
    assert any(one.get("error_page") for one in expected)


@pytest.mark.parametrize(
    "given",
    [
        {"name": "a", "old": "A.", "new": "B.", "nothing": True, "significanse": "minor"},
        {"name": "a", "old": {"texts": "A."}, "new": "B.", "nothing": True},
        {"name": "a", "old": "A.", "new": {"files": {"Letter": {"txt": "B."}}}, "nothing": True},
        {"name": "a", "old": "A.", "new": "B."},
        {"name": "a", "old": "A.", "new": "B.", "kind": "updated"},
        {"name": "a", "new": "B.", "nothing": True},
        {"old": "A.", "new": "B.", "nothing": True},
    ],
)
def test_a_row_with_a_slip_of_the_pen_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unknown|a row has"):
        row_of("a", given)
