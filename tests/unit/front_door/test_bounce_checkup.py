"""``doctor`` says what keeps bounces from being read, before a digest has gone out."""

from dataclasses import replace
from pathlib import Path

from sendwatch.commands.bounce_checkup import bounce_findings
from sendwatch.mailing_settings import MailingSettings
from sendwatch.settings import read_settings
from tests.support.bounce_house import BounceHouse


def _mailing(house: BounceHouse) -> MailingSettings:
    return read_settings(house.settings, cwd=house.folder).mailing


def test_a_mailbox_that_opens_is_well_and_one_that_does_not_is_wrong(tmp_path: Path) -> None:
    house = BounceHouse(tmp_path)
    house.arrives("postfix_unknown_user")
    (well,) = bounce_findings(_mailing(house), offline=False)
    assert (well.state, well.words) == ("ok", "the mailbox opens; 1 mails lie in it")
    (house.maildir / "new").rename(house.maildir / "away")
    (wrong,) = bounce_findings(_mailing(house), offline=False)
    assert wrong.state == "wrong"
    assert list(bounce_findings(_mailing(house), offline=True)) == []


def test_a_mailbox_without_an_envelope_sender_is_wrong_and_no_mailbox_is_nothing(tmp_path: Path) -> None:
    mailing = _mailing(BounceHouse(tmp_path))
    (wrong,) = bounce_findings(replace(mailing, bounce_address=""), offline=True)
    assert "SENDWATCH_BOUNCE_ADDRESS" in wrong.advice
    assert list(bounce_findings(replace(mailing, bounces=""), offline=False)) == []
