"""Who a mail is from: the team knows sendwatch, a parent knows the charity."""

import email
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest

from pipeline.model.mails import Mail
from sendwatch.schedules import read_schedules
from sendwatch.settings import read_settings
from sendwatch.wiring import wire

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("digest_from", "public"),
    [
        ("", "Open Lanes <sendwatch@charity.example>"),
        ("news@charity.example", "Open Lanes <news@charity.example>"),
        ("SEND news <news@charity.example>", "SEND news <news@charity.example>"),
    ],
)
def test_a_parent_who_is_asked_to_confirm_knows_who_asks(
    tmp_path: Path, digest_from: str, public: str
) -> None:
    environment = {
        "SENDWATCH_VAR": str(tmp_path),
        "SENDWATCH_TEAM": "anna@charity.example",
        "SENDWATCH_OPERATORS": "ops@charity.example",
        "SENDWATCH_FROM": "sendwatch@charity.example",
        "SENDWATCH_DIGEST_FROM": digest_from,
        "SENDWATCH_REPLY_TO": "hello@charity.example",
    }
    wiring = wire(read_settings(environment, cwd=tmp_path), read_schedules(None))
    wiring.db.close()
    senders, answers_to = {}, {}
    for number, who in enumerate(("anna@charity.example", "ops@charity.example", "parent@home.example")):
        mail = Mail(f"Mail {number}", "Words.", "<p>Words.</p>")
        wiring.mailer.send(who, mail, message_id=f"<{number}@charity.example>", date=AT)
    for file in (tmp_path / "mail").glob("*.eml"):
        message = email.message_from_bytes(file.read_bytes(), policy=default)
        senders[message["To"]] = message["From"]
        answers_to[message["To"]] = message["Reply-To"]
    assert senders == {
        "anna@charity.example": "sendwatch@charity.example",
        "ops@charity.example": "sendwatch@charity.example",
        "parent@home.example": public,
    }
    assert answers_to == {
        "anna@charity.example": None,
        "ops@charity.example": None,
        "parent@home.example": "hello@charity.example",
    }
