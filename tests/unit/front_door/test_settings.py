"""Settings and schedules: what is wrong is refused with its place and what to write instead."""

from pathlib import Path

import pytest

from pipeline.model.errors import ConfigError
from sendwatch.schedules import parse_schedules, read_schedules
from sendwatch.settings import read_settings

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DELAY", "fast", "not a number"),
        ("DELAY", "-1", "outside"),
        ("SETTLE", "1e9", "outside"),
        ("TEAM", "anna@charity.example, ben", "'ben' is not an e-mail address"),
        ("TEAM", "anna@charity.example\nBcc: x@y.example", "is not an e-mail address"),
        ("CONTACT", "me", "neither a web page nor"),
        ("GOVUK_URL", "www.gov.uk", "root of a website"),
        ("SMTP_URL", "mail.example", "write smtp://"),
        ("SMTP_URL", "smtp://u:hush@mail.example:port", "the port"),
        ("BOUNCES", "imaps://u:hush@mail.example:port/INBOX", "the port"),
        ("DATABASE_URL", "postgresql://u:hush@h:port/d", "the port"),
        ("SITE_URL", "https://news.charity.example:port", "the port"),
        ("ALERT_HOOK", "https://hook.example:port/hush", "the port"),
        ("TIMEOUT", "0", "outside 1 to 600"),
        ("DATABASE_URL", "mysql://u:hush@h/d", "is not a database"),
        ("MAIL_ALLOW", "*@charity.example", "neither an address nor a domain"),
        ("ALERT_HOOK", "http://hook.example/hush", "write https://host/path"),
        ("CHAT", "syslog://hush", "touches the machine"),
        ("HOUSE", "nowhere.yaml", "there is no file"),
        ("DELAYS", "1", "did you mean SENDWATCH_DELAY"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as refused:
        read_settings({f"SENDWATCH_{name}": value}, cwd=tmp_path)
    assert f"SENDWATCH_{name}" in str(refused.value)
    assert "hush" not in str(refused.value)


def test_passwords_are_never_shown(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "SENDWATCH_SMTP_URL": "smtp://u:hush@mail.example:587",
            "SENDWATCH_DATABASE_URL": "postgresql://u:hush@h/d",
            "SENDWATCH_CHAT": "slack://hush/hush/hush jsons://u:hush@chat.charity.example/hush",
        },
        cwd=tmp_path,
    )
    assert "hush" not in repr(settings) + str(settings.shown())
    assert settings.shown()["chats"] == "Slack, JSON at chat.charity.example"


def test_a_password_behind_a_question_mark_is_not_shown_either(tmp_path: Path) -> None:
    url = "postgresql://h/d?user=u&password=hush&sslmode=require"
    settings = read_settings({"SENDWATCH_DATABASE_URL": url}, cwd=tmp_path)
    assert settings.shown()["database"] == "postgresql://h/d?user=u&password=…&sslmode=require"
    assert settings.database_url == url


def test_doctor_shows_what_is_in_force_for_digests_and_no_secret(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "SENDWATCH_SECRET": "hush hush hush hush hush hush",
            "SENDWATCH_HOOK_SECRET": "hush hush hush hush hush hush",
            "SENDWATCH_MAIL_PER_SECOND": "3",
            "SENDWATCH_REPLY_TO": "hello@charity.example",
        },
        cwd=tmp_path,
    )
    shown = settings.shown()
    assert (shown["mails a second"], shown["mails a day"]) == ("3", "no limit")
    assert (shown["reply to"], shown["webhook"], shown["secret"]) == ("hello@charity.example", "on", "set")
    assert "hush" not in str(shown)


def test_every_setting_stands_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    source = (ROOT / "sendwatch" / "settings.py").read_text("utf-8")
    names = [line.split('("')[1].split('"')[0] for line in source.splitlines() if "given.checked(" in line]
    assert len(names) > 10
    for name in [*names, "VAR"]:
        assert f"`SENDWATCH_{name}`" in reference, name


GOOD = """sources:
  one:
    title: One
    spider: govuk_feed
    where: {path: /one.atom}
    every: 15 minutes
"""


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("every: 15 minutes", "every: often", "s.yaml:6: sources.one.every"),
        ("spider: govuk_feed", "spider: tarantula", "s.yaml:4: sources.one.spider"),
        ("path: /one.atom", "path: one.atom", "s.yaml:5: sources.one.where"),
        ("title: One", "titel: One", "s.yaml:3: sources.one.titel"),
        ("  one:", "  One Two:", "s.yaml:3: sources.One Two"),
        ("sources:", "timezone: UTC\nsources:", "s.yaml:1: timezone"),
        ("title: One", "title: One\n    title: Two", "s.yaml:4: sources.one.title"),
        ("sources:", "sources: [", "s.yaml:"),
    ],
)
def test_a_wrong_schedule_is_refused_by_file_line_and_key(old: str, new: str, place: str) -> None:
    parse_schedules(GOOD, name="s.yaml")
    with pytest.raises(ConfigError) as refused:
        parse_schedules(GOOD.replace(old, new), name="s.yaml")
    assert str(refused.value).startswith(place)


def test_the_schedule_that_comes_with_sendwatch_is_good() -> None:
    keys = [source.key for source in read_schedules(None).sources]
    assert "govuk-send" in keys
    assert len(keys) == len(set(keys)) == 8
