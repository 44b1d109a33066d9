"""An editor says what should have been caught; the operator tries other rules on what was seen."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.text.relevance import lexicon as lexicon_module
from sendwatch.demo import items
from sendwatch.demo.shelf import Shelf
from tests.support.stories import a_watch_of
from tests.support.watch import Postbox, Watch

BEGUN = datetime(2026, 11, 18, 9, tzinfo=UTC)
DAY = "2026-11-18"
PACKAGED = Path(lexicon_module.__file__).with_name("lexicon.yaml").read_text("utf-8")
SCHEDULE = """
sources:
  govuk-send:
    title: SEND on GOV.UK
    spider: govuk_search
    where: {taxon: education/special-educational-needs-and-disability-send-and-high-needs}
    every: 2 seconds
"""
SNARKS, WOMBATS = "/government/publications/snarks", "/government/publications/wombats"
NEVER = "https://www.gov.uk/government/publications/never-listed"


def rules(folder: Path, word: str) -> Path:
    """A lexicon in which another word is what matters, and the publisher's topic says nothing."""
    path = folder / f"{word}.yaml"
    text = PACKAGED.replace("  taxon: 4", "  taxon: 0").replace(
        "strong:\n", f'strong:\n  - {{phrase: "{word}*", weight: 1}}\n', 1
    )
    path.write_text(text, "utf-8")
    return path


def about(path: str, word: str) -> items.Item:
    body = "".join(
        f"<p>Schools say that {number} {word}s help {number} pupils.</p>" for number in range(3, 9)
    )
    return items.page(path, f"The {word} report", document_type="guidance", at=BEGUN, body=body)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[tuple[Watch, Postbox, Path]]:
    """A watch for snarks that was mailed a page about them and kept one about wombats to itself."""
    shelf = Shelf()
    topic = items.page(
        items.SEND_TOPIC, "SEND and high needs", document_type="taxon", schema_name="taxon", at=BEGUN
    )
    shelf.publish(topic)
    old = rules(tmp_path, "snark")
    with a_watch_of(tmp_path, shelf, SCHEDULE, SENDWATCH_LEXICON=str(old)) as (house, postbox):
        shelf.publish(about(SNARKS, "snark"))
        shelf.publish(about(WOMBATS, "wombat"))
        house.once()
        assert {line["title"]: line["verdict"] for line in house.changes()} == {
            "The snark report": "relevant",
            "The wombat report": "not",
        }
        yield house, postbox, tmp_path


def test_other_rules_are_tried_on_what_was_seen_and_nothing_is_changed(
    watch: tuple[Watch, Postbox, Path],
) -> None:
    house, postbox, folder = watch
    url = {line["title"]: line["url"] for line in house.changes()}
    told = house.command("labels", "add", url["The wombat report"], "--relevant", "--why", "families asked")
    assert "sendwatch judged: not" in told.stdout
    house.command("labels", "add", url["The snark report"], "--not-relevant", "--by", "Ben")
    assert "never seen" in house.command("labels", "add", NEVER, "--relevant").stdout

    before, mails = house.ledger("--all"), len(postbox.raw)
    new = str(rules(folder, "wombat"))
    done = json.loads(house.command("replay", "--since", DAY, "--lexicon", new, "--json").stdout)
    assert [one["title"] for one in done["gained"]] == ["The wombat report"]
    assert [one["title"] for one in done["lost"]] == ["The snark report"]
    (gained,) = done["gained"]
    assert (gained["then"]["verdict"], gained["now"]["verdict"]) == ("not", "relevant")
    assert "wombat" in gained["now"]["reason"]["quote"]
    labels = done["labels"]
    assert (labels["judged"], labels["right_then"], labels["right_now"], labels["unread"]) == (2, 0, 2, 1)

    table = house.command("replay", "--since", DAY, "--lexicon", new).stdout
    assert "Alerts gained: 1" in table
    assert "Alerts lost: 1" in table
    assert "then 0 were met, now 2 are" in table

    same = house.command("replay", "--since", DAY).stdout
    assert "Alerts gained: none" in same
    assert "Alerts lost: none" in same
    assert house.ledger("--all") == before
    house.once()
    assert len(postbox.raw) == mails, "a trial of other rules mails nothing, then or later"


def test_a_wrong_lexicon_is_refused_with_its_place(watch: tuple[Watch, Postbox, Path]) -> None:
    house, _, folder = watch
    wrong = folder / "wrong.yaml"
    wrong.write_text(PACKAGED.replace("share: 0.2", "share: lots"), "utf-8")
    done = house.command("replay", "--since", DAY, "--lexicon", str(wrong), check=False)
    assert done.returncode == 78
    assert "phases.share" in done.stderr
    assert house.command("replay", "--since", DAY, "--lexicon", "nowhere.yaml", check=False).returncode == 78
    assert house.command("replay", check=False).returncode == 2


def test_an_editor_may_change_her_mind_and_nothing_is_lost(watch: tuple[Watch, Postbox, Path]) -> None:
    house, _, folder = watch
    url = next(line["url"] for line in house.changes() if "wombat" in line["title"])
    house.command("labels", "add", url, "--relevant", "--by", "Anna", "--why", "=looks like news")
    house.command("labels", "add", url, "--partial", "--by", "Anna", "--why", "one chapter")
    listed = house.command("labels", "list").stdout
    assert listed.count("replaced by a later label") == 1

    exported = house.command("labels", "export", "--texts", "labelled").stdout
    (row,) = csv.DictReader(io.StringIO(exported))
    assert (row["label"], row["judged"], row["who"], row["why"]) == ("partial", "not", "Anna", "one chapter")
    assert "wombats help" in (folder / "labelled" / row["file"]).read_text("utf-8")
    every = house.command("labels", "export", "--all").stdout
    assert [one["counts"] for one in csv.DictReader(io.StringIO(every))] == ["no", "yes"]
    assert "'=looks like news" in every, "a spreadsheet does not run it as a formula"
    as_json = json.loads(house.command("labels", "export", "--json").stdout)
    assert as_json["version"] == row["version"]

    kept = folder / "kept.csv"
    kept.write_text(every, "utf-8")
    assert "0 labels taken in, 2 were there" in house.command("labels", "import", str(kept)).stdout
    kept.write_text(every.replace("partial", "perhaps"), "utf-8")
    refused = house.command("labels", "import", str(kept), check=False)
    assert refused.returncode == 66
    assert "kept.csv, line 3: label" in refused.stderr
    assert house.command("labels", "add", url, check=False).returncode == 2
    assert house.command("labels", "add", "not-a-page", "--partial", check=False).returncode == 2
