"""``sendwatch draft`` for text that an editor has pasted, with and without what the editor knows of it."""

import os
import subprocess
from pathlib import Path

from tests.support.program import run_program
from tests.support.watch import ROOT

SPEECH = """Good morning, and thank you for having me. It’s a pleasure to be in Leeds.

Too many families fight for help with special educational needs. We’re putting £200 million into
training every teacher to help pupils with SEND, starting in September 2027. I expect every school to
publish what it does for pupils with SEND by Easter 2027. No child who has an EHC plan will lose it.
I say that as a minister, and my department will hold to it. I want parents to tell their school what
is missing.
"""


def test_a_pasted_speech_has_a_headline_and_a_lead_from_its_own_words() -> None:
    made = _draft(SPEECH)
    assert made.startswith("# Speech about ")
    assert "A new document has been published" not in made
    assert "The speech is about" in made
    assert "the government is putting £200 million into training every teacher" in made
    assert "The speaker expects every school to publish" in made
    assert "as a minister" not in made.split("---")[0], "a sentence that leans on the one before is no point"


def test_what_the_editor_knows_goes_into_headline_lead_and_passages() -> None:
    made = _draft(
        SPEECH,
        *("--title", "Orla Penrose speaks about help for pupils with SEND"),
        *("--publisher", "Department for Education", "--type", "speech", "--date", "2026-11-03"),
    )
    assert "Orla Penrose has given a speech about help for pupils with" in made
    assert "Orla Penrose expects every school to publish" in made


def test_the_day_that_the_editor_gives_is_named_where_the_text_names_nobody() -> None:
    assert "The speech of 3 November 2026 is about" in _draft(SPEECH, "--date", "2026-11-03")


def test_a_wrong_glossary_is_refused_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "glossary.yaml"
    own.write_text("short_forms: []\nterms:\n  - word: off-rolling\n", encoding="utf-8")
    refused = _run(SPEECH, glossary=str(own))
    assert refused.returncode == 78
    assert "line 3: terms[1].word: this key is not known" in refused.stderr


def _draft(text: str, *options: str) -> str:
    made = _run(text, *options)
    assert made.returncode == 0, made.stderr
    return made.stdout


def _run(text: str, *options: str, glossary: str = "") -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "SENDWATCH_GLOSSARY": glossary}
    return run_program(["draft", "-", *options], env=surroundings, cwd=ROOT, given=text)
