"""Somebody looks after the list by hand: takes one in, adds a person, answers a person who wrote."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alerts.steps.importing import import_list
from alerts.subscriber_rows import read_list
from pipeline.model.errors import ConfigError
from pipeline.model.subscribers import SubscriberState
from pipeline.store import subscriber_lists
from pipeline.store.database import Database, open_database
from sendwatch.commands.checkup import doctor
from sendwatch.commands.desk import desk as desk_command
from sendwatch.commands.subscribing import subscriber_group
from tests.support.databases import fresh_sqlite
from tests.support.desk import FACTS, FRIDAY, SECRET, Desk, a_desk, a_file

LIST = """Email,Topics,Phases,Plan,Consent source,Consent date
anna@home.example,letters; funding,school,weekly,paper form at the fair,2025-03-31
BEN@home.example,,,weekly; monthly,old newsletter,31/03/2025
cleo@home.example,,,,,
ben@home.example,,,,old newsletter,2025-03-31
not an address,,,,old newsletter,2025-03-31
dora@home.example,,,quarterly,old newsletter,2025-03-31
emil@home.example,,,,old newsletter,
finn@home.example,,,,old newsletter,2031-01-01
gone@home.example,,,,old newsletter,2025-03-31
left@home.example,,,,old newsletter,2025-03-31
"""


@pytest.fixture
def desk(db: Database) -> Iterator[Desk]:
    with a_desk(db) as running:
        yield running


def test_a_list_with_consent_on_record_is_taken_in_without_a_mail(desk: Desk) -> None:
    gone = desk.join("gone@home.example")
    desk.post(desk.preferences(gone) + "/erase")
    desk.post(desk.leave(desk.join("left@home.example")))

    tried = _import(desk, check=True)
    assert (tried.taken, tried.asked) == (2, 0)
    assert desk.find("anna@home.example") is None, "a check keeps nothing"

    done = _import(desk)
    assert (done.taken, done.asked) == (2, 0)
    assert dict(done.refused) == {
        4: "no consent on record: add consent_source and consent_date, or use --ask-them",
        5: "stands twice in this list",
        6: "the address is not in order",
        7: "there is no digest 'quarterly'; known are monthly, weekly",
        8: "consent needs a source and a date like 2025-03-31 or 31/03/2025",
        9: "the date of the consent is still to come",
        10: "was forgotten, has left or has complained: not taken in",
        11: "has left: not taken in",
    }
    assert desk.deliver() == []
    anna = desk.person("anna@home.example")
    assert anna.state is SubscriberState.ACTIVE
    assert {topic.name for topic in anna.preferences.topics} == {"LETTERS", "FUNDING"}
    assert anna.consent is not None
    assert (anna.consent.source, f"{anna.consent.at:%Y-%m-%d}") == ("paper form at the fair", "2025-03-30")
    assert desk.person("ben@home.example").preferences.plans == {"weekly", "monthly"}
    assert desk.log(anna)[0][0] == "import"
    assert desk.get(desk.preferences(anna)).status_code == 200

    again = _import(desk)
    assert again.taken == 0, "twice does no harm"


def test_a_mistyped_topic_does_not_bring_a_person_everything(desk: Desk) -> None:
    text = (
        "address,topics,phases,consent_source,consent_date\n"
        "anna@home.example,lettters,,paper,2025-03-31\n"
        "ben@home.example,,schools,paper,2025-03-31\n"
        "cleo@home.example,Letters,School,paper,2025-03-31\n"
    )
    rows = read_list(text, offered=FACTS.plans, named=FACTS.named, now=desk.now)
    done = import_list(desk.db, desk.site.tokens, FACTS, rows, desk.now)
    assert dict(done.refused) == {
        2: "there is no topic 'lettters'; known are "
        "letters, guidance, consultations, law, statistics, funding",
        3: "there is no phase 'schools'; known are early years, school, post-16",
    }
    cleo = desk.person("cleo@home.example").preferences
    assert ({topic.name for topic in cleo.topics}, cleo.phases) == ({"LETTERS"}, {"school"})


def test_people_without_consent_are_asked_at_a_bounded_pace(desk: Desk) -> None:
    text = "address\n" + "".join(f"person{number}@home.example\n" for number in range(7))
    rows = read_list(text, offered=FACTS.plans, named=FACTS.named, now=desk.now)
    done = import_list(desk.db, desk.site.tokens, FACTS, rows, desk.now, ask=2)
    assert done.asked == 7
    assert len(desk.deliver()) == 1
    from datetime import timedelta

    desk.wait(timedelta(minutes=1))
    assert len(desk.deliver()) == 2
    desk.wait(timedelta(minutes=5))
    assert len(desk.deliver()) == 4
    with desk.db.begin() as tx:
        assert subscriber_lists.counts(tx).pending == 7


def test_a_list_of_many_thousands_takes_seconds(tmp_path: Path) -> None:
    text = "email,consent_source,consent_date\n"
    text += "".join(f"person{number}@home{number % 500}.example,paper,2025-03-31\n" for number in range(5000))
    database = open_database(fresh_sqlite(tmp_path / "list.db"))
    began = time.perf_counter()
    from alerts.tokens import Tokens

    rows = read_list(text, offered=FACTS.plans, named=FACTS.named, now=FRIDAY)
    done = import_list(database, Tokens(SECRET), FACTS, rows, FRIDAY)
    assert done.taken == 5000
    assert time.perf_counter() - began < 15
    database.close()


def test_a_list_that_is_none_is_refused_with_its_line(house: Path) -> None:
    for text, words in (
        ("", "no column address"),
        ("name,phone\n", "no column address"),
        ("email,shoe size\n", "unknown column 'shoe_size'"),
    ):
        done = _run("import", str(a_file(house, "list.csv", text)))
        assert words in str(done.exception)
    assert "cannot be read" in str(_run("import", str(house / "missing.csv")).exception)
    (house / "list.csv").write_bytes(b"email\n\xff\xfe\n")
    assert "not UTF-8" in str(_run("import", str(house / "list.csv")).exception)


def test_the_commands_tell_one_person_what_is_held_and_erase_it(house: Path) -> None:
    path = a_file(
        house, "list.csv", "email,consent_source,consent_date\nanna@home.example,paper,2025-03-31\n"
    )
    assert "1 would be taken in" in _run("import", str(path), "--check").output
    assert "1 taken in" in _run("import", str(path)).output
    assert "a mail asks them to confirm" in _run("add", "ben@home.example").output
    assert "added" in _run("add", "cleo@home.example", "--consent", "by telephone").output
    assert "is on the list already" in str(_run("add", "cleo@home.example").exception)
    counted = _run("list").output
    assert [line.split()[0] for line in counted.splitlines()[:2]] == ["1", "2"]
    assert "home.example" not in counted
    lines = [json.loads(line) for line in _run("list", "--addresses").output.splitlines()]
    assert {line["address"] for line in lines} == {f"{n}@home.example" for n in ("anna", "ben", "cleo")}
    assert json.loads(_run("export", "Anna@home.example").output)["consent"]["where"] == "paper"
    shown = _run("show", "anna@home.example").output
    assert "active" in shown
    assert "anna@" not in shown
    assert "confirmed 2025-03-31 00:00" in shown
    assert "taken in with consent of 2025-03-31: paper" in shown, "the day that the list names"
    assert _run("forget", "anna@home.example").exit_code != 0, "it asks back"
    assert "erased" in _run("forget", "anna@home.example", "--yes").output
    assert "nobody with this address" in str(_run("show", "anna@home.example").exception)
    assert "was forgotten" in _run("import", str(path)).output
    assert "was forgotten" in str(_run("add", "anna@home.example").exception)


def test_a_secret_that_was_lost_is_noticed_before_a_list_brings_back_who_was_erased(house: Path) -> None:
    path = a_file(
        house, "list.csv", "email,consent_source,consent_date\nanna@home.example,paper,2025-03-31\n"
    )
    _run("import", str(path))
    _run("forget", "anna@home.example", "--yes")
    kept = (house / "var" / "secret.key").read_bytes()
    (house / "var" / "secret.key").unlink()  # as when it is left out of a restore
    for words in (("import", str(path)), ("add", "ben@home.example")):
        refused = _run(*words).exception
        assert isinstance(refused, ConfigError)
        assert "put back secret.key" in str(refused)
    said = CliRunner().invoke(doctor, ["--offline"]).output
    assert "WRONG  secret for links: the secret for links is not the one" in said
    assert kept.decode() not in said
    (house / "var" / "secret.key").write_bytes(kept)
    assert "was forgotten" in _run("import", str(path)).output
    assert "WRONG  secret" not in CliRunner().invoke(doctor, ["--offline"]).output


def test_a_secret_that_was_changed_on_purpose_is_taken_when_somebody_says_so(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run("add", "ben@home.example")
    assert "nothing to do" in _run("new-secret").output
    monkeypatch.setenv("SENDWATCH_SECRET", "another secret, which is long enough")
    assert _run("new-secret").exit_code != 0, "it asks back"
    assert isinstance(_run("add", "cleo@home.example").exception, ConfigError)
    assert "from now on this secret counts" in _run("new-secret", "--yes").output
    assert "a mail asks them to confirm" in _run("add", "cleo@home.example").output


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SENDWATCH_MAIL_ALLOW", "@home.example")
    return tmp_path


def test_the_port_that_is_taken_is_said_plainly(house: Path, desk: Desk) -> None:
    done = CliRunner().invoke(desk_command, ["--listen", desk.root.removeprefix("http://")])
    assert "SENDWATCH_LISTEN" in str(done.exception)


def _run(*words: str) -> Result:
    return CliRunner().invoke(subscriber_group, list(words))


def _import(desk: Desk, *, check: bool = False):  # type: ignore[no-untyped-def]
    rows = read_list(LIST, offered=FACTS.plans, named=FACTS.named, now=desk.now)
    return import_list(desk.db, desk.site.tokens, FACTS, rows, desk.now, check=check)
