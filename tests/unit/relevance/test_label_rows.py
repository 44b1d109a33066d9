"""Labels as rows for a spreadsheet, and back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.model.changes import Verdict
from pipeline.model.errors import Unreadable
from pipeline.store.labels import Label
from sendwatch.label_rows import as_csv, read_rows, row_of

NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://www.gov.uk/a"


def test_what_is_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    label = Label(
        URL,
        NOON,
        Verdict.PARTIAL,
        '=1+1, "quoted"\nnext line',
        "Anna",
        "’Title’",
        None,
        "f" * 64,
        NOON,
        "not",
    )
    other = Label(URL + "/b", NOON, Verdict.RELEVANT, "- a dash", "'Ben")
    path = tmp_path / "labels.csv"
    path.write_text(as_csv([row_of(label, None), row_of(other, None)]), "utf-8")
    assert "'=1+1" in path.read_text("utf-8")
    back = read_rows(path)
    assert [one.why for one in back] == [label.why, other.why]
    assert (back[0].at, back[0].judged, back[0].title) == (NOON, "not", "’Title’")
    assert back[1] == other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("url,label\nx,not\n", "line 1: the column 'when' is missing"),
        ("url,label,when\nhttps://x,maybe,2026-11-24T09:00+00:00\n", "line 2: label: 'maybe'"),
        ("url,label,when\nhttps://x,not,yesterday\n", "line 2: when: 'yesterday'"),
        ("url,label,when\nhttps://x,not,2026-11-24T09:00\n", "line 2: when:"),
        ("url,label,when\n,not,2026-11-24T09:00+00:00\n", "line 2: url: is empty"),
        ("", "line 1: the column 'url' is missing"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Unreadable) as raised:
        read_rows(path)
    assert said in str(raised.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read as CSV"):
        read_rows(tmp_path / "absent.csv")
