"""What a page said, when it changed, and whether the memory is still as it was written."""

import json
import sqlite3
import zlib
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sendwatch.demo.demo_documents import DAY_TWO, GUIDANCE, GUIDANCE_TEXT, demo_day_two
from tests.support.stories import tags, the_first_day
from tests.support.watch import Watch

FUNDING = "/government/publications/high-needs-funding-2026-to-2027"
EVERYTHING = ["New blog post", "New letter", "Quiet change", "Withdrawn"]


def test_an_editor_sees_what_a_page_said_on_each_day_and_what_changed_between(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, _):
        demo_day_two(shelf)
        watch.once()
        url = watch.publisher.govuk_url + GUIDANCE
        told = watch.command("history", url).stdout
        assert "live, 2 versions" in told
        assert "quietly updated, substantive, told" in told
        lines = [json.loads(line) for line in watch.command("history", url, "--json").stdout.splitlines()]
        assert [[c["kind"] for c in line["changes"]] for line in lines] == [["baseline"], ["quietly_updated"]]
        assert all(line["kept"] for line in lines)
        before, after = (line["seen_at"] for line in lines)
        assert {"quietly_updated", "child_changed"} <= set(lines[1]["changes"][0]["kinds"])

        assert "should offer parent carers a meeting" in watch.command("show", url, "--at", before).stdout
        assert "must offer parent carers a meeting" in watch.command("show", url, "--at", after).stdout
        moment = next(line.split()[1] for line in told.splitlines() if line.startswith("1. "))
        assert "version 1 of 2" in watch.command("show", url, "--at", moment).stdout, "as the list prints it"

        never = watch.command("show", url, "--at", "2020-01-01", check=False)
        assert (never.returncode, never.stdout) == (66, "")
        assert "saw it first on" in never.stderr
        unknown = watch.command("history", f"{url}-and-more", check=False)
        assert (unknown.returncode, unknown.stdout) == (66, "")

        then, now = f"{url}@{before}", f"{url}@{after}"
        words = watch.command("compare", then, now).stdout
        assert "Judgement: quiet" in words
        assert "[-should-]" in words
        assert "{+must+}" in words
        data = json.loads(watch.command("compare", then, now, "--json").stdout)
        assert data["significance"] == "substantive"
        assert data["verdict"]["judgement"] == "quiet"
        assert ("obligation", "strengthened") in {(fact["kind"], fact["turn"]) for fact in data["facts"]}
        page = watch.command("compare", then, now, "--html", "--exit-code", check=False)
        assert page.returncode == 1
        assert "<del" in page.stdout
        assert "<ins" in page.stdout
        assert watch.command("compare", then, then, "--exit-code").stdout == "The text is the same.\n"
        too_early = watch.command("compare", f"{url}@2020-01-01", now, check=False)
        assert too_early.returncode == 66
        assert "saw it first on" in too_early.stderr


def test_verify_finds_a_flipped_byte_an_altered_text_and_a_missing_row(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, _):
        demo_day_two(shelf)
        watch.once()
        sound = watch.command("verify")
        assert "all is as it was written" in sound.stdout
        counts = json.loads(watch.command("verify", "--json").stdout)
        assert counts["flaws"] == []
        assert counts["versions"] == counts["changes"] > 12

        with _database(watch) as database, database:
            sha256, packed = database.execute("SELECT sha256, packed FROM bodies LIMIT 1").fetchone()
            body = bytearray(zlib.decompress(packed))
            body[10] ^= 1
            database.execute("UPDATE bodies SET packed = ? WHERE sha256 = ?", (zlib.compress(body), sha256))
            altered, packed = database.execute("SELECT id, packed FROM versions LIMIT 1").fetchone()
            text = zlib.decompress(packed).replace(b"SEND", b"SAND")
            database.execute("UPDATE versions SET packed = ? WHERE id = ?", (zlib.compress(text), altered))
            lost, unexplained = (
                row[0] for row in database.execute("SELECT to_version FROM changes ORDER BY id DESC LIMIT 2")
            )
            database.execute("DELETE FROM versions WHERE id = ?", (lost,))
            database.execute("DELETE FROM changes WHERE to_version = ?", (unexplained,))

        found = watch.command("verify", check=False)
        assert found.returncode == 1
        where = found.stdout
        assert f"raw bytes {sha256}: they no longer have their digest" in where
        assert f"version {altered} of http" in where
        assert "its text is not what was written" in where
        assert f"it names version {lost}, which is missing" in where
        assert f"version {unexplained}: the ledger does not say how it came about" in where
        flaws = json.loads(watch.command("verify", "--json", check=False).stdout)["flaws"]
        assert len(flaws) == 5, "the lost version is missed by its change and by its document"
        assert all(flaw["advice"] for flaw in flaws)


def test_old_versions_are_let_go_and_nothing_that_a_mail_rests_on(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        for hours, words in enumerate([("colleges how", "colleges, how"), ("spent.", "spent,")], start=1):
            shelf.edit(FUNDING, at=DAY_TWO + timedelta(hours=hours), replacing=[words])
            watch.once()
        assert tags(postbox) == EVERYTHING, "a comma is recorded and not mailed"
        with _database(watch) as database, database:
            database.execute("UPDATE versions SET seen_at = '2026-01-05 10:00:00.000000'")
        watch.settings["SENDWATCH_KEEP"] = "30"
        watch.once()
        assert "let go" not in watch.command("verify").stdout, "a plain run lets nothing go"
        watch.once("--sweep")
        assert "2 let go by retention" in watch.command("verify").stdout, "and all the rest is sound"

        url = watch.publisher.govuk_url + FUNDING
        assert "live, 3 versions" in watch.command("history", url).stdout
        kept = [
            json.loads(line)["kept"] for line in watch.command("history", url, "--json").stdout.splitlines()
        ]
        assert kept == [False, False, True]
        with _database(watch) as database, database:
            database.execute(
                "UPDATE versions SET seen_at = '2026-01-03 10:00:00.000000' WHERE digest = '' AND id < 20"
            )
        gone = watch.command("show", url, "--at", "2026-01-04", check=False)
        assert (gone.returncode, gone.stdout) == (66, "")
        assert "was let go (SENDWATCH_KEEP)" in gone.stderr
        assert "its text was let go" in watch.command("history", url).stdout
        compared = watch.command("compare", f"{url}@2026-01-04", url, check=False)
        assert compared.returncode == 66
        assert "was let go" in compared.stderr

        cited = watch.publisher.govuk_url + GUIDANCE
        assert "let go" not in watch.command("history", cited).stdout
        with _database(watch) as database:
            told = database.execute(
                "SELECT v.digest FROM changes c JOIN versions v ON v.id IN (c.from_version, c.to_version) "
                "WHERE c.story_id IS NOT NULL"
            ).fetchall()
        assert told
        assert all(digest for (digest,) in told)
        shelf.edit(GUIDANCE_TEXT, at=DAY_TWO + timedelta(hours=9), replacing=[("20 working", "25 working")])
        watch.once()
        assert len(postbox.raw) == 1 + len(EVERYTHING) + 1, "the watch goes on"


def _database(watch: Watch) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(watch.folder / "var" / "sendwatch.db"))
