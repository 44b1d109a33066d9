"""The optional language model: its settings are checked, its key is kept, and doctor says what to do."""

from pathlib import Path

import pytest

from pipeline.model.drafts import Citation, Draft, Sentence
from pipeline.model.errors import ConfigError
from pipeline.store.packing import from_json, to_json
from sendwatch.commands.findings import Finding
from sendwatch.commands.model_checkup import model_findings
from sendwatch.settings import read_settings
from tests.support.model_server import a_model_server

HERE = "http://127.0.0.1:8080/v1"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MODEL_URL", "127.0.0.1:8080", "/v1"),
        ("MODEL_URL", "ftp://127.0.0.1/v1", "/v1"),
        ("MODEL_URL", "http://127.0.0.1:port/v1", "/v1"),
        ("MODEL_URL", "http://me:hush@127.0.0.1/v1", "SENDWATCH_MODEL_KEY"),
        ("MODEL_URL", "http://127.0.0.1/v1?key=hush", "bare address"),
        ("MODEL_KEY", "hush hush", "one word"),
        ("MODEL_KEY", "hush\r\nX-Other: 1", "one word"),
        ("MODEL_SECONDS", "soon", "not a number"),
        ("MODEL_SECONDS", "3600", "outside"),
        ("MODEL_CHARACTERS", "10", "from 1000"),
        ("MODEL_CALLS_A_DAY", "-1", "whole number"),
        ("MODEL_CALLS_A_DAY", "1.5", "whole number"),
        ("MODEL_CALLS", "1", "no such setting"),
    ],
)
def test_a_wrong_setting_of_the_model_is_refused_by_name(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    with pytest.raises(ConfigError, match=words) as refused:
        read_settings({f"SENDWATCH_{name}": value}, cwd=tmp_path)
    assert f"SENDWATCH_{name}" in str(refused.value)
    assert "hush" not in str(refused.value)


def test_no_model_is_used_until_a_place_for_it_is_set(tmp_path: Path) -> None:
    assert read_settings({}, cwd=tmp_path).model is None
    assert read_settings({"SENDWATCH_MODEL_KEY": "k"}, cwd=tmp_path).model is None
    made = read_settings({"SENDWATCH_MODEL_URL": f"{HERE}/chat/completions"}, cwd=tmp_path).model
    assert made
    assert (made.url, made.seconds, made.characters, made.calls_a_day) == (HERE, 20, 24_000, 200)


def test_the_key_is_never_shown(tmp_path: Path) -> None:
    given = {"SENDWATCH_MODEL_URL": HERE, "SENDWATCH_MODEL_KEY": "hush"}
    settings = read_settings(given, cwd=tmp_path)
    assert "hush" not in repr(settings) + str(settings.shown())


def test_a_key_does_not_leave_this_machine_without_tls(tmp_path: Path) -> None:
    given = {"SENDWATCH_MODEL_URL": "http://models.example/v1", "SENDWATCH_MODEL_KEY": "hush"}
    with pytest.raises(ConfigError, match="without TLS") as refused:
        read_settings(given, cwd=tmp_path)
    assert "hush" not in str(refused.value)
    for place in ("https://models.example/v1", "http://localhost:1/v1", "http://[::1]:1/v1"):
        assert read_settings({**given, "SENDWATCH_MODEL_URL": place}, cwd=tmp_path).model


def found(tmp_path: Path, **given: str) -> list[Finding]:
    settings = read_settings({f"SENDWATCH_{k}": v for k, v in given.items()}, cwd=tmp_path)
    return list(model_findings(settings.model, offline=False))


def test_doctor_says_whether_the_model_answers_and_what_to_do(tmp_path: Path) -> None:
    assert found(tmp_path) == []
    with a_model_server() as model:
        (good,) = found(tmp_path, MODEL_URL=model.url, MODEL_NAME="small-one")
        (other,) = found(tmp_path, MODEL_URL=model.url, MODEL_NAME="large-one", MODEL_KEY="hush")
        (unnamed,) = found(tmp_path, MODEL_URL=model.url)
    assert good.state == "ok"
    assert other.state == "wrong"
    assert "small-one" in other.words
    assert "SENDWATCH_MODEL_NAME" in other.advice
    assert unnamed.state == "note"
    (gone,) = found(tmp_path, MODEL_URL=model.url, MODEL_KEY="hush")
    assert gone.state == "wrong"
    assert "SENDWATCH_MODEL_URL" in gone.advice
    assert "hush" not in str((good, other, gone))


def test_a_draft_that_was_stored_before_there_were_models_is_read() -> None:
    draft = Draft(
        Sentence("Letter to schools about rights", (Citation("Title"),)), (), (), "https://x.example"
    )
    stored = to_json(draft)
    assert '"by_model":false' in stored
    assert from_json(stored.replace(',"by_model":false', ""), Draft) == draft
