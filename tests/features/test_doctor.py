"""``doctor`` looks at what it says it looks at, and changes nothing."""

from pathlib import Path

from tests.support.stories import the_first_day


def test_doctor_greets_the_mail_server_and_sends_nothing(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, _shelf, postbox):
        before = len(postbox.mails)
        checkup = watch.command("doctor")
        assert "ok     mail server: 127.0.0.1:" in checkup.stdout
        assert "answers without TLS" in checkup.stdout
        assert len(postbox.mails) == before


def test_a_mail_server_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, _shelf, _postbox):
        watch.smtp_url = "smtp://127.0.0.1:9"
        checkup = watch.command("doctor", check=False)
        assert checkup.returncode == 1
        assert "WRONG  mail server: 127.0.0.1:9" in checkup.stdout
        assert "check SENDWATCH_SMTP_URL" in checkup.stdout
