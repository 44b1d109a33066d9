"""Real pages at two dates, each beside what an editor expects to be told of it.

A pair without an expectation is written out and fails the run until someone has looked at it. ``facts`` are
what an editor asks for; ``too_much`` are facts that are told besides, and why nobody would miss them.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from real_pairs import pair

from pipeline.model.facts import FactChange
from pipeline.model.redlines import Noticed

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "versions"
SLUGS = sorted(path.name.removesuffix(".expected.yaml") for path in FOLDER.glob("*.expected.yaml"))
MOST = 60  # characters of a fact's words: the texts are other people's


def told(fact: FactChange) -> str:
    """A fact in few words."""
    words = " -> ".join(word[:MOST] for word in (fact.old, fact.new) if word)
    return f"{fact.kind.value} {fact.turn.value}: {words}"


def summed_up(found: Noticed) -> dict[str, Any]:
    """What the expectation holds."""
    verdict = found.findings.verdict
    return {
        "kind": found.kind.value,
        "kinds": [kind.value for kind in found.findings.kinds],
        "significance": found.significance.value,
        "judgement": verdict.judgement.value if verdict else "",
        "facts": sorted(told(fact) for fact in found.findings.facts),
    }


@pytest.fixture(scope="module")
def pairs(shared: Path) -> Path:
    folder = shared / "corpus" / "versions"
    if not folder.is_dir():
        pytest.skip("needs the shared corpus: pages at two dates")
    return folder


def test_every_real_pair_has_an_expectation(pairs: Path) -> None:
    written = []
    for folder in sorted(path for path in pairs.iterdir() if path.is_dir()):
        place = FOLDER / f"{folder.name}.expected.yaml"
        if not place.exists():
            found = pair(folder)[1]
            said = summed_up(found) if found else {"nothing": True}
            FOLDER.mkdir(exist_ok=True)
            place.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
            written.append(place.name)
    assert not written, "written out: read them beside the texts, then run again"
    assert {path.name for path in pairs.iterdir() if path.is_dir()} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_real_pair_is_told_as_an_editor_expects(pairs: Path, slug: str) -> None:
    expected = yaml.safe_load((FOLDER / f"{slug}.expected.yaml").read_text(encoding="utf-8"))
    besides = [fact for facts in expected.pop("too_much", {}).values() for fact in facts]
    expected["facts"] = sorted([*expected["facts"], *besides])
    found = pair(pairs / slug)[1]
    assert found is not None
    assert summed_up(found) == expected, found.details
