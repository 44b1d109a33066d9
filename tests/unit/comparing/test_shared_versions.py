"""The contract's ten states of one letter, and real pages at two dates: each must be told as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from comparing_samples import version
from real_pairs import pair

from crawler.reading.govuk_content import read_content
from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import ChangeKind, Significance
from pipeline.model.documents import Part, PartKind, Record
from pipeline.text.noticing.notice import notice

URL = "https://www.gov.uk/government/publications/example-send-ministerial-letter"
FIRST, EDITED = "01_first_published.child.json", "03_silent_child_text.child.json"
STATES = [
    ("02_updated_at_only", FIRST, None),
    ("03_silent_child_text", EDITED, ChangeKind.QUIETLY_UPDATED),
    ("04_silent_file_replaced", EDITED, ChangeKind.ATTACHMENT_REPLACED),
    ("05_major_update", EDITED, ChangeKind.UPDATED),
    ("06_note_deleted_public_date_back", EDITED, ChangeKind.NOTE_EDITED),
    ("07_withdrawn", EDITED, ChangeKind.WITHDRAWN),
    ("08_redirect", "", ChangeKind.MOVED),
    ("09_gone_with_explanation.http200", "", ChangeKind.GONE),
    ("10_gone_plain.http410", "", None),
]


def part(
    kind: PartKind, key: str, url: str, title: str, blocks: tuple[Block, ...], sha256: str = "p"
) -> Part:
    return Part(
        kind, key, url, title, ReadStatus.READ, sha256, 1, tuple(replace(b, part=key) for b in blocks)
    )


def look(folder: Path, name: str, child: str) -> tuple[Record, tuple[Part, ...]]:
    """A state as a spider would bring it home, its PDF's text moving with its address."""
    page = read_content((folder / f"{name}.json").read_bytes(), url=URL)
    if not child:
        return page.record, ()
    parts = [part(PartKind.PAGE, "", URL, page.record.title, page.blocks)]
    for link in page.children:
        below = read_content((folder / child).read_bytes(), url=f"https://www.gov.uk{link.path}")
        parts.append(part(PartKind.CHILD, link.key, link.path, link.title, below.blocks))
    for file in page.files:
        text = (Block(BlockKind.PARAGRAPH, f"Example text of {file.filename}.", anchor="page=1"),)
        made = part(PartKind.FILE, file.key, file.url, file.title, text, sha256=file.filename)
        parts.append(replace(made, filename=file.filename, size=file.size))
    return page.record, tuple(parts)


@pytest.fixture(scope="module")
def scenario(shared: Path) -> Path:
    folder = shared / "sources" / "examples" / "constructed" / "govuk-content-scenario"
    if not folder.is_dir():
        pytest.skip("needs the shared corpus: the ten states of one letter")
    return folder


@pytest.mark.parametrize("step", range(len(STATES)), ids=[name for name, _, _ in STATES])
def test_each_of_the_ten_states_is_told_as_the_contract_says(scenario: Path, step: int) -> None:
    before = [("01_first_published", FIRST), *((name, child) for name, child, _ in STATES)][step]
    name, child, kind = STATES[step]
    record, parts = look(scenario, *before)
    found = notice(version(record, *parts), *look(scenario, name, child))
    assert (found.kind if found else None) == kind


def test_the_silent_file_and_the_deleted_note_are_told_in_words(scenario: Path) -> None:
    record, parts = look(scenario, "03_silent_child_text", EDITED)
    silent = notice(version(record, *parts), *look(scenario, "04_silent_file_replaced", EDITED))
    assert silent is not None
    assert silent.details[0] == "The file “Example letter (PDF)” was replaced without a note."
    record, parts = look(scenario, "05_major_update", EDITED)
    deleted = notice(version(record, *parts), *look(scenario, "06_note_deleted_public_date_back", EDITED))
    assert deleted is not None
    note = "Example: deadline for local authority returns changed."
    assert deleted.details == (
        f"The publisher took away its note of 24 November 2026: “{note}”",
        "The public date went back from 24 November 2026 to 20 November 2026.",
    )


def test_a_withdrawn_letter_that_is_live_again_is_restored(scenario: Path) -> None:
    record, parts = look(scenario, "07_withdrawn", EDITED)
    found = notice(version(record, *parts), *look(scenario, "06_note_deleted_public_date_back", EDITED))
    assert found is not None
    assert found.kind is ChangeKind.RESTORED


# What each real pair is called in its meta.json, and what sendwatch must make of it.
WEIGHTS = {
    "cosmetic": Significance.TYPOGRAPHICAL,
    "artefact": Significance.TYPOGRAPHICAL,
    "minor": Significance.MINOR,
    "append": Significance.SUBSTANTIVE,
    "rewrite": Significance.SUBSTANTIVE,
    "substantive": Significance.SUBSTANTIVE,
}
LABELLED = {
    "academy-funding-email-address": "cosmetic",
    "appeal-sen-statement-body-appears": "artefact",
    "charity-inquiry-phone-number": "cosmetic",
    "civil-2018-contracts": "append",
    "covid-education-hub-2020-04-to-2020-06": "substantive",
    "covid-education-hub-2020-06-to-2020-07": "substantive",
    "covid-education-hub-2020-07-rewrite": "rewrite",
    "covid-education-hub-2021-01-lockdown": "substantive",
    "covid-education-hub-2021-01-to-2021-03": "substantive",
    "git-teach-send-pupils": "substantive",
    "git-teacher-pay": "substantive",
    "high-needs-strategic-planning-fund-a": "substantive",
    "high-needs-strategic-planning-fund-b": "minor",
    "highways-england-growth": "rewrite",
    "historic-vehicles": "substantive",
    "registered-providers-one-line": "minor",
}


@pytest.mark.parametrize("slug", list(LABELLED))
def test_a_real_change_weighs_what_its_label_says(shared: Path, slug: str) -> None:
    folder = shared / "corpus" / "versions" / slug
    if not folder.is_dir():
        pytest.skip("needs the shared corpus: pages at two dates")
    meta, found = pair(folder)
    assert meta["kind"] == LABELLED[slug]
    assert found is not None
    assert found.significance is WEIGHTS[LABELLED[slug]], found.details
    dates = meta["public_updated_at"]
    assert isinstance(dates, list)
    announced = found.kind is ChangeKind.UPDATED
    assert announced == (dates[0] != dates[1]), found.details


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("historic-vehicles", "8 January 1976 to 8 January 1977"),
        ("git-teach-send-pupils", "3 years"),
        ("charity-inquiry-phone-number", "0300 065 2123 to 07785 748787"),
        ("registered-providers-one-line", "This page was updated in March 2017"),
        ("high-needs-strategic-planning-fund-a", "benchmarking tool"),
        ("civil-2018-contracts", "Update on procurement process due to the General Election."),
    ],
)
def test_a_real_change_is_told_by_what_changed(shared: Path, slug: str, words: str) -> None:
    folder = shared / "corpus" / "versions" / slug
    if not folder.is_dir():
        pytest.skip("needs the shared corpus: pages at two dates")
    found = pair(folder)[1]
    assert found is not None
    assert any(words in detail for detail in found.details), found.details
