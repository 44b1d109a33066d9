"""Mail handed to a real server, and to a folder."""

import email
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from alerts.mailers import EmlMailer, SmtpMailer, build_message, parse_smtp_url
from pipeline.model.errors import ConfigError, DeliveryRefused, TransientError
from pipeline.model.mails import Attached, Mail
from tests.support.watch import Postbox, a_mail_server

WHEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ATTACHED = (Attached("d.docx", "application/octet-stream", b"\0"),)
MAIL = Mail("Größe\r\nBcc: thief@evil.example", "text – é", "<p>html – é</p>", ATTACHED)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and 127.0.0.1, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(pem) + secret)
    return file


def _serve(postbox: Postbox, **options: Any) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    controller = Controller(postbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Postbox, int]]:
    """A server that wants STARTTLS and a login: anna, with the password p@ss."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def login(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"anna", b"p@ss"))

    postbox = Postbox()
    options = {
        "tls_context": context,
        "require_starttls": True,
        "authenticator": login,
        "auth_required": True,
    }
    for port in _serve(postbox, **options):
        yield postbox, port


def test_a_mail_arrives_whole_and_no_title_can_add_a_header() -> None:
    with a_mail_server() as (postbox, url):
        SmtpMailer(url, "Send Watch <from@charity.example>").send(
            "to@charity.example", MAIL, message_id="<1@x>", date=WHEN
        )
        (mail,) = postbox.mails
        assert mail["Bcc"] is None
        assert mail["Subject"] == "Größe Bcc: thief@evil.example"
        assert (mail["Message-ID"], mail["To"]) == ("<1@x>", "to@charity.example")
        assert postbox.recipients == [["to@charity.example"]]
        text = mail.get_body(("plain",))
        assert text is not None
        assert text.get_content().strip() == "text – é"
        assert [part.get_content() for part in mail.iter_attachments()] == [b"\0"]


def test_a_login_goes_over_tls_and_the_certificate_is_checked(
    secure: tuple[Postbox, int], certificate: Path
) -> None:
    postbox, port = secure
    good = f"smtp://anna:p%40ss@localhost:{port}?ca={certificate}"
    mailer = SmtpMailer(good, "from@charity.example")
    assert mailer.greet().endswith("with TLS")
    mailer.send("to@charity.example", MAIL, message_id="<1@x>", date=WHEN)
    assert len(postbox.raw) == 1
    with pytest.raises(TransientError, match="CERTIFICATE_VERIFY_FAILED"):
        SmtpMailer(good.partition("?")[0], "f@c.example").send(
            "t@c.example", MAIL, message_id="<2@x>", date=WHEN
        )
    wrong = SmtpMailer(good.replace("p%40ss", "guess"), "f@c.example", seconds=3)
    with pytest.raises(TransientError) as refused:  # our own mistake: the mail is kept until it is mended
        wrong.send("t@c.example", MAIL, message_id="<3@x>", date=WHEN)
    assert "guess" not in str(refused.value)


@pytest.mark.parametrize(("answer", "error"), [("451 later", TransientError), ("554 never", DeliveryRefused)])
def test_later_is_later_and_never_is_never(answer: str, error: type[Exception]) -> None:
    with a_mail_server() as (postbox, url):
        postbox.answers = [answer]
        with pytest.raises(error, match=answer.split()[1]):
            SmtpMailer(url, "f@c.example").send("t@c.example", MAIL, message_id="<1@x>", date=WHEN)


def test_a_server_that_is_away_is_a_matter_of_time() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(TransientError):
        SmtpMailer(url, "f@c.example").send("t@c.example", MAIL, message_id="<1@x>", date=WHEN)


def test_the_same_delivery_is_the_same_file(tmp_path: Path) -> None:
    mailer = EmlMailer(tmp_path / "mail", "f@c.example")
    for message_id in ("<1@x>", "<1@x>", "<2@x>"):
        mailer.send("t@c.example", MAIL, message_id=message_id, date=WHEN)
    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 2
    before = files[0].read_bytes()
    mailer.send("t@c.example", MAIL, message_id="<1@x>", date=WHEN)
    mailer.send("t@c.example", MAIL, message_id="<2@x>", date=WHEN)
    assert files[0].read_bytes() == before


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="SENDWATCH_SMTP_URL"):
        parse_smtp_url(url)


@pytest.mark.parametrize("opening", ["[Quiet change] Weaker duty: ", "[New letter] “Plans” – "])
def test_a_subject_of_any_length_comes_back_as_it_was_given(opening: str) -> None:
    words = "support for children with special educational needs and disabilities " * 3
    for length in range(len(opening) + 1, 190):
        subject = f"{opening}{words}"[:length].strip()
        made = build_message(
            "a@charity.example", Mail(subject, "t", "<p>t</p>"), sender="s@charity.example",
            message_id="<1@charity.example>", date=datetime(2026, 11, 24, tzinfo=UTC),
        )  # fmt: skip
        raw = made.as_bytes()
        assert str(email.message_from_bytes(raw, policy=default)["Subject"]) == subject
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
