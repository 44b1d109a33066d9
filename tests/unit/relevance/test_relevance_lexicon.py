"""The lexicon file: what an editor may write, and how a slip is told."""

import re
from pathlib import Path

import pytest
from relevance_samples import paragraphs

from pipeline.model.changes import Verdict
from pipeline.model.errors import ConfigError
from pipeline.text.relevance import lexicon as lexicon_module
from pipeline.text.relevance.judge import judge_text
from pipeline.text.relevance.lexicon import load_lexicon
from pipeline.text.words.terms import phrase, searchable

PACKAGED = Path(lexicon_module.__file__).with_name("lexicon.yaml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    assert old in PACKAGED
    path = tmp_path / "mine.yaml"
    path.write_text(PACKAGED.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_packaged_lexicon_loads_once() -> None:
    assert load_lexicon() is load_lexicon()
    assert load_lexicon().terms


def test_a_lexicon_of_ones_own_changes_the_verdict(tmp_path: Path) -> None:
    text = paragraphs(
        "The snark report", "A snark was seen. The snark is in every school. Beware of the snark."
    )
    mine = load_lexicon(changed(tmp_path, "strong:\n", 'strong:\n  - {phrase: "snark*", weight: 1}\n'))
    assert judge_text(text, load_lexicon()).verdict is Verdict.NOT
    assert judge_text(text, mine).verdict is Verdict.RELEVANT


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("  partial: 3 #", "  partial: lots #", 11, "thresholds.partial"),
        ("  partial: 3 #", "  partial: 30 #", 11, "thresholds"),
        ("  title: 10", "  title: -1", 32, "fields.title"),
        ("  title: 10", "  titel: 10", 32, "fields.titel"),
        ("  title: 10", "  title: 10\n  title: 10", 33, "fields.title"),
        ("weight: 1}", "weight: .nan}", 41, "strong[1].weight"),
        ("weight: 1}", "weight: 1, colour: red}", 41, "strong[1].colour"),
        ('"special{|ist} needs education"', '"special{|ist needs education"', 42, "strong[2].phrase"),
        ('"special{|ist} needs education"', "[]", 42, "strong[2].phrase"),
        ('"special{|ist} needs education"', '"[quite]"', 42, "strong[2].phrase"),
    ],
)
def test_a_slip_is_told_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, key: str
) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(ConfigError) as raised:
        load_lexicon(path)
    told = str(raised.value)
    assert told.startswith(f"{path}, line ")
    assert f": {key}: " in told
    assert abs(int(told.removeprefix(f"{path}, line ").split(":")[0]) - line) <= 6


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("words_for_one: 400", "words_for_one: many", "phases.words_for_one"),
        ("share: 0.2", "share: 2", "phases.share"),
        ("    - name: early years", "    - title: early years", "phases.names[1].title"),
        ('["{0|birth|nought} to 25"', '["{0|birth to 25"', "phases.all[1]"),
        ("  not_here: [", "  not_there: [", "applies.not_there"),
        ("among: caring", "among: nobody", "among"),
        ("spelt_out: [educat", "spelt_out: [1, educat", "spelt_out[1]"),
    ],
)
def test_a_slip_in_nations_phases_and_circles_is_told_too(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    with pytest.raises(ConfigError, match=r"mine\.yaml, line \d+: ") as raised:
        load_lexicon(changed(tmp_path, old, new))
    assert key in str(raised.value)


def test_a_lexicon_that_is_older_than_nations_and_phases_still_loads(tmp_path: Path) -> None:
    top = re.split(r"(?m)^(?=[a-z_]+:)", PACKAGED)
    new = ("circles:", "spelt_out:", "applies:", "phases:")
    older = "".join(piece for piece in top if not piece.startswith(new)).replace(", among:", "}#")
    path = tmp_path / "older.yaml"
    path.write_text(older, "utf-8")
    assert load_lexicon(path).phases == load_lexicon().phases


@pytest.mark.parametrize("content", ["", "just words", "a: [", "- 1", "thresholds: {}", "\ttabs: no", "\x00"])
def test_a_file_that_is_no_lexicon_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.yaml, line \d+: "):
        load_lexicon(path)


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"caf\xe9: 1")
    for path in (tmp_path / "absent.yaml", tmp_path, latin):
        with pytest.raises(ConfigError, match="line 1"):
            load_lexicon(path)


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("special need*", "Specialised and special needs", ["special needs"]),
        (
            "short breaks [for families]",
            "short breaks for families; short breaks",
            ["short breaks for families", "short breaks"],
        ),
        (
            "[very] good {school|academy}",
            "a very good school, a good academy",
            ["very good school", "good academy"],
        ),
        ("co{-|}ordinator", "coordinator co-ordinator", ["coordinator", "co-ordinator"]),
        ("health and care", "health-and-care, health, and care", ["health-and-care", "health, and care"]),
        ("school", "preschool schooling school", ["school"]),
    ],
)
def test_a_phrase_finds_what_an_editor_means(written: str, text: str, expected: list[str]) -> None:
    ready = searchable(text)
    assert [ready.plain[start:end] for start, end in phrase(written).spans(ready)] == expected


@pytest.mark.parametrize("written", ["", "  ", "[maybe]", "a {b", "a]", "a [b}"])
def test_a_phrase_whose_marks_do_not_pair_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"closes nothing|never closed|must be there"):
        phrase(written)


def test_a_letter_that_grows_when_lowered_moves_no_quotation() -> None:
    ready = searchable("İİİ school")
    assert len(ready.lower) == len(ready.plain)
    assert next(phrase("school").spans(ready)) == (4, 10)
