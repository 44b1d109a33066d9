"""What a person types is read as words, phrases, exclusions and beginnings; and nothing is ever an error."""

import re
import sqlite3
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.finding import Clause, Run
from pipeline.text.finding.asking import read_asked
from pipeline.text.finding.snippets import marked, snippet
from pipeline.text.finding.stems import stem
from pipeline.text.finding.tokens import stems_of, tokens_of

ROOT = Path(__file__).resolve().parents[3]


def test_words_phrases_exclusions_and_beginnings_are_told_apart() -> None:
    asked = read_asked('plans "early years" -fees -"no duty" transpor* follow-up "annual revi*" EHCP* s.4*')
    assert asked.clauses == (
        Clause(("plan",)),
        Clause(("earli", "year")),
        Clause(("fee",), left_out=True),
        Clause(("no", "duti"), left_out=True),
        Clause((), "transpor"),
        Clause(("follow", "up")),
        Clause(("annual",), "revi"),
        Clause(("ehc",), "plan"),
        Clause(("section",), "4"),
    )
    assert read_asked("-only -exclusions").wanted == ()


@given(st.text(max_size=200))
def test_only_letters_and_digits_get_through(typed: str) -> None:
    for clause in read_asked(typed).clauses:
        for word in (*clause.stems, clause.prefix):
            assert word == "" or word.isalnum(), (typed, clause)


@given(st.text(max_size=200))
def test_the_index_and_the_marks_read_the_same_words(text: str) -> None:
    assert [token.stem for token in tokens_of(text)] == stems_of(text)


@given(st.text(max_size=120), st.text(max_size=20))
def test_marks_change_no_letter_of_a_text(text: str, typed: str) -> None:
    assert "".join(run.text for run in marked(text, read_asked(typed).wanted)) == text


def test_a_snippet_is_the_passage_that_holds_most_of_it() -> None:
    filler = "One word and another. " * 30
    texts = [f"{filler}A plan. {filler}", f"{filler}The plan must say who pays. {filler}"]
    runs = snippet(texts, read_asked('plan "who pays"').wanted)
    assert [run.text for run in runs if run.marked] == ["plan", "who pays"]
    assert (runs[0], runs[-1]) == (Run("… "), Run(" …"))
    assert sum(len(run.text.split()) for run in runs) < 50


def test_stems_are_those_of_sqlite() -> None:
    text = (ROOT / "pipeline" / "text" / "weighing" / "real_words.txt").read_text("utf-8").lower()
    words = sorted(word for word in set(re.findall(r"[a-z]+", text)) if 3 <= len(word) < 60)
    assert len(words) > 5_000
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5(word, tokenize='porter unicode61')")
        database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        database.executemany("INSERT INTO t (rowid, word) VALUES (?, ?)", list(enumerate(words)))
        theirs = dict(database.execute("SELECT doc, term FROM v"))
    database.close()
    assert [(word, theirs[n]) for n, word in enumerate(words) if stem(word) != theirs[n]] == []
