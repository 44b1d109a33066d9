"""What is documented is what is there: every command in the README and in the reference, and no other."""

import re
from pathlib import Path

import pytest

from sendwatch.cli import COMMANDS, SHORT

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_readme_and_in_the_reference(name: str) -> None:
    assert f"| `sendwatch {name}" in README, f"the README's table has no row for {name}"
    assert f"`{name}" in REFERENCE or f"sendwatch {name}" in REFERENCE, f"commands.md says nothing of {name}"
    assert SHORT[name], "the help says in a line what it is for"


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `sendwatch ([a-z-]+)", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize(
    "page", [*sorted(ROOT.glob("docs/**/*.md")), ROOT / "README.md"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_link_of_the_docs_leads_to_a_file_that_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{target} is not there"
