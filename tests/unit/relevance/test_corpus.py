"""Measure the judge on real, labelled government documents. Their text is read and never copied.

The floors are what is reached, less one document. Two documents labelled partial say nothing of SEND
in their text (only the publisher's topic does), and one long speech says it once.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.corpus import WAYS, Case, read_corpus
from pipeline.model.changes import Verdict
from pipeline.text.relevance.lexicon import load_lexicon

LEXICON = load_lexicon()
SHARED = Path(os.environ.get("SENDWATCH_SHARED") or Path(__file__).resolve().parents[3] / ".." / "shared")


@dataclass(frozen=True)
class Score:
    """How one way of judging did on every labelled document."""

    pairs: tuple[tuple[Case, Verdict], ...]

    def share(self, of: Callable[[Case, Verdict], bool], right: Callable[[Case, Verdict], bool]) -> float:
        chosen = [pair for pair in self.pairs if of(*pair)]
        return sum(right(*pair) for pair in chosen) / len(chosen)


@pytest.fixture(scope="module", params=WAYS)
def score(request: pytest.FixtureRequest) -> Score:
    folder = SHARED / "corpus"
    if not (folder / "index.csv").is_file():
        pytest.skip("needs the shared corpus: the folder 'shared' beside the project, or SENDWATCH_SHARED")
    cases, _ = read_corpus(folder)
    return Score(tuple((case, WAYS[request.param](case, LEXICON).verdict) for case in cases))


def test_no_relevant_document_is_called_not(score: Score) -> None:
    missed = [c.title for c, verdict in score.pairs if c.label == "relevant" and verdict is Verdict.NOT]
    assert missed == []


def test_every_trap_is_called_as_its_label_says(score: Score) -> None:
    caught = [(c.title, verdict) for c, verdict in score.pairs if c.trap and verdict.value != c.label]
    assert caught == []


def test_what_is_called_relevant_is(score: Score) -> None:
    called = score.share(lambda _, verdict: verdict is Verdict.RELEVANT, lambda c, _: c.label == "relevant")
    assert called >= 0.96


def test_relevant_documents_are_called_relevant(score: Score) -> None:
    found = score.share(lambda c, _: c.label == "relevant", lambda _, verdict: verdict is Verdict.RELEVANT)
    assert found >= 0.92


def test_documents_with_a_strand_of_send_are_not_passed_over(score: Score) -> None:
    found = score.share(lambda c, _: c.label == "partial", lambda _, verdict: verdict is not Verdict.NOT)
    assert found >= 0.84


def test_nothing_else_is_alerted(score: Score) -> None:
    others = Counter(verdict for c, verdict in score.pairs if c.label == "not")
    assert others[Verdict.RELEVANT] == 0
    assert others[Verdict.PARTIAL] <= 1
