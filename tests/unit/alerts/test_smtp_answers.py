"""What a mail server's answer means: for this address, for all of them, or for us."""

import pytest

from alerts.smtp_answers import Fate, Stage, clean, read_answer

TABLE = [
    (Stage.RECIPIENT, 550, "5.1.1 <anna@x.example>: User unknown", Fate.UNKNOWN),
    (Stage.RECIPIENT, 550, "5.1.10 null MX", Fate.UNKNOWN),
    (Stage.RECIPIENT, 550, "no such user here", Fate.REFUSED),
    (Stage.RECIPIENT, 550, "5.7.1 policy", Fate.REFUSED),
    (Stage.RECIPIENT, 554, "5.7.1 Relay access denied", Fate.REFUSED),
    (Stage.RECIPIENT, 451, "4.7.1 Greylisted, come back", Fate.LATER),
    (Stage.RECIPIENT, 452, "4.2.2 mailbox full", Fate.LATER),
    (Stage.RECIPIENT, 552, "5.2.2 mailbox full", Fate.LATER),
    (Stage.DATA, 552, "quota exceeded", Fate.LATER),
    (Stage.DATA, 552, "5.3.4 message too big", Fate.OURS),
    (Stage.SENDER, 552, "message exceeds fixed maximum", Fate.OURS),
    (Stage.SENDER, 553, "5.1.8 sender domain", Fate.OURS),
    (Stage.SENDER, 451, "4.3.0 try later", Fate.BUSY),
    (Stage.RECIPIENT, 421, "4.7.0 too many", Fate.BUSY),
    (Stage.RECIPIENT, 452, "4.3.1 insufficient system storage", Fate.BUSY),
    (Stage.OPENING, 554, "no SMTP service here", Fate.OURS),
    (Stage.OPENING, 421, "too busy", Fate.BUSY),
    (Stage.LOGIN, 535, "5.7.8 wrong", Fate.OURS),
    (Stage.LOGIN, 454, "4.7.0 later", Fate.BUSY),
    (Stage.RECIPIENT, 530, "5.7.0 authentication required", Fate.OURS),
]


@pytest.mark.parametrize(("stage", "code", "said", "fate"), TABLE)
def test_an_answer_is_about_one_address_all_or_us(stage: Stage, code: int, said: str, fate: Fate) -> None:
    assert read_answer(stage, code, said.encode()).fate is fate


def test_what_is_kept_of_an_answer_holds_nobodys_address() -> None:
    said = b"5.1.1 <anna@people.example>: Recipient rejected;\r\n rcpt=anna@people.example \x1b[31m"
    answer = read_answer(Stage.RECIPIENT, 550, said)
    assert "anna" not in answer.words
    assert "people" not in answer.words
    assert "550" in answer.words
    assert "\x1b" not in answer.words
    assert "\n" not in answer.words


def test_words_without_end_are_cut() -> None:
    assert len(clean("x" * 10_000)) == 300
